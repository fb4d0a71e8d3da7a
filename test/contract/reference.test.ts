import Joi from 'joi';
import { document } from '../../scripts/reference/document';
import { apiOf, deployedRoutes, documentedServices } from '../../scripts/reference/routes';
import { functions } from './support/functions';

const NOT_THE_PRODUCT = ['sandbox'];

interface Operation {
  operationId: string;
}

let openapi: { paths: Record<string, Record<string, Operation>> };
beforeAll(async () => {
  openapi = (await document('1.0.0')) as typeof openapi;
});

const documented = (): string[] =>
  Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );

test('the document has every route that is deployed, and no other', () => {
  const deployed = functions.flatMap(({ service, routes }) =>
    NOT_THE_PRODUCT.includes(service) ? [] : routes,
  );
  expect(documented().sort()).toEqual(deployed.sort());
});

describe.each(documentedServices())('services/%s', (service) => {
  test('names a schema for every JSON answer, and its own example fits it', async () => {
    const { routes, answers } = await apiOf(service);
    for (const { operationId, answer } of routes) {
      if (answer.status === 204 || (answer.type && !answer.type.includes('json'))) continue;
      const name = answer.schema ?? answer.page ?? `no schema for ${operationId}`;
      const all = { ...answers, ...(await shared()) };
      const one = all[name];
      expect({ operationId, name, known: one !== undefined }).toEqual({ operationId, name, known: true });
      const schema = answer.page ? Joi.object({ items: Joi.array().items(one as Joi.ObjectSchema) }) : one;
      const { error } = (schema as Joi.ObjectSchema).validate(answer.example, {
        presence: 'required',
        convert: false,
        allowUnknown: true,
      });
      expect({ operationId, error: error?.message }).toEqual({ operationId, error: undefined });
    }
  });

  test('serves every route of its api.ts', async () => {
    const { routes } = await apiOf(service);
    const deployed = [...deployedRoutes(service).keys()].sort();
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(deployed);
  });
});

/** A service may answer with what another names: an order has one shape. */
async function shared(): Promise<Record<string, Joi.ObjectSchema>> {
  const apis = await Promise.all(documentedServices().map(apiOf));
  return Object.assign({}, ...apis.map(({ answers }) => answers));
}

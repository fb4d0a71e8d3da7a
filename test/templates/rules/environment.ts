import { functions, one } from '../find';
import { referencesTo, render, walk } from '../intrinsics';
import { type App, argument, type Json } from '../load';
import type { Rules } from '../rule';

const PSEUDO = /^AWS::/;

/** What an environment value refers to that is not a resource of the root stack. */
function foreign(app: App, stack: string, value: Json): string[] {
  return [...walk(value)].filter(isReference).flatMap((reference) => {
    const { id } = referencesTo(reference);
    if (PSEUDO.test(id)) return [];
    if (stack === 'root') return app.stacks.root?.Resources[id] ? [] : [id];
    if (!app.stacks[stack]?.Parameters?.[id]) return [id];
    return /Outputs\./.test(JSON.stringify(argument(app.stacks, stack, id))) ? [id] : [];
  });
}

const isReference = (node: Json) =>
  typeof node === 'object' && node !== null && ('Ref' in node || 'Fn::GetAtt' in node);

function* environments(app: App): Generator<[id: string, stack: string, name: string, value: Json]> {
  for (const [stack, { Resources }] of Object.entries(app.stacks)) {
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      for (const [name, value] of Object.entries(Properties.Environment?.Variables ?? {}))
        yield [id, stack, name, value];
    }
  }
}

const isPage = (url: Json): boolean => typeof url === 'string' && /^https:\/\/[^/]+\/./.test(url);

function processPayment(app: App): Json {
  const all = Object.values(app.stacks).flatMap(({ Resources }) => Object.values(Resources));
  return all.find(({ Properties }) => Properties?.Environment?.Variables?.PAYMENT_RETURN_URL);
}

const SECRET = /(sk_live|sk_test|whsec_|AKIA|-----BEGIN)/;

export const rules: Rules = {
  'webhooks reach private hosts where tests run and nowhere else': {
    violations: (app) =>
      functions(app)
        .filter(({ props }) => app.stage !== 'local' && props.Environment?.Variables?.ALLOWED_HOSTS)
        .map(({ id }) => `${id}: ALLOWED_HOSTS is not empty`),
    breakIt: (app) => {
      app.stage = 'prod';
      one(app, 'Lambda::Function').props.Environment.Variables.ALLOWED_HOSTS = '127.0.0.1';
    },
  },
  'each value is a literal or refers to the root stack, which is all that invoke local resolves': {
    violations: (app) =>
      [...environments(app)].flatMap(([id, stack, name, value]) =>
        foreign(app, stack, value).map((target) => `${id}: ${name} refers to ${target}`),
      ),
    breakIt: (app) => {
      const [stack, template] = Object.entries(app.stacks).find(([name]) => name !== 'root') ?? [];
      const fn = Object.values(template?.Resources ?? {}).find(
        ({ Type }) => Type === 'AWS::Lambda::Function',
      );
      if (stack && fn)
        fn.Properties.Environment.Variables.SOME_QUEUE = { Ref: Object.keys(template?.Resources ?? {})[0] };
    },
  },
  'no value is a secret': {
    violations: (app) =>
      functions(app).flatMap(({ id, props }) =>
        Object.entries(props.Environment?.Variables ?? {})
          .filter(([, value]) => SECRET.test(render(value)))
          .map(([name]) => `${id}: ${name}`),
      ),
    breakIt: (app) => {
      one(app, 'Lambda::Function').props.Environment = { Variables: { KEY: 'sk_live_123' } };
    },
  },
  'a customer comes back from the bank to a page of the shop, since the API has none': {
    violations: (app) =>
      [...environments(app)]
        .filter(([, , name, value]) => name === 'PAYMENT_RETURN_URL' && !isPage(value))
        .map(([id, , , value]) => `${id}: ${render(value)}`),
    breakIt: (app) => {
      const api = { 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] };
      processPayment(app).Properties.Environment.Variables.PAYMENT_RETURN_URL = api;
    },
  },
  'nothing points at this machine, but on stage local': {
    violations: (app) =>
      app.stage === 'local'
        ? []
        : app.resources
            .filter((resource) => /127\.0\.0\.1|ministack/.test(withoutOrigins(resource.props)))
            .map(({ id }) => id),
    breakIt: (app) => {
      one(app, 'Lambda::Function').props.Environment.Variables.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    },
  },
};

// A developer's browser may call stage dev.
const withoutOrigins = ({ CorsConfiguration: _, ...props }: Json): string => JSON.stringify(props);

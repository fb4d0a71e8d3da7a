import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectSchema } from 'joi';
import { parse } from 'yaml';
import type { AnyRoute } from '../../shared/kernel/route';
import { root } from '../local/paths';

/** The payment provider of the non-production stages is no part of the product's API: prod does not have it. */
const NOT_THE_PRODUCT = ['sandbox'];

export interface DocumentedRoute extends AnyRoute {
  service: string;
  /** The key of its function, which names the operation in the document and in the client. */
  operationId: string;
}

export interface ServiceApi {
  service: string;
  /** The first sentence of its README. */
  about: string;
  routes: DocumentedRoute[];
  /** What its routes answer with, by name. */
  answers: Record<string, ObjectSchema>;
}

const load = async <T extends object>(path: string): Promise<Partial<T>> =>
  existsSync(path) ? await import(path) : {};

const keyOf = ({ method, path }: { method: string; path: string }): string =>
  `${method.toUpperCase()} ${path}`;

/** What tells a further route of one function from its first: `{file}` → `File`. */
const lastWord = (path: string): string =>
  (path.split('/').at(-1) ?? '').replace(/\W/g, '').replace(/^./, (letter) => letter.toUpperCase());

/** `POST /orders` → `createOrder`, as the service's functions.yml has them. */
export function deployedRoutes(service: string): Map<string, string> {
  const text = readFileSync(join(root, 'services', service, 'functions.yml'), 'utf8');
  const functions: Record<string, { events?: { httpApi?: { method: string; path: string } }[] }> =
    parse(text, { logLevel: 'silent', merge: true }) ?? {};
  return new Map(
    Object.entries(functions).flatMap(([key, { events = [] }]) =>
      events
        .flatMap(({ httpApi }) => httpApi ?? [])
        .map((route, index) => [keyOf(route), index === 0 ? key : `${key}${lastWord(route.path)}`] as const),
    ),
  );
}

export const documentedServices = (): string[] =>
  readdirSync(join(root, 'services')).filter((service) => !NOT_THE_PRODUCT.includes(service));

/** What a service says of its API, in the order of its api.ts. */
export async function apiOf(service: string): Promise<ServiceApi> {
  const folder = join(root, 'services', service);
  const { routes: own = [] } = await load<{ routes: readonly AnyRoute[] }>(join(folder, 'api.ts'));
  const { answers = {} } = await load<{ answers: ServiceApi['answers'] }>(join(folder, 'answers.ts'));
  const deployed = deployedRoutes(service);
  const routes = own.map((route) => {
    const operationId = deployed.get(keyOf(route));
    if (!operationId) throw new Error(`${service}: no function of functions.yml serves ${keyOf(route)}`);
    return { ...route, service, operationId };
  });
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, about = service] = /^# .*\n+([\s\S]*?[.:])\s/.exec(readme) ?? [];
  return { service, about: about.replace(/\s+/g, ' '), routes, answers };
}

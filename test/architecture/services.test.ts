import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { filesIn, type Node, nodesOf, read, root } from './source';

/** `api/` where the routes are more than one file can hold; api.ts then gathers them. */
const FOLDERS = ['adapters', 'api', 'domain', 'handlers', 'ports', 'use-cases'];
const FILES = ['README.md', 'api.ts', 'answers.ts', 'functions.yml', 'resources.yml'];
/** Files that a service has beyond the usual ones, and why. */
const MORE: Record<string, string[]> = {
  // What differs by the stage parameter `paymentProvider`.
  payments: ['provider.yml'],
};
const NEEDED = ['README.md', 'functions.yml', 'resources.yml', 'handlers'];
const STACKS = ['http', 'queue', 'stream', 'step', 'schedule', 'socket'];

const services = readdirSync(join(root, 'services'));
const handlers = filesIn(['services'], '.ts').filter((file) => file.includes('/handlers/'));

/** `create-order` of `create-order.ts`. */
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$/;

describe.each(services)('services/%s', (service) => {
  const entries = readdirSync(join(root, 'services', service));

  it('is made of the fixed words', () => {
    const known = [...FOLDERS, ...FILES, ...(MORE[service] ?? [])];
    expect(entries.filter((entry) => !known.includes(entry))).toEqual([]);
    expect(NEEDED.filter((entry) => !entries.includes(entry))).toEqual([]);
  });

  it('names its files in kebab-case', () => {
    const names = filesIn([`services/${service}`], '.ts').map(
      (file) => file.split('/').at(-1)?.replace('.ts', '') ?? '',
    );
    expect(names.filter((name) => !KEBAB.test(name))).toEqual([]);
  });

  it('has one handler file for each function, and no other', () => {
    const functions: Record<string, { handler: string }> =
      parse(readFileSync(join(root, 'services', service, 'functions.yml'), 'utf8'), { logLevel: 'error' }) ??
      {};
    const patterns = Object.values(functions).map(
      ({ handler }) =>
        new RegExp(`^${handler.replace(/\$\{[^}]+\}/g, '[a-z]+').replace(/\.handler$/, '')}\\.ts$`),
    );
    const own = handlers.filter((file) => file.startsWith(`services/${service}/`));
    expect(own.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(patterns.filter((pattern) => !own.some((file) => pattern.test(file)))).toEqual([]);
  });
});

describe.each(handlers)('%s', (file) => {
  const nodes = [...nodesOf(read(file))];

  it('exports a handler and nothing else', () => {
    const exported = nodes
      .filter(({ type }) =>
        /^Export(Declaration|NamedDeclaration|DefaultExpression|AllDeclaration)$/.test(type),
      )
      .flatMap(({ declaration }) => declaration?.declarations?.map(({ id }: Node) => id.value) ?? ['?']);
    expect(exported).toEqual(['handler']);
  });

  it('is built from one of the six stacks', () => {
    const imported = nodes
      .filter(
        ({ type, source }) =>
          type === 'ImportDeclaration' &&
          STACKS.some((stack) => source.value.endsWith(`shared/lambda/${stack}`)),
      )
      .flatMap(({ specifiers }) => specifiers.map(({ local }: Node) => local.value))
      .filter((name: string) => STACKS.includes(name));
    const called = nodes.flatMap(({ type, callee }) => (type === 'CallExpression' ? [callee.value] : []));
    expect(imported).toHaveLength(1);
    expect(called).toContain(imported[0]);
  });
});

import { filesIn, type Node, nodesOf, read } from './source';

/** The part of joi that a compiler of schemas could be written for. */
const SUBSET = [
  ...['object', 'array', 'string', 'number', 'boolean'],
  ...['items', 'valid', 'pattern', 'min', 'max', 'integer', 'unknown', 'allow'],
  ...['required', 'optional'],
];

const OUTSIDE = [
  'custom',
  'external',
  'when',
  'alternatives',
  'conditional',
  'lazy',
  'link',
  'any',
  'func',
  'symbol',
];

const withJoi = filesIn(['services', 'shared', 'events'], '.ts').filter((file) =>
  /from 'joi'/.test(read(file)),
);

/** What a chain of calls begins with: `Joi` of `Joi.string().min(1)`, `line` of `line(64).optional()`. */
function beginning(node: Node): string | undefined {
  if (node.type === 'CallExpression') return beginning(node.callee);
  return node.type === 'MemberExpression' ? beginning(node.object) : node.value;
}

function outsideSubset(code: string): string[] {
  return [...nodesOf(code)].flatMap((node) => {
    const method = node.type === 'CallExpression' ? node.callee.property?.value : undefined;
    if (!method) return [];
    const allowed = beginning(node) === 'Joi' ? SUBSET.includes(method) : !OUTSIDE.includes(method);
    return allowed && takesOnly(method, node.arguments[0]?.expression.value) ? [] : [method];
  });
}

/** `unknown` closes an object and never opens it; `allow` lets a text be empty, which joi refuses otherwise. */
function takesOnly(method: string, argument: unknown): boolean {
  if (method === 'unknown') return argument === false;
  return method !== 'allow' || argument === '';
}

describe('joi schemas stay in the documented subset', () => {
  it.each(withJoi)('%s', (file) => {
    expect(outsideSubset(read(file))).toEqual([]);
  });

  it.each([
    ['Joi.string().custom(check)', 'custom'],
    ['Joi.string().when("a", { is: 1 })', 'when'],
    ['Joi.object({}).external(look)', 'external'],
    ['Joi.date()', 'date'],
    ['Joi.object({}).unknown(true)', 'unknown'],
    ['Joi.object({}).unknown()', 'unknown'],
    ['Joi.string().allow(null)', 'allow'],
    ['line(64).custom(check)', 'custom'],
  ])('%s is seen', (code, method) => {
    expect(outsideSubset(`const schema = ${code};`)).toEqual([method]);
  });
});

import type { Json } from './load';

const isObject = (node: Json): boolean => typeof node === 'object' && node !== null;

const isReference = (node: Json): boolean => isObject(node) && ('Ref' in node || 'Fn::GetAtt' in node);

export function referencesTo(reference: Json): { id: string; attribute?: string } {
  if ('Ref' in reference) return { id: reference.Ref };
  const { 'Fn::GetAtt': path } = reference;
  const [id, ...attribute] = Array.isArray(path) ? path : path.split('.');
  return { id, attribute: attribute.join('.') };
}

/** A copy with each Ref and Fn::GetAtt handed to `replace`, those written inside Fn::Sub too. */
export function replaceReferences(node: Json, replace: (reference: Json) => Json): Json {
  if (isReference(node)) return replace(node);
  if (Array.isArray(node)) return node.map((child) => replaceReferences(child, replace));
  if (!isObject(node)) return node;
  if ('Fn::Sub' in node) return replaceInSub(node['Fn::Sub'], replace);
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, replaceReferences(child, replace)]),
  );
}

// The result is a Fn::Join, the one form that takes any value between two pieces of text.
function replaceInSub(sub: Json, replace: (reference: Json) => Json): Json {
  const [text, variables] = Array.isArray(sub) ? sub : [sub, {}];
  const pieces = text.split(/\$\{([^}]+)\}/).map((piece: string, index: number) => {
    if (index % 2 === 0) return piece;
    if (piece.startsWith('!')) return `\${${piece.slice(1)}}`;
    if (piece in variables) return replaceReferences(variables[piece], replace);
    const [id, ...attribute] = piece.split('.');
    return replace(attribute.length > 0 ? { 'Fn::GetAtt': [id, attribute.join('.')] } : { Ref: id });
  });
  return { 'Fn::Join': ['', pieces] };
}

/** One text for each value, whichever way it was written: `arn:${AWS::Partition}:sqs:…`, `${OrdersTable.Arn}`. */
export function render(node: Json): string {
  if (isReference(node)) {
    const { id, attribute } = referencesTo(node);
    return attribute ? `\${${id}.${attribute}}` : `\${${id}}`;
  }
  if (isObject(node) && 'Fn::Join' in node) return node['Fn::Join'][1].map(render).join(node['Fn::Join'][0]);
  if (isObject(node) && 'Fn::Sub' in node)
    return render(replaceInSub(node['Fn::Sub'], (reference) => reference));
  return isObject(node) ? JSON.stringify(node) : String(node);
}

/** All values of any depth that a function picks. */
export function* walk(node: Json): Generator<Json> {
  yield node;
  if (isObject(node)) for (const child of Object.values(node)) yield* walk(child);
}

export const list = (value: Json): Json[] => (value === undefined ? [] : [value].flat());

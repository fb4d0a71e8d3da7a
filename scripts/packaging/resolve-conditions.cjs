/**
 * Decides each condition that compares literals (the stage is one), so that a packaged template says what its stage
 * has and nothing else: a resource whose condition is false is left out, Fn::If becomes its value. A nested stack
 * could not ask for a condition of the root, and cfn-lint warns of comparisons that never change (W8003).
 */
const { idsIn } = require('./references.cjs');

const NO_VALUE = 'AWS::NoValue';

function resolveConditions(template) {
  const { Conditions = {}, Resources, Outputs = {} } = template;
  const decided = decide(Conditions);
  leaveOut(Resources, decided);
  leaveOut(Outputs, decided);
  for (const name of Object.keys(decided)) delete Conditions[name];
  if (Object.keys(Conditions).length === 0) delete template.Conditions;
}

function leaveOut(part, decided) {
  for (const [id, { Condition, ...rest }] of Object.entries(part)) {
    const kept = decided[Condition] === undefined && Condition ? { Condition, ...rest } : rest;
    if (decided[Condition] === false) delete part[id];
    else part[id] = withoutIf(kept, decided);
  }
}

/** @returns name → true or false, for the conditions that literals decide */
function decide(conditions) {
  const names = Object.keys(conditions);
  const value = (node) => {
    if (node.Condition) return conditions[node.Condition] ? value(conditions[node.Condition]) : undefined;
    if (node['Fn::Not']) return negated(value(node['Fn::Not'][0]));
    if (node['Fn::And']) return all(node['Fn::And'].map(value));
    if (node['Fn::Or']) return negated(all(node['Fn::Or'].map(value).map(negated)));
    return equal(node['Fn::Equals'] ?? []);
  };
  const decided = names.map((name) => [name, value(conditions[name])]);
  return Object.fromEntries(decided.filter(([, answer]) => answer !== undefined));
}

const negated = (answer) => (answer === undefined ? undefined : !answer);

function all(answers) {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function equal([left, right]) {
  const isLiteral = (side) => ['string', 'number', 'boolean'].includes(typeof side);
  return isLiteral(left) && isLiteral(right) ? String(left) === String(right) : undefined;
}

function withoutIf(node, decided) {
  if (Array.isArray(node)) return node.map((child) => withoutIf(child, decided)).filter(isValue);
  if (typeof node !== 'object' || node === null) return node;
  const [condition, yes, no] = node['Fn::If'] ?? [];
  if (decided[condition] !== undefined) return withoutIf(decided[condition] ? yes : no, decided);
  const entries = Object.entries(node).map(([key, child]) => [key, withoutIf(child, decided)]);
  // `Ref: AWS::NoValue` is an object of its own, so this never takes the Ref itself apart.
  return Object.fromEntries(entries.filter(([, child]) => isValue(child)));
}

const isValue = (node) => node?.Ref !== NO_VALUE;

/** Something that is left out and yet referred to: CloudFormation would refuse it with less to go by. */
function danglingReferences(before, { Resources, Outputs = {} }) {
  const leftOut = Object.keys(before).filter((id) => !Resources[id]);
  return Object.entries({ ...Outputs, ...Resources }).flatMap(([id, raw]) => {
    const used = new Set([...idsIn(raw), ...[raw.DependsOn ?? []].flat()]);
    return leftOut.filter((gone) => used.has(gone)).map((gone) => `${id} refers to ${gone}`);
  });
}

module.exports = { resolveConditions, danglingReferences };

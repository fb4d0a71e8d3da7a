/**
 * A local plugin of the framework: `switchedTables` (a stage parameter, `<table>=<restored table>[@<its stream>]`, several
 * apart by spaces) has every function use the restored table in the place of the original, in its environment and its
 * rights. The original stays in the stack, untouched. It stands before serverless-plugin-split-stacks in `plugins`.
 */
class SwitchTables {
  constructor(serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const { custom, provider } = serverless.service;
        switchTables(provider.compiledCloudFormationTemplate, custom.switchedTables ?? '');
      },
    };
  }
}

const arnOf = (table) => `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/${table}`;

function switchTables(template, wanted) {
  for (const entry of wanted.split(' ').filter(Boolean)) {
    const [, source, target, stream] = /^([\w-]+)=([\w-]+)(?:@(\S+))?$/.exec(entry) ?? [];
    const id = Object.keys(template.Resources).find(
      (key) => template.Resources[key].Properties?.TableName === source,
    );
    if (!id) throw new Error(`switchedTables: there is no table ${source ?? entry} in this stage.`);
    for (const [key, resource] of Object.entries(template.Resources)) {
      if (key !== id) resource.Properties = switched(resource.Properties, { id, source, target, stream });
    }
  }
}

function switched(node, how) {
  if (typeof node === 'string') return node === how.source ? how.target : node;
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => switched(part, how));
  const attribute = attributeOf(node['Fn::GetAtt'], how.id);
  if (attribute === 'Arn') return { 'Fn::Sub': arnOf(how.target) };
  if (attribute === 'StreamArn') return streamOf(how);
  if (typeof node['Fn::Sub'] === 'string')
    return { 'Fn::Sub': node['Fn::Sub'].replaceAll(`\${${how.id}.Arn}`, arnOf(how.target)) };
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, switched(part, how)]));
}

function attributeOf(attribute, id) {
  const [of, name] = Array.isArray(attribute) ? attribute : (attribute ?? '').split('.');
  return of === id ? name : undefined;
}

function streamOf({ source, stream }) {
  if (!stream)
    throw new Error(`switchedTables: ${source} has a stream, so name it: <table>=<restored>@<stream ARN>.`);
  return stream;
}

module.exports = SwitchTables;
module.exports.switchTables = switchTables;

/**
 * Where each resource of the compiled template lives: `false` = root stack, else the nested stack of a service.
 * Loaded by serverless-plugin-split-stacks (`custom.splitStacks.custom`), so it stays plain CommonJS.
 *
 * What holds data or identity never leaves the root: a resource that changes its stack is replaced, and with it its data.
 */
const { declaredHomes } = require('./declared-homes.cjs');
const { idsIn } = require('./references.cjs');

const ROOT_TYPES = [
  /^AWS::(DynamoDB|S3|Cognito|KMS|Kinesis|SecretsManager|SSM|StepFunctions|SES|CloudFormation)::/,
  /^AWS::SNS::Topic(Policy)?$/,
  /^AWS::Events::(EventBus|Archive|EventBusPolicy)$/,
  /^AWS::ApiGatewayV2::(Api|Stage|Authorizer|Deployment|DomainName|ApiMapping|GatewayResponse)$/,
];

/** The property that names the function a resource serves. */
const SERVES = {
  'AWS::Lambda::EventSourceMapping': 'FunctionName',
  'AWS::Lambda::Permission': 'FunctionName',
  'AWS::Lambda::EventInvokeConfig': 'FunctionName',
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
  'AWS::ApiGatewayV2::Integration': 'IntegrationUri',
  'AWS::ApiGatewayV2::Route': 'Target',
  'AWS::Events::Rule': 'Targets',
  'AWS::Scheduler::Schedule': 'Target',
  'AWS::SNS::Subscription': 'Endpoint',
  'AWS::Logs::SubscriptionFilter': 'DestinationArn',
};

const HELPERS = /^AWS::(IAM|Logs)::/;

/** `handlers` maps the logical id of each function to its handler path, `declared` a logical id to a service or `root`. */
function placer({ resources, handlers, declared }) {
  const entries = Object.entries(resources);
  const isRoot = (resource) => ROOT_TYPES.some((type) => type.test(resource.Type));
  const rootHelpers = new Set(
    entries
      .filter(([, resource]) => isRoot(resource))
      .flatMap(([, resource]) => [...idsIn(resource)])
      .filter((id) => HELPERS.test(resources[id]?.Type) && !functionUsing(id)),
  );

  function functionUsing(id) {
    const name = resources[id].Properties?.LogGroupName;
    return entries.find(
      ([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Function' &&
        (idsIn([Properties.Role, Properties.LoggingConfig]).has(id) ||
          (typeof name === 'string' && name === `/aws/lambda/${Properties.FunctionName}`)),
    )?.[0];
  }

  function serviceOfFunction(id) {
    const handler = handlers[id];
    const service = /^services\/([a-z-]+)\//.exec(handler ?? '')?.[1];
    if (!service)
      throw new Error(`${id}: the handler "${handler}" does not lie in services/<service>/handlers/.`);
    return service;
  }

  /** The functions a resource serves, directly or (a route) by way of its integration. */
  function servedBy(id) {
    const { Type, Properties } = resources[id];
    const targets = SERVES[Type] ? [...idsIn(Properties?.[SERVES[Type]])] : [];
    return targets.flatMap((target) => {
      const type = resources[target]?.Type;
      if (type === 'AWS::Lambda::Function') return [target];
      return type === 'AWS::ApiGatewayV2::Integration' ? servedBy(target) : [];
    });
  }

  function home(id) {
    const { Type } = resources[id];
    if (isRoot(resources[id]) || rootHelpers.has(id)) return 'root';
    if (Type === 'AWS::Lambda::Function') return serviceOfFunction(id);
    if (declared[id]) return declared[id];
    const owner = servedBy(id)[0] ?? (HELPERS.test(Type) ? functionUsing(id) : undefined);
    if (owner) return serviceOfFunction(owner);
    throw new Error(
      `${id} (${Type}) has no home: no function, services/<service>/*.yml or shared/*.yml owns it. ` +
        'Declare it in the resources.yml of the service it belongs to, or in shared/resources.yml for the root stack.',
    );
  }

  return function stackOf(id) {
    const stack = home(id);
    if (stack !== 'root' && usesIf(resources[id].Properties)) {
      throw new Error(
        `${id}: Fn::If cannot be resolved in the nested stack of ${stack}, which does not know the root's conditions. ` +
          'Use a stage parameter (param:…) for the value, or Condition: on the whole resource.',
      );
    }
    return stack;
  };
}

function usesIf(node) {
  if (typeof node !== 'object' || node === null) return false;
  return 'Fn::If' in node || Object.values(node).some(usesIf);
}

const placers = new WeakMap();

/** The plugin calls this as a method of its strategy object, which is how the whole template is reached. */
function stackOf(_resource, logicalId) {
  const plugin = this?.plugin;
  if (!plugin?.resourcesById)
    throw new Error('stack-of.cjs was written for serverless-plugin-split-stacks 1.15.');
  if (!placers.has(plugin)) placers.set(plugin, placer(templateOf(plugin)));
  const service = placers.get(plugin)(logicalId);
  return service === 'root' ? false : { destination: stackName(service), force: true };
}

function templateOf({ resourcesById, serverless, provider }) {
  const { functions } = serverless.service;
  const handlers = Object.fromEntries(
    Object.entries(functions).map(([key, { handler }]) => [provider.naming.getLambdaLogicalId(key), handler]),
  );
  return { resources: resourcesById, handlers, declared: declaredHomes(serverless.config.servicePath) };
}

/** `order-desk` → `OrderDesk`; the plugin appends `NestedStack`. */
function stackName(service) {
  return service.replace(/(^|-)([a-z])/g, (_match, _dash, letter) => letter.toUpperCase());
}

module.exports = Object.assign(stackOf, { placer });

import { list, referencesTo, render } from './intrinsics';
import type { App, Json, Resource } from './load';

export const ofType = (app: App, ...types: string[]): Resource[] =>
  app.resources.filter(({ type }) => types.includes(`${type.replace('AWS::', '')}`));

/** The first of a type; a counterexample has nothing to break without one. */
export function one(app: App, type: string, which: (resource: Resource) => boolean = () => true): Resource {
  const found = ofType(app, type).find(which);
  if (!found) throw new Error(`No ${type} of the kind this rule is about`);
  return found;
}

export const functions = (app: App): Resource[] => ofType(app, 'Lambda::Function');
export const tables = (app: App): Resource[] => ofType(app, 'DynamoDB::Table');
export const queues = (app: App): Resource[] => ofType(app, 'SQS::Queue');

/** `createOrder` of `orderly-prod-createOrder`. */
export const keyOf = (app: App, fn: Resource): string =>
  render(fn.props.FunctionName).replace(`orderly-${app.stage}-`, '');

const NAMES: Record<string, [property: string, arn: (name: string) => string]> = {
  'AWS::Lambda::Function': ['FunctionName', (name) => `lambda:…:function:${name}`],
  'AWS::DynamoDB::Table': ['TableName', (name) => `dynamodb:…:table/${name}`],
  'AWS::SQS::Queue': ['QueueName', (name) => `sqs:…:${name}`],
  'AWS::Kinesis::Stream': ['Name', (name) => `kinesis:…:stream/${name}`],
  'AWS::SNS::Topic': ['TopicName', (name) => `sns:…:${name}`],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', (name) => `states:…:stateMachine:${name}`],
  'AWS::Events::EventBus': ['Name', (name) => `events:…:event-bus/${name}`],
  'AWS::Events::Rule': ['Name', (name) => `events:…:rule/${name}`],
  'AWS::S3::Bucket': ['BucketName', (name) => `s3:::${name}`],
};

/** The resource a value means: by Ref, by Fn::GetAtt, by its ARN spelt out, or by its bare name. */
export function meant(app: App, value: Json): Resource | undefined {
  if (typeof value === 'object' && value !== null && ('Ref' in value || 'Fn::GetAtt' in value)) {
    const { id } = referencesTo(value);
    return app.resources.find((resource) => resource.id === id);
  }
  const text = render(value)
    // How API Gateway names the function of a WebSocket route.
    .replace(/^arn:[^:]+(?:::[^:]+)?:apigateway:.*?:lambda:path\/[\d-]+\/functions\//, '')
    .replace(/^arn:[^:]+(?:::[^:]+)?:s3:::/, 's3:::')
    .replace(/^arn:[^:]+(?:::[^:]+)?:(\w+):.*?(?:AccountId\}|\d{12}|\*):/, '$1:…:');
  return app.resources.find(({ type, props, id }) => {
    if (text.startsWith(`\${${id}.Arn}`)) return true;
    const [property, arn] = NAMES[type] ?? [];
    const name = property && props[property] && render(props[property]);
    return Boolean(name) && (text === name || text === arn?.(name as string));
  });
}

export const isMeant = (app: App, value: Json, resource: Resource): boolean =>
  meant(app, value)?.id === resource.id;

export interface Statement {
  effect: string;
  actions: string[];
  resources: Json[];
  principals: string[];
  condition: Json;
}

export function statementsOf(document: Json): Statement[] {
  return list(document?.Statement).map((statement) => ({
    effect: statement.Effect,
    actions: list(statement.Action),
    resources: list(statement.Resource),
    principals: list(
      typeof statement.Principal === 'object'
        ? Object.values(statement.Principal).flat()
        : statement.Principal,
    ).map(render),
    condition: statement.Condition ?? {},
  }));
}

/** All statements of a role, written into it or attached by policies of the same template. */
export function rightsOf(app: App, role: Resource): Statement[] {
  const inline = list(role.props.Policies).flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
  const attached = ofType(app, 'IAM::Policy', 'IAM::ManagedPolicy')
    .filter(({ props }) => list(props.Roles).some((name) => isMeant(app, name, role)))
    .flatMap(({ props }) => statementsOf(props.PolicyDocument));
  return [...inline, ...attached];
}

export function roleOf(app: App, fn: Resource): Resource | undefined {
  return meant(app, fn.props.Role);
}

export function may(app: App, role: Resource | undefined, action: string, target: Resource): boolean {
  return (
    role !== undefined &&
    rightsOf(app, role).some(
      ({ effect, actions, resources }) =>
        effect === 'Allow' && actions.includes(action) && resources.some((arn) => isMeant(app, arn, target)),
    )
  );
}

/** The queue policy lets a service send, for this one source. */
export function maySend(app: App, service: string, source: Resource, queue: Resource): boolean {
  return ofType(app, 'SQS::QueuePolicy')
    .filter(({ props }) => list(props.Queues).some((url) => isMeant(app, url, queue)))
    .flatMap(({ props }) => statementsOf(props.PolicyDocument))
    .some(
      ({ effect, actions, resources, principals, condition }) =>
        effect === 'Allow' &&
        actions.includes('sqs:SendMessage') &&
        principals.includes(service) &&
        resources.some((arn) => isMeant(app, arn, queue)) &&
        sourcesOf(condition).some((arn) => isMeant(app, arn, source)),
    );
}

export function sourcesOf(condition: Json): Json[] {
  return Object.values(condition)
    .flatMap((test: Json) => Object.entries(test))
    .flatMap(([key, value]) => (key.toLowerCase() === 'aws:sourcearn' ? list(value) : []));
}

/** A permission for the service to invoke the function, with the ARN it comes from. */
export function permissionsFor(app: App, fn: Resource, service: string): Resource[] {
  return ofType(app, 'Lambda::Permission').filter(
    ({ props }) =>
      isMeant(app, props.FunctionName, fn) && props.Principal === service && props.SourceArn !== undefined,
  );
}

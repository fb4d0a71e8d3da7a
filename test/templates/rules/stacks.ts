import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofType, one } from '../find';
import { list, referencesTo, replaceReferences } from '../intrinsics';
import { type App, type Json, nestedId, type Template } from '../load';
import type { Rules } from '../rule';

/** CloudFormation's own limits are 500, 200 and 200 and 1 MB; the rest is room to grow. */
const LIMITS = { Resources: 400, Parameters: 150, Outputs: 150 } as const;
const MOST_BYTES = 900_000;

/** What holds data or identity: a later move to another stack would replace it. */
const ROOT_ONLY =
  /^AWS::(DynamoDB|S3|Cognito|KMS|Kinesis|SecretsManager|StepFunctions)::|^AWS::(SNS::Topic|Events::EventBus|Events::Archive)$|^AWS::ApiGatewayV2::(Api|Stage|Authorizer)$/;

/** Types the local AWS has no provisioner for, as measured on MiniStack 1.5.33. */
const REFUSED_LOCALLY = new RegExp(
  `^AWS::(${[
    'Events::(Archive|EventBusPolicy|Connection|ApiDestination)',
    'CloudWatch::(CompositeAlarm|AnomalyDetector|MetricStream|InsightRule)',
    'CodeDeploy::.*|Budgets::.*|XRay::.*|ApplicationAutoScaling::.*|Synthetics::.*|RUM::.*|FIS::.*|DAX::.*|Chatbot::.*',
    'ApiGatewayV2::(Deployment|Model|RouteResponse|VpcLink)',
    'Backup::BackupSelection|SES::Template|Athena::NamedQuery|CloudTrail::Trail|SSM::Document',
    'SecretsManager::(RotationSchedule|ResourcePolicy)|Kinesis::StreamConsumer|Lambda::CodeSigningConfig',
    'Logs::(QueryDefinition|Delivery.*|AccountPolicy)|WAFv2::(WebACLAssociation|IPSet|LoggingConfiguration)',
    'SNS::(PlatformApplication|TopicInlinePolicy)|SQS::QueueInlinePolicy',
    'StepFunctions::(StateMachineVersion|StateMachineAlias|Activity)',
    'Cognito::(UserPoolUser|UserPoolUserToGroupAttachment|UserPoolIdentityProvider)',
    'IAM::(RolePolicy|OIDCProvider|Group|ServiceLinkedRole)',
  ].join('|')})$`,
);

const OUTPUTS = ['ApiUrl', 'WebSocketUrl', 'SandboxUrl', 'UserPoolId', 'UserPoolClientId'];

const HOMES = join(__dirname, '../stack-of-each-resource.json');
export const homes = (): Record<string, string> =>
  existsSync(HOMES) ? JSON.parse(readFileSync(HOMES, 'utf8')) : {};

const stacks = (app: App): [string, Template][] => Object.entries(app.stacks);

const placed = (app: App): [id: string, stack: string, raw: Json][] =>
  stacks(app).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([id, raw]): [string, string, Json] => [id, stack, raw]),
  );

function referencesOf(raw: Json): string[] {
  const found: string[] = list(raw.DependsOn);
  replaceReferences(raw, (reference) => {
    found.push(referencesTo(reference).id);
    return reference;
  });
  return found;
}

/** A way from a resource of the root stack back to itself. */
function circle(resources: Template['Resources']): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, way: string[]): string[] | undefined => {
    if (way.includes(id)) return [...way.slice(way.indexOf(id)), id];
    if (done.has(id) || !resources[id]) return undefined;
    const others = referencesOf(resources[id]).filter((next) => next !== id);
    const found = first(others, (next) => visit(next, [...way, id]));
    if (!found) done.add(id);
    return found;
  };
  return first(Object.keys(resources), (id) => visit(id, []));
}

function first<T>(ids: string[], look: (id: string) => T | undefined): T | undefined {
  for (const id of ids) {
    const found = look(id);
    if (found) return found;
  }
  return undefined;
}

const anyNested = (app: App): [string, Template] => {
  const found = stacks(app).find(([name]) => name !== 'root');
  if (!found) throw new Error('There is no nested stack');
  return found;
};

export const rules: Rules = {
  'each stack has room to grow': {
    violations: (app) =>
      stacks(app).flatMap(([name, template]) => [
        ...Object.entries(LIMITS).flatMap(([part, most]) => {
          const count = Object.keys(template[part as keyof typeof LIMITS] ?? {}).length;
          return count > most ? [`${name}: ${count} ${part}, at most ${most}`] : [];
        }),
        ...(JSON.stringify(template).length > MOST_BYTES ? [`${name}: over ${MOST_BYTES} bytes`] : []),
      ]),
    breakIt: (app) => {
      const parameters = Object.fromEntries(Array.from({ length: 151 }, (_, index) => [`P${index}`, {}]));
      anyNested(app)[1].Parameters = parameters;
    },
  },
  'a logical id is in one stack alone': {
    violations: (app) => {
      const ids = placed(app).map(([id]) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    },
    breakIt: (app) => {
      Object.assign(app.stacks.root?.Resources ?? {}, anyNested(app)[1].Resources);
    },
  },
  'no logical id has changed its stack (npm run templates:accept takes new ones)': {
    violations: (app) => {
      const known = homes();
      return placed(app)
        .filter(([id, stack]) => known[id] !== stack)
        .map(([id, stack]) => `${id}: ${known[id] ? `was in ${known[id]}` : 'is new'}, now in ${stack}`);
    },
    breakIt: (app) => {
      const { Resources } = app.stacks.root ?? { Resources: {} };
      const table = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::DynamoDB::Table');
      if (!table) throw new Error('There is no table');
      delete Resources[table[0]];
      anyNested(app)[1].Resources[table[0]] = table[1];
    },
  },
  'what holds data or identity is in the root stack': {
    violations: (app) =>
      placed(app)
        .filter(([, stack, { Type }]) => stack !== 'root' && ROOT_ONLY.test(Type))
        .map(([id, stack]) => `${id}: lies in ${stack}`),
    breakIt: (app) => {
      anyNested(app)[1].Resources.SomeTable = { Type: 'AWS::DynamoDB::Table' };
    },
  },
  'functions and what serves them are in the stack of their service': {
    violations: (app) =>
      ofType(app, 'Lambda::Function').flatMap(({ id, stack, props }) => {
        const service = /^services\/([a-z]+)\//.exec(props.Handler)?.[1];
        return stack.toLowerCase() === service ? [] : [`${id}: of ${service}, lies in ${stack}`];
      }),
    breakIt: (app) => {
      one(app, 'Lambda::Function').stack = 'root';
    },
  },
  'references between stacks do not go round': {
    violations: (app) => {
      const found = circle(app.stacks.root?.Resources ?? {});
      return found ? [found.join(' → ')] : [];
    },
    breakIt: (app) => {
      const machine = Object.keys(app.stacks.root?.Resources ?? {}).find(
        (id) => app.stacks.root?.Resources[id].Type === 'AWS::StepFunctions::StateMachine',
      );
      const orders = app.stacks.root?.Resources[nestedId('Orders')];
      orders.Properties.Parameters.SagaParameter = { Ref: machine };
    },
  },
  'no service reads what another one made': {
    violations: (app) =>
      stacks(app)
        .filter(([name]) => name !== 'root')
        .flatMap(([name]) => {
          const { Parameters = {} } = app.stacks.root?.Resources[nestedId(name)]?.Properties ?? {};
          return Object.keys(Parameters)
            .filter((parameter) => /"Outputs\./.test(JSON.stringify(Parameters[parameter])))
            .map((parameter) => `${name}: ${parameter} comes from another service`);
        }),
    breakIt: (app) => {
      const [name] = anyNested(app);
      const stack = app.stacks.root?.Resources[nestedId(name)];
      stack.Properties.Parameters.Foreign = { 'Fn::GetAtt': [nestedId('Elsewhere'), 'Outputs.Queue'] };
    },
  },
  'each condition is decided by the stage when it is packaged': {
    violations: (app) =>
      stacks(app).flatMap(([name, template]) =>
        Object.keys(template.Conditions ?? {}).map(
          (condition) => `${name}: ${condition} compares more than literals`,
        ),
      ),
    breakIt: (app) => {
      anyNested(app)[1].Conditions = { InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };
    },
  },
  'each reference leads to something in its own stack': {
    violations: (app) =>
      stacks(app).flatMap(([name, { Resources, Parameters = {}, Outputs = {} }]) =>
        Object.entries({ ...Outputs, ...Resources }).flatMap(([id, raw]) =>
          referencesOf(raw)
            .filter((target) => !target.startsWith('AWS::') && !Resources[target] && !Parameters[target])
            .map((target) => `${id}: ${name} has no ${target}`),
        ),
      ),
    breakIt: (app) => {
      const SomePolicy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Nowhere' }] } };
      Object.assign(anyNested(app)[1].Resources, { SomePolicy });
    },
  },
  'the sandbox provider is not in prod': {
    violations: (app) =>
      app.stage !== 'prod'
        ? []
        : placed(app)
            .filter(([id, stack]) => /sandbox/i.test(id + stack))
            .map(([id]) => id),
    breakIt: (app) => {
      Object.assign(app.stacks.root?.Resources ?? {}, { SandboxTable: { Type: 'AWS::DynamoDB::Table' } });
    },
  },
  'on stage local there is nothing that the local AWS refuses': {
    on: 'local',
    violations: (app) =>
      app.stage !== 'local'
        ? []
        : app.resources
            .filter(
              ({ type, props }) =>
                REFUSED_LOCALLY.test(type) || (type === 'AWS::CloudWatch::Alarm' && props.Metrics),
            )
            .map(({ id, type }) => `${id}: ${type}`),
    breakIt: (app) => {
      app.resources.push({ id: 'SomeArchive', stack: 'root', type: 'AWS::Events::Archive', props: {} });
    },
  },
  'on stage local no policy of ours demands https, which the local AWS does not speak': {
    on: 'local',
    violations: (app) =>
      app.stage !== 'local'
        ? []
        : app.resources
            .filter(
              ({ id, props }) =>
                id !== 'ServerlessDeploymentBucketPolicy' && /SecureTransport/.test(JSON.stringify(props)),
            )
            .map(({ id }) => id),
    breakIt: (app) => {
      one(app, 'SQS::QueuePolicy').props.PolicyDocument.Statement.push({
        Condition: { Bool: { 'aws:SecureTransport': false } },
      });
    },
  },
  'the event bus has an archive, but on stage local': {
    violations: (app) =>
      app.stage === 'local' ||
      ofType(app, 'Events::Archive').length === ofType(app, 'Events::EventBus').length
        ? []
        : ['an event bus has no archive'],
    breakIt: (app) => {
      app.resources = app.resources.filter(({ type }) => type !== 'AWS::Events::Archive');
    },
  },
  'the root stack tells what clients and tests need': {
    violations: (app) => OUTPUTS.filter((name) => app.outputs[name]?.Value === undefined),
    breakIt: (app) => {
      delete app.outputs.ApiUrl;
    },
  },
};

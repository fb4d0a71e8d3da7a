import { functions, isMeant, keyOf, may, meant, ofType, one, rightsOf, roleOf, statementsOf } from '../find';
import { list, render } from '../intrinsics';
import type { App, Json, Resource } from '../load';
import { type Rules, unless } from '../rule';

/** Rights whose resource can only be `*`, and why. */
const EVERYWHERE: Record<string, string> = {
  'xray:PutTraceSegments': 'X-Ray has no resources',
  'xray:PutTelemetryRecords': 'X-Ray has no resources',
  'xray:GetSamplingRules': 'X-Ray has no resources (state machine)',
  'xray:GetSamplingTargets': 'X-Ray has no resources (state machine)',
  'sns:CreatePlatformEndpoint': 'topics are the only resources of SNS',
  'sns:DeleteEndpoint': 'the same',
  'ses:PutSuppressedDestination': 'the list is the account’s',
  'logs:CreateLogDelivery':
    'log delivery of a state machine has no resources (docs: step-functions/latest/dg/cw-logs)',
  'logs:GetLogDelivery': 'the same',
  'logs:UpdateLogDelivery': 'the same',
  'logs:DeleteLogDelivery': 'the same',
  'logs:ListLogDeliveries': 'the same',
  'logs:PutResourcePolicy': 'the same',
  'logs:DescribeResourcePolicies': 'the same',
  'logs:DescribeLogGroups': 'the same',
};

/** The only ARNs that may end in a wildcard: streams of a log group, versions of a function, objects of a bucket, devices, queues of a stage, connections. */
const LAWFUL_WILDCARD = [
  // Platform applications are made beside the stack, and SNS names their endpoints itself.
  /:sns:\S+:(app|endpoint)\/\*$/,
  /^arn:[^:]+(?:::[^:]+)?:s3:::orderly-[\w{}$:-]+\/[a-z-]+\/\*$/,
  // Operators act on every queue of a stage, those to come too: their reasons stand beside the statements.
  /:sqs:.+:orderly-\w+-\*(-dlq)?$/,
  /^\$\{\w+Bucket\.Arn\}\/([\w/-]+\/)?\*$/,
  // Connections are named by API Gateway as they open.
  /:execute-api:[^/]+:\$\{\w+Api\}\/[a-z]+\/(POST|DELETE|GET)\/@connections\/\*$/,
  /:log-group:\/aws\/lambda\/[\w-]+:\*(:\*)?$/,
  /^\$\{\w+LambdaFunction\.Arn\}:\*$/,
];

const READS: Record<string, string[]> = {
  'AWS::SQS::Queue': ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  'AWS::DynamoDB::Table': ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
  // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
  'AWS::Kinesis::Stream': [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  ],
};

const LONGEST_REGION = 'ap-southeast-2';

const roles = (app: App) => ofType(app, 'IAM::Role');

const rights = (app: App) =>
  roles(app).flatMap((role) => rightsOf(app, role).map((statement) => ({ id: role.id, ...statement })));

const firstRight = (role: Resource): Json => role.props.Policies[0].PolicyDocument.Statement[0];

const mappings = (app: App) => ofType(app, 'Lambda::EventSourceMapping');

const machines = (app: App) => ofType(app, 'StepFunctions::StateMachine');

const calledBy = (app: App, machine: Resource): Resource[] => {
  const text = render(machine.props.DefinitionString);
  return functions(app).filter(({ id }) => text.includes(`\${${id}.Arn}`));
};

/** serverless-iam-roles-per-function leaves the last part out where the name would be too long. */
const roleName = (role: Resource): string =>
  render(role.props.RoleName)
    .replace('$' + '{AWS::Region}', LONGEST_REGION)
    .replace(/-lambdaRole$/, '');

export const rules: Rules = {
  'each function has a role of its own': {
    violations: (app) => {
      const used = functions(app).map((fn) => roleOf(app, fn)?.id);
      return functions(app).flatMap((fn, index) =>
        used[index] && used.indexOf(used[index]) === index ? [] : [`${fn.id}: shares ${used[index]}`],
      );
    },
    breakIt: (app) => {
      const [first, second] = functions(app);
      if (first && second) second.props.Role = first.props.Role;
    },
  },
  'no role is there that nobody uses': {
    violations: (app) => {
      const everything = JSON.stringify(app.resources.filter(({ type }) => type !== 'AWS::IAM::Role'));
      return unless(
        roles(app),
        ({ id }) => everything.includes(`"${id}"`),
        () => 'nothing takes it',
      );
    },
    breakIt: (app) => {
      app.resources.push({ ...one(app, 'IAM::Role'), id: 'IamRoleLambdaExecution' });
    },
  },
  'a role is taken by its own service alone': {
    violations: (app) =>
      functions(app).flatMap((fn) => {
        const trust = statementsOf(roleOf(app, fn)?.props.AssumeRolePolicyDocument);
        const who = trust.flatMap(({ principals }) => principals);
        return who.join() === 'lambda.amazonaws.com' ? [] : [`${fn.id}: its role may be taken by ${who}`];
      }),
    breakIt: (app) => {
      const role = meant(app, one(app, 'Lambda::Function').props.Role);
      if (role) role.props.AssumeRolePolicyDocument.Statement[0].Principal.Service = ['states.amazonaws.com'];
    },
  },
  'each function may write its traces': {
    violations: (app) =>
      unless(
        functions(app),
        (fn) => {
          const role = roleOf(app, fn);
          const everywhere = role
            ? rightsOf(app, role).filter(({ resources }) => resources.includes('*'))
            : [];
          const actions = everywhere.flatMap((statement) => statement.actions);
          return actions.includes('xray:PutTraceSegments') && actions.includes('xray:PutTelemetryRecords');
        },
        () => 'needs xray:PutTraceSegments and xray:PutTelemetryRecords on *',
      ),
    breakIt: (app) => {
      const role = meant(app, one(app, 'Lambda::Function').props.Role);
      if (role) role.props.Policies[0].PolicyDocument.Statement.length = 1;
    },
  },
  'no right is a wildcard': {
    violations: (app) =>
      rights(app).flatMap(({ id, actions }) =>
        actions.filter((action) => action.includes('*')).map((action) => `${id}: ${action}`),
      ),
    breakIt: (app) => {
      firstRight(one(app, 'IAM::Role')).Action = ['dynamodb:*'];
    },
  },
  'no right reaches every resource, but those that AWS has no resources for': {
    violations: (app) =>
      rights(app)
        .filter(({ effect, resources }) => effect === 'Allow' && resources.includes('*'))
        .flatMap(({ id, actions }) =>
          actions.filter((action) => !EVERYWHERE[action]).map((action) => `${id}: ${action} on *`),
        ),
    breakIt: (app) => {
      firstRight(one(app, 'IAM::Role')).Resource = '*';
    },
  },
  'a resource is named exactly': {
    violations: (app) =>
      rights(app).flatMap(({ id, resources }) =>
        resources
          .map(render)
          .filter(
            (arn) => arn !== '*' && arn.includes('*') && !LAWFUL_WILDCARD.some((form) => form.test(arn)),
          )
          .map((arn) => `${id}: ${arn}`),
      ),
    breakIt: (app) => {
      firstRight(one(app, 'IAM::Role')).Resource = [
        'arn:aws:dynamodb:eu-west-1:123456789012:table/orderly-*',
      ];
    },
  },
  'a role name has at most 64 characters in every region': {
    violations: (app) =>
      unless(
        roles(app).filter(({ props }) => props.RoleName),
        (role) => roleName(role).length <= 64,
        (role) => `${roleName(role)} has ${roleName(role).length}`,
      ),
    breakIt: (app) => {
      one(app, 'IAM::Role', ({ props }) => props.RoleName).props.RoleName = 'orderly-'.repeat(9);
    },
  },
  'a function key has at most 24 characters and is camelCase': {
    violations: (app) =>
      unless(
        functions(app),
        (fn) => /^[a-z][A-Za-z0-9]{0,23}$/.test(keyOf(app, fn)),
        (fn) => keyOf(app, fn),
      ),
    breakIt: (app) => {
      one(app, 'Lambda::Function').props.FunctionName = `orderly-${app.stage}-aFunctionOfTwentyFiveChars`;
    },
  },
  'the state machine may invoke the functions it calls and no others': {
    violations: (app) =>
      machines(app).flatMap((machine) => {
        const role = meant(app, machine.props.RoleArn);
        const called = calledBy(app, machine);
        const allowed = functions(app).filter((fn) => may(app, role, 'lambda:InvokeFunction', fn));
        return [
          ...called
            .filter((fn) => !allowed.includes(fn))
            .map(({ id }) => `${machine.id}: may not call ${id}`),
          ...allowed
            .filter((fn) => !called.includes(fn))
            .map(({ id }) => `${machine.id}: has no need of ${id}`),
        ];
      }),
    breakIt: (app) => {
      const role = meant(app, one(app, 'StepFunctions::StateMachine').props.RoleArn);
      for (const { PolicyDocument } of role?.props.Policies ?? []) {
        for (const statement of PolicyDocument.Statement)
          statement.Resource = list(statement.Resource).slice(2);
      }
    },
  },
  'each function may read what it is fed from, and write what it gives up to its queue': {
    violations: (app) =>
      mappings(app).flatMap(({ id, props }) => {
        const fn = meant(app, props.FunctionName);
        const source = meant(app, props.EventSourceArn);
        const failures = meant(app, props.DestinationConfig?.OnFailure?.Destination);
        const role = fn && roleOf(app, fn);
        if (!source) return [`${id}: its source is not of this application`];
        const missing = (READS[source.type] ?? []).filter((action) => !may(app, role, action, source));
        if (failures && !may(app, role, 'sqs:SendMessage', failures))
          missing.push(`sqs:SendMessage on ${failures.id}`);
        return missing.map((action) => `${id}: ${fn?.id} lacks ${action}`);
      }),
    breakIt: (app) => {
      const [mapping] = mappings(app);
      const fn = functions(app).find((candidate) => isMeant(app, mapping?.props.FunctionName, candidate));
      const role = fn && roleOf(app, fn);
      if (role) role.props.Policies = [];
    },
  },
  'who writes to a topic or queue under a key of ours may use the key': {
    violations: (app) =>
      functions(app).flatMap((fn) => {
        const role = roleOf(app, fn);
        return ofType(app, 'SNS::Topic', 'SQS::Queue').flatMap((target) => {
          const key = meant(app, target.props.KmsMasterKeyId);
          const writes = may(app, role, 'sns:Publish', target) || may(app, role, 'sqs:SendMessage', target);
          const mayUse = !key || may(app, role, 'kms:GenerateDataKey', key);
          return writes && !mayUse ? [`${fn.id}: writes to ${target.id} but may not use ${key?.id}`] : [];
        });
      }),
    breakIt: (app) => {
      const key = { id: 'SomeKey', stack: 'root', type: 'AWS::KMS::Key', props: {} };
      app.resources.push(key);
      for (const topic of ofType(app, 'SNS::Topic'))
        topic.props.KmsMasterKeyId = { 'Fn::GetAtt': ['SomeKey', 'Arn'] };
    },
  },
};

import { functions, isMeant, may, meant, ofType, one, permissionsFor, sourcesOf } from '../find';
import { list, render } from '../intrinsics';
import type { App, Json, Resource } from '../load';
import { type Rules, unless } from '../rule';

const TWELVE_HOURS_S = 43_200;
const PARTIAL = 'ReportBatchItemFailures';

const mappings = (app: App, ...sources: string[]) =>
  ofType(app, 'Lambda::EventSourceMapping').filter(({ props }) =>
    sources.includes(meant(app, props.EventSourceArn)?.type ?? ''),
  );
const onQueues = (app: App) => mappings(app, 'AWS::SQS::Queue');
const onStreams = (app: App) => mappings(app, 'AWS::DynamoDB::Table', 'AWS::Kinesis::Stream');

/** A fact about each of some mappings, with the property whose absence breaks it. */
const eachHas = (
  which: (app: App) => Resource[],
  property: string,
  holds: (value: Json) => boolean,
): Rules[string] => ({
  violations: (app) =>
    unless(
      which(app),
      ({ props }) => holds(props[property]),
      ({ props }) => `${property} is ${JSON.stringify(props[property])}`,
    ),
  breakIt: (app) => {
    for (const { props } of which(app)) delete props[property];
  },
});

const comesFrom = (app: App, source: Resource) => (permission: Resource) =>
  isMeant(app, permission.props.SourceArn, source) ||
  render(permission.props.SourceArn).includes(`\${${source.id}`);

const lacking = (app: App, fn: Resource, service: string, source: Resource): string[] =>
  permissionsFor(app, fn, service).some(comesFrom(app, source))
    ? []
    : [`${fn.id}: no permission for ${service} from ${source.id}`];

function ruleTargets(app: App): [Resource, Resource][] {
  return ofType(app, 'Events::Rule').flatMap((rule) =>
    list(rule.props.Targets).flatMap(({ Arn }): [Resource, Resource][] => {
      const fn = meant(app, Arn);
      return fn?.type === 'AWS::Lambda::Function' ? [[rule, fn]] : [];
    }),
  );
}

function topicTargets(app: App): [Resource, Resource][] {
  return ofType(app, 'SNS::Subscription').flatMap(({ props }): [Resource, Resource][] => {
    const [topic, fn] = [meant(app, props.TopicArn), meant(app, props.Endpoint)];
    return topic && fn?.type === 'AWS::Lambda::Function' ? [[topic, fn]] : [];
  });
}

const dropPermissions = (app: App) => {
  app.resources = app.resources.filter(({ type }) => type !== 'AWS::Lambda::Permission');
};

export const rules: Rules = {
  'a queue takes back the messages that failed, not the batch': eachHas(
    onQueues,
    'FunctionResponseTypes',
    (types) => list(types).includes(PARTIAL),
  ),
  'a queue feeds a bounded number of copies': eachHas(
    onQueues,
    'ScalingConfig',
    (scaling) => scaling?.MaximumConcurrency >= 2,
  ),
  'a stream gets back the records that failed': eachHas(onStreams, 'FunctionResponseTypes', (types) =>
    list(types).includes(PARTIAL),
  ),
  'a stream gives a record up to a queue': eachHas(
    onStreams,
    'DestinationConfig',
    (config) => config?.OnFailure?.Destination,
  ),
  'a stream halves a batch that fails': eachHas(
    onStreams,
    'BisectBatchOnFunctionError',
    (value) => value === true,
  ),
  'a stream gives a record up after 12 hours, half of what it keeps': eachHas(
    onStreams,
    'MaximumRecordAgeInSeconds',
    (seconds) => seconds === TWELVE_HOURS_S,
  ),
  'a stream is read from its beginning, or records made while it is deployed are lost': eachHas(
    onStreams,
    'StartingPosition',
    (position) => position === 'TRIM_HORIZON',
  ),
  'a shard has one writer': {
    violations: (app) =>
      unless(
        mappings(app, 'AWS::Kinesis::Stream'),
        ({ props }) => props.ParallelizationFactor === 1,
        ({ props }) => `ParallelizationFactor is ${props.ParallelizationFactor}`,
      ),
    breakIt: (app) => {
      for (const { props } of mappings(app, 'AWS::Kinesis::Stream')) props.ParallelizationFactor = 2;
    },
  },
  'the API may invoke each function it calls, and says from where': {
    violations: (app) =>
      ofType(app, 'ApiGatewayV2::Integration').flatMap(({ id, props }) => {
        const [fn, api] = [meant(app, props.IntegrationUri), meant(app, props.ApiId)];
        return fn && api
          ? lacking(app, fn, 'apigateway.amazonaws.com', api)
          : [`${id}: calls no function of ours`];
      }),
    breakIt: dropPermissions,
  },
  'each rule may invoke the functions it calls, and says which rule': {
    violations: (app) =>
      ruleTargets(app).flatMap(([rule, fn]) => lacking(app, fn, 'events.amazonaws.com', rule)),
    breakIt: dropPermissions,
  },
  'each topic may invoke the functions that subscribed to it': {
    violations: (app) =>
      topicTargets(app).flatMap(([topic, fn]) => lacking(app, fn, 'sns.amazonaws.com', topic)),
    breakIt: (app) => {
      const { props } = one(app, 'SNS::Subscription');
      props.Endpoint = { 'Fn::GetAtt': [one(app, 'Lambda::Function').id, 'Arn'] };
    },
  },
  'each schedule has a role that may invoke what it calls': {
    violations: (app) =>
      ofType(app, 'Scheduler::Schedule').flatMap(({ id, props }) => {
        const target = meant(app, props.Target.Arn);
        const role = meant(app, props.Target.RoleArn);
        return target && may(app, role, 'lambda:InvokeFunction', target)
          ? []
          : [`${id}: may not invoke ${target?.id}`];
      }),
    breakIt: (app) => {
      const Target = { Arn: { 'Fn::GetAtt': [one(app, 'Lambda::Function').id, 'Arn'] } };
      app.resources.push({
        id: 'SomeSchedule',
        stack: 'root',
        type: 'AWS::Scheduler::Schedule',
        props: { Target },
      });
    },
  },
  'no permission opens a function to everybody': {
    violations: (app) =>
      unless(
        ofType(app, 'Lambda::Permission'),
        ({ props }) => props.SourceArn !== undefined,
        () => 'no SourceArn',
      ),
    breakIt: (app) => {
      delete one(app, 'Lambda::Permission').props.SourceArn;
    },
  },
  'no queue is open to everybody': {
    violations: (app) =>
      ofType(app, 'SQS::QueuePolicy').flatMap(({ id, props }) =>
        list(props.PolicyDocument.Statement)
          .filter(({ Effect, Condition }) => Effect === 'Allow' && sourcesOf(Condition ?? {}).length === 0)
          .map(() => `${id}: a statement names no aws:SourceArn`),
      ),
    breakIt: (app) => {
      for (const { props } of ofType(app, 'SQS::QueuePolicy'))
        delete props.PolicyDocument.Statement[0].Condition;
    },
  },
  'each function is called by something': {
    violations: (app) => {
      const callers = JSON.stringify(
        app.resources
          .filter(({ type }) => !/::(Function|Role|LogGroup|Permission)$/.test(type))
          .map(({ props }) => props),
      );
      return unless(
        functions(app),
        (fn) =>
          callers.includes(`"${fn.id}"`) ||
          ofType(app, 'IAM::Role').some(
            (role) => may(app, role, 'lambda:InvokeFunction', fn) && !isMeant(app, fn.props.Role, role),
          ),
        () => 'no trigger, state machine or other function calls it',
      );
    },
    breakIt: (app) => {
      app.resources.push({ ...one(app, 'Lambda::Function'), id: 'ForgottenLambdaFunction' });
    },
  },
};

import { functions, isMeant, meant, ofType, one } from '../find';
import { list } from '../intrinsics';
import type { App, Resource } from '../load';
import { type Rules, unless } from '../rule';
import { deadLetterQueues } from './queues';

const FIVE_MINUTES_MS = 300_000;

const alarms = (app: App) => ofType(app, 'CloudWatch::Alarm');

const watched = (app: App, alarm: Resource): Resource[] =>
  list(alarm.props.Dimensions).flatMap(({ Value }) => meant(app, Value) ?? []);

const watches = (app: App, metric: string, what: Resource) => (alarm: Resource) =>
  alarm.props.MetricName === metric && watched(app, alarm).some(({ id }) => id === what.id);

const eachHasAlarm = (which: (app: App) => Resource[], metric: string, most: number): Rules[string] => ({
  violations: (app) =>
    unless(
      which(app),
      (thing) =>
        alarms(app).some((alarm) => watches(app, metric, thing)(alarm) && alarm.props.Threshold <= most),
      () => `no alarm on ${metric} above ${most}`,
    ),
  breakIt: (app) => {
    app.resources = app.resources.filter(({ props }) => props.MetricName !== metric);
  },
});

const machines = (app: App) => ofType(app, 'StepFunctions::StateMachine');

const onStreams = (app: App) =>
  functions(app).filter((fn) =>
    ofType(app, 'Lambda::EventSourceMapping').some(
      ({ props }) =>
        isMeant(app, props.FunctionName, fn) && meant(app, props.EventSourceArn)?.type !== 'AWS::SQS::Queue',
    ),
  );

const onSchedules = (app: App) =>
  functions(app).filter((fn) =>
    ofType(app, 'Events::Rule', 'Scheduler::Schedule').some(({ props }) =>
      [...list(props.Targets), ...list(props.Target)].some(({ Arn }) => isMeant(app, Arn, fn)),
    ),
  );

/** Dimensions whose value names something of the stack; others (a stage, a service) are words of our own metrics. */
const NAMING = ['QueueName', 'FunctionName', 'StateMachineArn', 'TableName', 'TopicName', 'ApiId'];

export const rules: Rules = {
  'each dead-letter queue has one, from the first message': eachHasAlarm(
    deadLetterQueues,
    'ApproximateNumberOfMessagesVisible',
    0,
  ),
  'each reader of a stream has one, from five minutes of delay': eachHasAlarm(
    onStreams,
    'IteratorAge',
    FIVE_MINUTES_MS,
  ),
  'each state machine has one on failed executions': eachHasAlarm(machines, 'ExecutionsFailed', 0),
  'each state machine has one on executions out of time': eachHasAlarm(machines, 'ExecutionsTimedOut', 0),
  'each scheduled function has one on its errors, since nobody waits for its answer': eachHasAlarm(
    onSchedules,
    'Errors',
    0,
  ),
  'the API has one on its own failures': eachHasAlarm(
    (app) => ofType(app, 'ApiGatewayV2::Api').filter(({ props }) => props.ProtocolType !== 'WEBSOCKET'),
    '5xx',
    100,
  ),
  'the WebSocket API has one on its own failures': eachHasAlarm(
    (app) => ofType(app, 'ApiGatewayV2::Api').filter(({ props }) => props.ProtocolType === 'WEBSOCKET'),
    'ExecutionError',
    100,
  ),
  'each tells somebody, and what it means': {
    violations: (app) =>
      unless(
        alarms(app),
        ({ props }) =>
          list(props.AlarmActions).some((arn) => meant(app, arn)) && Boolean(props.AlarmDescription),
        () => 'no AlarmActions or no AlarmDescription',
      ),
    breakIt: (app) => {
      delete one(app, 'CloudWatch::Alarm').props.AlarmActions;
    },
  },
  'each watches something that exists': {
    violations: (app) =>
      alarms(app).flatMap(({ id, props }) =>
        list(props.Dimensions)
          .filter(({ Name, Value }) => NAMING.includes(Name) && !meant(app, Value))
          .map(({ Name }) => `${id}: its ${Name} is nothing of ours`),
      ),
    breakIt: (app) => {
      one(app, 'CloudWatch::Alarm').props.Dimensions = [
        { Name: 'QueueName', Value: 'orderly-prod-misspelt' },
      ];
    },
  },
};

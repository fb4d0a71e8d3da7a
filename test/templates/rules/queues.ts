import { functions, isMeant, maySend, meant, ofType, one, queues } from '../find';
import { list } from '../intrinsics';
import type { App, Resource } from '../load';
import { type Rules, unless } from '../rule';

const FOURTEEN_DAYS_S = 14 * 86_400;
const LEAST_RECEIVES = 5;

const mappings = (app: App) => ofType(app, 'Lambda::EventSourceMapping');
const subscriptions = (app: App) => ofType(app, 'SNS::Subscription');
const targets = (app: App) =>
  ofType(app, 'Events::Rule').flatMap((rule) =>
    rule.props.Targets.map((target: object) => ({ rule, ...target })),
  );

/** Queues that take what others give up. */
export function deadLetterQueues(app: App): Resource[] {
  const named = [
    ...queues(app).map(({ props }) => props.RedrivePolicy?.deadLetterTargetArn),
    ...subscriptions(app).map(({ props }) => props.RedrivePolicy?.deadLetterTargetArn),
    ...targets(app).map(({ DeadLetterConfig }) => DeadLetterConfig?.Arn),
    ...ofType(app, 'Scheduler::Schedule').map(({ props }) => props.Target.DeadLetterConfig?.Arn),
    ...mappings(app).map(({ props }) => props.DestinationConfig?.OnFailure?.Destination),
    ...ofType(app, 'Lambda::EventInvokeConfig').map(
      ({ props }) => props.DestinationConfig?.OnFailure?.Destination,
    ),
  ];
  return queues(app).filter((queue) => named.some((arn) => arn && isMeant(app, arn, queue)));
}

const working = (app: App) => queues(app).filter((queue) => !deadLetterQueues(app).includes(queue));

const managedByAws = (resource: Resource) => /^alias\/aws\//.test(String(resource.props.KmsMasterKeyId));

/** Services of AWS that publish to a topic by themselves. */
const publishersOf = (app: App, topic: Resource): string[] => [
  ...(ofType(app, 'CloudWatch::Alarm', 'CloudWatch::CompositeAlarm').some(({ props }) =>
    [props.AlarmActions, props.OKActions, props.InsufficientDataActions]
      .flat()
      .some((arn) => arn && isMeant(app, arn, topic)),
  )
    ? ['cloudwatch.amazonaws.com']
    : []),
  ...(targets(app).some(({ Arn }) => isMeant(app, Arn, topic)) ? ['events.amazonaws.com'] : []),
];

/** Each bucket that tells a queue of its objects, with that queue. */
const notified = (app: App): [bucket: Resource, queue: Resource | undefined][] =>
  ofType(app, 'S3::Bucket').flatMap((bucket) =>
    list(bucket.props.NotificationConfiguration?.QueueConfigurations).map(
      ({ Queue }): [Resource, Resource | undefined] => [bucket, meant(app, Queue)],
    ),
  );

/** Services of AWS that write to a queue by themselves. */
const sendersOf = (app: App, queue: Resource): string[] => [
  ...(subscriptions(app).some(
    ({ props }) =>
      isMeant(app, props.Endpoint, queue) ||
      isMeant(app, props.RedrivePolicy?.deadLetterTargetArn ?? '', queue),
  )
    ? ['sns.amazonaws.com']
    : []),
  ...(targets(app).some(({ Arn, DeadLetterConfig }) =>
    [Arn, DeadLetterConfig?.Arn ?? ''].some((arn) => isMeant(app, arn, queue)),
  )
    ? ['events.amazonaws.com']
    : []),
  ...(notified(app).some(([, told]) => told?.id === queue.id) ? ['s3.amazonaws.com'] : []),
];

function keyLets(app: App, resource: Resource, service: string): boolean {
  const key = meant(app, resource.props.KmsMasterKeyId);
  return key?.type === 'AWS::KMS::Key' && JSON.stringify(key.props.KeyPolicy ?? {}).includes(service);
}

const cannotUseKey = (app: App, resource: Resource, services: string[]): string[] =>
  resource.props.KmsMasterKeyId === undefined
    ? []
    : services
        .filter((service) => managedByAws(resource) || !keyLets(app, resource, service))
        .map((service) => `${resource.id}: ${service} may not use its key and would drop every message`);

export const rules: Rules = {
  'each queue has a dead-letter queue and at least five tries': {
    violations: (app) =>
      unless(
        working(app),
        ({ props }) =>
          meant(app, props.RedrivePolicy?.deadLetterTargetArn ?? '')?.type === 'AWS::SQS::Queue' &&
          props.RedrivePolicy.maxReceiveCount >= LEAST_RECEIVES,
        ({ props }) => `RedrivePolicy is ${JSON.stringify(props.RedrivePolicy)}`,
      ),
    breakIt: (app) => {
      const queue = working(app)[0];
      if (queue) queue.props.RedrivePolicy.maxReceiveCount = 3;
    },
  },
  'a dead-letter queue keeps its messages for 14 days': {
    violations: (app) =>
      unless(
        deadLetterQueues(app),
        ({ props }) => props.MessageRetentionPeriod === FOURTEEN_DAYS_S,
        ({ props }) => `MessageRetentionPeriod is ${props.MessageRetentionPeriod}`,
      ),
    breakIt: (app) => {
      for (const { props } of deadLetterQueues(app)) delete props.MessageRetentionPeriod;
    },
  },
  'no dead-letter queue serves two services': {
    violations: (app) =>
      unless(
        queues(app).filter(({ props }) => props.RedrivePolicy),
        (queue) => meant(app, queue.props.RedrivePolicy.deadLetterTargetArn)?.stack === queue.stack,
        () => 'its dead-letter queue lies in another stack',
      ),
    breakIt: (app) => {
      one(app, 'SQS::Queue', ({ props }) => props.RedrivePolicy).stack = 'Elsewhere';
    },
  },
  'each queue is encrypted': {
    violations: (app) =>
      unless(
        queues(app),
        ({ props }) => props.SqsManagedSseEnabled === true || props.KmsMasterKeyId !== undefined,
        () => 'neither SqsManagedSseEnabled nor KmsMasterKeyId',
      ),
    breakIt: (app) => {
      delete one(app, 'SQS::Queue').props.SqsManagedSseEnabled;
    },
  },
  'whoever sends to an encrypted queue may use its key': {
    violations: (app) => queues(app).flatMap((queue) => cannotUseKey(app, queue, sendersOf(app, queue))),
    breakIt: (app) => {
      for (const { props } of queues(app)) props.KmsMasterKeyId = 'alias/aws/sqs';
    },
  },
  'whoever publishes to an encrypted topic may use its key': {
    violations: (app) =>
      ofType(app, 'SNS::Topic').flatMap((topic) => cannotUseKey(app, topic, publishersOf(app, topic))),
    breakIt: (app) => {
      for (const { props } of ofType(app, 'SNS::Topic')) props.KmsMasterKeyId = 'alias/aws/sns';
    },
  },
  'a message stays hidden six times as long as its function may run': {
    violations: (app) =>
      mappings(app).flatMap(({ props }) => {
        const queue = meant(app, props.EventSourceArn);
        const fn = meant(app, props.FunctionName);
        if (queue?.type !== 'AWS::SQS::Queue' || !fn) return [];
        const seconds = queue.props.VisibilityTimeout ?? 30;
        return seconds >= 6 * fn.props.Timeout
          ? []
          : [`${queue.id}: ${seconds} s for ${fn.id} of ${fn.props.Timeout} s`];
      }),
    breakIt: (app) => {
      for (const { props } of functions(app)) props.Timeout = 300;
    },
  },
  'each subscription has a dead-letter queue that the topic may fill': {
    violations: (app) =>
      subscriptions(app).flatMap(({ id, props }) => {
        const topic = meant(app, props.TopicArn);
        const dlq = meant(app, props.RedrivePolicy?.deadLetterTargetArn ?? '');
        if (!topic || !dlq) return [`${id}: no topic of ours, or no RedrivePolicy`];
        return maySend(app, 'sns.amazonaws.com', topic, dlq)
          ? []
          : [`${id}: the policy of ${dlq.id} refuses ${topic.id}`];
      }),
    breakIt: (app) => {
      for (const { props } of subscriptions(app)) delete props.RedrivePolicy;
    },
  },
  'each subscribed queue lets its topic send': {
    violations: (app) =>
      subscriptions(app)
        .filter(({ props }) => props.Protocol === 'sqs')
        .flatMap(({ id, props }) => {
          const [topic, queue] = [meant(app, props.TopicArn), meant(app, props.Endpoint)];
          const lets = topic && queue && maySend(app, 'sns.amazonaws.com', topic, queue);
          return lets ? [] : [`${id}: the policy of ${queue?.id} refuses ${topic?.id}`];
        }),
    breakIt: (app) => {
      for (const policy of ofType(app, 'SQS::QueuePolicy')) policy.props.PolicyDocument.Statement = [];
    },
  },
  'each subscribed queue gets the events it asks for alone': {
    violations: (app) =>
      unless(
        subscriptions(app),
        ({ props }) => props.FilterPolicy !== undefined,
        () => 'no FilterPolicy',
      ),
    breakIt: (app) => {
      for (const { props } of subscriptions(app)) delete props.FilterPolicy;
    },
  },
  'each queue that a bucket tells lets that bucket send, of our own account alone': {
    violations: (app) =>
      notified(app).flatMap(([bucket, queue]) => {
        const ours = ofType(app, 'SQS::QueuePolicy').filter(({ props }) =>
          JSON.stringify(props.PolicyDocument).includes('aws:SourceAccount'),
        );
        const lets =
          queue &&
          maySend({ ...app, resources: [...ours, queue, bucket] }, 's3.amazonaws.com', bucket, queue);
        return lets ? [] : [`${bucket.id}: the policy of ${queue?.id} refuses it`];
      }),
    breakIt: (app) => {
      for (const policy of ofType(app, 'SQS::QueuePolicy')) policy.props.PolicyDocument.Statement = [];
    },
  },
  'each target of a rule has a dead-letter queue, a limit of tries, and policies that let the rule send': {
    violations: (app) =>
      targets(app).flatMap(({ rule, Id, Arn, DeadLetterConfig, RetryPolicy }) => {
        const target = meant(app, Arn);
        const dlq = meant(app, DeadLetterConfig?.Arn ?? '');
        const sends = (queue: Resource) => maySend(app, 'events.amazonaws.com', rule, queue);
        return [
          ...(dlq ? [] : ['no DeadLetterConfig']),
          ...(RetryPolicy?.MaximumRetryAttempts && RetryPolicy?.MaximumEventAgeInSeconds
            ? []
            : ['no RetryPolicy']),
          ...(dlq && !sends(dlq) ? [`the policy of ${dlq.id} refuses it`] : []),
          ...(target?.type === 'AWS::SQS::Queue' && !sends(target)
            ? [`the policy of ${target.id} refuses it`]
            : []),
        ].map((why) => `${rule.id}: target ${Id}: ${why}`);
      }),
    breakIt: (app) => {
      for (const { props } of ofType(app, 'Events::Rule')) delete props.Targets[0].RetryPolicy;
    },
  },
};

import { functions, isMeant, keyOf, meant, ofType, one } from '../find';
import { list, render } from '../intrinsics';
import type { App, Resource } from '../load';
import { type Rules, unless } from '../rule';

const API_LIMIT_S = 29;
// One thread of the local AWS polls all streams: a slow handler stops every queue.
const STREAM_LIMIT_S = 10;

/** Functions that may hold concurrency back for themselves, on which stages; a new account refuses it. */
const RESERVED: Record<string, string[]> = { prod: ['processPayment', 'ingestClicks'] };

const targetsOf = (app: App, type: string, property: string): Resource[] =>
  functions(app).filter((fn) => ofType(app, type).some(({ props }) => isMeant(app, props[property], fn)));

const behindApi = (app: App) => targetsOf(app, 'ApiGatewayV2::Integration', 'IntegrationUri');

const fedBy = (app: App, source: string): Resource[] =>
  functions(app).filter((fn) =>
    ofType(app, 'Lambda::EventSourceMapping').some(
      ({ props }) =>
        isMeant(app, props.FunctionName, fn) && meant(app, props.EventSourceArn)?.type === source,
    ),
  );

const onStreams = (app: App) => [
  ...fedBy(app, 'AWS::DynamoDB::Table'),
  ...fedBy(app, 'AWS::Kinesis::Stream'),
];

const isNoValue = (value: { Ref?: string }): boolean => value.Ref === 'AWS::NoValue';

const must = (property: string, wanted: unknown): Rules[string] => ({
  violations: (app) =>
    unless(
      functions(app),
      ({ props }) => JSON.stringify(props[property]) === JSON.stringify(wanted),
      ({ props }) => `${property} is ${JSON.stringify(props[property])}`,
    ),
  breakIt: (app) => {
    delete one(app, 'Lambda::Function').props[property];
  },
});

const atMost = (which: (app: App) => Resource[], seconds: number): Rules[string] => ({
  violations: (app) =>
    unless(
      which(app),
      ({ props }) => props.Timeout <= seconds,
      ({ props }) => `Timeout is ${props.Timeout}`,
    ),
  breakIt: (app) => {
    for (const { props } of which(app)) props.Timeout = seconds + 1;
  },
});

export const rules: Rules = {
  'each runs on nodejs24.x': must('Runtime', 'nodejs24.x'),
  'each runs on arm64': must('Architectures', ['arm64']),
  'each is traced': must('TracingConfig', { Mode: 'Active' }),
  'each says its memory and its time-out': {
    violations: (app) =>
      unless(
        functions(app),
        ({ props }) => Number.isInteger(props.MemorySize) && Number.isInteger(props.Timeout),
        () => 'MemorySize or Timeout is missing',
      ),
    breakIt: (app) => {
      delete one(app, 'Lambda::Function').props.Timeout;
    },
  },
  'behind the API each ends within 29 seconds': atMost(behindApi, API_LIMIT_S),
  'on a stream each ends within 10 seconds': atMost(onStreams, STREAM_LIMIT_S),
  'each has a log group with retention': {
    violations: (app) =>
      unless(
        functions(app),
        ({ props }) =>
          ofType(app, 'Logs::LogGroup').some(
            (group) =>
              render(group.props.LogGroupName) === `/aws/lambda/${render(props.FunctionName)}` &&
              group.props.RetentionInDays > 0,
          ),
        () => 'no log group, or one that keeps its lines for ever',
      ),
    breakIt: (app) => {
      delete one(app, 'Logs::LogGroup', ({ props }) => /^\/aws\/lambda/.test(props.LogGroupName)).props
        .RetentionInDays;
    },
  },
  'concurrency is reserved where the stage says so, and never for a queue': {
    violations: (app) =>
      functions(app)
        .filter(({ props: { ReservedConcurrentExecutions: held } }) => held !== undefined && !isNoValue(held))
        .filter(
          (fn) =>
            !RESERVED[app.stage]?.includes(keyOf(app, fn)) || fedBy(app, 'AWS::SQS::Queue').includes(fn),
        )
        .map(({ id }) => `${id}: reserves concurrency`),
    breakIt: (app) => {
      for (const { props } of fedBy(app, 'AWS::SQS::Queue')) props.ReservedConcurrentExecutions = 5;
    },
  },
  'each has one trigger of its own kind, or is called by a state machine or another function': {
    violations: (app) => {
      const kinds: Resource[][] = [behindApi(app), onStreams(app), fedBy(app, 'AWS::SQS::Queue')];
      return functions(app).flatMap((fn) => {
        const triggers = kinds.filter((kind) => kind.includes(fn)).length;
        return triggers > 1 ? [`${fn.id}: ${triggers} kinds of trigger`] : [];
      });
    },
    breakIt: (app) => {
      const [fn] = behindApi(app);
      for (const { props } of ofType(app, 'Lambda::EventSourceMapping')) props.FunctionName = { Ref: fn?.id };
    },
  },
  'each names the file and export it runs': {
    violations: (app) =>
      unless(
        functions(app),
        ({ props }) =>
          list(props.Handler).every((path) =>
            /^services\/[a-z-]+\/handlers\/([a-z]+\/)?[a-z0-9-]+\.handler$/.test(path),
          ),
        ({ props }) => String(props.Handler),
      ),
    breakIt: (app) => {
      one(app, 'Lambda::Function').props.Handler = 'src/index.main';
    },
  },
};

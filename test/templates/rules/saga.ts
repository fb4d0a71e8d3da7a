import { meant, ofType, one } from '../find';
import { list, render, walk } from '../intrinsics';
import type { App, Json, Resource } from '../load';
import { type Rules, unless } from '../rule';

const machines = (app: App) => ofType(app, 'StepFunctions::StateMachine');

const definitionOf = ({ props }: Resource): Json => JSON.parse(render(props.DefinitionString));

const statesOf = (machine: Resource): [string, Json][] => Object.entries(definitionOf(machine).States);

const nextOf = (state: Json): string[] =>
  [
    state.Next,
    state.Default,
    ...list(state.Choices).map(({ Next }) => Next),
    ...list(state.Catch).map(({ Next }) => Next),
  ].filter((name) => name !== undefined);

function reachable(machine: Resource): Set<string> {
  const states = Object.fromEntries(statesOf(machine));
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of nextOf(states[name] ?? {})) visit(next);
  };
  visit(definitionOf(machine).StartAt);
  return seen;
}

const eachState = (
  app: App,
  complaint: (name: string, state: Json, machine: Resource) => string | false,
): string[] =>
  machines(app).flatMap((machine) =>
    statesOf(machine).flatMap(([name, state]) => {
      const why = complaint(name, state, machine);
      return why ? [`${machine.id}: ${name} ${why}`] : [];
    }),
  );

const change = (app: App, edit: (definition: Json) => void): void => {
  const machine = one(app, 'StepFunctions::StateMachine');
  const definition = definitionOf(machine);
  edit(definition);
  machine.props.DefinitionString = JSON.stringify(definition);
};

const firstTask = (definition: Json): Json =>
  Object.values<Json>(definition.States).find(({ Type }) => Type === 'Task');

const ENDS = ['Succeed', 'Fail'];

export const rules: Rules = {
  'it is STANDARD or EXPRESS, from the same definition': {
    violations: (app) =>
      unless(
        machines(app),
        ({ props }) => ['STANDARD', 'EXPRESS'].includes(props.StateMachineType),
        ({ props }) => props.StateMachineType,
      ),
    breakIt: (app) => {
      one(app, 'StepFunctions::StateMachine').props.StateMachineType = 'FAST';
    },
  },
  'each state leads to states that exist, or ends': {
    violations: (app) =>
      eachState(app, (_name, state, machine) => {
        const known = Object.keys(definitionOf(machine).States);
        const lost = nextOf(state).filter((next) => !known.includes(next));
        if (lost.length > 0) return `leads to ${lost}, which is not there`;
        return nextOf(state).length === 0 && !state.End && !ENDS.includes(state.Type) && 'leads nowhere';
      }),
    breakIt: (app) => change(app, (definition) => Object.assign(firstTask(definition), { Next: 'Nowhere' })),
  },
  'each state can be reached': {
    violations: (app) =>
      eachState(app, (name, _state, machine) => !reachable(machine).has(name) && 'is never reached'),
    breakIt: (app) =>
      change(app, (definition) => Object.assign(definition.States, { Forgotten: { Type: 'Succeed' } })),
  },
  'it ends within 240 seconds, so that an Express execution may run it': {
    violations: (app) =>
      unless(
        machines(app),
        (machine) => definitionOf(machine).TimeoutSeconds === 240,
        () => 'TimeoutSeconds is not 240',
      ),
    breakIt: (app) => change(app, (definition) => Object.assign(definition, { TimeoutSeconds: 900 })),
  },
  'it waits for nothing that Express cannot wait for': {
    violations: (app) =>
      eachState(
        app,
        (_name, { Resource }) =>
          /\.sync|waitForTaskToken|:activity:/.test(String(Resource)) && `is a ${Resource}`,
      ),
    breakIt: (app) =>
      change(app, (definition) =>
        Object.assign(firstTask(definition), { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }),
      ),
  },
  'each task tries again with jitter': {
    violations: (app) =>
      eachState(
        app,
        (_name, { Type, Retry }) =>
          Type === 'Task' &&
          !list(Retry).some(
            ({ MaxAttempts, JitterStrategy }) => MaxAttempts >= 1 && JitterStrategy === 'FULL',
          ) &&
          'has no Retry with MaxAttempts and JitterStrategy FULL',
      ),
    breakIt: (app) => change(app, (definition) => delete firstTask(definition).Retry),
  },
  'each task says what happens when all tries failed': {
    violations: (app) =>
      eachState(
        app,
        (_name, { Type, Catch }) =>
          Type === 'Task' &&
          !list(Catch).some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL')) &&
          'has no Catch of States.ALL',
      ),
    breakIt: (app) => change(app, (definition) => delete firstTask(definition).Catch),
  },
  "errors are technical: Step Functions' and Lambda's own, none has a name of ours": {
    violations: (app) =>
      eachState(app, (_name, state) => {
        const own = [...walk(state)]
          .flatMap((node) => list(node?.ErrorEquals))
          .filter((error) => !/^(States|Lambda)\./.test(error));
        return own.length > 0 && `reads ${own}; outcomes are values`;
      }),
    breakIt: (app) =>
      change(app, (definition) => firstTask(definition).Retry.push({ ErrorEquals: ['CardDeclined'] })),
  },
  'its log names executions and never their data, which hold the payment token': {
    violations: (app) =>
      unless(
        machines(app),
        ({ props }) => {
          const { Level, IncludeExecutionData, Destinations } = props.LoggingConfiguration ?? {};
          const group = meant(app, list(Destinations)[0]?.CloudWatchLogsLogGroup?.LogGroupArn ?? '');
          return (
            ['ALL', 'ERROR'].includes(Level) &&
            IncludeExecutionData === false &&
            group?.props.RetentionInDays > 0
          );
        },
        ({ props }) => `LoggingConfiguration is ${JSON.stringify(props.LoggingConfiguration)}`,
      ),
    breakIt: (app) => {
      one(app, 'StepFunctions::StateMachine').props.LoggingConfiguration.IncludeExecutionData = true;
    },
  },
  'it is traced': {
    violations: (app) =>
      unless(
        machines(app),
        ({ props }) => props.TracingConfiguration?.Enabled === true,
        () => 'no TracingConfiguration',
      ),
    breakIt: (app) => {
      delete one(app, 'StepFunctions::StateMachine').props.TracingConfiguration;
    },
  },
  'it lives in the root stack with its role and its log group': {
    violations: (app) =>
      machines(app).flatMap((machine) => {
        const role = meant(app, machine.props.RoleArn);
        const group = meant(
          app,
          list(machine.props.LoggingConfiguration?.Destinations)[0]?.CloudWatchLogsLogGroup?.LogGroupArn ??
            '',
        );
        return unless(
          [machine, role, group].flatMap((part) => part ?? []),
          ({ stack }) => stack === 'root',
          ({ stack }) => `lies in ${stack}`,
        );
      }),
    breakIt: (app) => {
      one(app, 'StepFunctions::StateMachine').stack = 'Orders';
    },
  },
};

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEAD_LETTER_QUEUES, eventOf, targetOf } from '../../services/operations/domain/dead-letter-queues';

const root = join(__dirname, '../..');
const read = (path: string) =>
  parse(readFileSync(join(root, path), 'utf8'), { logLevel: 'silent', merge: true });

interface Resource {
  Type: string;
  Properties: { Name?: string; QueueName?: string; RedrivePolicy?: { deadLetterTargetArn: string } };
}

const services = readdirSync(join(root, 'services'));
const ofType = (type: string) =>
  services.flatMap((service) =>
    Object.entries<Resource>(read(`services/${service}/resources.yml`).Resources ?? {}).flatMap(
      ([id, resource]) => (resource.Type === type ? [{ id, ...resource.Properties }] : []),
    ),
  );
const queues = ofType('AWS::SQS::Queue');
const streams = ofType('AWS::Kinesis::Stream');
const nameOf = ({ QueueName, Name }: { QueueName?: string; Name?: string }) =>
  (QueueName ?? Name ?? '').replace(/^.*\$\{sls:stage\}-/, '');
const functions = services.flatMap((service) => Object.keys(read(`services/${service}/functions.yml`) ?? {}));

test('every dead-letter queue of the templates has a place to be sent on to, and no other is known', () => {
  const dead = queues.map(nameOf).filter((name) => name.endsWith('-dlq'));
  expect(Object.keys(DEAD_LETTER_QUEUES).sort()).toEqual(dead.sort());
});

test.each(Object.entries(DEAD_LETTER_QUEUES))('%s is sent on to what there is', (_queue, target) => {
  if ('queue' in target) expect(queues.map(nameOf)).toContain(target.queue);
  else if ('stream' in target) expect(streams.map(nameOf)).toContain(target.stream);
  else for (const name of target.functions) expect(functions).toContain(name);
});

test('redriveDeadLetters may write to every stream that letters are sent on to', () => {
  const { iamRoleStatements } = read('services/operations/functions.yml').redriveDeadLetters;
  const named = iamRoleStatements
    .filter(({ Action }: { Action: string[] }) => Action.includes('kinesis:PutRecord'))
    .map(({ Resource }: { Resource: string }) => Resource);
  const needed = Object.values(DEAD_LETTER_QUEUES).flatMap((target) =>
    'stream' in target
      ? streams.filter((one) => nameOf(one) === target.stream).map(({ id }) => `${id}.Arn`)
      : [],
  );
  expect(named).toEqual([...new Set(needed)]);
});

test('a queue that gives its messages up is where they are sent on to', () => {
  const given = queues.flatMap((queue) => {
    const id = queue.RedrivePolicy?.deadLetterTargetArn?.replace(/\.Arn$/, '');
    const dlq = queues.find((other) => other.id === id);
    return dlq ? [[nameOf(dlq), nameOf(queue)] as const] : [];
  });
  expect(given.length).toBeGreaterThan(3);
  for (const [dlq, queue] of given)
    expect({ dlq, target: targetOf(dlq) }).toEqual({ dlq, target: { queue } });
});

test('redriveDeadLetters may invoke every function that letters are sent on to', () => {
  const { iamRoleStatements } = read('services/operations/functions.yml').redriveDeadLetters;
  const named: string[] = iamRoleStatements
    .filter(({ Action }: { Action: string[] }) => Action.includes('lambda:InvokeFunction'))
    .flatMap(({ Resource }: { Resource: string[] }) => Resource)
    .map((arn: string) => arn.replace(/^.*\$\{sls:stage\}-/, ''));
  const needed = Object.values(DEAD_LETTER_QUEUES).flatMap((target) =>
    'functions' in target ? target.functions : [],
  );
  expect(named.sort()).toEqual([...new Set(needed)].sort());
});

test.each(['constructor', 'toString', 'email', ''])('%p is no dead-letter queue', (name) => {
  expect(targetOf(name)).toBeUndefined();
});

test('a record is invoked as a batch of one, a payload as it is, and a batch without its records not at all', () => {
  const record = { eventSource: 'aws:dynamodb', dynamodb: {} };
  expect(eventOf(JSON.stringify(record))).toEqual({ Records: [record] });
  expect(eventOf('{"olderThanSeconds":600}')).toEqual({ olderThanSeconds: 600 });
  expect(eventOf('{"DDBStreamBatchInfo":{"shardId":"1"}}')).toBeUndefined();
  expect(eventOf('{"KinesisBatchInfo":{"shardId":"1"}}')).toBeUndefined();
  expect(eventOf('no json')).toBeUndefined();
});

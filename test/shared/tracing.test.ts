import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { startWire, type Wire } from '../handlers/inventory/wire';
import { waitFor } from '../support/wait-for';
import { catchLog } from './support/log';
import { context, message } from './support/records';

let mockLoads = 0;
jest.mock('aws-xray-sdk-core', () => {
  mockLoads += 1;
  return jest.requireActual('aws-xray-sdk-core');
});

interface Segment {
  name: string;
  trace_id?: string;
  parent_id?: string;
  annotations?: Record<string, string>;
  aws?: Record<string, string>;
  fault?: boolean;
  error?: boolean;
  cause?: { exceptions: { message: string }[] };
  subsegments?: Segment[];
}

/** Stands for the X-Ray daemon: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
let daemon: Socket;
let wire: Wire;
const received: Segment[] = [];

const UNSAMPLED = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=0';
const SAMPLED = UNSAMPLED.replace('Sampled=0', 'Sampled=1');

beforeAll(async () => {
  catchLog();
  wire = await startWire({});
  daemon = createSocket('udp4');
  daemon.on('message', (packet) => received.push(JSON.parse(String(packet).split('\n')[1] ?? '')));
  await new Promise<void>((resolve) => daemon.bind(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${(daemon.address() as AddressInfo).port}`,
    LAMBDA_TASK_ROOT: '/var/task',
    _X_AMZN_TRACE_ID: UNSAMPLED,
  });
});
afterAll(async () => {
  daemon.close();
  await wire.close();
});
beforeEach(() => {
  received.length = 0;
});

const all = (segments: Segment[]): Segment[] =>
  segments.flatMap((one) => [one, ...all(one.subsegments ?? [])]);
const traced = (name: string) =>
  waitFor(() => all(received).find((one) => one.name === name), { what: name, limit: 3000 });

async function invokeStep(work: () => Promise<void> = async () => undefined) {
  const { step, stepInput } = await import('../../shared/lambda/step');
  const { annotate } = await import('../../shared/lambda/invocation');
  const handler = step(stepInput(), async () => {
    annotate({ customerId: 'ada' });
    await work();
    return { outcome: 'DONE' };
  });
  return handler({ orderId: 'ord_1', attempt: 1, correlationId: 'cor_1' }, context());
}

test('an invocation that is not sampled does not even load the tracer', async () => {
  await invokeStep();
  expect(mockLoads).toBe(0);
  expect(received).toEqual([]);
});

describe('a sampled invocation', () => {
  beforeAll(() => {
    process.env._X_AMZN_TRACE_ID = SAMPLED;
  });

  test('sends its span, by which order and customer are found', async () => {
    await invokeStep();
    expect(await traced('handler')).toMatchObject({
      trace_id: '1-67891233-abcdef012345678912345678',
      parent_id: '53995c3f42cd8ad8',
      annotations: { orderId: 'ord_1', customerId: 'ada' },
    });
    expect(mockLoads).toBe(1);
  });

  test('sends each AWS call as a span of its own, with its operation', async () => {
    const { dynamodb } = await import('../../shared/aws/dynamodb');
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
    wire.answers.GetItem = () => ({});
    await invokeStep(async () => {
      await dynamodb.send(new GetCommand({ TableName: 't', Key: { id: '1' } }));
    });
    expect(await traced('DynamoDB')).toMatchObject({ aws: { operation: 'GetItem' } });
  });

  test('sends a fault as one, and lets it through', async () => {
    const failing = async () => {
      throw new Error('throttled');
    };
    await expect(invokeStep(failing)).rejects.toThrow('throttled');
    const { fault, error, cause } = await traced('handler');
    expect(fault || error).toBe(true);
    expect(cause?.exceptions[0]?.message).toBe('throttled');
  });

  test('of a queue sends a span for each message, by which its order is found', async () => {
    const { queue } = await import('../../shared/lambda/queue');
    const { annotate } = await import('../../shared/lambda/invocation');
    const options = {
      parse: (body: string) => ({ message: body, correlationId: 'cor_1' }),
      park: async () => undefined,
      maxReceives: 5,
    };
    const handler = queue(options, async (orderId) => annotate({ orderId }));
    await handler({ Records: [message('ord_1', 1, 'm1'), message('ord_2', 1, 'm2')] }, context());
    await traced('handler');
    const spans = all(received).filter(({ name }) => name === 'message');
    expect(spans.map(({ annotations }) => annotations?.orderId).sort()).toEqual(['ord_1', 'ord_2']);
  });
});

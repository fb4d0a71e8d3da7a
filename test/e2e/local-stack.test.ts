import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readProcess } from '../../scripts/local/local-aws';
import { files, root } from '../../scripts/local/paths';
import { awsClient } from '../support/aws-client';
import { stack } from '../support/stack';

const exec = promisify(execFile);
const onLinux = process.platform === 'linux' ? test : test.skip;

test('local:status --json prints one object with all that a tool needs to drive the stack', async () => {
  const { stdout } = await exec('npm', ['run', '--silent', 'local:status', '--', '--json'], { cwd: root });
  const status = JSON.parse(stdout);
  expect(status).toEqual(await stack());
  expect(status).toMatchObject({
    stage: 'local',
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
    sandboxUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
    region: 'eu-west-1',
    userPoolId: expect.any(String),
    userPoolClientId: expect.any(String),
    outputs: expect.any(Object),
  });
  const roles = status.users.map(({ role }: { role: string }) => role).sort();
  expect(roles).toEqual(['customer', 'customer', 'staff']);
});

test('local:env gives a shell what the examples of the READMEs use', async () => {
  const lines = [
    'eval "$(npm run --silent local:env)"',
    'ORDER=$(curl -s "$API/orders" -H "authorization: Bearer $TOKEN" -H "content-type: application/json" -H "$(key)" \\',
    `  -d '{"items":[{"productId":"'$MUG'","quantity":1}],"payment":{"token":"tok_visa"}}' | pick id)`,
    'curl -s "$API/staff/orders/$ORDER/timeline" -H "authorization: Bearer $STAFF" | pick items.0.type',
  ];
  const { stdout } = await exec('bash', ['-c', lines.join('\n')], { cwd: root });
  expect(stdout).toBe('order.placed\n');
});

onLinux('the local AWS listens on one port, of 127.0.0.1 alone', () => {
  const aws = readProcess(files.process);
  expect(aws).toBeDefined();
  if (!aws) return;
  const port = aws.port.toString(16).toUpperCase().padStart(4, '0');
  expect(listening([aws.pid, ...childrenOf(aws.pid)])).toEqual([`0100007F:${port}`]);
});

test('a page on an allowed origin may call the API, though CloudFormation here drops CORS', async () => {
  const { apiUrl } = await stack();
  const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };
  const preflight = await fetch(`${apiUrl}/orders`, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
});

test('idempotency records expire, though CloudFormation here drops the time to live', async () => {
  const client = await awsClient(DynamoDBClient);
  const command = new DescribeTimeToLiveCommand({ TableName: 'orderly-local-idempotency' });
  const { TimeToLiveDescription } = await client.send(command);
  expect(TimeToLiveDescription?.TimeToLiveStatus).toBe('ENABLED');
});

/** Local addresses, in the kernel's spelling, of all sockets in state LISTEN that these processes hold. */
function listening(pids: number[]): string[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((cell) => cell[3] === '0A' && inodes.has(`socket:[${cell[9]}]`))
    .map((cell) => cell[1] ?? '');
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
}

import { createServer } from 'node:net';
import { anyFreePort, choosePort, HOST, whoHolds } from '../../scripts/local/ports';

test('a free port is chosen as wanted', async () => {
  const port = await anyFreePort();
  expect(await choosePort(port)).toBe(port);
});

test('a port that is taken is replaced by another one, and its holder is named', async () => {
  const server = createServer();
  const port = await anyFreePort();
  await new Promise<void>((resolve) => server.listen(port, HOST, resolve));
  try {
    expect(await choosePort(port)).not.toBe(port);
    if (process.platform === 'linux') expect(whoHolds(port)).toMatch(new RegExp(`pid ${process.pid}$`));
  } finally {
    server.close();
  }
});

test('a port that is taken on every interface counts as taken', async () => {
  const server = createServer();
  const port = await anyFreePort();
  await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve));
  try {
    expect(await choosePort(port)).not.toBe(port);
  } finally {
    server.close();
  }
});

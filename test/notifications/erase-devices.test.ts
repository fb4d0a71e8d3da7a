import type { Device } from '../../services/notifications/domain/preferences';
import { eraseDevices } from '../../services/notifications/use-cases/erase-devices';

const device = (id: string, platform: Device['platform'] = 'fcm'): Device => ({
  id,
  platform,
  token: `token-${id}`,
});

function given(...kept: Device[]) {
  const forgotten: string[] = [];
  return {
    forgotten,
    recipients: { settingsOf: async () => ({ preferences: {}, devices: kept }) },
    pusher: {
      serves: (platform: Device['platform']) => platform === 'fcm',
      forget: async ({ id }: Device) => void forgotten.push(id),
    },
  };
}

const whose = { customerId: 'ada', correlationId: 'cor_1' };

test('all devices of an account are forgotten, on the platforms that are set up', async () => {
  const ports = given(device('phone'), device('tablet', 'apns'));
  expect(await eraseDevices(ports, whose)).toEqual({ outcome: 'ERASED' });
  expect(ports.forgotten).toEqual(['phone']);
});

test('of devices that are named only these are forgotten, whatever the account has', async () => {
  const ports = given(device('phone'));
  await eraseDevices(ports, { ...whose, devices: [device('watch')] });
  await eraseDevices(ports, { ...whose, devices: [] });
  expect(ports.forgotten).toEqual(['watch']);
});

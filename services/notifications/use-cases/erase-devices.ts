import type { Device } from '../domain/preferences';
import type { ForgetsDevices, Recipients } from '../ports/sending';

export interface EraseDevices {
  customerId: string;
  /** All that the account has, unless given. */
  devices?: Device[];
  correlationId: string;
}

export type { Device };

interface Ports {
  recipients: Recipients;
  pusher: ForgetsDevices;
}

/**
 * The platforms forget devices: those a customer took off the account, or all of one that is to be erased, while the
 * account still names them.
 */
export async function eraseDevices(
  { recipients, pusher }: Ports,
  { customerId, devices, correlationId }: EraseDevices,
): Promise<{ outcome: 'ERASED' }> {
  const theirs = devices ?? (await recipients.settingsOf(customerId, correlationId)).devices;
  for (const device of theirs) if (pusher.serves(device.platform)) await pusher.forget(device);
  return { outcome: 'ERASED' };
}

import type { ForgetsDevices, Recipients } from '../ports/sending';

interface Ports {
  recipients: Recipients;
  pusher: ForgetsDevices;
}

/** The platforms forget the devices of a customer whose account is to be erased, while it still names them. */
export async function eraseDevices(
  { recipients, pusher }: Ports,
  customerId: string,
  correlationId: string,
): Promise<{ outcome: 'ERASED' }> {
  const { devices } = await recipients.settingsOf(customerId, correlationId);
  for (const device of devices) if (pusher.serves(device.platform)) await pusher.forget(device);
  return { outcome: 'ERASED' };
}

import { messageId } from '../domain/message';
import type { OrderNews } from '../domain/order-mail';
import { type Device, isWanted, type Settings } from '../domain/preferences';
import type { Devices, NoteTemplates, Posted, Pusher, Recipients } from '../ports/sending';
import { type DeliveryPorts, deliverMessage, type Outcome, type Prepared } from './deliver-message';

export interface PushPorts extends DeliveryPorts {
  recipients: Recipients;
  devices: Devices;
  templates: NoteTemplates;
  pusher: Pusher;
}

/** A device that is no more is forgotten, so that the next message does not try it. */
async function post(
  { pusher, devices, templates }: PushPorts,
  news: OrderNews,
  device: Device,
  correlationId: string,
): Promise<Posted> {
  const posted = await pusher.post(device, news.orderId, templates.push(news));
  if (!('gone' in posted)) return posted;
  await devices.forget(news.customerId, device, correlationId);
  return { accepted: false, reason: posted.reason, suppressed: true };
}

/** Tells a customer on each of their devices, every one of them a message of its own. */
export async function sendOrderPush(
  ports: PushPorts,
  news: OrderNews,
  correlationId: string,
): Promise<Outcome[]> {
  const deliver = (part: string | undefined, prepare: () => Promise<Prepared>): Promise<Outcome> =>
    deliverMessage(ports, {
      id: messageId(news.eventId, 'push', part),
      orderId: news.orderId,
      channel: 'push',
      kind: news.kind,
      correlationId,
      prepare,
    });
  const toDevice = (device: Device): Promise<Outcome> =>
    deliver(device.id, async () =>
      ports.pusher.serves(device.platform)
        ? { post: () => post(ports, news, device, correlationId) }
        : { suppressed: 'PLATFORM_NOT_SET_UP' },
    );

  const settings = await settingsOf(ports, news, correlationId);
  if (settings instanceof Error) return [await deliver(undefined, () => Promise.reject(settings))];
  if (settings.devices.length === 0)
    return [await deliver(undefined, async () => ({ suppressed: 'NO_DEVICE' }))];
  if (!isWanted(settings, 'push', news.kind))
    return [await deliver(undefined, async () => ({ suppressed: 'NOT_WANTED' }))];
  const sent = await Promise.allSettled(settings.devices.map(toDevice));
  return sent.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

const settingsOf = (
  { recipients }: PushPorts,
  { customerId }: OrderNews,
  correlationId: string,
): Promise<Settings | Error> =>
  recipients.settingsOf(customerId, correlationId).catch((error: unknown) => error as Error);

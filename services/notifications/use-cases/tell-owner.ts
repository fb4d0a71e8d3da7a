import type { EventOf } from '../../../events/envelope';
import type { endpointDisabled } from '../../../events/webhook-events';
import { messageId } from '../domain/message';
import type { Mail } from '../domain/order-mail';
import type { Endpoint } from '../domain/webhook';
import type { Mailer, Suppressions } from '../ports/sending';
import { type DeliveryPorts, deliverMessage, type Outcome } from './deliver-message';

export interface OwnerPorts extends DeliveryPorts {
  endpoints: { find(id: string): Promise<Endpoint | undefined> };
  suppressions: Suppressions;
  mailer: Mailer;
  ownerTemplates: { disabled(endpoint: Endpoint, because: string): Mail };
}

/** Mails the owner of an endpoint that it was switched off. */
export function tellOwner(ports: OwnerPorts, event: EventOf<typeof endpointDisabled>): Promise<Outcome> {
  const { endpoints, suppressions, mailer, ownerTemplates } = ports;
  const id = messageId(event.id, 'email');
  return deliverMessage(ports, {
    id,
    channel: 'email',
    kind: 'webhook-disabled',
    correlationId: event.correlationid,
    prepare: async () => {
      const endpoint = await endpoints.find(event.subject);
      if (!endpoint) return { suppressed: 'ENDPOINT_DELETED' };
      if (await suppressions.isSuppressed(endpoint.ownerEmail)) return { suppressed: 'ADDRESS_SUPPRESSED' };
      const mail = ownerTemplates.disabled(endpoint, event.data.because);
      return { post: () => mailer.post(id, endpoint.ownerEmail, mail) };
    },
  });
}

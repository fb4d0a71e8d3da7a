import Joi from 'joi';
import { newId } from '../../../shared/kernel/ids';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { validate } from '../../../shared/lambda/validation';
import type { Feedback } from '../domain/feedback';
import { idOfTag } from '../domain/message';
import { HASHED } from './hashed-address';

interface Address {
  emailAddress: string;
}

/** The event destination of a configuration set says `eventType`, an identity's topic `notificationType`. */
interface Notification {
  eventType?: string;
  notificationType?: string;
  /** Tags come by a configuration set alone. */
  mail: { messageId: string; tags?: { ref?: string[] } };
  bounce?: { bounceType: string; bounceSubType?: string; bouncedRecipients: Address[] };
  complaint?: { complaintFeedbackType?: string; complainedRecipients: Address[] };
}

const word = (): Joi.StringSchema => Joi.string().max(100);
const recipients = Joi.array()
  .items(Joi.object<Address>({ emailAddress: Joi.string().min(1).max(400) }))
  .max(50);

const schema = Joi.object<Notification>({
  eventType: word().optional(),
  notificationType: word().optional(),
  mail: Joi.object({
    messageId: word(),
    tags: Joi.object({ ref: Joi.array().items(Joi.string().max(256)).max(10).optional() }).optional(),
  }),
  bounce: Joi.object({
    bounceType: word(),
    bounceSubType: word().optional(),
    bouncedRecipients: recipients,
  }).optional(),
  complaint: Joi.object({
    complaintFeedbackType: word().allow('').optional(),
    complainedRecipients: recipients,
  }).optional(),
});

const reasonOf = (...words: (string | undefined)[]): string =>
  words
    .filter(Boolean)
    .join('.')
    .replace(/[^A-Za-z0-9_.-]/g, '_')
    .slice(0, 80) || 'UNKNOWN';

const addressesOf = (list: Address[]): string[] => list.map(({ emailAddress }) => emailAddress);

/** https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html @throws PermanentFault for anything else */
export function readFeedback(body: string): { message: Feedback; correlationId: string } {
  const checked = validate(schema, jsonOf(body), { unknown: true });
  if ('violations' in checked)
    throw new PermanentFault(
      `No notification of SES: ${checked.violations.map(({ pointer }) => pointer).join(', ') || '/'}`,
    );
  const { bounce, complaint, mail } = checked.value;
  const correlationId = newId('cor');
  const [tag] = mail.tags?.ref ?? [];
  const messageId = tag === undefined ? undefined : idOfTag(tag);
  if (bounce) {
    const { bounceType, bounceSubType, bouncedRecipients } = bounce;
    const permanent = bounceType === 'Permanent';
    const message: Feedback = {
      messageId,
      outcome: 'BOUNCED',
      reason: reasonOf(bounceType, bounceSubType),
      permanent,
      recipients: addressesOf(bouncedRecipients),
    };
    return { message, correlationId };
  }
  if (complaint) {
    const message: Feedback = {
      messageId,
      outcome: 'COMPLAINED',
      reason: reasonOf(complaint.complaintFeedbackType || 'complaint'),
      permanent: true,
      recipients: addressesOf(complaint.complainedRecipients),
    };
    return { message, correlationId };
  }
  throw new PermanentFault('Neither a bounce nor a complaint');
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new PermanentFault('The message is not JSON');
  }
}

const ADDRESS = /[^\s"<>@,;:\\[\]{}()]+@[^\s"<>@,;:\\[\]{}()]+\.[^\s"<>@,;:\\[\]{}()]+/g;

/** The notification as it may be parked: each address is replaced by its HMAC, by which a redrive still suppresses it. */
export async function withoutAddresses(
  body: string,
  keyOf: (email: string) => Promise<string>,
): Promise<string> {
  const found = [...new Set(body.match(ADDRESS) ?? [])];
  let clean = body;
  for (const address of found) clean = clean.replaceAll(address, `${HASHED}${await keyOf(address)}`);
  return clean;
}

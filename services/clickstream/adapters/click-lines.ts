import Joi from 'joi';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { line as words } from '../../../shared/kernel/text';
import { validate } from '../../../shared/lambda/validation';
import { type ClickLine, DEVICES, FILTERED, fitsKey, KINDS } from '../domain/click';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ID = /^[A-Za-z0-9_.:-]{1,128}$/;

const schema = Joi.object<ClickLine, true>({
  key: Joi.string().pattern(/^[A-Za-z0-9_-]{11}$/),
  kind: Joi.string().valid(...KINDS, ...FILTERED),
  at: Joi.string().pattern(TIME),
  receivedAt: Joi.string().pattern(TIME),
  correlationId: Joi.string().min(1).max(128),
  count: Joi.number().integer().min(1).max(500).optional(),
  id: Joi.string().pattern(ID).optional(),
  sessionId: Joi.string().pattern(ID).optional(),
  page: words(512).optional(),
  productId: Joi.string().min(1).max(64).optional(),
  campaign: words(64).optional(),
  device: Joi.string()
    .valid(...DEVICES)
    .optional(),
  referrer: Joi.string().min(1).max(253).optional(),
});

/** JSON lines: one a click, so that the archive of the stream is a table as it lies. */
export const encodeLines = (lines: readonly ClickLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function decodeLine(text: string, number: number): ClickLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new PermanentFault(`Line ${number} is not JSON`);
  }
  const checked = validate(schema, parsed, { unknown: true });
  if ('violations' in checked)
    throw new PermanentFault(`Line ${number}: ${JSON.stringify(checked.violations)}`);
  const { page, at } = checked.value;
  if (page !== undefined && !fitsKey(page)) throw new PermanentFault(`Line ${number}: its page is too long`);
  if (Number.isNaN(Date.parse(at))) throw new PermanentFault(`Line ${number}: its time is none`);
  return checked.value;
}

/** @throws PermanentFault for a record that is none of ours: all of it, since its call is one */
export function decodeLines(text: string): ClickLine[] {
  const lines = text.split('\n').filter((one) => one !== '');
  if (lines.length === 0) throw new PermanentFault('The record is empty');
  return lines.map((one, index) => decodeLine(one, index + 1));
}

import { InvalidArgumentError } from 'commander';
import { getPersonRequestRoute } from '../../services/privacy/api';

/** A whole number from `least` to `most`. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`Say a whole number from ${least} to ${most}.`);
    return number;
  };

/** `5/s`, `30/m` → milliseconds between two letters. */
export function rate(text: string): number {
  const [, count, unit] = /^(\d{1,4})\/([sm])$/.exec(text) ?? [];
  if (!count || Number(count) === 0) throw new InvalidArgumentError('Say for example 5/s or 30/m.');
  return (unit === 's' ? 1000 : 60_000) / Number(count);
}

/** A date that is in the calendar. */
export function day(text: string): string {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment) || !new Date(moment).toISOString().startsWith(text))
    throw new InvalidArgumentError('Say a day such as 2026-11-21.');
  return text;
}

export const REQUEST_ID = '2 to 10 capital letters, a year and a number, such as DSR-2026-0042';

/** The id of a signed-off request. */
export function requestId(text: string): string {
  if (getPersonRequestRoute.pathParameters?.validate({ requestId: text }).error)
    throw new InvalidArgumentError(`It is ${REQUEST_ID}.`);
  return text;
}

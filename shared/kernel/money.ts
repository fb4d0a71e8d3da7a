import Joi from 'joi';

/** An amount in minor units (cents) of an ISO 4217 currency; always an integer. */
export interface Money {
  amount: number;
  currency: string;
}

/** Largest amount accepted from outside, in minor units: leaves room for 30 lines of 999 below 2^53. */
export const MAX_AMOUNT = 100_000_000_000;

export const moneySchema = Joi.object<Money, true>({
  amount: Joi.number().integer().min(0).max(MAX_AMOUNT),
  currency: Joi.string().pattern(/^[A-Z]{3}$/),
});

export const money = (amount: number, currency: string): Money => ({ amount, currency });

export const times = (price: Money, quantity: number): Money =>
  money(price.amount * quantity, price.currency);

/** @throws RangeError when the currencies differ or the list is empty: one order has one currency. */
export function sum(amounts: readonly Money[]): Money {
  const [first] = amounts;
  if (!first || amounts.some((other) => other.currency !== first.currency)) {
    throw new RangeError('A sum needs at least one amount, all in one currency');
  }
  return money(
    amounts.reduce((total, { amount }) => total + amount, 0),
    first.currency,
  );
}

export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/** For people: `1,999` minor units of EUR read `€19.99`. Currencies without cents are handled by Intl. */
export function formatMoney({ amount, currency }: Money, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

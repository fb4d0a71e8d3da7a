import Joi from 'joi';
import { type Money, moneySchema } from '../../../shared/kernel/money';
import type { ReportedOrder } from '../domain/day-report';
import type { DayBooks } from '../ports/reporting';
import type { LambdaFunctions } from './lambda-functions';

const word = (): Joi.StringSchema => Joi.string().max(64);
const cursor = (): Joi.StringSchema => Joi.string().max(200).optional();
const count = (): Joi.NumberSchema => Joi.number().integer().min(0);

const orders = Joi.object<{ items: ReportedOrder[]; cursor?: string }>({
  items: Joi.array().items(
    Joi.object({
      id: word(),
      status: word(),
      total: moneySchema,
      items: Joi.array().items(
        Joi.object({
          productId: word(),
          name: Joi.string().max(200),
          quantity: count(),
          unitPrice: moneySchema,
        }),
      ),
      createdAt: word(),
      steps: Joi.array().items(Joi.object({ step: word(), outcome: word(), at: word(), attempt: count() })),
    }),
  ),
  cursor: cursor(),
});

interface Changed {
  items: { id: string; paymentStatus: string }[];
  cursor?: string;
}

const changed = Joi.object<Changed>({
  items: Joi.array().items(Joi.object({ id: word(), paymentStatus: word() })),
  cursor: cursor(),
});

const refunds = Joi.object<{ refunds: { amount: Money; at: string }[] }>({
  refunds: Joi.array().items(Joi.object({ amount: moneySchema, at: word() })),
});

const clicks = Joi.object<{ counts: Record<string, number> }>({
  counts: Joi.object().pattern(Joi.string().max(100), count()),
});

/** Where something came back, or a dispute hides that it did. */
const GIVEN_BACK = ['REFUNDED', 'PARTIALLY_REFUNDED', 'DISPUTED'];

export class LambdaDayBooks implements DayBooks {
  constructor(
    private readonly functions: LambdaFunctions,
    private readonly names: { orders: string; payments: string; clicks: string },
  ) {}

  orders(day: string, at?: string) {
    return this.functions.ask(this.names.orders, { day, cursor: at, withSteps: true }, orders);
  }

  async refunded(day: string, changedSince: string, at?: string) {
    const page = await this.functions.ask(this.names.orders, { day, cursor: at, changedSince }, changed);
    const given = page.items.filter(({ paymentStatus }) => GIVEN_BACK.includes(paymentStatus));
    return { ids: given.map(({ id }) => id), cursor: page.cursor };
  }

  async refundsOf(orderIds: readonly string[]) {
    const question = { orderIds, withRefunds: true };
    return (await this.functions.ask(this.names.payments, question, refunds)).refunds;
  }

  async clicks(day: string) {
    return (await this.functions.ask(this.names.clicks, { day }, clicks)).counts;
  }
}

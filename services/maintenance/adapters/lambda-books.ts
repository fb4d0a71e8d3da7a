import Joi from 'joi';
import type { BookedOrder, BookedPayment, BookedStock, ProviderCharge } from '../domain/books';
import type { OrderBook, PaymentBook, StockBook } from '../ports/books';
import type { LambdaFunctions } from './lambda-functions';

const id = (): Joi.StringSchema => Joi.string().min(1).max(64);
const word = (): Joi.StringSchema => Joi.string().max(40);
const units = (): Joi.NumberSchema => Joi.number().integer().min(0);
const cursor = (): Joi.StringSchema => Joi.string().max(4000).optional();
const lines = () => Joi.array().items(Joi.object({ productId: id(), quantity: units() }));

const orders = Joi.object<{ items: BookedOrder[]; cursor?: string }>({
  items: Joi.array().items(
    Joi.object({
      id: id(),
      status: word(),
      owed: Joi.boolean(),
      waiting: Joi.boolean(),
      version: units(),
      items: lines(),
      createdAt: word(),
      updatedAt: word(),
    }),
  ),
  cursor: cursor(),
});

const payments = Joi.object<{ payments: BookedPayment[]; charges: ProviderCharge[]; cursor?: string }>({
  payments: Joi.array().items(
    Joi.object({
      orderId: id(),
      state: word(),
      chargeId: Joi.string().max(200).optional(),
      captured: units(),
      refundable: units(),
      refunded: units(),
      disputed: units(),
      chargedBack: units(),
    }),
  ),
  charges: Joi.array().items(
    Joi.object({
      id: Joi.string().max(200),
      reference: Joi.string().max(200).allow(''),
      status: word(),
      money: Joi.object({ amount: units(), currency: word() }),
      refunded: units(),
      createdAt: word().allow(''),
    }),
  ),
  cursor: cursor(),
});

const reservations = Joi.object<{ items: BookedStock[] }>({
  items: Joi.array().items(Joi.object({ orderId: id(), state: word(), lines: lines() })),
});

const raised = Joi.object<{ outcome: string }>({ outcome: word() });

export class LambdaOrderBook implements OrderBook {
  constructor(
    private readonly functions: LambdaFunctions,
    private readonly names: { audit: string; raise: string },
  ) {}

  ofDay(day: string, cursor?: string, changedSince?: string) {
    return this.functions.ask(this.names.audit, { day, cursor, changedSince }, orders);
  }

  endedOn(endedOn: string, cursor?: string) {
    return this.functions.ask(this.names.audit, { endedOn, cursor }, orders);
  }

  async these(ids: readonly string[]): Promise<BookedOrder[]> {
    return (await this.functions.ask(this.names.audit, { ids }, orders)).items;
  }

  async raise({ id: orderId, version }: BookedOrder, quietSeconds: number): Promise<boolean> {
    const { outcome } = await this.functions.ask(
      this.names.raise,
      { orderId, version, quietSeconds },
      raised,
    );
    return outcome === 'RAISED';
  }
}

export class LambdaPaymentBook implements PaymentBook {
  constructor(
    private readonly functions: LambdaFunctions,
    private readonly audit: string,
  ) {}

  async these(orderIds: readonly string[]): Promise<BookedPayment[]> {
    return (await this.functions.ask(this.audit, { orderIds }, payments)).payments;
  }

  asked(orderIds: readonly string[]) {
    return this.functions.ask(this.audit, { orderIds, ask: true }, payments);
  }

  chargesSince(since: string, cursor?: string) {
    return this.functions.ask(this.audit, { since, cursor }, payments);
  }
}

export class LambdaStockBook implements StockBook {
  constructor(
    private readonly functions: LambdaFunctions,
    private readonly audit: string,
  ) {}

  async these(orderIds: readonly string[]): Promise<BookedStock[]> {
    return (await this.functions.ask(this.audit, { orderIds }, reservations)).items;
  }
}

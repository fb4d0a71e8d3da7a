import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { invocation } from '../../../shared/lambda/invocation';
import type { Kind, Person, Place } from '../domain/person-request';
import type { FindsPeople, Keepers, Named, OrdersPage } from '../ports/keepers';

/** As long as the functions asked may run. */
const ANSWERED_WITHIN = 7 * SECOND;

/** The answer is not told, only that there was none: it holds a person's data. */
class KeeperUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

const ids = (): Joi.ArraySchema => Joi.array().items(Joi.string().min(1).max(128)).required();

const found = Joi.object<Person & { outcome: 'FOUND' | 'UNKNOWN' }>({
  outcome: Joi.string().valid('FOUND', 'UNKNOWN').required(),
  customerId: Joi.string().min(1).max(128).optional(),
  emailHash: Joi.string().min(1).max(128).optional(),
});
const page = Joi.object<OrdersPage>({
  orderIds: ids(),
  open: ids(),
  orders: Joi.array().required(),
  next: Joi.string().min(1).max(64).optional(),
});
const open = Joi.object<{ open: string[] }>({ open: ids() });
const payments = Joi.object<{ payments: unknown[] }>({ payments: Joi.array().required() });
const erased = Joi.object<{ outcome: string }>({ outcome: Joi.string().valid('ERASED').required() });
const account = Joi.object<object>({ user: Joi.object().optional(), account: Joi.object().optional() });

/** Each service by its own functions, `<prefix><key>`: nobody reads another's tables. */
export class LambdaKeepers implements Keepers, FindsPeople {
  constructor(
    private readonly client: LambdaClient,
    private readonly prefix: string,
  ) {}

  async find(named: Named, kind: Kind): Promise<Person | undefined> {
    const question = { ...named, verifiedOnly: kind === 'EXPORT' };
    const { outcome, customerId, emailHash } = await this.ask('findPerson', question, found);
    return outcome === 'FOUND' ? { customerId, emailHash } : undefined;
  }

  orders(person: Person, { by, before }: Place, content: boolean): Promise<OrdersPage> {
    return this.ask('readPersonOrders', { by, id: person[by], before, content }, page);
  }

  eraseOrders(orderIds: string[]): Promise<{ open: string[] }> {
    return this.ask('erasePersonOrders', { orderIds }, open);
  }

  async payments(orderIds: string[]): Promise<unknown[]> {
    return (await this.ask('exportPayments', { orderIds }, payments)).payments;
  }

  erasePayments(orderIds: string[], check: boolean): Promise<{ open: string[] }> {
    return this.ask('erasePayments', { orderIds, check }, open);
  }

  account(customerId: string): Promise<unknown> {
    return this.ask('exportAccount', { customerId }, account);
  }

  async eraseAccount(customerId: string): Promise<void> {
    await this.ask('eraseAccount', { customerId }, erased);
  }

  async eraseDevices(customerId: string): Promise<void> {
    await this.ask('eraseDevices', { customerId }, erased);
  }

  /** @throws KeeperUnavailable when the function fails or answers what this version does not know. */
  private async ask<T>(key: string, input: object, schema: Joi.ObjectSchema<T>): Promise<T> {
    const { correlationId } = invocation();
    const name = `${this.prefix}${key}`;
    const asked = await askFunction(this.client, name, { ...input, correlationId }, ANSWERED_WITHIN);
    if ('failed' in asked) throw new KeeperUnavailable(`${key} failed`);
    const { error, value } = schema.validate(asked.answer, { allowUnknown: true, convert: false });
    if (error) throw new KeeperUnavailable(`${key} answered in a form that is not known here`);
    return value;
  }
}

import Joi from 'joi';
import { newId } from '../shared/kernel/ids';
import { iso } from '../shared/kernel/time';

/** Who caused an event: a person by role and id, or a part of the system. */
export type Actor = 'customer' | 'staff' | 'system';

/**
 * CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) with two extensions:
 * `correlationid` and `actor`. `dataschema` names the contract and its version.
 */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  specversion: '1.0';
  id: string;
  source: string;
  type: Type;
  time: string;
  subject: string;
  datacontenttype: 'application/json';
  dataschema: string;
  correlationid: string;
  actor: Actor;
  data: Data;
}

/** A kind of event: its name in the past tense, the version of its data, the schema both sides hold it to. */
export interface EventContract<Type extends string, Data> {
  type: Type;
  version: number;
  source: string;
  data: Joi.ObjectSchema<Data>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of contracts of different data
export type AnyContract = EventContract<string, any>;

export type EventOf<C> = C extends EventContract<infer Type, infer Data> ? CloudEvent<Type, Data> : never;

/** Not what its contract says: no try can mend it. */
export class EventInvalid extends Error {
  override name = 'EventInvalid';
}

const dataschema = ({ type, version }: EventContract<string, unknown>): string =>
  `urn:orderly:event:${type}:${version}`;

const envelopeSchema = <Type extends string, Data>(contract: EventContract<Type, Data>) =>
  Joi.object({
    specversion: Joi.string().valid('1.0'),
    id: Joi.string().min(1).max(128),
    source: Joi.string().valid(contract.source),
    type: Joi.string().valid(contract.type),
    time: Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
    subject: Joi.string().min(1).max(128),
    datacontenttype: Joi.string().valid('application/json'),
    dataschema: Joi.string().valid(dataschema(contract)),
    correlationid: Joi.string().min(1).max(128),
    actor: Joi.string().valid('customer', 'staff', 'system'),
    data: contract.data,
  });

const schemas = new Map<EventContract<string, unknown>, Joi.ObjectSchema>();

function check<Type extends string, Data>(
  contract: EventContract<Type, Data>,
  event: unknown,
  allowUnknown: boolean,
): CloudEvent<Type, Data> {
  const key = contract as EventContract<string, unknown>;
  const schema = schemas.get(key) ?? envelopeSchema(contract);
  schemas.set(key, schema);
  const { error, value } = schema.validate(event, {
    presence: 'required',
    convert: false,
    abortEarly: false,
    allowUnknown,
  });
  // Joi's own message repeats values; only the places are told.
  if (error)
    throw new EventInvalid(
      `${contract.type}: ${error.details.map(({ type, path }) => `${path.join('.')} ${type}`).join(', ')}`,
    );
  return value;
}

interface Facts<Data> {
  id?: string;
  subject: string;
  at: number;
  correlationId: string;
  actor: Actor;
  data: Data;
}

/** A new event, held strictly to its contract before anybody sees it. @throws EventInvalid */
export function makeEvent<Type extends string, Data>(
  contract: EventContract<Type, Data>,
  facts: Facts<Data>,
): CloudEvent<Type, Data> {
  const event = {
    specversion: '1.0',
    id: facts.id ?? newId('evt'),
    source: contract.source,
    type: contract.type,
    time: iso(facts.at),
    subject: facts.subject,
    datacontenttype: 'application/json',
    dataschema: dataschema(contract),
    correlationid: facts.correlationId,
    actor: facts.actor,
    data: facts.data,
  };
  return check(contract, event, false);
}

/** The event of one of these contracts; fields a newer producer added are tolerated. @throws EventInvalid */
export function readEvent<C extends AnyContract>(contracts: readonly C[], event: unknown): EventOf<C> {
  const type = (event as Partial<CloudEvent> | null)?.type;
  const contract = contracts.find((candidate) => candidate.type === type);
  if (!contract) throw new EventInvalid(`An event of type ${String(type).slice(0, 64)} is not expected here`);
  return check(contract, event, true) as EventOf<C>;
}

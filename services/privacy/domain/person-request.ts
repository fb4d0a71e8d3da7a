/** The names that a person's data is kept by: their account, and the keyed hash of the address they gave as a guest. */
export interface Person {
  customerId?: string;
  emailHash?: string;
}

export type Kind = 'EXPORT' | 'ERASE';

/** REFUSED: an order has not come to its end; the same request may be asked for again. */
export type Status = 'RUNNING' | 'DONE' | 'REFUSED';

export const STEPS = {
  EXPORT: ['ACCOUNT', 'ORDERS'],
  ERASE: ['CHECK', 'DEVICES', 'ACCOUNT', 'ORDERS', 'FILES'],
} as const satisfies Record<Kind, readonly string[]>;

export type Step = (typeof STEPS)[Kind][number];

/** Where among the person's orders the next page begins. */
export interface Place {
  by: keyof Person;
  before?: string;
}

/** A signed-off request about a person, and how far it has come. Every step and every page is one change of it. */
export interface PersonRequest {
  /** The id under which it was signed off. */
  id: string;
  kind: Kind;
  person: Person;
  status: Status;
  step: Step;
  place?: Place;
  /** Orders told or erased so far. */
  orders: number;
  /** ERASE: an order they placed as a guest, by which a restored table would find all of them again. */
  guestOrder?: string;
  /** REFUSED: the orders that are still open. */
  openOrders?: string[];
  /** EXPORT: the objects that were written. */
  files: string[];
  version: number;
  /** The `sub` of the member of staff. */
  requestedBy: string;
  requestedAt: string;
  finishedAt?: string;
  correlationId: string;
}

export function newRequest(
  asked: Pick<PersonRequest, 'id' | 'kind' | 'person' | 'requestedBy' | 'requestedAt' | 'correlationId'>,
): PersonRequest {
  const [step] = STEPS[asked.kind];
  return {
    ...asked,
    status: 'RUNNING',
    step,
    place: firstPlace(asked.person),
    orders: 0,
    files: [],
    version: 1,
  };
}

/** One name is enough: of two that were found, one may be erased already. */
export const isSame = (a: Person, b: Person): boolean =>
  (a.customerId !== undefined && a.customerId === b.customerId) ||
  (a.emailHash !== undefined && a.emailHash === b.emailHash);

/** What an export is filed under, and found by when the person is erased. */
export const foldersOf = ({ customerId, emailHash }: Person): string[] =>
  [customerId, emailHash].filter((name) => name !== undefined);

const firstPlace = ({ customerId, emailHash }: Person): Place | undefined => {
  if (customerId !== undefined) return { by: 'customerId' };
  return emailHash === undefined ? undefined : { by: 'emailHash' };
};

/** The next page; after the last one of an account those of the same person as a guest; undefined after the last. */
function nextPlace({ person, place }: PersonRequest, before: string | undefined): Place | undefined {
  if (place && before !== undefined) return { by: place.by, before };
  const left = place?.by === 'customerId' && person.emailHash !== undefined;
  return left ? { by: 'emailHash' } : undefined;
}

const moved = (request: PersonRequest, change: Partial<PersonRequest>): PersonRequest => ({
  ...request,
  ...change,
  version: request.version + 1,
});

/** A page is done: the next one, or the next step. */
export function afterPage(
  request: PersonRequest,
  { before, done, at }: { before?: string; done: Partial<PersonRequest>; at: string },
): PersonRequest {
  const place = nextPlace(request, before);
  return place ? moved(request, { ...done, place }) : afterStep(request, done, at);
}

/** A step is done: the next one from its beginning, or the end, at which the hash of the address is forgotten. */
export function afterStep(request: PersonRequest, done: Partial<PersonRequest>, at: string): PersonRequest {
  const steps: readonly Step[] = STEPS[request.kind];
  const step = steps[steps.indexOf(request.step) + 1];
  if (step) return moved(request, { ...done, step, place: firstPlace(request.person) });
  const person = { customerId: request.person.customerId };
  return moved(request, { ...done, person, place: undefined, status: 'DONE', finishedAt: at });
}

export const refused = (request: PersonRequest, openOrders: string[], at: string): PersonRequest =>
  moved(request, { status: 'REFUSED', openOrders, place: undefined, finishedAt: at });

/** A refused request is asked for again when its orders have come to their end. */
export const again = (
  request: PersonRequest,
  by: Pick<PersonRequest, 'requestedBy' | 'requestedAt' | 'correlationId'>,
): PersonRequest =>
  moved(request, {
    ...newRequest({ ...request, ...by }),
    openOrders: undefined,
    finishedAt: undefined,
    version: request.version + 1,
  });

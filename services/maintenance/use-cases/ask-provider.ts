import { type PaymentBook, Unanswered } from '../ports/books';

/** The provider is asked about five side by side, each for some seconds, by a function with 25. */
const ASKED_AT_ONCE = 10;
/** More than so many in a row are not these orders' fault: the provider is down. */
const MOST_SILENT = 5;

type Asked = Awaited<ReturnType<PaymentBook['asked']>>;

/** Asks a few at a time, and where that fails one by one: an order that cannot be asked about holds up no other. */
export class AskProvider {
  private silentInARow = 0;

  constructor(private readonly payments: Pick<PaymentBook, 'asked'>) {}

  /** @throws Unanswered when it answers about no order */
  async about(ids: readonly string[]): Promise<Asked & { silent: string[] }> {
    const all: Asked & { silent: string[] } = { payments: [], charges: [], silent: [] };
    const add = ({ payments, charges }: Asked): void => {
      this.silentInARow = 0;
      all.payments.push(...payments);
      all.charges.push(...charges);
    };
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const some = ids.slice(at, at + ASKED_AT_ONCE);
      const answer = await this.answered(some);
      if (answer) add(answer);
      else all.silent.push(...(await this.oneByOne(some, add)));
    }
    return all;
  }

  private async oneByOne(ids: readonly string[], add: (answer: Asked) => void): Promise<string[]> {
    const silent: string[] = [];
    for (const id of ids) {
      const answer = await this.answered([id]);
      if (answer) {
        add(answer);
        continue;
      }
      silent.push(id);
      this.silentInARow += 1;
      if (this.silentInARow > MOST_SILENT) throw new Unanswered('The provider answers about no order');
    }
    return silent;
  }

  private answered(ids: readonly string[]): Promise<Asked | undefined> {
    return this.payments.asked(ids).catch((error: unknown) => {
      if (error instanceof Unanswered) return undefined;
      throw error;
    });
  }
}

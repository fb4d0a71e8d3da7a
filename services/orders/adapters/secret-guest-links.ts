import Joi from 'joi';
import { type LinkKeys, opensOrder, signLink } from '../domain/guest-link';
import type { GuestLinks } from '../ports/guests';

type Secret = (name: string) => Promise<string>;

const keysSchema = Joi.object<LinkKeys>({
  current: Joi.string().min(32).required(),
  previous: Joi.string().min(32).allow('').optional(),
});

/** Signs with the keys of a secret of Secrets Manager: `{ "current": "…", "previous": "…" }`. */
export class SecretGuestLinks implements GuestLinks {
  constructor(
    private readonly secret: Secret,
    private readonly name: string,
    /** The shop's page of a guest's order, without the order's id. */
    private readonly page = '',
  ) {}

  async linkTo(orderId: string, now: number): Promise<string> {
    const token = signLink(await this.keys(), orderId, now);
    return `${this.page}/${encodeURIComponent(orderId)}?t=${token}`;
  }

  async opens(token: string, orderId: string, now: number): Promise<boolean> {
    return opensOrder(await this.keys(), token, orderId, now);
  }

  /** @throws Error that names the secret and never its value. */
  private async keys(): Promise<LinkKeys> {
    const text = await this.secret(this.name);
    const { value, error } = keysSchema.validate(parsed(text));
    if (error || !value) throw new Error(`Secret ${this.name} has not the form { current, previous }`);
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHmac } from 'node:crypto';
import { normalEmail } from '../domain/guest';
import type { HidesEmails } from '../ports/guests';

/** 128 bits tell all addresses apart, and the row stays below its kilobyte. */
const LENGTH = 22;

export class HmacEmails implements HidesEmails {
  constructor(
    private readonly secret: (name: string) => Promise<string>,
    private readonly name: string,
  ) {}

  async hashOf(email: string): Promise<string> {
    const key = await this.secret(this.name);
    return createHmac('sha256', key).update(normalEmail(email)).digest('base64url').slice(0, LENGTH);
  }
}

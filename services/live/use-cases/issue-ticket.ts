import type { Clock } from '../../../shared/kernel/time';
import { type Audience, TICKET_LIFE } from '../domain/connection';
import type { Tickets } from '../ports/live';

export async function issueTicket(
  { tickets, clock }: { tickets: Tickets; clock: Clock },
  audience: Audience,
): Promise<{ ticket: string; expiresIn: number }> {
  const ticket = await tickets.issue(audience, clock() + TICKET_LIFE);
  return { ticket, expiresIn: TICKET_LIFE / 1000 };
}

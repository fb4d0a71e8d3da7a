import type { Movement } from '../domain/ledger';
import type { Movements } from '../ports/back-office';

/** A page of a product's movements, newest first, and the one after which the next page starts. */
export async function listMovements(
  { movements }: { movements: Movements },
  { productId, limit, after }: { productId: string; limit: number; after?: string },
): Promise<{ items: Movement[]; next?: string }> {
  const found = await movements.list(productId, limit + 1, after);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

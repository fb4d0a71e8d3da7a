import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../services/inventory/adapters/batch-get';
import { DynamoDbBackOffice } from '../../services/inventory/adapters/dynamodb-back-office';
import type { Product } from '../../services/inventory/domain/product';
import { saveProduct } from '../../services/inventory/use-cases/save-product';
import { newId } from '../../shared/kernel/ids';
import { money } from '../../shared/kernel/money';
import { documents, type Target } from './clients';
import type { DemoProduct } from './products';

/** Puts products into a stage's catalogue as the service itself would, and looks at orders' price list. */
export interface Catalogue {
  /** @param again publishes the product once more, under a new version */
  save(product: DemoProduct, again?: boolean): Promise<Product>;
  /** The version of each product that the price list has; those it does not have are left out. */
  priced(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export function catalogue(
  { stage, ...target }: Target & { stage: string },
  client: DynamoDBDocumentClient = documents(target),
): Catalogue {
  const table = (name: string): string => `orderly-${stage}-${name}`;
  const ports = {
    backOffice: new DynamoDbBackOffice(client, {
      products: table('products'),
      words: table('product-words'),
      stock: table('stock'),
      movements: table('stock-movements'),
    }),
    clock: Date.now,
  };
  return {
    save: ({ id, name, description, category, price, stock }, again) =>
      saveProduct(ports, {
        id,
        facts: { name, description, category, price: money(price, 'EUR') },
        stock,
        again,
        cause: { correlationId: newId('cor'), actor: 'system' },
      }),
    async priced(productIds) {
      const keys = productIds.map((productId) => ({ productId }));
      const rows = await batchGet(client, table('prices'), keys, { consistent: true });
      return new Map(rows.map(({ productId, version }) => [String(productId), Number(version)]));
    },
  };
}

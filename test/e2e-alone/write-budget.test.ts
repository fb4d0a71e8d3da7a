import { logLinesSince } from '../support/logs';
import { placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { waitFor } from '../support/wait-for';

interface Line {
  message?: string;
  orderId?: string;
  writeUnits?: number;
}

const read = (text: string): Line | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What the invocations for this order say they wrote, from ReturnConsumedCapacity of every call they made. The provider
 * does not know orders, so its own table is not in it: prod has none. A batch of mails names no order on its last line,
 * and no other order is told anything meanwhile.
 */
async function writeUnitsOf(orderId: string, start: number): Promise<Record<string, number>> {
  const units: Record<string, number> = {};
  for (const [name, lines] of Object.entries(await logLinesSince(start))) {
    for (const line of lines.map(read)) {
      const ours = line?.orderId === orderId || name === 'sendEmail';
      if (line?.message !== 'invocation' || !ours || !line.writeUnits) continue;
      units[name] = (units[name] ?? 0) + line.writeUnits;
    }
  }
  return units;
}

test('a confirmed two-line order costs at most 30 write units in all tables together', async () => {
  const start = Date.now();
  const placed = await placeOrder({
    items: [
      { productId: 'prd_01KA000004F11TERS000000000', quantity: 2 },
      { productId: 'prd_01KA00000A11NENT0WE1000000', quantity: 1 },
    ],
    more: {
      contact: { email: 'parcel@example.com', phone: '+44 20 7946 0018' },
      shippingAddress: {
        name: 'Ada Byron',
        line1: '12 St James Square',
        city: 'London',
        postalCode: 'SW1Y 4JH',
        country: 'GB',
      },
    },
  });
  expect((await settled(placed.body.id)).status).toBe('CONFIRMED');
  await mailAbout(placed.body.id);
  const writers = [
    'createOrder',
    'validateOrder',
    'reserveInventory',
    'processPayment',
    'commitInventory',
    'confirmOrder',
    'sendEmail',
  ];
  const units = await waitFor(
    async () => {
      const seen = await writeUnitsOf(placed.body.id, start);
      return writers.every((writer) => seen[writer]) && seen;
    },
    { what: 'every writer to have logged what it used' },
  );
  const total = Object.values(units).reduce((sum, used) => sum + used, 0);
  console.info(`write units of a confirmed two-line order: ${total}`, units);
  expect(Object.keys(units).sort()).toEqual(writers.sort());
  expect(total).toBeLessThanOrEqual(30);
});

import { demoProducts } from '../../scripts/demo-data/products';
import { deployedCatalogue, newProduct } from '../inventory/support/deployed';
import { api } from '../support/api';
import { waitFor } from '../support/wait-for';

interface Page {
  items: { id: string; name: string; available: number }[];
  nextCursor?: string;
}

async function allPages(limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { body } = await api<Page>(`GET /products?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor ?? '';
  } while (cursor);
  return ids;
}

test('the list shows every product once, newest first, whatever the size of a page', async () => {
  const newestFirst = demoProducts
    .map(({ id }) => id)
    .toSorted()
    .reverse();
  for (const limit of [1, 5, 100]) {
    const ids = (await allPages(limit)).filter((id) => newestFirst.includes(id));
    expect(ids).toEqual(newestFirst);
  }
});

test('a product is public, may be cached, and looks as the contract says', async () => {
  const [mug] = demoProducts.filter(({ name }) => name === 'Enamel Mug');
  const { status, headers, body } = await api(`GET /products/${mug?.id}`);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
  expect(body).toEqual({
    id: mug?.id,
    name: mug?.name,
    description: mug?.description,
    category: mug?.category,
    price: { amount: mug?.price, currency: 'EUR' },
    available: expect.any(Number),
    images: [],
    version: expect.any(Number),
  });
});

test('a client that has the product as it is gets 304 and no body', async () => {
  const spoon = await newProduct(3);
  const etag = (await api(`GET /products/${spoon}`)).headers.get('etag') ?? '';
  expect(etag).toBe('"1-3"');
  const again = await api(`GET /products/${spoon}`, { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
  const other = await api(`GET /products/${spoon}`, { headers: { 'if-none-match': '"1-4"' } });
  expect(other.status).toBe(200);
});

test.each([
  ['/products?limit=0', 400, 'VALIDATION_FAILED', '/query/limit'],
  ['/products?limit=101', 400, 'VALIDATION_FAILED', '/query/limit'],
  ['/products?limit=ten', 400, 'VALIDATION_FAILED', '/query/limit'],
  ['/products?colour=red', 400, 'VALIDATION_FAILED', '/query/colour'],
  ['/products?cursor=forged', 400, 'CURSOR_INVALID', undefined],
  ['/products/prd_00000000000000000000000000', 404, 'NOT_FOUND', undefined],
  ['/products/nothing', 404, 'NOT_FOUND', undefined],
])('GET %s is answered %i %s', async (path, status, code, pointer) => {
  const answer = await api(`GET ${path}`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body.code).toBe(code);
  expect(answer.body.errors?.[0].pointer).toBe(pointer);
});

test('a change of a product reaches the price list', async () => {
  const catalogue = await deployedCatalogue();
  const id = await newProduct(1);
  const facts = { name: 'Test Spoon', description: 'Dearer now.', category: 'test', price: 200, stock: 9 };
  const { version } = await catalogue.save({ id, ...facts });
  expect(version).toBe(2);
  await waitFor(async () => (await catalogue.priced([id])).get(id) === version, {
    what: 'the price list to follow',
  });
});

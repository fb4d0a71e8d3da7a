import { orderlyClient } from '../../shared/client';
import { api, newKey } from '../support/api';
import { client } from '../support/client';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';

test('/openapi.json is OpenAPI 3.1 and has the route that places an order', async () => {
  const { status, headers, body } = await api('GET /openapi.json');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json');
  expect(body.openapi).toMatch(/^3\.1\./);
  expect(body.paths['/orders'].post.operationId).toBe('createOrder');
});

test('/docs is a page, and every file it loads is there', async () => {
  const page = await api('GET /docs');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const files = [...page.text.matchAll(/(?:src|href)="docs\/([\w.-]+)"/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const answer = await api(`GET /docs/${file}`);
    expect({ file, status: answer.status, empty: answer.text === '' }).toEqual({
      file,
      status: 200,
      empty: false,
    });
  }
  expect((await api('GET /docs/nothing.js')).status).toBe(404);
});

test('the typed client places an order and reads it', async () => {
  const customer = await client();
  const { data: products } = await customer.GET('/products', { params: { query: { limit: 1 } } });
  const placed = await customer.POST('/orders', {
    params: { header: { 'Idempotency-Key': newKey() } },
    body: {
      items: [{ productId: products?.items[0]?.id ?? '', quantity: 1 }],
      payment: { token: 'tok_visa' },
    },
  });
  expect(placed.error).toBeUndefined();
  const { data: order } = await customer.GET('/orders/{id}', {
    params: { path: { id: placed.data?.id ?? '' } },
  });
  expect(order).toMatchObject({ id: placed.data?.id, total: products?.items[0]?.price });
});

test('a refusal is a typed problem', async () => {
  const { apiUrl } = await stack();
  const customer = orderlyClient({
    baseUrl: apiUrl,
    token: () => tokenOf('customer'),
    correlationId: 'reference-test',
  });
  const { error } = await customer.GET('/orders/{id}', { params: { path: { id: 'ord_unknown' } } });
  expect(error).toMatchObject({ code: 'NOT_FOUND', correlationId: 'reference-test' });
});

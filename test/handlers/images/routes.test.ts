import { readFileSync } from 'node:fs';
import { context, startWire, type Wire } from './wire';

const read = (key: string) => JSON.parse(readFileSync(`events/samples/images/${key}.http.json`, 'utf8'));

// biome-ignore lint/suspicious/noExplicitAny: events and results as they are on the wire
type Handler = (event: any, given: typeof context) => Promise<any>;
let wire: Wire;
let createImage: Handler;
let listImages: Handler;
let getImage: Handler;

beforeAll(async () => {
  wire = await startWire({
    ...{ IMAGES_TABLE: 'images', IDEMPOTENCY_TABLE: 'idempotency', AUDIT_LOG_TABLE: 'audit-log' },
    ...{
      IMAGES_BUCKET: 'bucket',
      PRODUCT_FUNCTION: 'getProduct',
      IMAGES_BASE_URL: 'https://x.example/images',
      PUBLIC_CALLS_PER_SECOND: '25',
    },
  });
  ({ handler: createImage } = await import('../../../services/images/handlers/create-image'));
  ({ handler: listImages } = await import('../../../services/images/handlers/list-images'));
  ({ handler: getImage } = await import('../../../services/images/handlers/get-image'));
});
afterAll(() => wire.close());

const row = (n: number, more = {}) => ({
  productId: { S: 'prd_01KA000008ENAME1MVG0000000' },
  id: { S: `img_01KA00000ABCDEFGHJKMNPQR${String(n).padStart(2, '0')}` },
  ...{ status: { S: 'PENDING' }, contentType: { S: 'image/png' }, bytes: { N: '9' }, version: { N: '1' } },
  ...{ createdAt: { S: '2030-01-01T00:00:00.000Z' }, updatedAt: { S: '2030-01-01T00:00:00.000Z' } },
  ...{ correlationId: { S: 'cor_1' }, tries: { N: '2' }, ttl: { N: '1' } },
  ...more,
});

beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    Invoke: () => ({ statusCode: 200, body: JSON.stringify({ version: 3 }) }),
    Query: () => ({ Items: [] }),
    GetItem: () => ({}),
    TransactWriteItems: () => ({}),
  };
});

const body = (result: { body: string }) => JSON.parse(result.body);

describe('POST /products/{id}/images', () => {
  test('gives a form of S3 for exactly this file, and writes row, audit entry and reply at once', async () => {
    const result = await createImage(read('createImage'), context);
    expect(result.statusCode).toBe(201);
    const { imageId, upload, expiresAt } = body(result);
    expect(upload.url).toBe(`${process.env.AWS_ENDPOINT_URL}/bucket`);
    expect(upload.fields.key).toBe(`uploads/prd_01KA000008ENAME1MVG0000000/${imageId}`);
    const { conditions, expiration } = JSON.parse(Buffer.from(upload.fields.Policy, 'base64').toString());
    expect(conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, 482113],
        ['eq', '$Content-Type', 'image/jpeg'],
        { key: upload.fields.key },
      ]),
    );
    const life = Date.parse(expiration) - Date.now();
    expect(life).toBeLessThanOrEqual(15 * 60_000);
    expect(Math.abs(Date.parse(expiresAt) - Date.parse(expiration))).toBeLessThan(2000);
    const written = wire.calls.find(({ operation }) => operation === 'TransactWriteItems');
    const [reply, turn, image, audit] = written?.body.TransactItems ?? [];
    expect(turn.Update).toMatchObject({
      Key: { productId: { S: 'turns#prd_01KA000008ENAME1MVG0000000' } },
      ConditionExpression: 'attribute_not_exists(turns)',
    });
    expect(reply.Put.Item.body.S).toBe(result.body);
    expect(image.Put.Item).toMatchObject({
      status: { S: 'PENDING' },
      id: { S: imageId },
      ttl: { N: expect.anything() },
    });
    expect(audit.Put.Item).toMatchObject({ action: { S: 'add-image' }, actor: { S: 'sample-staff' } });
  });

  test('of a product that inventory does not have is 404, and nothing is written', async () => {
    wire.answers.Invoke = () => ({ statusCode: 404 });
    const result = await createImage(read('createImage'), context);
    expect([result.statusCode, body(result).code]).toEqual([404, 'NOT_FOUND']);
    expect(wire.operations()).not.toContain('TransactWriteItems');
  });

  test('asks for the product as it is now: one made a moment ago is there', async () => {
    await createImage(read('createImage'), context);
    const asked = wire.calls.find(({ operation }) => operation === 'Invoke')?.body;
    expect(asked).toMatchObject({
      headers: { 'cache-control': 'no-cache' },
      pathParameters: { id: 'prd_01KA000008ENAME1MVG0000000' },
    });
  });

  test('for a version of the product that is gone is 412; for the current one, as shown or any, 201', async () => {
    const sent = (version: string) => {
      const event = read('createImage');
      return createImage({ ...event, headers: { ...event.headers, 'if-match': version } }, context);
    };
    for (const version of ['"3"', '"3-40"', '*']) expect((await sent(version)).statusCode).toBe(201);
    wire.calls.length = 0;
    for (const version of ['"2"', '"4-40"', 'W/"3"']) {
      const stale = await sent(version);
      expect([stale.statusCode, body(stale).code]).toEqual([412, 'STALE']);
    }
    expect(wire.operations()).not.toContain('TransactWriteItems');
  });

  test('while inventory cannot be asked is 503, not 404', async () => {
    wire.answers.Invoke = () => ({ statusCode: 500 });
    const result = await createImage(read('createImage'), context);
    expect([result.statusCode, body(result).code]).toEqual([503, 'UNAVAILABLE']);
  });

  test('of a product with twenty images is 409; rejected ones leave room', async () => {
    const rows = (status: string) => Array.from({ length: 20 }, (_, n) => row(n, { status: { S: status } }));
    wire.answers.Query = () => ({ Items: rows('PROCESSED') });
    expect((await createImage(read('createImage'), context)).statusCode).toBe(409);
    wire.answers.Query = () => ({ Items: rows('REJECTED') });
    expect((await createImage(read('createImage'), context)).statusCode).toBe(201);
  });

  test('for the last place of a product is given to one of two requests at once', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => row(n, { status: { S: 'PROCESSED' } }));
    let looks = 0;
    wire.answers.GetItem = ({ TableName }) =>
      TableName === 'images' ? { Item: { turns: { N: String(18 + ++looks) } } } : {};
    wire.answers.Query = ({ ConsistentRead }) => ({ Items: ConsistentRead ? rows.slice(0, 18 + looks) : [] });
    wire.answers.TransactWriteItems = () => ({
      status: 400,
      body: JSON.stringify({
        __type: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
      }),
    });
    const result = await createImage(read('createImage'), context);
    expect([result.statusCode, body(result).code, looks]).toEqual([409, 'CONFLICT', 2]);
    const turn = wire.calls.find(({ operation }) => operation === 'TransactWriteItems')?.body
      .TransactItems[1];
    expect(turn.Update).toMatchObject({
      ConditionExpression: 'turns = :turns',
      ExpressionAttributeValues: { ':turns': { N: '19' } },
    });
  });

  test.each([
    [{ contentType: 'image/gif', bytes: 9 }, '/contentType'],
    [{ contentType: 'image/jpeg; charset=x', bytes: 9 }, '/contentType'],
    [{ contentType: 'image/jpeg', bytes: 10 * 1024 * 1024 + 1 }, '/bytes'],
    [{ contentType: 'image/jpeg', bytes: 1.5 }, '/bytes'],
    [{ contentType: 'image/jpeg', bytes: '9' }, '/bytes'],
    [{ contentType: 'image/jpeg', bytes: 9, sha256: 'x'.repeat(64) }, '/sha256'],
    [{ contentType: 'image/jpeg', bytes: 9, key: 'processed/mine' }, '/key'],
  ])('with %j is 400 at %s, and nothing is asked', async (sent, pointer) => {
    const result = await createImage({ ...read('createImage'), body: JSON.stringify(sent) }, context);
    expect([result.statusCode, body(result).errors[0].pointer]).toEqual([400, pointer]);
    expect(wire.calls).toEqual([]);
  });
});

describe('GET /products/{id}/images', () => {
  test('shows what staff may know and nothing of the row beyond, and pages by the last id', async () => {
    const reason = { status: { S: 'REJECTED' }, reason: { S: 'TRUNCATED' } };
    wire.answers.Query = () => ({ Items: [row(2), row(1, reason)], LastEvaluatedKey: { id: { S: 'x' } } });
    const first = body(await listImages(read('listImages'), context));
    expect(first.items).toEqual([
      expect.objectContaining({ status: 'PENDING', images: [] }),
      {
        ...{ id: row(1).id.S, status: 'REJECTED', reason: 'TRUNCATED', contentType: 'image/png', bytes: 9 },
        ...{ images: [], createdAt: '2030-01-01T00:00:00.000Z', updatedAt: '2030-01-01T00:00:00.000Z' },
      },
    ]);
    const event = read('listImages');
    await listImages({ ...event, queryStringParameters: { cursor: first.nextCursor } }, context);
    expect(wire.calls.at(-1)?.body.ExpressionAttributeValues[':before']).toEqual(row(1).id);
    const other = {
      ...event,
      queryStringParameters: { cursor: first.nextCursor },
      pathParameters: { id: 'prd_2' },
    };
    expect(body(await listImages(other, context)).code).toBe('CURSOR_INVALID');
  });
});

describe('GET /images/{productId}/{imageId}/{file}', () => {
  const { productId, imageId } = read('getImage').pathParameters;
  const path = `GET /bucket/processed/${productId}/${imageId}/large.jpg`;

  test('answers the bytes, to be kept for ever and run by nobody', async () => {
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0]);
    wire.answers[path] = () => ({ body: bytes, headers: { etag: '"e"', 'content-type': 'text/html' } });
    const result = await getImage(read('getImage'), context);
    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true, body: bytes.toString('base64') });
    expect(result.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      etag: '"e"',
    });
  });

  test('that is not there is 404', async () => {
    wire.answers[path] = () => ({ status: 404, body: '' });
    const result = await getImage(read('getImage'), context);
    expect([result.statusCode, body(result).code]).toEqual([404, 'NOT_FOUND']);
  });

  test.each([
    ['file', 'original.jpg'],
    ['file', '__proto__'],
    ['imageId', '..'],
    ['productId', '../uploads'],
  ])('with another %s, %s, is 400 and reads nothing', async (name, value) => {
    const event = read('getImage');
    const result = await getImage(
      { ...event, pathParameters: { ...event.pathParameters, [name]: value } },
      context,
    );
    expect([result.statusCode, wire.calls]).toEqual([400, []]);
  });

  test('answers a flood with 429 and when to come again, and reads nothing', async () => {
    wire.answers[path] = () => ({ status: 404, body: '' });
    let result = await getImage(read('getImage'), context);
    for (let call = 0; call < 1000 && result.statusCode !== 429; call += 1) {
      wire.calls.length = 0;
      result = await getImage(read('getImage'), context);
    }
    expect(result).toMatchObject({ statusCode: 429, headers: { 'retry-after': '1' } });
    expect([body(result).code, wire.calls]).toEqual(['RATE_LIMITED', []]);
  });
});

import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import sharp from 'sharp';
import { pixelBomb } from '../images/support/corpus/png';
import { photograph, quarters } from '../images/support/pictures';
import { newProduct } from '../inventory/support/deployed';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const CLICK = 30_000;
jest.setTimeout(2 * CLICK);

let product: string;
let staff: string;
beforeAll(async () => {
  [product, staff] = await Promise.all([newProduct(1), tokenOf('staff')]);
});

interface Offer {
  imageId: string;
  upload: { url: string; fields: Record<string, string> };
  expiresAt: string;
}

const ask = (body: unknown, { id = product, key = newKey(), token = staff } = {}) =>
  api<Offer>(`POST /products/${id}/images`, { token, key, body });

async function offer(contentType: string, file: Buffer, more = {}): Promise<Offer> {
  const { status, body } = await ask({ contentType, bytes: file.length, ...more });
  expect(status).toBe(201);
  return body;
}

async function post({ upload }: Offer, file: Buffer, fields: Record<string, string> = {}): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.fields, ...fields })) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(file)]), 'photo.jpg');
  return (await fetch(upload.url, { method: 'POST', body: form })).status;
}

const imageOf = async (imageId: string) =>
  (await api(`GET /products/${product}/images?limit=100`, { token: staff })).body.items.find(
    ({ id }: { id: string }) => id === imageId,
  );

const judged = (imageId: string) =>
  waitFor(
    async () => {
      const image = await imageOf(imageId);
      return image.status !== 'PENDING' && image;
    },
    { limit: CLICK, what: `the verdict on ${imageId}` },
  );

const picturesOf = async (imageId: string) =>
  (await api(`GET /products/${product}`)).body.images.filter(({ url }: { url: string }) =>
    url.includes(imageId),
  );

async function uploaded(contentType: string, file: Buffer, more = {}) {
  const asked = await offer(contentType, file, more);
  expect(await post(asked, file)).toBe(204);
  return judged(asked.imageId);
}

async function uploadsLeft(imageId: string): Promise<number> {
  const s3 = await awsClient(S3Client);
  const Bucket = (await stack()).outputs.ImagesBucketName;
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: `uploads/${product}/${imageId}` }));
  return listed.KeyCount ?? 0;
}

test('a photograph is uploaded to S3 and becomes thumbnails on its product, upright and without EXIF', async () => {
  const photo = await sharp(await photograph(1200, 1600))
    .withMetadata({ orientation: 8 })
    .withExifMerge({ IFD0: { Artist: 'Ada' } })
    .jpeg()
    .toBuffer();
  const before = (await api(`GET /products/${product}`)).body.version;
  const image = await uploaded('image/jpeg', photo);
  expect(image).toMatchObject({ status: 'PROCESSED', width: 1600, height: 1200 });
  const pictures = await waitFor(
    async () => {
      const found = await picturesOf(image.id);
      return found.length > 0 && found;
    },
    { limit: CLICK, what: 'the product to show its picture' },
  );
  expect(pictures.map(({ width, height, type }: Record<string, unknown>) => [width, height, type])).toEqual([
    [800, 600, 'image/jpeg'],
    [800, 600, 'image/webp'],
    [200, 200, 'image/jpeg'],
    [200, 200, 'image/webp'],
  ]);
  expect((await api(`GET /products/${product}`)).body.version).toBeGreaterThan(before);
  for (const { url, width, height, type, bytes } of pictures) {
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const file = Buffer.from(await answer.arrayBuffer());
    const made = await sharp(file).metadata();
    expect([made.width, made.height, `image/${made.format}`, file.length]).toEqual([
      width,
      height,
      type,
      bytes,
    ]);
    expect([made.exif, made.icc, made.orientation]).toEqual([undefined, undefined, undefined]);
  }
  expect(await uploadsLeft(image.id)).toBe(0);
});

test('the same request again gets the same form; another under its key is refused', async () => {
  const key = newKey();
  const first = await ask({ contentType: 'image/png', bytes: 99 }, { key });
  const again = await ask({ contentType: 'image/png', bytes: 99 }, { key });
  expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([
    201,
    first.text,
    'true',
  ]);
  const other = await ask({ contentType: 'image/png', bytes: 98 }, { key });
  expect([other.status, (other.body as { code?: string }).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

test('S3 refuses what the form does not allow, and nothing is judged', async () => {
  const photo = await photograph(300, 200);
  const asked = await offer('image/jpeg', photo);
  expect(await post(asked, Buffer.concat([photo, Buffer.from('x')]))).toBe(400);
  expect(await post(asked, photo, { 'Content-Type': 'image/svg+xml' })).toBe(403);
  expect(await post(asked, photo, { key: 'processed/mine.jpg' })).toBe(403);
  expect(await post(asked, photo, { Policy: `${asked.upload.fields.Policy}AA` })).toBe(403);
  expect(await imageOf(asked.imageId)).toMatchObject({ status: 'PENDING' });
});

describe('hostile and broken files end as REJECTED with a reason', () => {
  test('each its own, and the product does not change', async () => {
    const photo = await photograph(640, 480);
    const png = await sharp(photo).png().toBuffer();
    const wrongSum = { sha256: '0'.repeat(64) };
    const files: [string, Buffer, string, object?][] = [
      ['image/png', pixelBomb(60_000, 60_000), 'TOO_MANY_PIXELS'],
      ['image/jpeg', photo.subarray(0, photo.length / 2), 'TRUNCATED'],
      [
        'image/jpeg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        'NOT_AN_IMAGE',
      ],
      ['image/jpeg', png, 'TYPE_MISMATCH'],
      ['image/jpeg', photo, 'CHECKSUM_MISMATCH', wrongSum],
    ];
    const asked: string[] = [];
    for (const [type, file, , more] of files) {
      const form = await offer(type, file, more);
      expect(await post(form, file)).toBe(204);
      asked.push(form.imageId);
    }
    const ends = await Promise.all(asked.map(judged));
    expect(ends.map(({ status, reason }) => [status, reason])).toEqual(
      files.map(([, , reason]) => ['REJECTED', reason]),
    );
    for (const { id } of ends) {
      expect([await uploadsLeft(id), await picturesOf(id)]).toEqual([0, []]);
    }
  });
});

test('a notification told again, or of an upload nobody asked for, changes nothing', async () => {
  const { id } = await uploaded('image/jpeg', await quarters(6));
  const settled = await waitFor(async () => (await picturesOf(id)).length > 0 && imageOf(id), {
    limit: CLICK,
    what: 'the picture on its product',
  });
  const { version } = (await api(`GET /products/${product}`)).body;
  const stray = `uploads/${product}/img_00000000000000000000000000`;
  const object = { key: `uploads/${product}/${id}`, size: 9, eTag: 'an-older-one', sequencer: '00' };
  const [sqs, s3] = [await awsClient(SQSClient), await awsClient(S3Client)];
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orderly-local-image-uploads' }));
  const MessageBody = JSON.stringify({ Records: [{ s3: { object } }] });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const Bucket = (await stack()).outputs.ImagesBucketName;
  await s3.send(new PutObjectCommand({ Bucket, Key: stray, Body: 'hello' }));
  await waitFor(async () => (await uploadsLeft('img_00000000000000000000000000')) === 0, {
    what: 'the stray upload to be deleted',
  });
  expect(await imageOf(id)).toEqual(settled);
  expect((await api(`GET /products/${product}`)).body.version).toBe(version);
});

test.each([
  ['an unknown product', { id: 'prd_00000000000000000000000000' }, {}, 404, 'NOT_FOUND', undefined],
  ['a product that is no id', { id: 'a.b' }, {}, 404, 'NOT_FOUND', undefined],
  ['11 MB', {}, { bytes: 11 * 1024 * 1024 }, 400, 'VALIDATION_FAILED', '/bytes'],
  ['no bytes', {}, { bytes: 0 }, 400, 'VALIDATION_FAILED', '/bytes'],
  ['an SVG', {}, { contentType: 'image/svg+xml' }, 400, 'VALIDATION_FAILED', '/contentType'],
  ['half a checksum', {}, { sha256: 'abc' }, 400, 'VALIDATION_FAILED', '/sha256'],
])('a form for %s is refused', async (_what, call, over, status, code, pointer) => {
  const answer = await ask({ contentType: 'image/jpeg', bytes: 9, ...over }, call);
  const problem = answer.body as unknown as { code: string; errors?: { pointer: string }[] };
  expect([answer.status, problem.code, problem.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
});

test('customers may neither upload nor see what was rejected', async () => {
  const token = await tokenOf('customer');
  expect((await ask({ contentType: 'image/jpeg', bytes: 9 }, { token })).status).toBe(403);
  expect((await api(`GET /products/${product}/images`, { token })).status).toBe(403);
  expect((await api(`GET /products/${product}/images`)).status).toBe(401);
});

test.each([
  [`/images/prd_1/img_00000000000000000000000000/large.jpg`, 404],
  [`/images/prd_1/img_00000000000000000000000000/large.svg`, 400],
  [`/images/prd_1/..%2f..%2fuploads/large.jpg`, 404],
  [`/images/prd_1/img_x/large.jpg`, 400],
])('GET %s is %i', async (path, status) => {
  expect((await api(`GET ${path}`)).status).toBe(status);
});

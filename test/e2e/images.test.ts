import { createHash } from 'node:crypto';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import sharp from 'sharp';
import { corpus } from '../images/support/corpus';
import { photograph, quarters } from '../images/support/pictures';
import { newProduct } from '../inventory/support/deployed';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { letterWith } from '../support/dead-letters';
import { logLinesOf } from '../support/logs';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

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
    { what: `the verdict on ${imageId}` },
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

const put = async (Key: string, Body: string): Promise<void> => {
  const s3 = await awsClient(S3Client);
  const Bucket = (await stack()).outputs.ImagesBucketName;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Body.length }));
};

/** Tells of an upload as S3 does, once for each ETag. */
async function tell(imageId: string, size: number, ...etags: string[]): Promise<void> {
  const sqs = await awsClient(SQSClient);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orderly-local-image-uploads' }));
  const key = `uploads/${product}/${imageId}`;
  const Entries = etags.map((eTag, n) => ({
    Id: String(n),
    MessageBody: JSON.stringify({ Records: [{ s3: { object: { key, size, eTag, sequencer: '00' } } }] }),
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

const shown = (imageId: string) =>
  waitFor(async () => (await picturesOf(imageId)).length > 0 && imageOf(imageId), {
    what: 'the picture on its product',
  });

const said = async (start: number, imageId: string, words: string): Promise<number> =>
  (await logLinesOf('makeThumbnails', start)).filter((line) => line.includes(imageId) && line.includes(words))
    .length;

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
    { what: 'the product to show its picture' },
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

/** Some of the corpus, all of which the real decoder judges in test/images/hostile-files.test.ts. */
const HOSTILE = [
  '60000×60000 by its header',
  '14000×14000 that really is there, one bit a pixel',
  'an iCCP of 50 MB',
  'a zip behind it',
  '60 % of one',
  'an animation of 10,000 frames',
  'the same as SVGZ',
  'a GIF that is a script',
  'a HEIC',
  'a PNG',
];

test('hostile and broken files end as the corpus says, each with its own reason, and nothing of them is kept', async () => {
  const files = corpus.filter(({ name }) => HOSTILE.includes(name));
  expect(files.length).toBeGreaterThanOrEqual(HOSTILE.length);
  const asked = [];
  for (const { type, bytes } of files) {
    const file = await bytes();
    const form = await offer(type, file);
    expect(await post(form, file)).toBe(204);
    asked.push(form.imageId);
  }
  const photo = await photograph(64, 48);
  const wrongSum = await offer('image/jpeg', photo, { sha256: '0'.repeat(64) });
  expect(await post(wrongSum, photo)).toBe(204);
  const ends = await Promise.all([...asked, wrongSum.imageId].map(judged));
  const wanted = [...files.map(({ verdict }) => verdict), 'CHECKSUM_MISMATCH'];
  expect(ends.map(({ status, reason }) => reason ?? status)).toEqual(wanted);
  for (const { id, status, images } of ends) {
    expect(await uploadsLeft(id)).toBe(0);
    if (status === 'PROCESSED') await shown(id);
    else expect([images, await picturesOf(id)]).toEqual([[], []]);
    for (const { url } of images) {
      const made = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect([made.length > 0, made.includes('PK\x03\x04'), made.includes('<script')]).toEqual([
        true,
        false,
        false,
      ]);
    }
  }
});

test('no byte is refused by the form, and judged where it comes by another way', async () => {
  const asked = await offer('image/jpeg', Buffer.alloc(1));
  expect(await post(asked, Buffer.alloc(0))).toBe(400);
  await put(asked.upload.fields.key as string, '');
  expect(await judged(asked.imageId)).toMatchObject({ status: 'REJECTED', reason: 'NOT_AN_IMAGE' });
});

test.each([
  ['a line of a log', '\r\n{"level":"info","message":"forged"}'],
  ['letters that are read backwards', '\u202egpj.exe'],
  ['a command', ';sleep 9;.jpg'],
])('a file whose key has %s in it is no upload: staff find it by its reason', async (_what, text) => {
  const start = Date.now();
  const key = `uploads/${newKey()}${text}`;
  await put(key, 'x');
  const marker = key.slice('uploads/'.length, 'uploads/'.length + 20);
  const letter = await letterWith('image-uploads-dlq', marker);
  expect(letter.reason).toContain('The key is not one of an upload');
  const lines = await logLinesOf('makeThumbnails', start);
  expect(lines.filter((line) => line.includes('"message":"forged"'))).toEqual([]);
  const body = { ids: [letter.id], reason: 'TEST' };
  const ended = await api('POST /staff/dead-letters/image-uploads-dlq/discard', { token: staff, body });
  expect(ended.body).toEqual({ discarded: [letter.id] });
  const s3 = await awsClient(S3Client);
  await s3.send(new DeleteObjectCommand({ Bucket: (await stack()).outputs.ImagesBucketName, Key: key }));
});

test('a notification told again, or of an upload nobody asked for, changes nothing', async () => {
  const start = Date.now();
  const { id } = await uploaded('image/jpeg', await quarters(6));
  const settled = await shown(id);
  const { version } = (await api(`GET /products/${product}`)).body;
  await tell(id, 9, 'an-older-one', 'another');
  await put(`uploads/${product}/img_00000000000000000000000000`, 'hello');
  await waitFor(async () => (await uploadsLeft('img_00000000000000000000000000')) === 0, {
    what: 'the stray upload to be deleted',
  });
  await waitFor(async () => (await said(start, id, 'SETTLED_BEFORE')) === 2, {
    what: 'both to be passed over',
  });
  expect(await imageOf(id)).toEqual(settled);
  expect((await api(`GET /products/${product}`)).body.version).toBe(version);
});

test('told of five times while it is being judged, a good picture is judged once', async () => {
  const start = Date.now();
  const photo = await photograph(6000, 4000);
  const asked = await offer('image/jpeg', photo);
  const { version } = (await api(`GET /products/${product}`)).body;
  expect(await post(asked, photo)).toBe(204);
  const etag = createHash('md5').update(photo).digest('hex');
  await tell(asked.imageId, photo.length, ...Array<string>(4).fill(etag));
  expect(await judged(asked.imageId)).toMatchObject({ status: 'PROCESSED', width: 6000, height: 4000 });
  await waitFor(async () => (await said(start, asked.imageId, 'is being judged')) > 0, {
    what: 'one that came while another judged it',
  });
  await shown(asked.imageId);
  const after = (await api(`GET /products/${product}`)).body;
  expect([after.version, (await picturesOf(asked.imageId)).length]).toEqual([version + 1, 4]);
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

import { createHash } from 'node:crypto';
import { type Image, MAX_BYTES, type PendingImage } from '../../services/images/domain/image';
import type { Rendered } from '../../services/images/ports/files';
import type { TryClaim } from '../../services/images/ports/images';
import { type Arrival, makeThumbnails } from '../../services/images/use-cases/make-thumbnails';
import { SECOND } from '../../shared/kernel/time';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const at = '2030-01-01T00:00:00.000Z';
const pending: PendingImage = {
  ...{ id: 'img_1', productId: 'prd_1', status: 'PENDING', contentType: 'image/jpeg', bytes: 7 },
  ...{ version: 1, createdAt: at, updatedAt: at, correlationId: 'cor_1' },
};
const rendered: Rendered = {
  picture: { width: 8, height: 6, dominantColor: '#010203', thumbnails: [] },
  files: new Map([['large.jpg', Buffer.from('made')]]),
};
const arrival: Arrival = { productId: 'prd_1', imageId: 'img_1', bytes: 7, etag: '"a"' };

interface Claim {
  token: string;
  at: number;
}

interface World {
  now: number;
  row?: Image;
  tries: number;
  claim?: Claim;
  original?: { bytes: Buffer; etag: string };
  stored: string[];
  decoded: number;
  faults: Partial<Record<'store' | 'settle' | 'remove', Error>>;
  /** What happens while a file is decoded. */
  meanwhile?: () => Promise<unknown>;
}

const fresh = (over: Partial<World> = {}): World => ({
  ...{ now: Date.parse(at), row: pending, tries: 0, original: { bytes: JPEG, etag: '"a"' } },
  ...{ stored: [], decoded: 0, faults: {} },
  ...over,
});

const fail = (fault: Error | undefined): void => {
  if (fault) throw fault;
};

const portsOf = (world: World, answer: Rendered | { rejected: 'BROKEN' } = rendered) => ({
  images: {
    find: async () => world.row,
    claim: async (_image: PendingImage, { token, now, deadSince }: TryClaim) => {
      if (world.row?.status !== 'PENDING') return 'SETTLED' as const;
      if (world.claim && world.claim.at > deadSince) return 'HELD' as const;
      world.claim = { token, at: now };
      world.tries += 1;
      return world.tries;
    },
    release: async (_image: PendingImage, token: string) => {
      if (world.claim?.token !== token) return;
      world.claim = undefined;
      world.tries -= 1;
    },
    settle: async (image: Image) => {
      fail(world.faults.settle);
      if (world.row?.status !== 'PENDING') return false;
      world.row = image;
      return true;
    },
  },
  originals: {
    original: async (_key: string, etag: string) =>
      world.original?.etag === etag ? world.original.bytes : undefined,
    remove: async () => {
      fail(world.faults.remove);
      world.original = undefined;
    },
  },
  gallery: {
    store: async (path: string) => {
      fail(world.faults.store);
      world.stored.push(path);
    },
  },
  renderer: {
    render: async () => {
      world.decoded += 1;
      const { meanwhile } = world;
      world.meanwhile = undefined;
      await meanwhile?.();
      return answer;
    },
  },
  clock: () => world.now,
});

test('an upload becomes its thumbnails, the image is PROCESSED and the original gone', async () => {
  const world = fresh();
  expect(await makeThumbnails(portsOf(world), arrival)).toEqual({ outcome: 'PROCESSED' });
  expect(world).toMatchObject({
    row: { status: 'PROCESSED', version: 2, dominantColor: '#010203' },
    stored: ['prd_1/img_1/large.jpg'],
    original: undefined,
  });
});

test('told again, at once or later, it changes nothing and decodes nothing', async () => {
  const world = fresh();
  const ports = portsOf(world);
  await makeThumbnails(ports, arrival);
  const after = structuredClone({ ...world, faults: {} });
  expect(await makeThumbnails(ports, arrival)).toEqual({ outcome: 'SETTLED_BEFORE' });
  expect(world).toEqual(after);
});

test('of five at once one judges a good picture; the others come again and find it settled', async () => {
  const world = fresh();
  const ports = portsOf(world);
  const once = () => makeThumbnails(ports, arrival);
  const all = await Promise.allSettled([once(), once(), once(), once(), once()]);
  expect(all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))).toEqual([
    { outcome: 'PROCESSED' },
  ]);
  expect(world).toMatchObject({ row: { status: 'PROCESSED', version: 2 }, decoded: 1 });
  expect(await once()).toEqual({ outcome: 'SETTLED_BEFORE' });
});

describe('a file that ends the process', () => {
  const die = () => new Promise<never>(() => undefined);

  test('is opened three times, each after the last is dead, and then no more', async () => {
    const world = fresh();
    for (let n = 1; n <= 3; n += 1) {
      await new Promise<void>((resolve) => {
        world.meanwhile = () => {
          resolve();
          return die();
        };
        void makeThumbnails(portsOf(world), arrival);
      });
      await expect(makeThumbnails(portsOf(world), arrival)).rejects.toThrow('is being judged');
      world.now += 30 * SECOND;
    }
    expect(await makeThumbnails(portsOf(world), arrival)).toEqual({
      outcome: 'REJECTED',
      reason: 'UNPROCESSABLE',
    });
    expect(world.decoded).toBe(3);
  });

  test('and wakes when another has it leaves the claim of the other alone', async () => {
    const world = fresh();
    let wake: () => void = () => undefined;
    world.meanwhile = () =>
      new Promise((resolve) => {
        wake = () => resolve(undefined);
      });
    world.faults = { store: new Error('S3 is away') };
    const late = makeThumbnails(portsOf(world), arrival);
    await new Promise((resolve) => setImmediate(resolve));
    world.now += 30 * SECOND;
    world.meanwhile = async () => {
      wake();
      await expect(late).rejects.toThrow('S3 is away');
      expect(world.tries).toBe(2);
      world.faults = {};
    };
    expect(await makeThumbnails(portsOf(world), arrival)).toEqual({ outcome: 'PROCESSED' });
  });
});

test('a notification of bytes that were replaced since is passed over; the one of the new bytes is not', async () => {
  const world = fresh({ original: { bytes: JPEG, etag: '"b"' } });
  expect(await makeThumbnails(portsOf(world), arrival)).toEqual({ outcome: 'GONE' });
  expect(world).toMatchObject({ row: pending, original: { etag: '"b"' } });
  expect(await makeThumbnails(portsOf(world), { ...arrival, etag: '"b"' })).toEqual({ outcome: 'PROCESSED' });
});

test('a file for an image nobody asked for is deleted', async () => {
  const world = fresh({ row: undefined });
  expect(await makeThumbnails(portsOf(world), arrival)).toEqual({ outcome: 'SETTLED_BEFORE' });
  expect(world.original).toBeUndefined();
});

describe('rejected, with the reason on the row and the original gone', () => {
  const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

  test.each([
    ['TOO_LARGE', {}, { bytes: MAX_BYTES + 1 }],
    ['CHECKSUM_MISMATCH', { row: { ...pending, sha256: sum(png) } }, {}],
    ['NOT_AN_IMAGE', { original: { bytes: Buffer.from('<svg/>'), etag: '"a"' } }, {}],
    ['TYPE_MISMATCH', { original: { bytes: png, etag: '"a"' } }, {}],
    ['UNPROCESSABLE', { tries: 3 }, {}],
  ])('%s, before anything is decoded', async (reason, over, told) => {
    const world = fresh(over as Partial<World>);
    expect(await makeThumbnails(portsOf(world), { ...arrival, ...told })).toEqual({
      outcome: 'REJECTED',
      reason,
    });
    expect(world).toMatchObject({
      row: { status: 'REJECTED', reason },
      decoded: 0,
      original: undefined,
      stored: [],
    });
  });

  test('what the decoder says', async () => {
    const world = fresh();
    await makeThumbnails(portsOf(world, { rejected: 'BROKEN' }), arrival);
    expect(world).toMatchObject({ row: { status: 'REJECTED', reason: 'BROKEN' }, original: undefined });
  });

  test('and the right sum is no hindrance', async () => {
    const world = fresh({ row: { ...pending, sha256: sum(JPEG) } });
    expect((await makeThumbnails(portsOf(world), arrival)).outcome).toBe('PROCESSED');
  });
});

describe('a fault of the moment', () => {
  const fault = new Error('S3 is away');

  test.each(['store', 'settle', 'remove'] as const)(
    'of %s is thrown, and the next time all is well',
    async (what) => {
      const world = fresh({ faults: { [what]: fault } });
      const ports = portsOf(world);
      await expect(makeThumbnails(ports, arrival)).rejects.toBe(fault);
      world.faults = {};
      await makeThumbnails(ports, arrival);
      expect(world).toMatchObject({ row: { status: 'PROCESSED', version: 2 }, original: undefined });
    },
  );

  test.each(['store', 'settle'] as const)(
    'of %s is not counted against the file, however often',
    async (what) => {
      const world = fresh({ faults: { [what]: fault } });
      for (let n = 0; n < 9; n += 1) {
        await expect(makeThumbnails(portsOf(world), arrival)).rejects.toBe(fault);
      }
      expect(world.tries).toBe(0);
      world.faults = {};
      expect(await makeThumbnails(portsOf(world), arrival)).toEqual({ outcome: 'PROCESSED' });
    },
  );
});

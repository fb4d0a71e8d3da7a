import { type Clock, HOUR, iso } from '../../../shared/kernel/time';
import type { Image } from '../domain/image';
import type { Attic } from '../ports/files';

interface Ports {
  attic: Attic;
  images: { find(productId: string, id: string): Promise<Image | undefined> };
  clock: Clock;
}

export interface CleanUpUploads {
  cursor?: string;
  dryRun: boolean;
  olderThanHours: number;
}

const UPLOAD = /^uploads\//;
const THUMBNAIL = /^processed\/([^/]+)\/([^/]+)\/[^/]+$/;

/** An upload that nobody judged in its time, or a thumbnail of a picture that no row knows. */
async function isOrphan({ images }: Ports, key: string): Promise<boolean> {
  if (UPLOAD.test(key)) return true;
  const [, productId, imageId] = THUMBNAIL.exec(key) ?? [];
  if (!productId || !imageId) return false;
  const image = await images.find(productId, imageId);
  return image === undefined || image.status === 'REJECTED';
}

/** Deletes a page of what belongs to no picture: thumbnails are stored before their row, so a process that died left some. */
export async function cleanUpUploads(
  ports: Ports,
  { cursor, dryRun, olderThanHours }: CleanUpUploads,
): Promise<{ seen: number; removed: number; cursor?: string }> {
  const page = await ports.attic.page(cursor);
  const before = iso(ports.clock() - olderThanHours * HOUR);
  const old = page.files.filter(({ storedAt }) => storedAt < before);
  const judged = await Promise.all(old.map(async ({ key }) => ((await isOrphan(ports, key)) ? [key] : [])));
  const orphans = judged.flat();
  if (!dryRun) await Promise.all(orphans.map((key) => ports.attic.remove(key)));
  return { seen: page.files.length, removed: orphans.length, cursor: page.cursor };
}

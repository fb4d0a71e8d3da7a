import { makeEvent } from '../../../events/envelope';
import { imageProcessed, imageRejected } from '../../../events/image-events';
import type { Image } from '../domain/image';
import type { EventBus, ImageEvent } from '../ports/images';
import { fileOf } from './image-view';

/** The id is made of the image and its version: the same verdict told twice is the same event. */
function eventOf(image: Image, baseUrl: string): ImageEvent | undefined {
  const { id: imageId, productId, version, correlationId, updatedAt } = image;
  const facts = {
    id: `${imageId}:${version}`,
    subject: imageId,
    at: Date.parse(updatedAt),
    correlationId,
    actor: 'system',
  } as const;
  if (image.status === 'PENDING') return undefined;
  if (image.status === 'REJECTED') {
    return makeEvent(imageRejected, { ...facts, data: { productId, imageId, reason: image.reason } });
  }
  const { width, height, dominantColor, thumbnails } = image;
  const files = thumbnails.map(fileOf(baseUrl, image));
  return makeEvent(imageProcessed, {
    ...facts,
    data: { productId, imageId, width, height, dominantColor, files },
  });
}

/** Tells the bus what became of each image. @throws when one was not taken; the same call again is harmless */
export const publishImageEvents = (
  { bus, baseUrl }: { bus: EventBus; baseUrl: string },
  images: readonly Image[],
): Promise<void> => bus.publish(images.flatMap((image) => eventOf(image, baseUrl) ?? []));

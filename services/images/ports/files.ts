import type { ContentType, Picture, RejectionReason } from '../domain/image';

/** A form that a browser or curl can post a file with, straight to the store. */
export interface UploadForm {
  url: string;
  fields: Record<string, string>;
}

export interface Uploads {
  /** A form that takes one file of this type and at most this size, until it expires. */
  form(key: string, limits: { contentType: string; bytes: number; seconds: number }): Promise<UploadForm>;
}

export interface Originals {
  /** @returns undefined when it is gone, or when another file was put in its place since */
  original(key: string, etag: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
}

export interface Gallery {
  store(path: string, bytes: Uint8Array, type: string): Promise<void>;
}

export interface ReadsGallery {
  thumbnail(path: string): Promise<{ bytes: Uint8Array; etag: string } | undefined>;
}

export interface Rendered {
  picture: Picture;
  /** By the name of the file. */
  files: ReadonlyMap<string, Uint8Array>;
}

export interface Renderer {
  /** Decodes a file that says it is of this type; what is wrong with it is a value. */
  render(bytes: Uint8Array, type: ContentType): Promise<Rendered | { rejected: RejectionReason }>;
}

export interface StoredFile {
  key: string;
  storedAt: string;
}

export interface Attic {
  /** Everything in the bucket in the order of the keys; the last page has no cursor. */
  page(cursor?: string): Promise<{ files: StoredFile[]; cursor?: string }>;
  remove(key: string): Promise<void>;
}

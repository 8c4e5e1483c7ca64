import type { ImageInput } from '../../../client/operations.js';

/** The picture that everything is asked about. */
export interface Picture {
  /** Tells it from all others, those of earlier visits too. */
  readonly id: string;
  readonly source: PictureSource;
  /** What the page shows and cuts from; undefined where neither the browser nor the service could make it visible. */
  readonly shown?: ShownPicture;
  /** True where the service cannot read it either. */
  readonly isUnreadable?: boolean;
}

/** What is sent: the file as it came, or an address that the service fetches it from. */
export type PictureSource =
  { readonly from: 'file'; readonly file: File } | { readonly from: 'address'; readonly url: string };

export interface ShownPicture {
  readonly url: string;
  /** Pixels, as displayed. */
  readonly width: number;
  readonly height: number;
}

/** How a picture goes to the service. */
export function imageInputOf(source: PictureSource): ImageInput {
  return source.from === 'file' ? { upload: source.file } : { url: source.url };
}

/** What people call it: the name of its file, or the last part of its address. */
export function nameOf(source: PictureSource): string {
  if (source.from === 'file') return source.file.name;
  const { hostname, pathname } = new URL(source.url);
  return decoded(pathname.split('/').findLast((part) => part !== '')) ?? hostname;
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address that a text is; undefined for other texts. */
export function addressIn(text: string): string | undefined {
  const word = text.trim();
  return /^https?:\/\/\S+$/i.test(word) && URL.canParse(word) ? word : undefined;
}

/** Whether a text is meant as an address, of whatever kind. */
export function isLikeAddress(text: string): boolean {
  return /^(www\.|[a-z][a-z0-9+.-]*:)\S+$/i.test(text.trim());
}

/** A new id. Not the browser's own random ids: it has none on pages that come over plain HTTP. */
export function newPictureId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

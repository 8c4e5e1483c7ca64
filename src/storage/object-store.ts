import type { Readable } from 'node:stream';

/** What is known of an object without reading it. */
export interface ObjectFacts {
  /** Length of the whole object. */
  readonly bytes: number;
  readonly mediaType: string;
  /** Quoted, as in HTTP's ETag. Other bytes have another one. */
  readonly etag: string;
}

export interface StoredObject extends ObjectFacts {
  /** The reader ends or destroys it: an unread stream holds a file or a socket open. */
  readonly stream: Readable;
}

/** Part of an object, from its first to its last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** An address that stops working. */
export interface ExpiringAddress {
  readonly url: URL;
  readonly expiresAt: Date;
}

/**
 * Where pictures, tiles and results lie. Keys look like `jobs/<id>/output.png`: see `isObjectKey`; any other key
 * is a RangeError. A *prefix* is the leading segments of keys, whole ones, with or without a closing slash
 * (`jobs/<id>`). A key must not also be another key's prefix.
 */
export interface ObjectStore {
  /** Stores or replaces an object whole: no reader ever sees a part of it. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Does the same with a file's content, which is not read into memory; the file stays where it is. */
  putFile(key: string, path: string): Promise<void>;
  /** The object's bytes; undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /**
   * The object as a stream; undefined when there is none.
   * @param range what the stream has of it; it lies within the object
   */
  open(key: string, range?: ByteRange): Promise<StoredObject | undefined>;
  /** What is known of the object; undefined when there is none. */
  look(key: string): Promise<ObjectFacts | undefined>;
  has(key: string): Promise<boolean>;
  /** All keys under a prefix, `''` for the whole store, in the order of their characters. */
  list(prefix: string): AsyncIterable<string>;
  /** Deletes an object; nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /** Deletes every object under a prefix, which must not be empty. */
  deletePrefix(prefix: string): Promise<void>;
  /** Deletes the objects last written before `olderThan`, and returns how many they were. */
  expire(olderThan: Date): Promise<number>;
  /**
   * An address that serves the object to whoever has it, with its media type, and does not need this service;
   * undefined where the store can make none. It works until `expiresAt`, or until an earlier time that is then
   * given back. Whether there is such an object is not looked at.
   * @param fileName what it is saved as; the last part of its key unless given
   */
  presign(key: string, expiresAt: Date, fileName?: string): Promise<ExpiringAddress | undefined>;
  /** Where the objects lie, for people to read. */
  readonly address: string;
}

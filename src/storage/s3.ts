import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { shownAs } from './disposition.js';
import { assertObjectKey, folderOf, isObjectKey, mediaTypeOf } from './keys.js';
import type { ByteRange, ExpiringAddress, ObjectFacts, ObjectStore, StoredObject } from './object-store.js';
import { answered, unlessAbsent } from './s3-answers.js';
import { presigningClient, type S3Location } from './s3-client.js';
import { presignedGet } from './s3-presign.js';
import { StorageError } from './storage-error.js';

interface Listed {
  /** Without the store's prefix. */
  readonly key: string;
  readonly writtenAt: Date | undefined;
}

/** Objects in a bucket, under an optional prefix. Buckets and prefixes are not shared with others: `expire` clears them. */
export class S3Store implements ObjectStore {
  readonly address: string;
  readonly #client: S3Client;
  readonly #presigner: S3Client;
  readonly #bucket: string;
  readonly #root: string;
  readonly #sweep: boolean;

  constructor(client: S3Client, location: S3Location) {
    const { bucket, prefix, sweep } = location;
    this.address = `s3://${[bucket, prefix].filter((part) => part !== '').join('/')}`;
    this.#client = client;
    this.#presigner = presigningClient(client, location);
    this.#bucket = bucket;
    this.#root = prefix === '' ? '' : `${prefix}/`;
    this.#sweep = sweep;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const object = { ...this.#object(key), Body: bytes, ContentType: mediaTypeOf(key) };
    await answered(`write ${key}`, this.#client.send(new PutObjectCommand(object)));
  }

  async putFile(key: string, path: string): Promise<void> {
    const { size } = await stat(path);
    const file = createReadStream(path);
    const object = {
      ...this.#object(key),
      Body: file,
      ContentLength: size,
      ContentType: mediaTypeOf(key),
    };
    try {
      await answered(`write ${key}`, this.#client.send(new PutObjectCommand(object)));
    } finally {
      file.destroy();
    }
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const read = async (object: { Bucket: string; Key: string }): Promise<Uint8Array | undefined> => {
      const { Body } = await this.#client.send(new GetObjectCommand(object));
      return await Body?.transformToByteArray();
    };
    return await unlessAbsent(`read ${key}`, read(this.#object(key)));
  }

  async open(key: string, range?: ByteRange): Promise<StoredObject | undefined> {
    const part = range && { Range: `bytes=${range.start}-${range.end}` };
    const asking = this.#client.send(new GetObjectCommand({ ...this.#object(key), ...part }));
    const found = await unlessAbsent(`open ${key}`, asking);
    if (found === undefined) return undefined;
    const { Body: stream, ContentRange } = found;
    if (!(stream instanceof IncomingMessage)) throw new StorageError(`open ${key}`, 'its answer has no body');
    const whole = range ? Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1]) : found.ContentLength;
    const facts = factsOf(`open ${key}`, key, { ...found, ContentLength: whole });
    // From here on the pace is the reader's: a slow one is no outage.
    stream.socket.setTimeout(0);
    return { ...facts, stream };
  }

  async look(key: string): Promise<ObjectFacts | undefined> {
    const asking = this.#client.send(new HeadObjectCommand(this.#object(key)));
    const found = await unlessAbsent(`look for ${key}`, asking);
    return found && factsOf(`look for ${key}`, key, found);
  }

  async has(key: string): Promise<boolean> {
    return (await this.look(key)) !== undefined;
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const folder = prefix === '' ? '' : `${folderOf(prefix)}/`;
    for await (const page of this.#pages(folder)) {
      for (const { key } of page) yield key;
    }
  }

  async delete(key: string): Promise<void> {
    await answered(`delete ${key}`, this.#client.send(new DeleteObjectCommand(this.#object(key))));
  }

  async deletePrefix(prefix: string): Promise<void> {
    for await (const page of this.#pages(`${folderOf(prefix)}/`)) await this.#deleteAll(page);
  }

  async expire(olderThan: Date): Promise<number> {
    if (!this.#sweep) return 0;
    let removed = 0;
    for await (const page of this.#pages('')) {
      const expired = page.filter(({ writtenAt }) => writtenAt !== undefined && writtenAt < olderThan);
      await this.#deleteAll(expired);
      removed += expired.length;
    }
    return removed;
  }

  async presign(key: string, expiresAt: Date, fileName?: string): Promise<ExpiringAddress> {
    const object = {
      ...this.#object(key),
      ...(fileName !== undefined && { ResponseContentDisposition: shownAs(fileName) }),
    };
    return await answered(`sign ${key}`, presignedGet(this.#presigner, object, expiresAt));
  }

  /** Pages of at most 1000 keys, which is also the most that one request deletes. */
  async *#pages(folder: string): AsyncGenerator<Listed[]> {
    let from: string | undefined;
    do {
      const page = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: this.#root + folder,
        ContinuationToken: from,
      });
      const { Contents, NextContinuationToken } = await answered(
        `list ${folder === '' ? 'the bucket' : folder}`,
        this.#client.send(page),
      );
      const found = (Contents ?? []).map(({ Key = '', LastModified }) => ({
        key: Key.slice(this.#root.length),
        writtenAt: LastModified,
      }));
      // What was put there by hand may have names that are no keys.
      yield found.filter(({ key }) => isObjectKey(key));
      from = NextContinuationToken;
    } while (from !== undefined);
  }

  async #deleteAll(listed: readonly Listed[]): Promise<void> {
    if (listed.length === 0) return;
    const Objects = listed.map(({ key }) => this.#object(key)).map(({ Key }) => ({ Key }));
    const request = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
    const { Errors } = await answered(`delete ${Objects.length} objects`, this.#client.send(request));
    const [first] = Errors ?? [];
    if (first)
      throw new StorageError(`delete ${first.Key ?? ''}`, `${first.Code ?? ''}: ${first.Message ?? ''}`);
  }

  #object(key: string): { Bucket: string; Key: string } {
    assertObjectKey(key);
    return { Bucket: this.#bucket, Key: this.#root + key };
  }
}

type Answer = Pick<HeadObjectCommandOutput, 'ContentLength' | 'ETag'>;

function factsOf(what: string, key: string, { ContentLength: bytes, ETag: etag }: Answer): ObjectFacts {
  if (bytes === undefined || Number.isNaN(bytes) || etag === undefined) {
    throw new StorageError(what, 'its answer has no length or no ETag');
  }
  return { bytes, mediaType: mediaTypeOf(key), etag };
}

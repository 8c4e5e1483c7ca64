import { unwatchFile, watchFile } from 'node:fs';
import { digestOfKey } from './api-key.js';
import { readKeyFile, readKeyText, type KeyEntry } from './key-file.js';

/** Who has a key. */
export interface KeyHolder {
  /** Of the jobs that are made with it. */
  readonly owner: string;
  /** Whether they may change what all owners share. */
  readonly isAdmin: boolean;
}

/** Knows who may use the service. */
export interface Keyring {
  /**
   * @param authorization an Authorization header, or the same among a WebSocket's connection parameters
   * @returns who has the key; undefined when there is no such key
   */
  holderOf(authorization: unknown): KeyHolder | undefined;
  /**
   * Calls back once when a key is not valid any more: what was opened with it ends with it.
   * @returns what takes the listener off
   */
  whenWithdrawn(authorization: unknown, listener: () => void): () => void;
  /** Stops looking at the file. */
  close(): void;
}

export interface KeyringOptions {
  /** How often the file is looked at for changes. */
  readonly lookEveryMs?: number;
  /** Told of a file that has become unreadable: the keys of before stay valid. */
  readonly onError: (error: unknown) => void;
}

const LOOK_EVERY_MS = 2000;

/**
 * Opens a key file and keeps up with its changes: a key that is added or removed counts a moment later, with no
 * restart. What is compared are digests, so the time that it takes tells nothing of a key.
 * @throws KeyFileError
 */
export async function openKeyring(
  path: string,
  { lookEveryMs = LOOK_EVERY_MS, onError }: KeyringOptions,
): Promise<Keyring> {
  let holders = await holdersIn(path);
  const watched = new Map<() => void, string>();
  const look = () => {
    holdersIn(path).then((found) => {
      holders = found;
      for (const [listener, digest] of watched) {
        if (holders.has(digest)) continue;
        watched.delete(listener);
        listener();
      }
    }, onError);
  };
  watchFile(path, { interval: lookEveryMs, persistent: false }, look);
  return {
    holderOf: (authorization) => holders.get(digestIn(authorization) ?? ''),
    whenWithdrawn: (authorization, listener) => {
      const once = () => listener();
      watched.set(once, digestIn(authorization) ?? '');
      return () => void watched.delete(once);
    },
    close: () => unwatchFile(path, look),
  };
}

/**
 * Keys that stay as they are for as long as the process runs, of a text like that of a key file.
 * @throws KeyFileError
 */
export function fixedKeyring(variable: string, text: string): Keyring {
  const holders = holdersOf(readKeyText(variable, text));
  return {
    holderOf: (authorization) => holders.get(digestIn(authorization) ?? ''),
    whenWithdrawn: () => () => undefined,
    close: () => undefined,
  };
}

const BEARER = /^Bearer +(\S+)$/i;

/** The digest of the key that an Authorization header holds. */
export function digestIn(authorization: unknown): string | undefined {
  const [, key] = typeof authorization === 'string' ? (BEARER.exec(authorization) ?? []) : [];
  return key === undefined ? undefined : digestOfKey(key);
}

async function holdersIn(path: string): Promise<ReadonlyMap<string, KeyHolder>> {
  return holdersOf(await readKeyFile(path));
}

function holdersOf(keys: readonly KeyEntry[]): ReadonlyMap<string, KeyHolder> {
  return new Map(
    keys.map(({ sha256, name, admin = false }) => [sha256, { owner: `key:${name}`, isAdmin: admin }]),
  );
}

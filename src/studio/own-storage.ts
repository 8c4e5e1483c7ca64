/**
 * What a page keeps in the browser. Beneath a proxy's path it shares its origin with other applications, another
 * Okulo or another GraphiQL among them: what is theirs must not be taken for ours.
 */

interface OwnStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
  clear(): void;
  readonly length: number;
}

/** What is used of a browser's `Storage`. */
export interface Store extends Omit<OwnStorage, 'clear'> {
  key(index: number): string | null;
}

/**
 * The names of a storage that begin with a path; at the root of a host that is all of them.
 * @param path of the folder that the page lies in, with a slash at both ends
 */
export function ownStorage(store: Store, path: string): OwnStorage {
  const prefix = path === '/' ? '' : `${path}:`;
  const names = () =>
    Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((name) =>
      name.startsWith(prefix),
    );
  return {
    getItem: (name) => store.getItem(prefix + name),
    setItem: (name, value) => store.setItem(prefix + name, value),
    removeItem: (name) => store.removeItem(prefix + name),
    clear: () => names().forEach((name) => store.removeItem(name)),
    get length() {
      return names().length;
    },
  };
}

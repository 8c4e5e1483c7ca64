/** A file that operations can send, by its name. */
export interface NamedFile {
  readonly name: string;
  /** Its bytes; those of a sample are fetched when they are first sent. */
  readonly read: () => Promise<Blob>;
}

/** The files at hand, for the panel that lists them and the fetcher that sends them. */
export class Files {
  readonly #listeners = new Set<() => void>();
  #all: readonly NamedFile[];
  /** Resolves when all that is on its way is there. */
  arrived: Promise<void> = Promise.resolve();

  constructor(samples: readonly NamedFile[]) {
    this.#all = samples;
  }

  /** The same array until it changes. */
  get all(): readonly NamedFile[] {
    return this.#all;
  }

  find(name: string): NamedFile | undefined {
    return this.#all.find((file) => file.name === name);
  }

  /** Adds files that are on their way; what is sent meanwhile waits for them. */
  expect(coming: Promise<readonly File[]>): void {
    this.arrived = coming.then((files) => this.add(files));
  }

  /** Puts chosen files in front; one of a known name takes its place. */
  add(chosen: readonly File[]): void {
    const added = chosen.map((file) => ({ name: file.name, read: () => Promise.resolve(file) }));
    const names = new Set(added.map(({ name }) => name));
    this.#all = [...added, ...this.#all.filter(({ name }) => !names.has(name))];
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The pictures that come with the page. @param addresses by path */
export function samples(addresses: Readonly<Record<string, string>>): NamedFile[] {
  return Object.entries(addresses).map(([path, address]) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    read: async () => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`The sample ${path} cannot be fetched: ${response.status}.`);
      return response.blob();
    },
  }));
}

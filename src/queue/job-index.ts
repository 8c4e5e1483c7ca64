/** What is known of a job without asking the queue. */
export interface IndexEntry {
  readonly id: string;
  readonly owner: string;
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970; null while the job waits or runs. */
  readonly endedAt: number | null;
  /** For comparing; empty where there is none. */
  readonly name: string;
}

/** Where a job stands in a list: the newest first, those of one moment by their ids. */
export type Place = Pick<IndexEntry, 'createdAt' | 'id'>;

/**
 * The jobs by their owners and states, which the queue itself cannot be asked for. Every call is one round trip, and
 * takes as long for many jobs as for few. The queue is the truth: the index is corrected by it.
 */
export interface JobIndex {
  /** Writes an entry, in place of the one with the same id. */
  put(entry: IndexEntry): Promise<void>;
  drop(id: string): Promise<void>;
  /** An owner's jobs of one status, or of any, that come after a place, newest first. */
  page(
    owner: string,
    options: { status: string | undefined; after: Place | undefined; limit: number },
  ): Promise<(Place & { readonly name: string })[]>;
  /** How many jobs an owner has of each status. */
  counts<Status extends string>(
    owner: string,
    statuses: readonly Status[],
  ): Promise<Readonly<Record<Status, number>>>;
  /** All that wait or run, with the status that they were last seen in. */
  unfinished(): Promise<ReadonlyMap<string, string>>;
  /** Some of those that ended before a time, the oldest first. */
  outdated(options: { before: number; limit: number }): Promise<string[]>;
  /** Whether `built` was ever called: before that, jobs may be missing that were queued by an earlier version. */
  isBuilt(): Promise<boolean>;
  built(): Promise<void>;
}

/** A number for each name, 0 where there is none. */
export function byName<Name extends string>(
  names: readonly Name[],
  of: (name: Name, index: number) => number | undefined,
): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, index) => [name, of(name, index) ?? 0])) as Record<Name, number>;
}

/** Running averages that all processes share: how long something takes, measured. */
export interface Averages {
  /** Takes a measurement in; the newest counts an eighth. */
  add(name: string, value: number): Promise<void>;
  read(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

import type { Fetcher } from '@graphiql/toolkit';

/** Where the examples of operations on jobs want an id: see `schema/operations`. */
export const PLACEHOLDER = 'the id of a job, sr-…';
const STORED_AS = 'okulo:last-job';
const IDS = 'okulo:filled-jobs';
const MAX_REMEMBERED = 50;

/** What a page keeps: the browser's storage, for one. */
interface Kept {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** The job that was submitted last from this page, on earlier visits too. */
export class LastJob {
  readonly #kept: Kept;
  readonly #listeners = new Set<() => void>();
  #id: string | undefined;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#id = kept.getItem(STORED_AS) ?? undefined;
  }

  get id(): string | undefined {
    return this.#id;
  }

  note(id: string): void {
    this.#kept.setItem(IDS, JSON.stringify([id, ...this.#earlier].slice(0, MAX_REMEMBERED)));
    this.#kept.setItem(STORED_AS, id);
    this.#id = id;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Variables with the job's id in place of the examples' placeholder, or of an earlier job's id.
   * @param variables as the editor has them
   * @returns undefined where there is nothing to fill in: an id that somebody has typed stays
   */
  filledIn(variables: string): string | undefined {
    const id = this.#id;
    const there = /"id"\s*:\s*"([^"]*)"/.exec(variables)?.[1];
    if (id === undefined || there === undefined || there === id) return undefined;
    if (there !== PLACEHOLDER && !this.#earlier.includes(there)) return undefined;
    return variables.replace(JSON.stringify(there), JSON.stringify(id));
  }

  get #earlier(): readonly string[] {
    const parsed: unknown = JSON.parse(this.#kept.getItem(IDS) ?? '[]');
    return Array.isArray(parsed) ? parsed.filter((each): each is string => typeof each === 'string') : [];
  }
}

/** Takes note of the jobs that pass by on their way from the service. */
export function notingJobs(fetcher: Fetcher, lastJob: LastJob): Fetcher {
  return async (...args) => {
    const answer = await fetcher(...args);
    const id = submittedIn(answer);
    if (id !== undefined) lastJob.note(id);
    return answer;
  };
}

/** The id in the answer to `superResolve`, under whatever alias and among whatever else. */
function submittedIn(answer: unknown): string | undefined {
  const data = memberOf(answer, 'data');
  return typeof data === 'object' && data !== null
    ? Object.entries(data)
        .filter(([name]) => /^superResolve/.test(name))
        .map(([, job]) => memberOf(job, 'id'))
        .find((id): id is string => typeof id === 'string')
    : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

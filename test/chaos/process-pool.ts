import { setTimeout as delay } from 'node:timers/promises';
import { readLog, type Told } from './process-log.js';
import { startProcess, type Role, type ServiceProcess } from '../kit/service-process.js';

/** Before a process that ended by itself is started again, as a supervisor would. */
const BACKOFF_MS = 500;

/** One process of the service, from its start to its end; times in milliseconds since 1970. */
export interface ProcessRun {
  /** Its place, like `worker 2`, which others take after it. */
  readonly place: string;
  readonly pid: number;
  readonly startedAt: number;
  readonly killedAt: number | undefined;
  /** Whether it got as far as being ready. */
  readonly ready: boolean;
  /** Its last words, where it ended although nobody told it to. */
  readonly endedItself: string | undefined;
  readonly told: readonly Told[];
}

interface Running {
  readonly place: string;
  readonly process: ServiceProcess;
  readonly startedAt: number;
  killedAt?: number;
  endedItself?: string;
}

const TELL_JOBS = new URL('./tell-jobs.mjs', import.meta.url);

/** Processes of the service, each of which is started again whenever it ends. */
export class ProcessPool {
  readonly #env: NodeJS.ProcessEnv;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #all: Running[] = [];
  readonly #present = new Map<string, Running>();
  #dismissed = false;

  /** @param places what there is to fill, like `worker 2`, and by what */
  constructor(places: ReadonlyMap<string, Role>, env: NodeJS.ProcessEnv) {
    this.#roles = places;
    this.#env = { ...env, LOG_LEVEL: 'debug', NODE_OPTIONS: `--import ${TELL_JOBS.href}` };
  }

  /** Starts all processes. @throws when one cannot */
  async start(): Promise<void> {
    await Promise.all([...this.#roles.keys()].map((place) => readiness(this.#fill(place).process)));
  }

  places(role: Role): string[] {
    return [...this.#roles].filter(([, other]) => other === role).map(([place]) => place);
  }

  /** Kills the process that has a place, without a chance to tidy up, and starts the next at once. */
  async replace(place: string): Promise<void> {
    const running = this.#present.get(place);
    if (!running) throw new Error(`Nobody is ${place}`);
    running.killedAt = Date.now();
    const ended = running.process.end('SIGKILL');
    this.#fill(place);
    await ended;
  }

  /** Asks all processes to end. */
  async dismiss(): Promise<void> {
    this.#dismissed = true;
    await Promise.all([...this.#present.values()].map(({ process }) => process.end('SIGTERM')));
  }

  /** All processes that there have been. */
  processRuns(): ProcessRun[] {
    return this.#all.map(({ place, process, startedAt, killedAt, endedItself }) => ({
      place,
      pid: process.pid,
      startedAt,
      killedAt,
      ready: isReady(process),
      endedItself,
      told: readLog(process.stderr()),
    }));
  }

  #fill(place: string): Running {
    const role = this.#roles.get(place);
    if (role === undefined) throw new Error(`There is no place ${place}`);
    const running: Running = { place, process: startProcess(role, this.#env), startedAt: Date.now() };
    this.#all.push(running);
    this.#present.set(place, running);
    void running.process.exited.then(async ({ code }) => {
      if (running.killedAt !== undefined || this.#dismissed) return;
      running.endedItself = `code ${String(code)}: ${lastLine(running.process.stderr())}`;
      await delay(BACKOFF_MS);
      this.#refill(running);
    });
    return running;
  }

  #refill(gone: Running): void {
    if (!this.#dismissed && this.#present.get(gone.place) === gone) this.#fill(gone.place);
  }
}

async function readiness(process: ServiceProcess): Promise<void> {
  await process.printed(READY);
}

const READY = /is ready after/;

function isReady(process: ServiceProcess): boolean {
  return READY.test(process.stdout());
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

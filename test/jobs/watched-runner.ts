import type { Served } from '../../src/inference/admission-queue.js';
import type { ThreadResponse, ThreadRequest, Kind } from '../../src/inference/protocol.js';
import type { Runner, RunOptions } from '../../src/inference/runner.js';

type StepIn = (kind: Kind, count: number) => Promise<void>;
const NOWHERE: StepIn = () => Promise.resolve();

/** A real runner that counts what it is asked, and lets a test step in before it does it. */
export class WatchedRunner implements Runner {
  /** Called before each request with how many of its kind there were, this one included; what it throws is the answer. */
  before: StepIn = NOWHERE;
  /** Called likewise when the request is done, and before anybody hears of it. */
  after: StepIn = NOWHERE;
  readonly #runner: Runner;
  readonly #asked: Kind[] = [];

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  async run<K extends Kind>(
    kind: K,
    ask: ThreadRequest<K>,
    options: RunOptions,
  ): Promise<Served<ThreadResponse<K>>> {
    this.#asked.push(kind);
    await this.before(kind, this.count(kind));
    const served = await this.#runner.run(kind, ask, options);
    await this.after(kind, this.count(kind));
    return served;
  }

  count(kind: Kind): number {
    return this.#asked.filter((asked) => asked === kind).length;
  }

  /** Forgets what was counted, and steps in nowhere. */
  reset(): void {
    this.#asked.length = 0;
    this.before = NOWHERE;
    this.after = NOWHERE;
  }

  warm: Runner['warm'] = (model) => this.#runner.warm(model);
  stop: Runner['stop'] = () => this.#runner.stop();

  get busyThreads(): number {
    return this.#runner.busyThreads;
  }

  get backlog(): number {
    return this.#runner.backlog;
  }

  get threads(): number {
    return this.#runner.threads;
  }
}

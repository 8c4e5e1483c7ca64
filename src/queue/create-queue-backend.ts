import { Queue, QueueEvents, QueueEventsProducer, Worker, type Telemetry } from 'bullmq';
import { CodedError } from '../errors.js';
import type {
  JobEvents,
  JobEventsProducer,
  JobProcessor,
  JobQueue,
  JobWorker,
  QueueBackend,
} from './contract.js';
import { within } from '../platform/deadline.js';
import type { Store } from './store.js';
import { ownWordsOf, troubleOf } from './trouble.js';

/** Calls on a store that is away are answered within a second, and this is what they wait for. */
const PING_LIMIT_MS = 800;
const CHECK_LIMIT_MS = 2000;
const EVENTS_START_LIMIT_MS = 5000;
/** An embedded store is there, however busy the machine is; a start is no time to give it up. */
const EMBEDDED_START_LIMIT_MS = 30_000;
/** For closing what sits on a store that is away; its connections are cut right after. */
const FORCED_CLOSE_LIMIT_MS = 1000;

interface Closable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(force?: boolean): Promise<void>;
}

/** BullMQ refuses a worker without a `connection`; the store's factory does not look at it. */
const CONNECTION = 'of the store';

/** @param telemetry carries traces from who queues a job to who processes it */
export function createQueueBackend(
  store: Store,
  onError: (error: unknown) => void,
  telemetry?: Telemetry,
): QueueBackend {
  const traced = telemetry === undefined ? {} : { telemetry };
  // Closed in this order: workers still publish, so what listens and what adds goes after them.
  const workers: Closable[] = [];
  const others: Closable[] = [];
  let closing: Promise<void> | undefined;

  // An 'error' event that nobody listens to would end the process.
  function tracked<T extends Closable>(made: T, to: Closable[]): T {
    made.on('error', onError);
    to.push(made);
    return made;
  }

  async function ping(): Promise<void> {
    try {
      await within(PING_LIMIT_MS, store.probe());
    } catch (cause) {
      throw new CodedError(
        'QUEUE_UNAVAILABLE',
        'The job queue does not answer; try again in a few seconds.',
        {
          cause,
        },
      );
    }
  }

  async function check(): Promise<void> {
    try {
      await within(CHECK_LIMIT_MS, store.check());
    } catch (cause) {
      const trouble = troubleOf(cause) ?? 'it does not answer';
      const said = ownWordsOf(cause);
      throw new CodedError(
        'QUEUE_UNAVAILABLE',
        `The job queue cannot be used: ${trouble}${said === undefined ? '' : ` (${said})`}.`,
        { cause },
      );
    }
  }

  async function closeAll(): Promise<void> {
    const away = await ping().then(
      () => false,
      () => true,
    );
    for (const group of [workers, others]) {
      const closed = group.map(async (made) => {
        const work = made.close(away);
        await (away ? within(FORCED_CLOSE_LIMIT_MS, work) : work);
      });
      for (const outcome of await Promise.allSettled(closed)) {
        if (outcome.status === 'rejected' && !away) onError(outcome.reason);
      }
    }
    await store.close();
  }

  async function openEvents(name: string): Promise<JobEvents> {
    const limit = store.kind === 'pglite' ? EMBEDDED_START_LIMIT_MS : EVENTS_START_LIMIT_MS;
    // BullMQ's own start, "from now on", is taken anew at each wait until a first event came: what is
    // published between two waits is lost. A known position loses nothing.
    const lastEventId = await within(limit, store.lastEventId(name));
    const events: JobEvents = new QueueEvents(
      name,
      { connection: CONNECTION, lastEventId, blockingTimeout: store.eventPollMs },
      store.factory,
    );
    tracked(events, others);
    await within(limit, events.waitUntilReady());
    // Each job that is followed, and each consumer, listens to the same reader.
    events.setMaxListeners(0);
    return events;
  }
  const readers = new Map<string, Promise<JobEvents>>();

  return {
    kind: store.kind,
    address: store.address,
    index: store.index,
    averages: store.averages,

    queue<Data, Result>(name: string, options = {}) {
      const queue: JobQueue<Data, Result> = new Queue(
        name,
        { ...options, ...traced, connection: CONNECTION },
        store.factory,
      );
      return tracked(queue, others);
    },

    worker<Data, Result>(name: string, processor: JobProcessor<Data, Result>, options = {}) {
      const worker: JobWorker<Data, Result> = new Worker(
        name,
        processor,
        { ...options, ...traced, connection: CONNECTION },
        store.factory,
      );
      return tracked(worker, workers);
    },

    events(name: string) {
      const known = readers.get(name);
      if (known) return known;
      const opening = openEvents(name);
      readers.set(name, opening);
      // The next caller tries again.
      opening.catch(() => readers.delete(name));
      return opening;
    },

    eventsProducer(name) {
      const producer: JobEventsProducer = new QueueEventsProducer(
        name,
        { connection: CONNECTION },
        store.factory,
      );
      return tracked(producer, others);
    },

    ping,
    check,

    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

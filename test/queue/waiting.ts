import type { QueueEventsListener } from 'bullmq';
import type { JobEvents } from '../../src/queue/backend.js';

export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}

export function deferred(): Deferred {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What the next event of that name says. */
export function nextOf(events: JobEvents, name: 'completed' | 'failed'): Promise<unknown> {
  return new Promise((resolve) => {
    events.once(name, resolve);
  });
}

/** An event of our own, as `eventsProducer` publishes them. */
export interface TickListener extends QueueEventsListener {
  tick: (args: { n: string }) => void;
}

export function nextTick(events: JobEvents): Promise<{ n: string }> {
  return new Promise((resolve) => {
    events.once<TickListener, 'tick'>('tick', resolve);
  });
}

/** Rejects when the signal is aborted, with its reason in the message. */
export function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error(`aborted: ${String(signal.reason)}`)));
  });
}

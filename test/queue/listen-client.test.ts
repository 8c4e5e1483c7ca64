import { EventEmitter } from 'node:events';
import type { PgNotification } from 'bullmq';
import { beforeEach, expect, test } from 'vitest';
import { ListenClient, type Session } from '../../src/queue/listen-client.js';

const wire = new EventEmitter();
const session: Session = {
  query: () => Promise.resolve({ rows: [] }),
  onNotification: (listener) => {
    wire.on('notification', listener);
    return () => wire.off('notification', listener);
  },
  onError: (listener) => {
    wire.on('error', listener);
    return () => wire.off('error', listener);
  },
  release: (destroy) => wire.emit('released', destroy),
};

let client: ListenClient;
let heard: PgNotification[];
const hear = (notification: PgNotification): void => void heard.push(notification);
beforeEach(() => {
  wire.removeAllListeners();
  client = new ListenClient(session);
  heard = [];
});

test('what comes while somebody listens is heard at once, and not again', async () => {
  client.on('notification', hear);
  wire.emit('notification', { channel: 'c', payload: 'q' });
  expect(heard).toEqual([{ channel: 'c', payload: 'q' }]);
  client.removeListener('notification', hear);
  client.on('notification', hear);
  await Promise.resolve();
  expect(heard).toHaveLength(1);
});

test('what comes while nobody listens is heard by the next listener, once', async () => {
  wire.emit('notification', { channel: 'c', payload: 'q' });
  wire.emit('notification', { channel: 'c', payload: 'q' });
  wire.emit('notification', { channel: 'c', payload: 'other' });
  client.on('notification', hear);
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([
    { channel: 'c', payload: 'q' },
    { channel: 'c', payload: 'other' },
  ]);
});

test('what comes for a listener that left before it was told is kept for the next', async () => {
  wire.emit('notification', { channel: 'c', payload: 'q' });
  client.on('notification', hear);
  client.removeListener('notification', hear);
  await Promise.resolve();
  client.on('notification', hear);
  await Promise.resolve();
  expect(heard).toEqual([{ channel: 'c', payload: 'q' }]);
});

test('an error is passed on, and harms nobody where it is not listened to', () => {
  wire.emit('error', new Error('unheard'));
  const errors: Error[] = [];
  client.on('error', (error: Error) => errors.push(error));
  wire.emit('error', new Error('heard'));
  expect(errors.map(({ message }) => message)).toEqual(['heard']);
});

test('a released client hears nothing more', () => {
  const released: unknown[] = [];
  wire.on('released', (destroy) => released.push(destroy));
  client.on('notification', hear);
  client.release(true);
  wire.emit('notification', { channel: 'c' });
  expect([heard, released]).toEqual([[], [true]]);
  expect(wire.listenerCount('error')).toBe(0);
});

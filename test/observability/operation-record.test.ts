import { expect, test, vi } from 'vitest';
import { OperationRecord, type TellOperation } from '../../src/observability/operation-record.js';

function recording() {
  const tell = vi.fn<TellOperation>();
  return { record: new OperationRecord(tell, 'http'), tell };
}

test('what ended tells who asked for what, what it cost, how long it took and how it ended', () => {
  const { record, tell } = recording();
  record.note({ owner: 'alice' });
  record.note({ operation: 'Classify', type: 'mutation', fields: ['classify'], cost: 53 });
  record.end('OK');
  expect(tell).toHaveBeenCalledExactlyOnceWith({
    transport: 'http',
    owner: 'alice',
    operation: 'Classify',
    type: 'mutation',
    fields: ['classify'],
    cost: 53,
    code: 'OK',
    ms: expect.any(Number) as number,
  });
});

test('the code that was noted wins over what the end makes of it, and the last one noted counts', () => {
  const { record, tell } = recording();
  record.note({ code: 'TIMEOUT' });
  record.note({ code: 'OVERLOADED' });
  record.end('BAD_REQUEST');
  expect(tell.mock.calls[0]?.[0]).toMatchObject({ code: 'OVERLOADED' });
});

test('an operation ends once', () => {
  const { record, tell } = recording();
  record.end('UNANSWERED');
  record.end('OK');
  expect(tell).toHaveBeenCalledOnce();
  expect(tell.mock.calls[0]?.[0]).toMatchObject({ code: 'UNANSWERED' });
});

test('a long name is cut', () => {
  const { record, tell } = recording();
  record.note({ operation: 'A'.repeat(100_000) });
  record.end('OK');
  expect(tell.mock.calls[0]?.[0]).toMatchObject({ operation: 'A'.repeat(80) });
});

test('time counts from the beginning, in milliseconds', () => {
  vi.useFakeTimers();
  try {
    const { record, tell } = recording();
    vi.advanceTimersByTime(1234.56);
    record.end('OK');
    expect(tell.mock.calls[0]?.[0]).toMatchObject({ ms: 1234.6 });
  } finally {
    vi.useRealTimers();
  }
});

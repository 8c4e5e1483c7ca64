import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLogger } from '../../src/observability/logger.js';
import { logContext, withLogContext } from '../../src/observability/log-context.js';

function logging(level = 'info') {
  const lines: string[] = [];
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const parsed = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log: createLogger(level, stream), parsed };
}

test('a line has its time, its level and what happened, and no more than it was told', () => {
  const { log, parsed } = logging();
  log.warn({ part: 'queue' }, 'does not work');
  const [line] = parsed();
  expect(line).toEqual({ level: 40, time: line?.['time'], part: 'queue', msg: 'does not work' });
  expect(new Date(String(line?.['time'])).toISOString()).toBe(line?.['time']);
});

test('lines that are below the level are not written', () => {
  const { log, parsed } = logging('warn');
  log.info('not said');
  log.error('said');
  expect(parsed().map(({ msg }) => msg)).toEqual(['said']);
});

test('whatever is logged in a request tells its id, over everything that is awaited and started', async () => {
  const { log, parsed } = logging();
  let last: Promise<void> | undefined;
  const work = (requestId: string) =>
    withLogContext({ requestId }, async () => {
      log.info('begins');
      await pause(5);
      log.info('goes on');
      last ??= pause(5).then(() => log.info('comes late'));
    });
  await Promise.all([work('a'), work('b')]);
  await last;
  const told = parsed().map(({ requestId, msg }) => `${String(requestId)} ${String(msg)}`);
  expect(told.sort()).toEqual(['a begins', 'a comes late', 'a goes on', 'b begins', 'b goes on']);
});

test('outside of requests and jobs there is no id', async () => {
  const { log, parsed } = logging();
  await withLogContext({ jobId: 'sr-1' }, () => Promise.resolve());
  log.info('afterwards');
  expect(logContext()).toBeUndefined();
  expect(Object.keys(parsed()[0] ?? {})).toEqual(['level', 'time', 'msg']);
});

test('a job that is carried out within a request is told as the job', () => {
  const { log, parsed } = logging();
  withLogContext({ requestId: 'r' }, () => withLogContext({ jobId: 'sr-1' }, () => log.info('tile')));
  expect(parsed()[0]).toMatchObject({ jobId: 'sr-1' });
  expect(parsed()[0]).not.toHaveProperty('requestId');
});

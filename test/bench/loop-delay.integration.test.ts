import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { loopDelaySchema, MEASURE_LOOP, type LoopDelay } from '../../bench/loop-delay.js';

/** Blocks its event loop for as many milliseconds as it reads, and says when it is over. */
const BLOCKER = `
  process.stdin.on('data', (milliseconds) => {
    const end = performance.now() + Number(milliseconds);
    while (performance.now() < end);
    setImmediate(() => process.stdout.write('over'));
  });
`;

const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  }
});

function start(): ChildProcess {
  const child = spawn(process.execPath, ['--import', MEASURE_LOOP.href, '--eval', BLOCKER], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  started.push(child);
  return child;
}

async function block(child: ChildProcess, milliseconds: number): Promise<void> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the process has pipes');
  const over = once(stdout, 'data');
  stdin.write(String(milliseconds));
  await over;
}

async function ask(child: ChildProcess, question: string): Promise<unknown> {
  const answer = once(child, 'message');
  child.send(question);
  return (await answer)[0] as unknown;
}

async function report(child: ChildProcess): Promise<LoopDelay> {
  return loopDelaySchema.parse(await ask(child, 'report'));
}

describe('the measurement inside a process', () => {
  it('sees how long its event loop was blocked', async () => {
    const child = start();
    await ask(child, 'reset');
    await block(child, 300);

    const { maxMs } = await report(child);

    expect(maxMs).toBeGreaterThan(250);
  });

  it('forgets on a reset what was before', async () => {
    const child = start();
    await block(child, 300);
    await ask(child, 'reset');

    const { maxMs } = await report(child);

    expect(maxMs).toBeLessThan(250);
  });

  it('ends the process when whoever asks is gone', async () => {
    const child = start();
    await ask(child, 'reset');
    const exited = once(child, 'exit');

    child.disconnect();

    expect(await exited).toEqual([null, 'SIGTERM']);
  });
});

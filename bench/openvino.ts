import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('./peer/openvino_nets.py', import.meta.url));

/** A published network as OpenVINO is to run it. */
export interface PeerNet {
  readonly file: string;
  readonly threads: number;
  readonly runs: number;
  readonly width: number;
  readonly height: number;
  /** Whether the network takes pictures of any size, so that `width` and `height` are what it gets. */
  readonly any: boolean;
  /** How much larger a second input is. */
  readonly times: number;
}

/**
 * Best times of networks in OpenVINO, in milliseconds; null for one that it cannot read.
 * @param python an interpreter that has the packages openvino and numpy
 * @returns undefined where it has not
 */
export async function openVinoTimes(
  python: string,
  nets: readonly PeerNet[],
): Promise<(number | null)[] | undefined> {
  const child = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  // A program that is not there closes its input.
  child.stdin.on('error', () => undefined).end(JSON.stringify(nets));
  const [answer, code] = await Promise.all([text(child.stdout).catch(() => ''), failed]);
  return code === 0 ? z.array(z.number().nullable()).parse(JSON.parse(answer)) : undefined;
}

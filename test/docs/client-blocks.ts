import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PAGE = 'docs/clients.md';
const HOST = '127.0.0.1:4000';

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

/** What there is to run the blocks with; what is missing is told in a line. */
export const runtimes = {
  sh: has('bash', '-c', 'curl --json x --version && base64 --version'),
  python: has('python3', '-c', 'import gql, requests, requests_toolbelt, websockets'),
};
if (!runtimes.sh)
  console.log('not run: the curl blocks of docs/clients.md (no bash, or no curl from 7.82 on)');
if (!runtimes.python)
  console.log('not run: the Python blocks of docs/clients.md (pip install "gql[requests,websockets]")');

/** The page as it stands. */
export function readPage(): Promise<string> {
  return readFile(PAGE, 'utf8');
}

/** The text of a section's blocks in a language, for a service at another address than the page's. */
export function blocksOf(page: string, url: string, section: string, language: string): string[] {
  const [, text = ''] = page.split(new RegExp(`^## ${section}$`, 'm'));
  const [own = ''] = text.split(/^## /m);
  const found = [...own.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))];
  return found.map(([, code = '']) => code.replaceAll(HOST, new URL(url).host));
}

/** How a block is run in a folder. */
export interface Started {
  /** Resolves as soon as its output matches. @throws what it printed, when it ends before that */
  printed(pattern: RegExp): Promise<void>;
  /** What it has printed; @throws when it ends with another code than 0 */
  readonly ended: Promise<string>;
  readonly output: () => string;
}

/** Writes a block into a file of a folder, and starts it there. */
export async function startBlock(
  folder: string,
  name: string,
  code: string,
  command: readonly string[],
): Promise<Started> {
  await writeFile(join(folder, name), code);
  const [program = '', ...args] = command;
  const child = spawn(program, [...args, name], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(() => {
    if (child.exitCode === 0) return output;
    throw new Error(`${name} ended with ${String(child.exitCode)}: ${output}`);
  });
  ended.catch(() => undefined);
  return {
    ended,
    output: () => output,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(output)) resolve();
        };
        child.stdout.on('data', look);
        look();
        ended.then(
          () => reject(new Error(`${name} ended before it printed ${String(pattern)}: ${output}`)),
          reject,
        );
      }),
  };
}

/** Runs a program in a folder to its end. @returns its standard output */
export async function run(folder: string, program: string, args: readonly string[]): Promise<string> {
  // A block that waits for something that never comes must not wait for the suite's own limit.
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, timeout: 60_000 });
  return stdout;
}

/** What comes from elsewhere, as it reaches a terminal. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printable, printableJson } from '../../src/cli/terminal.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { okulo } from './run-okulo.js';

/** C0 but the line's end, DEL, C1, separators of lines, and what turns the direction of text. */
const OBEYED = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const SAMPLES = [
  ...[
    '\0',
    '\u0007',
    '\b',
    '\t',
    '\n',
    '\r',
    '\u001b[2J',
    '\u001b]0;title\u0007',
    '\u007f',
    '\u009b31m',
    '\u0085',
  ],
  ...['\u061c', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069'],
];

describe('text', () => {
  test.each(SAMPLES)('%j is one line that a terminal only shows', (sample) => {
    const shown = printable(`a${sample}b`);
    expect(shown).not.toMatch(OBEYED);
    expect(shown).not.toContain('\n');
    expect(shown).toMatch(/^a\\.*b$/);
  });

  test.each(SAMPLES)('%j is in JSON what it is, and only shown', (sample) => {
    const json = printableJson({ [sample]: [`a${sample}b`] });
    expect(json).not.toMatch(OBEYED);
    expect(JSON.parse(json)).toEqual({ [sample]: [`a${sample}b`] });
  });

  test.each(['猫.jpg', 'naïve – “x”.png', '👩‍🚀.png', 'שלום.jpg'])('%s stays as it is', (name) => {
    expect(printable(name)).toBe(name);
    expect(printableJson(name)).toBe(`"${name}"`);
  });
});

describe('a command', () => {
  const NAME = 'p\u001b[31m\u009b1m\u202e\u2028\nq\u007f.png';
  const SHOWN = 'p\\u001b[31m\\u009b1m\\u202e\\u2028\\nq\\u007f.png';
  let folder: string;
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    folder = await mkdtemp(join(tmpdir(), 'okulo-terminal-'));
    await writeFile(join(folder, NAME), await picture({ width: 40, height: 30 }));
    await writeFile(join(folder, `bad${NAME}`), 'no picture');
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const run = (args: readonly string[], server = service.url) =>
    okulo([...args, '--server', server], {}, { cwd: folder });

  test('shows names of files and folders wherever it tells of them', async () => {
    const out = 'out\u001b[1m';
    const { code, stdout, stderr } = await run([
      'super-resolve',
      NAME,
      `bad${NAME}`,
      'no\u001b.png',
      '--out',
      out,
    ]);
    expect(code).toBe(1);
    expect(stdout + stderr).not.toMatch(OBEYED);
    expect(stdout).toContain(`\n${SHOWN} `);
    expect(stdout).toMatch(/^badp\\u001b.* BAD_IMAGE: /m);
    expect(stdout).toMatch(/^no\\u001b\.png +FILE_NOT_READ: /m);
    expect(stderr).toContain(`${SHOWN}: is job sr-`);
    expect(stderr).toContain(`Written to out\\u001b[1m: ${SHOWN.replace('.png', '.x4.png')}`);
  });

  test('gives programs the very name, in JSON without control characters', async () => {
    const { code, stdout, stderr } = await run(['classify', NAME, '--json']);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toMatch(OBEYED);
    expect(JSON.parse(stdout)).toMatchObject([{ file: NAME }]);
  });

  test.each([
    [['classify', '*\u001b[31m\nx.gif']],
    [['classify', NAME, '--model', 'm\u001b[31m\nx']],
    [['classify', NAME, '--top', '\u001b[31m\u202e']],
    [['classify', NAME, '--op\u001b[31mtion']],
    [['comm\u001b[31mand', NAME]],
    [['detect', NAME, '--out', `${NAME}/x`]],
  ])('shows what it complains of: %j', async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(OBEYED);
    expect(stderr).toContain('\\u001b');
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('shows the words of a server', async () => {
    const error = { message: 'No\u001b[2J\u009b!\nSo.', extensions: { code: 'X\u001b' } };
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ errors: [error] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await run(['classify', NAME], `http://127.0.0.1:${port}`);
    expect(code).toBe(1);
    expect(stderr).not.toMatch(OBEYED);
    expect(stderr).toContain('No\\u001b[2J\\u009b!\\nSo.');
    server.close();
  });

  test('shows what there is of models and of keys', async () => {
    const none = await okulo(['models', 'verify', 'm\u001b[31m']);
    expect(none.stderr).toMatch(/^There is no model 'm\\u001b\[31m'/);
    const keys = await okulo(['keys', 'list', '--file', `${folder}/k\u001b[31m`]);
    expect(keys.stderr).not.toMatch(OBEYED);
    expect(keys.stderr).toContain('k\\u001b[31m');
  });
});

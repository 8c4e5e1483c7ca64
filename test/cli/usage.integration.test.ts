import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nextSteps } from '../../src/next-steps.js';
import { okulo, watchOkulo } from './run-okulo.js';

const PICTURE = resolve('images/classification/orange.jpg');

describe('a command line that makes no sense', () => {
  test.each([
    [['classify'], "missing required argument 'files'"],
    [['classify', PICTURE, '--top', '0'], 'Expected a whole number from 1 to 1000'],
    [['classify', PICTURE, '--top', '2.5'], 'Expected a whole number'],
    [['detect', PICTURE, '--min-score', '2'], 'Expected a number from 0 to 1'],
    [['detect', PICTURE, '--max-objects', 'all'], 'Expected a whole number'],
    [['segment', PICTURE, '--opacity', ''], 'Expected a number from 0 to 1'],
    [['segment', PICTURE, '--crops'], "unknown option '--crops'"],
    [['super-resolve', PICTURE, '--format', 'gif'], 'Allowed choices are png, jpeg, webp'],
    [['classify', PICTURE, '--local', '--server', 'http://127.0.0.1:1'], 'cannot be used with option'],
    [['classify', PICTURE, '--concurrency', '0'], 'Expected a whole number from 1 to 64'],
    [
      ['serve', '--port', 'abc'],
      "option '--port <number>' argument 'abc' is invalid. Expected a whole number",
    ],
    [['serve', '--threads', '1'], "unknown option '--threads'"],
  ])('is answered with how it should be: %j', async (args, words) => {
    const { code, stdout, stderr } = await okulo(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    // The fault, and where to read more.
    expect(stderr).toMatch(new RegExp(`^error: .*\\nSee: okulo ${args[0] ?? ''} --help\\n$`));
  });

  test.each([
    [
      ['classify', 'nothing-of-this-*.jpg', '--local'],
      "Nothing matches the pattern 'nothing-of-this-*.jpg'.",
    ],
    [['classify', '-', '-'], "Expected '-' once at most: standard input can be read only once."],
    [
      ['classify', PICTURE, '--server', 'localhost:4000'],
      "Expected the address of a server like http://127.0.0.1:4000, and 'localhost:4000' came.",
    ],
  ])('is answered in a sentence: %j', async (args, words) => {
    expect(await okulo(args)).toEqual({ code: 2, stdout: '', stderr: `${words}\n` });
  });
});

test('a folder that cannot be written is told before any work', async () => {
  const args = ['detect', PICTURE, '--server', 'http://127.0.0.1:1', '--out', resolve('package.json')];
  const { code, stderr } = await okulo(args);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Results cannot be written to .*package\.json: .* Name another folder with --out\.\n$/,
  );
});

test.each([
  ['--key', ['--key', 'sec\nret'], {}],
  ['OKULO_KEY', [], { OKULO_KEY: 'sec\nret' }],
  ['--server', ['--server', 'http://me:secret@127.0.0.1:1'], {}],
  ['OKULO_SERVER', [], { OKULO_SERVER: 'http://me:secret@127.0.0.1:1' }],
])('what is secret in %s is not printed where it cannot be used', async (_title, args, env) => {
  const { code, stdout, stderr } = await okulo(['classify', PICTURE, ...args], env);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^(The key holds a character that no key has|Expected the address of a server)/);
  expect(stderr).not.toMatch(/sec/);
});

test.runIf(existsSync('/dev/full'))('output that cannot be written is told in a sentence', async () => {
  const full = openSync('/dev/full', 'w');
  const run = watchOkulo(['models', 'list'], {}, undefined, full);
  const { code, stderr } = await run.ended;
  closeSync(full);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The output cannot be written: ENOSPC.*\.\n$/)]);
});

test('help has examples', async () => {
  const { code, stdout } = await okulo(['detect', '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nExamples:\n {2}okulo detect /);
});

test('the program itself names the next steps of the start screen', async () => {
  const { stdout } = await okulo(['--help']);
  for (const { what, how } of nextSteps()) expect(stdout).toMatch(new RegExp(`${what}: +${how}\n`));
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await okulo(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

/** Uploads are kept in temporary files while they come. Where there is no room for them, everybody is told, at once. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient, type Answer } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, type TestService } from '../kit/service.js';
import { mountSmallDisk, type SmallDisk } from '../kit/small-disk.js';
import { expectRefused } from './refusal.js';

const CLASSIFY = 'mutation ($image: ImageInput!) { classify(image: $image, topK: 1) { labels { index } } }';

/** At once, and what a busy machine adds: without an answer a request would take its 30 seconds. */
const ANSWER_WITHIN_MS = 5000;

interface Fault {
  readonly how: string;
  readonly begin: (disk: SmallDisk, pid: number) => Promise<void>;
  readonly end: (disk: SmallDisk, pid: number) => Promise<void>;
  readonly errno: RegExp;
}

const FAULTS: readonly Fault[] = [
  {
    how: 'is full',
    begin: (disk) => disk.fill(),
    end: (disk) => disk.free(),
    errno: /ENOSPC/,
  },
  {
    how: 'has room for a part of a file alone',
    begin: (disk) => disk.fill(40_960),
    end: (disk) => disk.free(),
    errno: /ENOSPC/,
  },
  {
    how: 'is read-only',
    begin: (disk) => disk.readOnly(),
    end: (disk) => disk.writable(),
    errno: /EROFS/,
  },
  {
    how: 'is gone',
    begin: ({ path }) => rename(join(path, 'tmp'), join(path, 'elsewhere')),
    end: ({ path }) => rename(join(path, 'elsewhere'), join(path, 'tmp')),
    errno: /ENOENT/,
  },
  {
    how: 'can open no more files',
    begin: async (_disk, pid) => limitOpenFiles(pid, await firstFreeHandle(pid)),
    end: (_disk, pid) => limitOpenFiles(pid, 4096),
    errno: /EMFILE/,
  },
];

/** The limit is on the numbers of handles, and some below the highest are free. */
async function firstFreeHandle(pid: number): Promise<number> {
  const taken = new Set((await readdir(`/proc/${pid}/fd`)).map(Number));
  for (let handle = 0; ; handle += 1) if (!taken.has(handle)) return handle;
}

async function limitOpenFiles(pid: number, max: number): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--nofile=${max}:`]);
}

describe.skipIf(inject('mayMount') === null)('the folder for temporary files', () => {
  let disk: SmallDisk;
  let tmp: string;
  let service: TestService;
  let client: GraphqlClient;
  /** Of more bytes than the smallest room that is left for it. */
  let file: { bytes: Uint8Array; name: string; type: string };

  beforeAll(async () => {
    disk = await mountSmallDisk('1m');
    tmp = join(disk.path, 'tmp');
    await mkdir(tmp);
    service = await startService({ env: { TMPDIR: tmp } });
    client = new GraphqlClient(service.url);
    const bytes = await picture({ width: 200, height: 150, seed: 5 });
    expect(bytes.byteLength).toBeGreaterThan(60_000);
    file = { bytes, name: 'a.png', type: 'image/png' };
  });
  afterAll(async () => {
    await service.stop();
    await disk.unmount();
  });

  async function timed(work: Promise<Answer>): Promise<Answer> {
    const start = performance.now();
    const answer = await work;
    expect(performance.now() - start).toBeLessThan(ANSWER_WITHIN_MS);
    return answer;
  }

  /** No upload has left anything. */
  async function cleaned(): Promise<void> {
    await vi.waitFor(async () =>
      expect(await readdir(tmp)).not.toContainEqual(expect.stringMatching(/capacitor/)),
    );
  }

  it.each(FAULTS)('that $how: uploads are refused at once, and taken again afterwards', async (fault) => {
    // The connection is there already.
    expect((await client.upload(CLASSIFY, file)).errors).toEqual([]);
    await cleaned();
    await fault.begin(disk, service.pid);
    try {
      const answer = await timed(client.upload(CLASSIFY, file));
      expectRefused(answer, 'STORAGE_UNAVAILABLE');
      expect(answer.errors[0]?.extensions).toMatchObject({ retryAfterMs: expect.any(Number) as unknown });
      await vi.waitFor(() => expect(service.output()).toMatch(fault.errno));

      // What comes without a file is answered all the same.
      expect((await client.post(CLASSIFY, { image: inBase64(await picture()) })).errors).toEqual([]);
    } finally {
      await fault.end(disk, service.pid);
    }
    expect((await client.upload(CLASSIFY, file)).errors).toEqual([]);
    await cleaned();
  });

  it('that is full: the service is not ready, says why, and is again once there is room', async () => {
    await disk.fill();
    await vi.waitFor(async () => {
      const response = await fetch(`${service.url}/readyz`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        status: 'failing',
        failing: { temporaryFiles: expect.stringMatching(/full.*ENOSPC/) as unknown },
      });
    });
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    await disk.free();
    await vi.waitFor(async () => expect((await fetch(`${service.url}/readyz`)).status).toBe(200), 5000);
  });

  it('that has room for less than what did not fit: the service is not ready until that fits', async () => {
    const ready = () => fetch(`${service.url}/readyz`).then(({ status }) => status);
    await disk.fill(16_384);
    expectRefused(await client.upload(CLASSIFY, file), 'STORAGE_UNAVAILABLE');
    await vi.waitFor(async () => expect(await ready()).toBe(503), 5000);
    await disk.free();
    await vi.waitFor(async () => expect(await ready()).toBe(200), 5000);
  });

  it.each([
    ['read-only', (small: SmallDisk) => small.readOnly(), /EROFS/],
    ['full', (small: SmallDisk) => small.fill(), /ENOSPC/],
  ])('that is %s at the start: it does not start, and says what to do', async (_how, begin, errno) => {
    const small = await mountSmallDisk('64k');
    await begin(small);
    const { code, stderr } = await startInVain('serve', { TMPDIR: small.path });
    await small.unmount();
    expect(code).toBe(1);
    expect(stderr).toMatch(errno);
    expect(stderr).toMatch(/TMPDIR.*mount a tmpfs or a volume there/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

it('where its folder for temporary files cannot be made it does not start', async () => {
  const { code, stderr } = await startInVain('serve', { TMPDIR: '/dev/null/at/all' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/\/dev\/null\/at\/all: .*(EEXIST|ENOTDIR).*TMPDIR/);
});

describe('a sender who stops half-way', () => {
  let home: string;
  let folder: string;
  let service: TestService;
  beforeAll(async () => {
    home = await dataFolder();
    // Made by the service: within a container it lies below a volume that starts empty.
    folder = join(home, 'made', 'at', 'the', 'start');
    service = await startService({ env: { TMPDIR: folder, REQUEST_TIMEOUT_MS: '1500' } });
  });
  afterAll(async () => {
    await service.stop();
    await removeFolder(home);
  });

  /** Sends a part of a request and waits. @returns what came back until the service closed the connection */
  async function begun(head: readonly string[], body: string): Promise<string> {
    const { port } = new URL(service.url);
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
    socket.write(`${head.join('\r\n')}\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n${body}`);
    let answer = '';
    for await (const text of socket as AsyncIterable<string>) answer += text;
    return answer;
  }

  const multipart = (parts: readonly string[]): [readonly string[], string] => [
    [
      'POST /graphql HTTP/1.1',
      'Content-Type: multipart/form-data; boundary=b',
      'Apollo-Require-Preflight: true',
    ],
    parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`).join(''),
  ];
  const operations = `name="operations"\r\n\r\n${JSON.stringify({
    query: CLASSIFY,
    variables: { image: { upload: null } },
  })}`;
  const map = 'name="map"\r\n\r\n{"0":["variables.image.upload"]}';

  it.each([
    ['in the operations', ...multipart(['name="operations"\r\n\r\n{"query":'])],
    ['before the file', ...multipart([operations, map])],
    [
      'within the file',
      ...multipart([operations, map, 'name="0"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nabc']),
    ],
    ['in a JSON body', ['POST /graphql HTTP/1.1', 'Content-Type: application/json'], '{"query":'],
    ['in a JSON body of REST', ['POST /classify_image HTTP/1.1', 'Content-Type: application/json'], '{"im'],
  ])('%s is answered when his time is over, and nothing of it stays', async (_where, head, body) => {
    const start = performance.now();
    const answer = await begun(head, body);
    expect(performance.now() - start).toBeLessThan(1500 + ANSWER_WITHIN_MS);
    expect(answer).toMatch(/^HTTP\/1\.1 (408|200) /);
    expect(answer).toMatch(head[0]?.includes('graphql') ? /"code":"TIMEOUT"/ : /1\.5 seconds/);
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  });
});

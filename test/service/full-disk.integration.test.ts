/** A data folder without room: what is stored there is refused for that reason, and goes on once there is room. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, follow, submit } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, type TestService } from '../kit/service.js';
import { mountSmallDisk, type SmallDisk } from '../kit/small-disk.js';
import { expectAlive, expectRefused } from './refusal.js';

vi.setConfig({ testTimeout: 60_000 });

const SUBMIT = 'mutation ($image: ImageInput!) { superResolve(image: $image) { id } }';
const CROP = 'mutation ($image: ImageInput!) { segmentRoad(image: $image) { mask { url } } }';

const FAULTS = [
  {
    how: 'is full',
    // The queue's files lie there too.
    where: '',
    size: '96m',
    begin: (disk: SmallDisk) => disk.fill(),
    end: (disk: SmallDisk) => disk.free(),
    errno: 'ENOSPC',
  },
  {
    how: 'has become read-only where images lie',
    where: 'objects',
    size: '8m',
    begin: (disk: SmallDisk) => disk.readOnly(),
    end: (disk: SmallDisk) => disk.writable(),
    errno: 'EROFS',
  },
];

describe.skipIf(inject('mayMount') === null).each(FAULTS)(
  'while the data folder $how',
  ({ where, size, begin, end, errno }) => {
    let folder: string;
    let disk: SmallDisk;
    let service: TestService;
    let client: GraphqlClient;
    let before: string;

    beforeAll(async () => {
      folder = await dataFolder();
      await mkdir(join(folder, where), { recursive: true });
      disk = await mountSmallDisk(size, join(folder, where));
      service = await startService({ dataDir: folder });
      client = new GraphqlClient(service.url);
      ({ id: before } = await submit(client, { image: await picture({ seed: 1 }) }));
      await completed(client, before);
      await begin(disk);
    });
    afterAll(async () => {
      await service.stop();
      await disk.unmount();
      await removeFolder(folder);
    });

    it.each([
      ['a job', SUBMIT],
      ["a result's address", CROP],
    ])('%s is refused for that reason', async (_what, query) => {
      const answer = await client.post(query, { image: inBase64(await picture({ seed: 2 })) });
      expectRefused(answer, 'STORAGE_UNAVAILABLE');
      expect(answer.errors[0]?.extensions).toMatchObject({ retryAfterMs: expect.any(Number) as unknown });
      await vi.waitFor(() => expect(service.output()).toContain(errno));
    });

    it('REST says the same, with Retry-After', async () => {
      const image = (await picture({ seed: 3 })).toString('base64');
      const response = await fetch(`${service.url}/super_resolution`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ image }),
      });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('what needs no room is answered', async () => {
      await expectAlive(client);
      const { data } = await client.post(
        'query ($id: ID!) { job(id: $id) { status result { url base64 } } }',
        {
          id: before,
        },
      );
      expect(data).toMatchObject({ job: { status: 'COMPLETED' } });
    });

    it('the service is not ready, and says why', async () => {
      await vi.waitFor(async () => {
        const response = await fetch(`${service.url}/readyz`);
        expect(response.status).toBe(503);
        expect(JSON.stringify(await response.json())).toContain(errno);
      });
    });

    // The last one: from here on there is room.
    it('with room everything goes on', async () => {
      await end(disk);
      await vi.waitFor(async () => expect((await fetch(`${service.url}/readyz`)).status).toBe(200), 10_000);
      await completed(client, (await submit(client, { image: await picture({ seed: 4 }) })).id);
    });
  },
);

describe.skipIf(inject('mayMount') === null)('a job whose result cannot be stored', () => {
  it('is tried again, and fails of that', async () => {
    const folder = await dataFolder();
    await mkdir(join(folder, 'objects'));
    const disk = await mountSmallDisk('4m', join(folder, 'objects'));
    const service = await startService({ dataDir: folder });
    try {
      const client = new GraphqlClient(service.url);
      const image = await picture({ seed: 9 });
      // There is room for the picture, and none for its enlargement.
      await disk.fill(2 * image.byteLength);
      const { id } = await submit(client, { image });
      const states = await follow(client, id);
      expect(states.at(-1)).toMatchObject({ status: 'FAILED', error: { code: 'STORAGE_UNAVAILABLE' } });
      await disk.free();
      const retried = await client.post('mutation ($id: ID!) { retryJob(id: $id) { status } }', { id });
      expect(retried.errors).toEqual([]);
      await completed(client, id);
    } finally {
      await service.stop();
      await disk.unmount();
      await removeFolder(folder);
    }
  });
});

describe.skipIf(inject('mayMount') === null)('a data folder that cannot be written', () => {
  it.each(['serve', 'api'])('is a reason for %s not to start', async (role) => {
    const disk = await mountSmallDisk('64k');
    await disk.readOnly();
    const { code, stderr } = await startInVain(role, {
      DATA_DIR: disk.path,
      ...(role === 'api' ? { QUEUE_URL: 'redis://127.0.0.1:1' } : {}),
    });
    await disk.unmount();
    expect(code).toBe(1);
    expect(stderr).toMatch(/stored data.*EROFS.*DATA_DIR/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

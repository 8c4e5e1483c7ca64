import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { completed, follow, isHalfway, job, manyTiles, pileUp, submit, until } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';

/** A service with one worker, which takes one job at a time and cuts small tiles. */
export interface Cluster {
  readonly url: string;
  /** Ends all processes. */
  stop(): Promise<void>;
}

const CANCEL = 'mutation ($id: ID!) { cancelJob(id: $id) { status finishedAt } }';
const RETRY = 'mutation ($id: ID!) { retryJob(id: $id) { status } }';

/** What clients may rely on in jobs, whichever store the queue has. */
export function describeJobs(name: string, start: () => Promise<Cluster>): void {
  describe(name, () => {
    let cluster: Cluster;
    let client: GraphqlClient;
    beforeAll(async () => {
      cluster = await start();
      client = new GraphqlClient(cluster.url);
    });
    afterAll(() => cluster.stop());

    describe('a job that is submitted twice', () => {
      it('is one job where picture and format are the same', async () => {
        const first = await submit(client, { image: await picture({ seed: 10 }) });
        const second = await submit(client, { image: await picture({ seed: 10 }) });
        expect(second.id).toBe(first.id);
      });

      it('is two jobs where the format differs', async () => {
        const image = await picture({ seed: 10 });
        const first = await submit(client, { image });
        const second = await submit(client, { image, format: 'WEBP' });
        expect(second.id).not.toBe(first.id);
      });

      it('is one job where the idempotency key is the same, whatever the picture', async () => {
        const first = await submit(client, {
          image: await picture({ seed: 11 }),
          idempotencyKey: 'order 66',
        });
        const second = await submit(client, {
          image: await picture({ seed: 12 }),
          idempotencyKey: 'order 66',
        });
        expect(second).toMatchObject({ id: first.id, input: first.input });
      });

      it('has its result at once where the first is done', async () => {
        const image = await picture({ seed: 13 });
        await completed(client, (await submit(client, { image })).id);
        expect(await submit(client, { image })).toMatchObject({ status: 'COMPLETED' });
      });
    });

    describe('a subscription', () => {
      it('sends the present state, then the progress tile by tile, and ends after the last', async () => {
        const { id } = await submit(client, { image: await manyTiles({ seed: 20 }) });
        const states = await follow(client, id);
        const done = states.map(({ progress }) => progress.tilesDone);

        expect(['QUEUED', 'RUNNING']).toContain(states[0]?.status);
        expect(done).toEqual([...done].sort((a, b) => a - b));
        expect(new Set(done).size).toBeGreaterThan(10);
        expect(states.filter(({ status }) => status === 'COMPLETED')).toHaveLength(1);
        expect(states.at(-1)).toMatchObject({ status: 'COMPLETED', progress: { fraction: 1 } });
      });

      it('sends who comes late the last state, and ends', async () => {
        const { id } = await submit(client, { image: await picture({ seed: 21 }) });
        await completed(client, id);
        expect(await follow(client, id)).toMatchObject([{ id, status: 'COMPLETED', error: null }]);
      });

      it('answers an unknown id with an error, and the socket lives on', async () => {
        const socket = client.socket();
        let closed = false;
        socket.on('closed', () => (closed = true));
        const ask = async (query: string) => (await socket.iterate({ query }).next()).value as unknown;

        expect(await ask('subscription { jobUpdated(id: "sr-none") { status } }')).toMatchObject({
          errors: [{ extensions: { code: 'JOB_NOT_FOUND' } }],
        });
        expect(await ask('{ model(id: "builtin-road") { id } }')).toMatchObject({
          data: { model: { id: 'builtin-road' } },
        });
        expect(closed).toBe(false);
        await socket.dispose();
      });
    });

    describe('a job that is canceled', () => {
      it('is so at once while it waits, and its place in the queue is known before', async () => {
        await pileUp(client, 200);
        const { id: next } = await submit(client, { image: await picture({ seed: 31 }) });
        const { id } = await submit(client, { image: await picture({ seed: 32 }) });

        const { status, position } = (await job(client, id)) ?? {};
        expect([status, position]).toEqual(['QUEUED', expect.any(Number)]);
        expect(position).toBeGreaterThan(0);
        const answer = await client.post(CANCEL, { id });
        expect(answer.data).toMatchObject({ cancelJob: { status: 'CANCELED' } });
        expect(await follow(client, id)).toMatchObject([{ status: 'CANCELED', position: null }]);

        await completed(client, next);
        expect(await job(client, id)).toMatchObject({ status: 'CANCELED', result: null, error: null });
      });

      it('lets go of its worker before its next tiles are done', async () => {
        const { id } = await submit(client, { image: await manyTiles({ seed: 33 }) });
        await until(client, id, isHalfway);
        await client.post(CANCEL, { id });
        await completed(client, (await submit(client, { image: await picture({ seed: 34 }) })).id);

        const canceled = await job(client, id);
        expect(canceled).toMatchObject({ status: 'CANCELED', result: null });
        expect(canceled?.progress.fraction).toBeLessThan(1);
      });

      it('goes on from its finished tiles when it is retried', async () => {
        const { id } = await submit(client, { image: await manyTiles({ seed: 35 }) });
        const { progress } = await until(client, id, isHalfway);
        await client.post(CANCEL, { id });
        // The worker has let go of it when it takes the next.
        await completed(client, (await submit(client, { image: await picture({ seed: 36 }) })).id);

        expect((await client.post(RETRY, { id })).errors).toEqual([]);
        const running = await until(client, id, isHalfway);
        expect(running.progress.tilesDone).toBeGreaterThanOrEqual(progress.tilesDone);
        await completed(client, id);
      });

      it('is done anew when its picture is submitted again', async () => {
        await pileUp(client, 230);
        const image = await picture({ seed: 38 });
        const { id } = await submit(client, { image });
        await client.post(CANCEL, { id });
        expect(await submit(client, { image })).toMatchObject({ id, status: 'QUEUED' });
        await completed(client, id);
      });
    });

    it('refuses to cancel or to retry a job that is done', async () => {
      const { id } = await submit(client, { image: await picture({ seed: 40 }) });
      await completed(client, id);
      expect((await client.post(CANCEL, { id })).errors).toMatchObject([
        { extensions: { code: 'JOB_NOT_CANCELABLE' } },
      ]);
      expect((await client.post(RETRY, { id })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    });

    it('shows a preview while the tiles come in, and of the result', async () => {
      const { id } = await submit(client, { image: await manyTiles({ seed: 50 }) });
      await until(client, id, isHalfway);
      expect((await job(client, id))?.preview).toMatchObject({ width: 1280, height: 960 });
      await completed(client, id);
      expect((await job(client, id))?.preview).toMatchObject({ width: 1280, height: 960 });
    });

    it('pages through the jobs, newest first and each of them once', async () => {
      const canceled = await submit(client, { image: await manyTiles({ seed: 60 }) });
      await client.post(CANCEL, { id: canceled.id });
      await completed(client, (await submit(client, { image: await picture({ seed: 61 }) })).id);

      const all = await page(client, { first: 100 });
      const paged: typeof all.edges = [];
      for (let after: string | null = null, more = true; more;) {
        const part = await page(client, { first: 3, after });
        paged.push(...part.edges);
        ({ endCursor: after, hasNextPage: more } = part.pageInfo);
      }
      const created = all.edges.map(({ node }) => node.createdAt);
      expect(paged).toEqual(all.edges);
      expect(all.totalCount).toBe(all.edges.length);
      expect(created).toEqual([...created].sort().reverse());

      const filtered = await page(client, { first: 100, status: 'CANCELED' });
      expect(filtered.edges).toEqual(all.edges.filter(({ node }) => node.status === 'CANCELED'));
      expect(filtered.edges.map(({ node }) => node.id)).toContain(canceled.id);
    });
  });
}

const pageShape = z.object({
  jobs: z.object({
    totalCount: z.int(),
    edges: z.array(
      z.object({
        cursor: z.string(),
        node: z.object({ id: z.string(), status: z.string(), createdAt: z.string() }),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const JOBS = `query ($first: Int, $after: String, $status: JobStatus) {
  jobs(first: $first, after: $after, status: $status) {
    totalCount
    edges { cursor node { id status createdAt } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function page(
  client: GraphqlClient,
  variables: { first: number; after?: string | null; status?: string },
) {
  return dataOf(await client.post(JOBS, variables), pageShape).jobs;
}

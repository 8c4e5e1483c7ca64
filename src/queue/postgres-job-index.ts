import { DEFAULT_SCHEMA, type PgQueryable } from 'bullmq';
import { z } from 'zod';
import { byName, type Averages, type JobIndex } from './job-index.js';

const JOB = `${DEFAULT_SCHEMA}.okulo_job`;
const COUNT = `${DEFAULT_SCHEMA}.okulo_job_count`;
const AVERAGE = `${DEFAULT_SCHEMA}.okulo_average`;

/** One value of both, so that pages of all statuses and of one each have the one index that fits. */
const OWNER_AND_STATUS = `status || ' ' || owner`;

/** PGlite gathers no statistics: left to itself it takes all jobs of an owner for a few, and sorts them. */
const IN_ORDER = 'SET enable_bitmapscan = off SET enable_sort = off SET enable_seqscan = off';

function pageFunction(name: string, key: string): string {
  return `CREATE OR REPLACE FUNCTION ${DEFAULT_SCHEMA}.${name}(wanted text, at bigint, after_id text, most int)
  RETURNS TABLE (id text, created text, name text) LANGUAGE sql STABLE
  ${IN_ORDER} AS $$
    SELECT job.id, job.created_at::text, job.name FROM ${JOB} AS job
     WHERE ${key} = wanted AND (job.created_at, job.id) < (at, after_id)
     ORDER BY job.created_at DESC, job.id DESC LIMIT most
  $$;`;
}

/** Any number that is no other lock's: processes that start at once make the tables one after the other. */
const LOCK = 0x6f6b756c;

/** @returns the name of what is made last, null where it is not there yet */
export const FIND_JOB_INDEX = `SELECT to_regproc('${DEFAULT_SCHEMA}.okulo_jobs_ended_before')::text AS found`;

/**
 * Makes the tables: many statements in one text, and one transaction. Counts are kept by a
 * trigger, row by row in one order, so that two that change at once never wait for each other.
 */
export const MAKE_JOB_INDEX = `
BEGIN;
SELECT pg_advisory_xact_lock(${LOCK});
CREATE TABLE IF NOT EXISTS ${JOB} (
  id text COLLATE "C" PRIMARY KEY,
  owner text NOT NULL,
  status text NOT NULL,
  created_at bigint NOT NULL,
  ended_at bigint,
  name text NOT NULL
);
CREATE INDEX IF NOT EXISTS okulo_job_owner ON ${JOB} (owner, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS okulo_job_owner_status ON ${JOB} ((${OWNER_AND_STATUS}), created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS okulo_job_unfinished ON ${JOB} (id) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS okulo_job_ended ON ${JOB} (ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS ${COUNT} (
  owner text NOT NULL,
  status text NOT NULL,
  jobs bigint NOT NULL,
  PRIMARY KEY (owner, status)
);
CREATE TABLE IF NOT EXISTS ${AVERAGE} (
  name text PRIMARY KEY,
  value double precision NOT NULL,
  measured bigint NOT NULL
);
CREATE OR REPLACE FUNCTION ${DEFAULT_SCHEMA}.okulo_count_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
BEGIN
  FOR change IN
    SELECT owner, status, sum(jobs) AS jobs FROM (
      SELECT OLD.owner AS owner, OLD.status AS status, -1 AS jobs WHERE TG_OP <> 'INSERT'
      UNION ALL
      SELECT NEW.owner, NEW.status, 1 WHERE TG_OP <> 'DELETE'
    ) AS changes
    GROUP BY owner, status HAVING sum(jobs) <> 0 ORDER BY owner, status
  LOOP
    INSERT INTO ${COUNT} AS present VALUES (change.owner, change.status, change.jobs)
    ON CONFLICT (owner, status) DO UPDATE SET jobs = present.jobs + EXCLUDED.jobs;
  END LOOP;
  RETURN NULL;
END $$;
${pageFunction('okulo_jobs_of', 'job.owner')}
${pageFunction('okulo_jobs_with', "job.status || ' ' || job.owner")}
CREATE OR REPLACE FUNCTION ${DEFAULT_SCHEMA}.okulo_jobs_ended_before(before bigint, most int)
  RETURNS TABLE (id text) LANGUAGE sql STABLE ${IN_ORDER} AS $$
    SELECT job.id FROM ${JOB} AS job
     WHERE job.ended_at IS NOT NULL AND job.ended_at < before
     ORDER BY job.ended_at LIMIT most
  $$;
DROP TRIGGER IF EXISTS okulo_job_counts ON ${JOB};
CREATE TRIGGER okulo_job_counts AFTER INSERT OR UPDATE OR DELETE ON ${JOB}
  FOR EACH ROW EXECUTE FUNCTION ${DEFAULT_SCHEMA}.okulo_count_jobs();
COMMIT;
`;

/** The mark of a complete index stands among the averages: it is one row. */
const BUILT = 'index built';

const pageShape = z.array(z.object({ id: z.string(), created: z.coerce.number(), name: z.string() }));
const countShape = z.array(z.object({ status: z.string(), jobs: z.coerce.number() }));
const idShape = z.array(z.object({ id: z.string() }));
const statusShape = z.array(z.object({ id: z.string(), status: z.string() }));
const averageShape = z.array(z.object({ name: z.string(), value: z.number() }));

export function postgresJobIndex(database: PgQueryable): JobIndex {
  const rows = async <T>(shape: z.ZodType<T>, text: string, values: readonly unknown[] = []): Promise<T> =>
    shape.parse((await database.query(text, values)).rows);
  return {
    put: async ({ id, owner, status, createdAt, endedAt, name }) => {
      await database.query(
        `INSERT INTO ${JOB} AS present (id, owner, status, created_at, ended_at, name)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET owner = $2, status = $3, created_at = $4, ended_at = $5, name = $6
         WHERE (present.owner, present.status, present.created_at, present.ended_at, present.name)
           IS DISTINCT FROM ($2, $3, $4::bigint, $5::bigint, $6)`,
        [id, owner, status, createdAt, endedAt, name],
      );
    },
    drop: async (id) => {
      await database.query(`DELETE FROM ${JOB} WHERE id = $1`, [id]);
    },
    page: async (owner, { status, after, limit }) => {
      const found = await rows(
        pageShape,
        `SELECT id, created, name FROM ${DEFAULT_SCHEMA}.${status === undefined ? 'okulo_jobs_of' : 'okulo_jobs_with'}($1, $2::bigint, $3, $4::int)`,
        [
          status === undefined ? owner : `${status} ${owner}`,
          after?.createdAt ?? Number.MAX_SAFE_INTEGER,
          after?.id ?? '',
          limit,
        ],
      );
      return found.map(({ created, ...job }) => ({ ...job, createdAt: created }));
    },
    counts: async (owner, statuses) => {
      const counts = await rows(
        countShape,
        `SELECT status, jobs::text AS jobs FROM ${COUNT} WHERE owner = $1`,
        [owner],
      );
      const known = new Map(counts.map(({ status, jobs }) => [status, jobs]));
      return byName(statuses, (status) => known.get(status));
    },
    unfinished: async () => {
      const found = await rows(statusShape, `SELECT id, status FROM ${JOB} WHERE ended_at IS NULL`);
      return new Map(found.map(({ id, status }) => [id, status]));
    },
    outdated: async ({ before, limit }) => {
      const found = await rows(
        idShape,
        `SELECT id FROM ${DEFAULT_SCHEMA}.okulo_jobs_ended_before($1::bigint, $2::int)`,
        [before, limit],
      );
      return found.map(({ id }) => id);
    },
    isBuilt: async () => {
      const found = await rows(averageShape, `SELECT name, value FROM ${AVERAGE} WHERE name = $1`, [BUILT]);
      return found.length > 0;
    },
    built: () => average(database, BUILT, 1),
  };
}

export function postgresAverages(database: PgQueryable): Averages {
  return {
    add: (name, value) => average(database, name, value),
    read: async (names) => {
      const { rows } = await database.query(`SELECT name, value FROM ${AVERAGE} WHERE name = ANY ($1)`, [
        names,
      ]);
      return new Map(averageShape.parse(rows).map(({ name, value }) => [name, value]));
    },
  };
}

async function average(database: PgQueryable, name: string, value: number): Promise<void> {
  await database.query(
    `INSERT INTO ${AVERAGE} AS present VALUES ($1, $2, 1)
     ON CONFLICT (name) DO UPDATE SET
       measured = present.measured + 1,
       value = present.value + ($2::double precision - present.value) / least(present.measured + 1, 8)`,
    [name, value],
  );
}

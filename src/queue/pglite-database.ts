import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { DEFAULT_SCHEMA, type PgQueryResult, runMigrations } from 'bullmq';
import { writeStaged } from '../platform/staged-file.js';
import { unlessMissing } from '../platform/errno.js';
import { FIND_JOB_INDEX, MAKE_JOB_INDEX } from './postgres-job-index.js';

/**
 * PGlite's default of 128 MB is memory that the process really holds, for tables of a few hundred rows:
 * with this the process is 150 MB smaller and opens a third faster.
 */
const SHARED_BUFFERS = '8MB';

/**
 * Opens the database in `folder`, and makes it first where there is none.
 * @param template a file of `writeTemplate`, to copy instead of making: a second instead of three, and half a
 *   gigabyte less memory while it lasts. One that is not there is done without.
 */
export async function openDatabase(folder: string, template: string | undefined): Promise<PGlite> {
  const dataDir = join(folder, 'pgdata');
  // Stands as long as the database is being made: what a killed process leaves with it is of no use.
  const unfinished = join(folder, 'unfinished');
  if (await exists(unfinished)) await rm(dataDir, { recursive: true, force: true });
  if (await exists(dataDir)) return migrated({ dataDir });

  const copy = template === undefined ? undefined : await unlessMissing(readFile(template));
  await writeFile(unfinished, '');
  const db = await migrated({ dataDir, ...(copy ? { loadDataDir: new Blob([copy]) } : {}) });
  await rm(unfinished);
  return db;
}

/** Writes the files of an empty queue, gzipped (4.5 MB), for `openDatabase` to start from. */
export async function writeTemplate(file: string): Promise<void> {
  const db = await migrated({});
  try {
    // What is in the files already need not be read from the log at each start.
    await db.exec('CHECKPOINT');
    const dump = await db.dumpDataDir('gzip');
    const bytes = Buffer.from(await dump.arrayBuffer());
    await writeStaged({
      staged: `${file}.${process.pid}`,
      path: file,
      write: (staged) => writeFile(staged, bytes),
    });
  } finally {
    await db.close();
  }
}

async function migrated(options: PGliteOptions): Promise<PGlite> {
  const db = await PGlite.create({
    ...options,
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
  });
  // A migration is many statements in one text. Only `exec` takes that, and it takes no values.
  await runMigrations({
    query: async (text: string, params?: readonly unknown[]): Promise<PgQueryResult> =>
      params === undefined ? { rows: (await db.exec(text)).at(-1)?.rows ?? [] } : db.query(text, [...params]),
  });
  const { rows } = await db.query<{ found: string | null }>(FIND_JOB_INDEX);
  if (rows[0]?.found == null) await db.exec(MAKE_JOB_INDEX);
  // There is one session for everything, so this holds for all that follows.
  await db.exec(`SET search_path TO ${DEFAULT_SCHEMA}`);
  return db;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { freePort, startServer, type TestServer } from './redis-server.js';

const run = promisify(execFile);

const USER = 'okulo';
/** With characters that an address must escape. */
const PASSWORD = 'pa/ss@word#1';

/**
 * A PostgreSQL of its own for a suite, ready when this resolves; its user needs a password. Give `port` and
 * `dir` of an earlier one to start it again; without `dir` its files go away with it.
 */
export async function startPostgres(options: { port?: number; dir?: string } = {}): Promise<TestServer> {
  const bin = inject('postgresBin');
  if (bin === null) throw new Error('PostgreSQL is needed: skip this suite where inject() gives null');
  const port = options.port ?? (await freePort());
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'okulo-postgres-')));
  const owner = await ownerOfDatabases();
  if (!existsSync(join(dir, 'data'))) await makeDatabase(bin, dir, owner);

  const settings = [
    'fsync=off',
    'unix_socket_directories=',
    'listen_addresses=127.0.0.1',
    'max_connections=40',
  ];
  const server = await startServer(
    join(bin, 'postgres'),
    ['-D', join(dir, 'data'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    'database system is ready to accept connections',
    { ...owner, cwd: dir },
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await server.end(signal);
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
  };
  return {
    url: `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    port,
    stop: () => end('SIGINT'),
    // Its "immediate" stop: after a SIGKILL its own children would live on for a while, on the same port.
    kill: () => end('SIGQUIT'),
  };
}

interface Owner {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, and then runs as the user that its package made. */
async function ownerOfDatabases(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function makeDatabase(bin: string, dir: string, owner: Owner | undefined): Promise<void> {
  const passwordFile = join(dir, 'password');
  await writeFile(passwordFile, PASSWORD);
  if (owner) {
    await chown(dir, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  await run(
    join(bin, 'initdb'),
    ['-D', join(dir, 'data'), '-U', USER, '-A', 'scram-sha-256', '--pwfile', passwordFile, '--no-sync'],
    { ...owner, cwd: dir },
  );
}

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { mayMount } from './small-disk.js';
import { findS3Server, installS3Server, S3_INSTALL } from './s3-program.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the program, or null where there is none. */
    redisServer: string | null;
    /** The folder with PostgreSQL's programs, or null where there is none. */
    postgresBin: string | null;
    /** Path of the program, or null where there is none. */
    nginx: string | null;
    /** Path of versitygw, or null where there is none. */
    s3Server: string | null;
    /** Whether small disks can be mounted: see small-disk.ts. */
    mayMount: boolean;
    /** The folder of pictures and model files beside the project, or null in a clone without it. */
    shared: string | null;
  }
}

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/**
 * Looks once for what some suites need and not every machine has. Suites skip themselves where it is
 * missing; here it is said which, and why.
 */
export default function setup(project: TestProject): void {
  if ([findRedis(), findPostgres(), findNginx()].includes(null)) installServers();
  if (findS3Server() === null && mayInstall()) installS3Server();
  const redisServer = findRedis();
  const s3Server = findS3Server();
  const postgresBin = findPostgres();
  const nginx = findNginx();
  const shared = findShared(project.config.root);
  project.provide('redisServer', redisServer);
  project.provide('nginx', nginx);
  project.provide('postgresBin', postgresBin);
  project.provide('s3Server', s3Server);
  project.provide('shared', shared);
  const mounts = mayMount();
  project.provide('mayMount', mounts);

  const notRun: string[] = [];
  if (redisServer === null) {
    notRun.push('suites on Redis (redis-server is not on PATH; apt-get install redis-server)');
  }
  if (postgresBin === null) {
    notRun.push('suites on PostgreSQL (no initdb and postgres found; apt-get install postgresql)');
  }
  if (nginx === null) {
    notRun.push('suites behind nginx (it is not on PATH, nor in /usr/sbin; apt-get install nginx)');
  }
  if (s3Server === null) {
    notRun.push(`suites on S3 (there is no versitygw; ${S3_INSTALL})`);
  }
  if (!mounts) notRun.push('suites on full and read-only disks (mounting a tmpfs is not allowed here)');
  if (shared === null) {
    notRun.push('suites on the shared pictures and models (there is no ../shared/contract/schema.graphql)');
  }
  // Now rather than on teardown, which comes after the summary: a run ends with vitest's own words.
  for (const what of notRun) console.log(`not run: ${what}`);
}

function findRedis(): string | null {
  return findProgram('redis-server', foldersOnPath());
}

/** Debian keeps it where only root's PATH leads. */
function findNginx(): string | null {
  return findProgram('nginx', [...foldersOnPath(), '/usr/sbin']);
}

function findProgram(name: string, folders: readonly string[]): string | null {
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function findPostgres(): string | null {
  // Debian keeps them off PATH, one folder per version; what is on PATH there are wrappers.
  const packaged = existsSync(DEBIAN_POSTGRES)
    ? readdirSync(DEBIAN_POSTGRES)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN_POSTGRES, version, 'bin'))
    : [];
  const isWhole = (folder: string): boolean =>
    isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres'));
  return [...packaged, ...foldersOnPath()].find(isWhole) ?? null;
}

function findShared(root: string): string | null {
  const shared = resolve(root, '../shared');
  return existsSync(join(shared, 'contract/schema.graphql')) ? shared : null;
}

function foldersOnPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** On a Debian where that is ours to do. */
function mayInstall(): boolean {
  return (
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    foldersOnPath().some((folder) => isProgram(join(folder, 'apt-get')))
  );
}

/** Without a network it gives up soon, and the suites are not run. */
function installServers(): void {
  if (!mayInstall()) return;
  const fast = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10', '-qq'];
  const steps = [
    [...fast, 'update'],
    [...fast, 'install', '-y', '--no-install-recommends', 'redis-server', 'postgresql', 'nginx'],
  ];
  for (const args of steps) {
    const { status, stdout, stderr, error } = spawnSync('apt-get', args, {
      encoding: 'utf8',
      timeout: 180_000,
      // In run level 1 the packages do not start their services, which would take the usual ports.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
    if (status === 0) continue;
    const last = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '';
    console.log(`apt-get ${args.at(-1) ?? ''} did not work: ${error?.message ?? last}`);
    return;
  }
}

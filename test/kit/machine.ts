import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProgram, foldersOnPath, isProgram } from './programs.js';
import { findS3Server, S3_INSTALL } from './s3-program.js';
import { mayMount } from './small-disk.js';

/** Something that some suites need and not every machine has. */
interface Need<Found> {
  /** @returns null where it is not */
  readonly find: (root: string) => Found | null;
  /** What is not run without it. */
  readonly suites: string;
  /** How to have it. */
  readonly remedy: string;
  /** Debian's package, where it is one. */
  readonly debian?: string;
  /** CI fails without it. */
  readonly isRequired?: true;
}

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

export const NEEDS = {
  /** Path of the program. */
  redisServer: debian('redis-server', 'on Redis', () => findProgram('redis-server'), true),
  /** The folder with PostgreSQL's programs. */
  postgresBin: debian('postgresql', 'on PostgreSQL', findPostgres, true),
  /** Path of the program; Debian keeps it where only root's PATH leads. */
  nginx: debian('nginx', 'behind nginx', () => findProgram('nginx', [...foldersOnPath(), '/usr/sbin'])),
  /** The folder with prometheus and promtool. */
  prometheusBin: debian('prometheus', 'on Prometheus', findPrometheus),
  /** Path of the program. */
  chromium: debian('chromium', 'in a browser', findChromium, true),
  /** Path of versitygw. */
  s3Server: { find: findS3Server, suites: 'on S3', remedy: S3_INSTALL.join(' '), isRequired: true },
  /** True where small disks can be mounted: see small-disk.ts. */
  mayMount: {
    find: () => (mayMount() ? true : null),
    suites: 'on full and read-only disks',
    remedy: 'run as a user who may mount a tmpfs',
  },
  /** The folder of pictures and model files beside the project. */
  shared: {
    find: findShared,
    suites: 'on the shared pictures and models',
    remedy: 'have them in ../shared',
  },
} satisfies Record<string, Need<string> | Need<true>>;

export type NeedName = keyof typeof NEEDS;
export const NEED_NAMES = Object.keys(NEEDS) as NeedName[];

/** What was found of each. */
export type Machine = { readonly [Name in NeedName]: ReturnType<(typeof NEEDS)[Name]['find']> };

function debian(
  name: string,
  suites: string,
  find: () => string | null,
  isRequired?: true,
): Need<string> & { readonly debian: string } {
  return { find, suites, remedy: `apt-get install ${name}`, debian: name, ...(isRequired && { isRequired }) };
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

function findPrometheus(): string | null {
  const isWhole = (folder: string): boolean =>
    ['prometheus', 'promtool'].every((name) => isProgram(join(folder, name)));
  return foldersOnPath().find(isWhole) ?? null;
}

function findShared(root: string): string | null {
  const shared = resolve(root, '../shared');
  return existsSync(join(shared, 'contract/schema.graphql')) ? shared : null;
}

/** `/usr/bin` first, then PATH. */
function findChromium(): string | null {
  const folders = ['/usr/bin', ...foldersOnPath()];
  return CHROMIUM_NAMES.map((name) => findProgram(name, folders)).find((path) => path !== null) ?? null;
}

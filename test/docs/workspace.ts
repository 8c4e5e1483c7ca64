/** A folder in which a page's commands do what they do in the project's own, on ports and files of their own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startRedis, type TestServer } from '../kit/redis-server.js';
import { MODEL_CACHE } from '../kit/service-folders.js';

const HOST = '127.0.0.1:4000';
const REDIS = '127.0.0.1:6379';
/** What commands read; what they write stays in the workspace. */
const LINKED = [
  ...['package.json', '.npmrc', 'node_modules', 'dist', 'scripts', 'src', 'schema', 'models', 'images'],
  ...['examples', 'eval', 'bench', 'Dockerfile', 'docker-compose.yml', 'tsconfig.json'],
];
/** Where what a page starts writes what it says, and the ids of its process groups. */
const STARTED = 'started';

/**
 * `npm start` and the like do not end: ahead of each block stands what starts them for real, in a process group of
 * their own, and waits for the line that says that they are ready. What an earlier block started on the same port
 * is stopped first.
 */
const PRELUDE = `
started() {
  local name=$1; shift
  if [ "$name" != worker ] && [ -e ${STARTED}.api ]; then stopped api; fi
  rm -f ${STARTED}.$name.log; : > ${STARTED}.$name.log
  setsid "$@" >> ${STARTED}.$name.log 2>&1 & echo $! > ${STARTED}.$name
  local ready='is ready after'
  grep -q -m1 "$ready" < <(timeout 60 tail -n +1 -f --pid=$! ${STARTED}.$name.log 2> /dev/null) ||
    { cat ${STARTED}.$name.log; return 1; }
}
stopped() {
  local group; group=$(cat ${STARTED}.$1); rm -f ${STARTED}.$1
  kill -TERM -- -$group 2> /dev/null || true
  tail --pid=$group -f /dev/null
}
npm() {
  case "$*" in
    start) started api npm "$@" ;;
    'run api') started api npm "$@" ;;
    'run worker') started worker npm "$@" ;;
    *) command npm "$@" ;;
  esac
}
`;

/** Pages show what is printed when models are prepared already; all have one cache. */
let prepared: Promise<string> | undefined;

/** A place to run a page's commands in. */
export interface Workspace {
  readonly folder: string;
  /** Runs a script of bash. @returns what it printed, on both ways @throws when it fails */
  readonly bash: (script: string) => Promise<string>;
  /** Starts the service, unless the page has done so. */
  readonly haveService: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWorkspace(env: NodeJS.ProcessEnv = {}): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-docs-'));
  for (const name of LINKED) if (existsSync(name)) await symlink(resolve(name), join(folder, name));
  const port = await freePort();
  let redis: TestServer | undefined;
  const environment = {
    ...process.env,
    PORT: String(port),
    OKULO_SERVER: `http://127.0.0.1:${port}`,
    MODEL_CACHE,
    MODEL_DOWNLOADS: 'off',
    INFERENCE_THREADS: '1',
    SUPER_RESOLUTION_THREADS: '1',
    NO_COLOR: '1',
    // Its warnings are about the settings of whoever runs the tests.
    npm_config_loglevel: 'error',
    ...env,
  };

  const bash = async (script: string): Promise<string> => {
    if (script.includes(REDIS)) redis ??= await startRedis();
    const code = script
      .replaceAll(HOST, `127.0.0.1:${port}`)
      .replaceAll(REDIS, `127.0.0.1:${redis?.port ?? 6379}`);
    await writeFile(join(folder, 'block.sh'), `${PRELUDE}\nexec 2>&1\n${code}`);
    const { stdout } = await promisify(execFile)('bash', ['-eu', '-o', 'pipefail', 'block.sh'], {
      cwd: folder,
      env: environment,
      timeout: 120_000,
    }).catch((error: unknown) => {
      const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
      throw new Error(`The block failed:\n${code}\nIt printed:\n${printed}`, { cause: error });
    });
    return stdout;
  };

  prepared ??= bash('npx okulo models prepare $(npx okulo models list | grep -o "^builtin-[a-z0-9-]*")');
  await prepared;
  return {
    folder,
    bash,
    haveService: async () => {
      if (!existsSync(join(folder, `${STARTED}.api`))) await bash('npm start');
    },
    close: async () => {
      for (const name of ['worker', 'api']) {
        const group = await readFile(join(folder, `${STARTED}.${name}`), 'utf8').catch(() => undefined);
        if (group !== undefined) await bash(`stopped ${name}`);
      }
      await redis?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

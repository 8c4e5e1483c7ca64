import { dataFolder, MODEL_CACHE, removeFolder } from './service-folders.js';
import { startProcess, type Ending, type Role, type ServiceProcess } from './service-process.js';

export interface ServiceOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where it keeps its files; without one it has a folder of its own, which goes away with it. */
  readonly dataDir?: string;
}

/** A worker: it has no address. */
export interface TestWorker {
  readonly pid: number;
  readonly dataDir: string;
  /** Everything that it has printed, its log included. */
  readonly output: () => string;
  readonly exited: Promise<Ending>;
  /** Asks it to end, as an operator would. @returns its exit code */
  readonly stop: (signal?: 'SIGTERM' | 'SIGINT') => Promise<number | null>;
  /** Ends it without a chance to tidy up. */
  readonly kill: () => Promise<void>;
}

/** A service that answers requests. */
export interface TestService extends TestWorker {
  /** Like `http://127.0.0.1:12345`. */
  readonly url: string;
}

/** Starts API and worker in one process, or the API alone; it is ready when this resolves. */
export async function startService(
  options: ServiceOptions & { readonly role?: Exclude<Role, 'worker'> } = {},
): Promise<TestService> {
  const { service, running } = await start(options.role ?? 'serve', options);
  const [, url = ''] = await service.printed(/GraphQL +(http:\/\/\S+)\/graphql/);
  return { ...running, url };
}

/** Starts a worker alone; it takes jobs when this resolves. */
export async function startWorker(options: ServiceOptions): Promise<TestWorker> {
  const { service, running } = await start('worker', options);
  await service.printed(/is ready after/);
  return running;
}

/** Starts the program where it should refuse to run. */
export async function startInVain(
  role: string,
  env: NodeJS.ProcessEnv,
): Promise<Ending & { readonly stdout: string; readonly stderr: string }> {
  const dataDir = await dataFolder();
  const service = startProcess(role, { ...environment(dataDir), ...env });
  const ending = await service.exited;
  await removeFolder(dataDir);
  return { ...ending, stdout: service.stdout(), stderr: service.stderr() };
}

async function start(
  role: Role,
  { env = {}, dataDir }: ServiceOptions,
): Promise<{ service: ServiceProcess; running: TestWorker }> {
  const folder = dataDir ?? (await dataFolder());
  const service = startProcess(role, { ...environment(folder), ...env });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const { code } = await service.end(signal);
    if (dataDir === undefined) await removeFolder(folder);
    return code;
  };
  const running: TestWorker = {
    pid: service.pid,
    dataDir: folder,
    output: () => service.stdout() + service.stderr(),
    exited: service.exited,
    stop: (signal = 'SIGTERM') => end(signal),
    kill: async () => {
      await end('SIGKILL');
    },
  };
  return { service, running };
}

/** Small machines run several of these at a time. */
function environment(dataDir: string): NodeJS.ProcessEnv {
  return {
    PORT: '0',
    DATA_DIR: dataDir,
    MODEL_CACHE,
    MODEL_DOWNLOADS: 'off',
    INFERENCE_THREADS: '1',
    SUPER_RESOLUTION_THREADS: '1',
  };
}

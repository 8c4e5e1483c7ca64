/** The only reader of the environment: one parse, all faults reported together. See docs/configuration.md. */
import { isIPv4 } from 'node:net';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TASKS, type Task } from './convert/parsers/parsers.js';
import { isJobTask } from './tasks/job-tasks.js';
import { allowedHost, allowedOrigin, type Item } from './config/web-lists.js';
import { storageFaults, storageOf } from './config/storage-address.js';
import { queuePasswordFault, withQueuePassword } from './config/queue-address.js';
import { publicUrlFaults, publicUrlOf } from './public-url.js';

/** The package's own folder: where models/ and dist/ lie. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export const ROLES = ['serve', 'api', 'worker'] as const;
/** `serve` is API and worker in one process. */
export type Role = (typeof ROLES)[number];

// Since 1.29 onnxruntime reports every session to its maker and leaves an id in ~/.cache, unless it is told not to
// before its library is loaded.
process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
// Which Node its next versions will need is a matter of this package's lock file, not of who runs it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const MEGA = 1_000_000;
const DEFAULT_WORKER_PORT = 4001;
const cores = availableParallelism();

const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);
const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true' || value === '1' || value === 'on');
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
/** Every item of a list in the form that it is used in, each fault told. */
const listOf = <Value extends string>(read: (text: string) => Item<Value>) =>
  list.transform((items, context) =>
    items.map(read).flatMap((item) => {
      if ('value' in item) return [item.value];
      context.addIssue(item.fault);
      return [];
    }),
  );
/** A text that is read by a function of its own, each of its faults told. */
const readBy = <Value>(faultsOf: (text: string) => string[], valueOf: (text: string) => Value) =>
  z.string().transform((text, context) => {
    const faults = faultsOf(text);
    for (const message of faults) context.addIssue(message);
    return faults.length > 0 ? z.NEVER : valueOf(text);
  });
/** Tasks by their names; all of them unless said. */
const tasks = listOf<Task>((name) => {
  const task = TASKS.find((known) => known === name);
  return task ? { value: task } : { fault: `expected some of ${TASKS.join(', ')}, and '${name}' came` };
}).transform((named): readonly Task[] => (named.length === 0 ? TASKS : [...new Set(named)]));
/** OpenTelemetry's SDK reads its variables itself; these are checked first. */
const otlpEndpoint = z
  .url({ protocol: /^https?$/, error: 'expected an address like http://127.0.0.1:4318' })
  .optional();
const PROPAGATORS = ['tracecontext', 'baggage', 'xray'] as const;
const propagators = listOf<(typeof PROPAGATORS)[number]>((name) => {
  const known = PROPAGATORS.find((propagator) => propagator === name);
  return known
    ? { value: known }
    : { fault: `expected some of ${PROPAGATORS.join(', ')}, and '${name}' came` };
}).transform((named) => (named.length === 0 ? (['tracecontext', 'baggage'] as const) : named));
const storage = readBy(storageFaults, (text) => storageOf(new URL(text)));
const publicUrl = readBy(publicUrlFaults, publicUrlOf);

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  WORKER_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  PUBLIC_URL: publicUrl.optional(),
  ALLOW_ANONYMOUS: flag(false),
  API_KEYS: z.string().optional(),
  API_KEYS_FILE: z.string().optional(),
  METRICS_KEY: z.string().min(16).optional(),
  ALLOWED_ORIGINS: listOf(allowedOrigin),
  ALLOWED_HOSTS: listOf(allowedHost),
  DATA_DIR: z.string().default('./data'),
  SIGNING_SECRET: z.string().min(16).optional(),
  STORAGE_URL: storage.optional(),
  QUEUE_URL: z.string().optional(),
  QUEUE_PASSWORD: z.string().optional(),
  TASKS: tasks,
  MODEL_MANIFESTS: list,
  MODEL_MIRROR: z.string().optional(),
  MODEL_CACHE: z.string().default(resolve(ROOT, 'models/.cache')),
  MODEL_DOWNLOADS: flag(true),
  INFERENCE_THREADS: count(cores),
  INTRA_OP_THREADS: count(1),
  SUPER_RESOLUTION_THREADS: count(Math.max(1, cores - 1)),
  SUPER_RESOLUTION_TILE: count(256, 16),
  MAX_UPLOAD_BYTES: count(20 * MEGA),
  MAX_IMAGE_PIXELS: count(50 * MEGA),
  MAX_SUPER_RESOLUTION_PIXELS: count(4 * MEGA),
  MAX_QUEUED_WORK_SECONDS: count(1800),
  MAX_WAIT_MS: milliseconds(10_000),
  REQUEST_TIMEOUT_MS: milliseconds(30_000),
  // An hour at most: what idles longer is left open by mistake.
  KEEP_ALIVE_TIMEOUT_MS: z.coerce.number().int().positive().max(3_600_000).default(65_000),
  URL_FETCH_TIMEOUT_MS: milliseconds(10_000),
  URL_EXEMPT_HOSTS: list,
  RESULT_TTL_SECONDS: count(24 * 60 * 60),
  SHUTDOWN_DELAY_MS: count(0, 0),
  SHUTDOWN_TIMEOUT_MS: milliseconds(25_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlpEndpoint,
  OTEL_PROPAGATORS: propagators,
  OTEL_SDK_DISABLED: flag(false),
  ECS_AGENT_URI: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The configuration of one process. Paths are absolute. */
export type Config = Readonly<ReturnType<typeof configOf>>;

/** A configuration that cannot be used; the message names every variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration; that of a `tool` serves nobody and has no queue. An empty variable counts as one that is not set.
 * @throws ConfigError
 */
export function readConfig(role: Role | 'tool', env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  const faults = parsed.success ? contradictions(role, parsed.data) : parsed.error.issues.map(inWords);
  if (parsed.success && faults.length === 0) return configOf(role, parsed.data);
  throw new ConfigError(
    `The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
  );
}

/** What the command line asks a service with, where its options do not say. */
export interface ClientConfig {
  readonly server: string;
  readonly key: string | undefined;
}

/** Reads that alone: a variable of the service that is wrong is no matter of its clients. */
export function readClientConfig(env: NodeJS.ProcessEnv = process.env): ClientConfig {
  const { OKULO_SERVER, OKULO_KEY } = env;
  return { server: OKULO_SERVER || 'http://127.0.0.1:4000', key: OKULO_KEY || undefined };
}

/** The environment for a process that this one starts, with some variables set anew. */
export function environmentWith(changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

function configOf(role: Role | 'tool', env: z.infer<typeof environment>) {
  const dataDir = resolve(env.DATA_DIR);
  return Object.freeze({
    role,
    host: env.HOST,
    port: env.PORT,
    /** Where a worker tells of its health; nobody who has not chosen a port minds another. */
    workerPort: Object.freeze({
      port: env.WORKER_PORT ?? DEFAULT_WORKER_PORT,
      orAnother: env.WORKER_PORT === undefined,
    }),
    /** With no slash at its end. */
    publicUrl: env.PUBLIC_URL,
    /** Origins whose pages may use the service beside its own; `*` is all of them. */
    allowedOrigins: Object.freeze(env.ALLOWED_ORIGINS),
    /** Names that it may be reached by beside those of this machine and of `publicUrl`. */
    allowedHosts: Object.freeze(env.ALLOWED_HOSTS),
    keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
    dataDir,
    signingSecret: env.SIGNING_SECRET,
    /** The text of a key file; where neither is set no key is asked for. */
    keys: env.API_KEYS,
    keysFile: env.API_KEYS_FILE === undefined ? undefined : resolve(env.API_KEYS_FILE),
    /** Opens /metrics and nothing else; undefined where there is no such key. */
    metricsKey: env.METRICS_KEY,
    /** Undefined: on disk, in `dataDir`. */
    storage: env.STORAGE_URL,
    queueUrl:
      env.QUEUE_URL !== undefined && env.QUEUE_PASSWORD !== undefined
        ? withQueuePassword(env.QUEUE_URL, env.QUEUE_PASSWORD)
        : env.QUEUE_URL,
    queueTemplate: resolve(ROOT, 'dist/queue-template.tar.gz'),
    studioDir: resolve(ROOT, 'dist/studio'),
    /** What is loaded and served; the others are for other processes. */
    tasks: Object.freeze(role === 'tool' ? TASKS : env.TASKS),
    models: Object.freeze({
      manifests: Object.freeze([
        resolve(ROOT, 'models/manifest.json'),
        ...env.MODEL_MANIFESTS.map((path) => resolve(path)),
      ]),
      mirror: env.MODEL_MIRROR === undefined ? undefined : folderOrAddress(env.MODEL_MIRROR),
      cacheDir: resolve(env.MODEL_CACHE),
      network: env.MODEL_DOWNLOADS,
    }),
    inference: Object.freeze({
      threads: env.INFERENCE_THREADS,
      intraOpThreads: env.INTRA_OP_THREADS,
      maxWait: env.MAX_WAIT_MS,
    }),
    superResolution: Object.freeze({
      threads: env.SUPER_RESOLUTION_THREADS,
      tileEdge: env.SUPER_RESOLUTION_TILE,
      maxPixels: env.MAX_SUPER_RESOLUTION_PIXELS,
      maxWaitingWork: env.MAX_QUEUED_WORK_SECONDS * 1000,
    }),
    limits: Object.freeze({
      uploadBytes: env.MAX_UPLOAD_BYTES,
      imagePixels: env.MAX_IMAGE_PIXELS,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    }),
    urlFetch: Object.freeze({
      timeoutMs: env.URL_FETCH_TIMEOUT_MS,
      exemptHosts: Object.freeze(env.URL_EXEMPT_HOSTS),
    }),
    resultTtlMs: env.RESULT_TTL_SECONDS * 1000,
    /** How long an API that is told to stop still takes requests, while it says that it is not ready. */
    shutdownDelayMs: env.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    /** Undefined: nobody is told of traces. */
    tracing:
      env.OTEL_SDK_DISABLED ||
      (env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT) === undefined
        ? undefined
        : Object.freeze({ propagators: env.OTEL_PROPAGATORS }),
    /** Of a container on AWS ECS, which sets it. */
    ecsAgentUri: env.ECS_AGENT_URI,
    logLevel: env.LOG_LEVEL,
  });
}

/** What each variable allows by itself, but not together. */
function contradictions(role: Role | 'tool', env: z.infer<typeof environment>): string[] {
  if (role === 'tool') return [];
  const faults: string[] = [];
  const asksForKeys = env.API_KEYS !== undefined || env.API_KEYS_FILE !== undefined;
  if (env.API_KEYS !== undefined && env.API_KEYS_FILE !== undefined) {
    faults.push('API_KEYS: the keys are in API_KEYS_FILE already. Set one of the two');
  }
  if (role !== 'serve' && env.QUEUE_URL === undefined) {
    faults.push(
      `QUEUE_URL: expected redis:// or postgres://, and it is not set. The embedded queue lives in one process; '${role}' alone needs one that several processes share`,
    );
  }
  const passwordFault = env.QUEUE_PASSWORD === undefined ? undefined : queuePasswordFault(env.QUEUE_URL);
  if (passwordFault !== undefined) faults.push(`QUEUE_PASSWORD: ${passwordFault}`);
  if (role === 'worker' && !env.TASKS.some(isJobTask)) {
    faults.push(
      `TASKS: a worker does jobs, and ${env.TASKS.join(', ')} has none. Leave it unset, or add SUPER_RESOLVE`,
    );
  }
  if (role !== 'worker' && !isLoopback(env.HOST) && !env.ALLOW_ANONYMOUS && !asksForKeys) {
    faults.push(
      `HOST: ${env.HOST} can be reached from other machines, and everybody there could use the service. Set API_KEYS_FILE to ask for keys, ALLOW_ANONYMOUS=true if that is meant, or keep 127.0.0.1`,
    );
  }
  if (role !== 'worker' && env.ALLOWED_ORIGINS.includes('*') && !asksForKeys) {
    faults.push(
      'ALLOWED_ORIGINS: * lets the pages of every site use the service, and no key is asked for. Name the origins, like https://app.example.com, or set API_KEYS_FILE',
    );
  }
  if (env.SHUTDOWN_DELAY_MS >= env.SHUTDOWN_TIMEOUT_MS) {
    faults.push(
      `SHUTDOWN_DELAY_MS: ${env.SHUTDOWN_DELAY_MS} leaves nothing of SHUTDOWN_TIMEOUT_MS, ${env.SHUTDOWN_TIMEOUT_MS}, for what is under way`,
    );
  }
  for (const host of env.URL_EXEMPT_HOSTS) {
    if (!/^[^\s/@]+:\d{1,5}$/.test(host)) {
      faults.push(
        `URL_EXEMPT_HOSTS: expected hosts with a port, like minio.internal:9000, and '${host}' came`,
      );
    }
  }
  return faults;
}

function folderOrAddress(place: string): string {
  return /^https?:/.test(place) ? place : resolve(place);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function inWords({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')}: ${message}`;
}

import type { Config } from './config.js';
import type { QueueBackend } from './queue/backend.js';
import { nextSteps } from './next-steps.js';
import type { Catalog, KnownModel } from './registry/catalog.js';
import { TASKS } from './convert/parsers/parsers.js';
import type { ObjectStore } from './storage/object-store.js';

/** What of a process is worth telling. */
interface Surroundings {
  readonly catalog: Catalog;
  readonly backend: Pick<QueueBackend, 'kind' | 'address'>;
  readonly store: Pick<ObjectStore, 'address'>;
}

interface Running {
  readonly api: { readonly url: string } | undefined;
  readonly worker: { readonly url: string | undefined } | undefined;
}

/**
 * One screen that says what runs where.
 * @param running what clients reach the API by, and where a worker without one tells of its health
 * @param seconds since the process began
 */
export function startupBanner(
  config: Config,
  { catalog, backend, store }: Surroundings,
  { api, worker }: Running,
  seconds: number,
): string {
  const url = api?.url;
  const models = TASKS.flatMap((task) => column(task, catalog.list(task).map(describe)));
  const next = url === undefined ? [] : nextSteps(url).map(({ what, how }) => `${what}: ${how}`);
  return [
    `Okulo (${config.role}) is ready after ${seconds.toFixed(1)} s`,
    '',
    ...(url === undefined
      ? worker?.url === undefined
        ? []
        : column('Health', healthAt(worker.url))
      : [
          ...column('Studio', [`${url}/`]),
          ...column('GraphQL', [`${url}/graphql`]),
          ...column('Health', healthAt(url)),
        ]),
    ...column('Job queue', [
      `${backend.kind === 'pglite' ? 'embedded (PGlite)' : backend.kind}: ${backend.address}`,
    ]),
    ...column('Storage', [store.address]),
    ...column('Threads', [threads(config)]),
    '',
    ...models,
    ...(next.length > 0 ? ['', ...column('Next', next)] : []),
    '',
  ].join('\n');
}

function healthAt(url: string): string[] {
  return [`${url}/readyz, ${url}/metrics`];
}

/** Lines beneath each other, with what they are about ahead of the first. */
function column(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(15)} ${line}`);
}

function describe({ entry, availability, isDefault }: KnownModel): string {
  const state =
    availability.status === 'UNAVAILABLE'
      ? `UNAVAILABLE: ${inShort(availability.fault)}`
      : availability.status;
  return `${entry.id}${isDefault ? ' (default)' : ''}, ${entry.origin}, ${state}`;
}

/** The first clause of a reason: a screen is no place for the rest. */
function inShort(fault: string): string {
  return fault.split(/[:;.] /, 1)[0] ?? fault;
}

function threads({ role, inference, superResolution }: Config): string {
  const parts = [];
  if (role !== 'worker') parts.push(`${inference.threads} for answers`);
  if (role !== 'api') parts.push(`${superResolution.threads} for jobs`);
  return parts.join(', ');
}

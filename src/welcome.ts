import type { Config } from './config.js';
import type { QueueBackend } from './jobs/backend.js';
import type { Catalog, KnownModel } from './registry/catalog.js';
import { TASKS } from './registry/manifest.js';
import type { ObjectStore } from './storage/object-store.js';

const UNAVAILABLE = 'UNAVAILABLE';
const ADVICE = 'How to get what is unavailable: npm run models -- list, or the models page of Studio.';

/** What of a process is worth telling. */
interface Surroundings {
  readonly catalog: Catalog;
  readonly backend: Pick<QueueBackend, 'kind' | 'address'>;
  readonly store: Pick<ObjectStore, 'address'>;
}

/**
 * One screen that says what runs where.
 * @param url what clients reach the API by; undefined in a worker
 * @param seconds since the process began
 */
export function welcome(
  config: Config,
  { catalog, backend, store }: Surroundings,
  url: string | undefined,
  seconds: number,
): string {
  const models = TASKS.flatMap((task) =>
    catalog.list(task).map((model, index) => `  ${(index === 0 ? task : '').padEnd(15)} ${describe(model)}`),
  );
  return [
    `Okulo (${config.role}) is ready after ${seconds.toFixed(1)} s`,
    '',
    ...(url === undefined
      ? []
      : [
          `  Studio          ${url}/`,
          `  GraphQL         ${url}/graphql  (in a browser: GraphiQL)`,
          `  Health          ${url}/readyz, ${url}/metrics`,
        ]),
    `  Job queue       ${backend.kind === 'pglite' ? 'embedded (PGlite)' : backend.kind}: ${backend.address}`,
    `  Storage         ${store.address}`,
    `  Threads         ${threads(config)}`,
    '',
    ...models,
    ...(models.some((line) => line.includes(UNAVAILABLE)) ? ['', `  ${ADVICE}`] : []),
    '',
  ].join('\n');
}

function describe({ entry, availability, isDefault }: KnownModel): string {
  const state = availability.status === 'READY' ? 'READY' : `${UNAVAILABLE}: ${inShort(availability.fault)}`;
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

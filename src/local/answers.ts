import { randomBytes } from 'node:crypto';
import type { Client } from '@urql/core';
import { Publisher } from '../service/publisher.js';
import type { Services } from '../service/services.js';
import { createSigner } from '../storage/signed-address.js';
import { inProcessClient, NOWHERE, type InProcessEngine } from './in-process.js';

/** The services that do not come from here. */
export type Surroundings = Omit<Services, 'publisher' | 'jobs'> & {
  /** Undefined where no command is about jobs. */
  readonly jobs: Services['jobs'] | undefined;
};

/** Addresses of results are asked for by this process alone, and end with it. */
const TTL_MS = 24 * 60 * 60 * 1000;

/** A client of a schema over some services. */
export function answeringClient(
  engine: InProcessEngine,
  { jobs, ...surroundings }: Surroundings,
  report: (error: unknown) => void,
): Client {
  const signer = createSigner(randomBytes(32));
  const services: Services = {
    ...surroundings,
    publisher: new Publisher(surroundings.store, signer, { ttlMs: TTL_MS, baseUrl: () => NOWHERE }),
    get jobs() {
      if (jobs) return jobs;
      throw new Error('There is no queue here: this command was started without one');
    },
  };
  return inProcessClient({
    engine,
    context: (signal) => ({ services, owner: 'local', isAdmin: true, signal }),
    report,
  });
}

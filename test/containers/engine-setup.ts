import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { installPackages } from '../kit/install.js';
import { findProgram, isProgram } from '../kit/programs.js';
import { build, DOCKER } from './docker.js';
import { makeBaseImage, startEngine } from './engine.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether there is an engine to build and run images with. */
    readonly hasEngine: boolean;
  }
}

export const BASE = 'node:24-bookworm-slim';
const PACKAGES = ['docker.io', 'docker-compose', 'debootstrap', 'iptables'];

/**
 * Builds both images. Uses the engine that is there, or starts one of its own where this is root's Debian and packages may be installed.
 * @returns what stops it
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Asked for by name alone: it is a service of its own, and takes minutes.
  if (process.env['OKULO_TEST_INSTALL'] === '1' && findProgram('dockerd') === null) installPackages(PACKAGES);
  const engine = answers() ? undefined : await startEngine().catch((error: unknown) => String(error));
  const hasEngine = answers();
  project.provide('hasEngine', hasEngine);
  if (!hasEngine) {
    console.log(
      `not run: the tests of containers (a docker engine is needed${typeof engine === 'string' ? `: ${engine}` : ''})`,
    );
    return undefined;
  }
  if (spawnSync(DOCKER, ['image', 'inspect', BASE], { stdio: 'ignore' }).status !== 0) {
    const isPulled = spawnSync(DOCKER, ['pull', BASE], { stdio: 'ignore', timeout: 60_000 }).status === 0;
    // No registry of images can be reached here: one of the same parts, from the package registries.
    if (!isPulled) makeBaseImage(BASE);
  }
  const mirror = process.env['OKULO_TEST_MODEL_MIRROR'];
  try {
    await build('service', 'okulo', { MODELS: 'all', ...(mirror && { MODEL_MIRROR: mirror }) });
    await build('laptop', 'okulo-laptop', { MODELS: 'builtin' });
  } catch (error) {
    if (typeof engine === 'object') await engine.stop();
    throw error;
  }
  return typeof engine === 'object' ? engine.stop : undefined;
}

function answers(): boolean {
  if (findProgram(DOCKER) === null && !isProgram(DOCKER)) return false;
  const socket = process.env['DOCKER_HOST']?.replace('unix://', '') ?? '/var/run/docker.sock';
  if (socket.startsWith('/') && !existsSync(socket)) return false;
  try {
    execFileSync(DOCKER, ['info'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

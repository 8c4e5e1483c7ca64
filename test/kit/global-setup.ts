import type { TestProject } from 'vitest/node';
import { installPackages, installS3Server, isInstallWanted } from './install.js';
import { NEED_NAMES, NEEDS, type Machine, type NeedName } from './machine.js';

declare module 'vitest' {
  // What this machine has, each null where it is not there.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface ProvidedContext extends Machine {}
}

/**
 * Looks once for what some suites need and not every machine has. Suites skip themselves where it is
 * missing; here it is said which, and how to have it.
 * @throws Error in CI, where a suite that has to run would be skipped
 */
export default function setup(project: TestProject): void {
  const { root } = project.config;
  const isMissing = (name: NeedName): boolean => NEEDS[name].find(root) === null;
  if (isInstallWanted(process.env)) {
    installPackages(NEED_NAMES.filter(isMissing).flatMap((name) => packageOf(name)));
    if (isMissing('s3Server')) installS3Server();
  }
  for (const name of NEED_NAMES) project.provide(name, NEEDS[name].find(root));
  const missing = NEED_NAMES.filter(isMissing);
  // Now rather than on teardown, which comes after the summary: a run ends with vitest's own words.
  for (const name of missing) console.log(`not run: suites ${NEEDS[name].suites} (${NEEDS[name].remedy})`);
  const required = missing.filter((name) => 'isRequired' in NEEDS[name]);
  if (process.env.CI === 'true' && required.length > 0)
    throw new Error(`CI has to run the suites ${required.map((name) => NEEDS[name].suites).join(', ')}`);
}

function packageOf(name: NeedName): string[] {
  const need = NEEDS[name];
  return 'debian' in need ? [need.debian] : [];
}

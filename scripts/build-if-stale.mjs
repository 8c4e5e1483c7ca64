/** Builds dist/ unless it is a build of these very sources. Runs before each start, so it must cost next to nothing. */
import process from 'node:process';
import { canBuild, hasSources, isBuildCurrent, isBuilt } from './build-inputs.mjs';

if (isBuilt() && !canBuild()) {
  // An image, or an installation without development tools: what was delivered is what runs.
  if (hasSources() && !isBuildCurrent()) {
    console.warn(
      'dist/ was built from other sources, and there are no tools here to build it anew: it runs as it is.',
    );
  }
} else if (!isBuildCurrent()) {
  // Loaded only when needed: most starts end above this line.
  const [{ build }, { withBuildLock }] = await Promise.all([
    import('./build.mjs'),
    import('./build-lock.mjs'),
  ]);
  const isDone = await withBuildLock(async () => {
    // Whoever held the lock may have done it.
    if (isBuildCurrent()) return true;
    console.log('Building (first start or changed sources)...');
    return build();
  });
  process.exitCode = isDone ? 0 : 1;
}

import type { ModelFile } from './manifest.js';
import type { Progress } from './progress.js';

/**
 * Puts the steps of one model's preparation into one number.
 * @returns what tells, for each step in turn, how much of the files is here: 0..1
 */
export function toldProgress(files: readonly ModelFile[]): (progress: Progress) => number {
  const here = new Map<string, { readonly bytes: number; readonly total: number | undefined }>();
  return (progress) => {
    if (progress.step !== 'download') return 1;
    here.set(progress.file, progress);
    const sizes = files.map(({ name, bytes }) => here.get(name)?.total ?? bytes);
    const all = sizes.every((size) => size !== undefined)
      ? sizes.reduce((sum, size) => sum + size, 0)
      : undefined;
    // Where a size is not known, files count alike.
    const shares = files.map(({ name }, index) => {
      const bytes = here.get(name)?.bytes ?? 0;
      const size = sizes[index] ?? 0;
      return all === undefined ? (size > 0 ? bytes / size : 0) / files.length : bytes / Math.max(1, all);
    });
    return Math.min(
      1,
      shares.reduce((sum, share) => sum + share, 0),
    );
  };
}

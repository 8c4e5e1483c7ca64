/** What a build is made from, as one digest: how the scripts (and a test) tell whether dist/ is current. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Written last by a build that succeeded, so that a half-made dist/ never passes for a whole one. */
export const STAMP = join(ROOT, 'dist', '.built');

// The pages show the sample pictures.
const FOLDERS = ['src', 'schema', 'images'];
const NO_INPUTS = 'images/render/';
const FILES = [
  'package-lock.json',
  'scripts/build.mjs',
  'tsconfig.build.json',
  'tsconfig.json',
  'vite.config.ts',
];

/**
 * sha256 over the paths and contents of everything that a build reads. Contents, not times: a checkout or a
 * copied container layer changes every time and no content.
 * @returns {string} lower-case hex
 */
export function digestOfInputs() {
  const hash = createHash('sha256');
  for (const path of inputFiles()) {
    const content = readFileSync(join(ROOT, path));
    // The length says where a content ends, so that no two trees run together into the same bytes.
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @returns {boolean} whether there is a complete build in dist/, whatever it was made from */
export function isBuilt() {
  return existsSync(STAMP);
}

/** @returns {boolean} whether dist/ is a complete build of the sources as they are now */
export function isBuildCurrent() {
  if (!isBuilt()) return false;
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).inputs === digestOfInputs();
  } catch {
    // A stamp that cannot be read proves nothing.
    return false;
  }
}

/** @returns {boolean} whether there is something to build */
export function hasSources() {
  return existsSync(join(ROOT, 'src'));
}

/** @returns {boolean} whether there is something to build, and something to build it with */
export function canBuild() {
  return hasSources() && ['typescript', 'vite'].every((tool) => existsSync(join(ROOT, 'node_modules', tool)));
}

/** @returns {string[]} paths relative to the root, with forward slashes, sorted */
function inputFiles() {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(ROOT.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((path) => !path.startsWith(NO_INPUTS)),
  );
  return [...inFolders, ...FILES.filter((file) => existsSync(join(ROOT, file)))].sort();
}

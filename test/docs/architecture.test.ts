/** Holds the picture of docs/architecture.md to the code's imports. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, it } from 'vitest';

const IMPORT = /(?:from|import\()\s*'(\.[^']*)'/g;
/** Every room may use these. */
const COMMON =
  /^src\/(config\/.*|config\.ts|errors\.ts|error-codes\.ts|size-words\.ts|web-address\.ts|routes\.ts|public-url\.ts|next-steps\.ts)$/;

function roomOf(path: string): string {
  const [, room = '', ...rest] = path.split('/');
  return rest.length > 0 ? room : 'roots';
}

/** Rooms that files of a room import, each as `from --> to`. */
async function importsOf(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const file of globSync('src/**/*.ts', { ignore: 'src/studio/**' })) {
    for (const [, target = ''] of (await readFile(file, 'utf8')).matchAll(IMPORT)) {
      const path = normalize(join(dirname(file), target)).replace(/\.js$/, '.ts');
      if (COMMON.test(path) || COMMON.test(file) || roomOf(file) === roomOf(path)) continue;
      found.add(`${roomOf(file)} --> ${roomOf(path)}`);
    }
  }
  return found;
}

function reachable(arrows: ReadonlySet<string>, from: string): Set<string> {
  const seen = new Set<string>();
  const visit = (room: string): void => {
    for (const arrow of arrows) {
      const [start, end = ''] = arrow.split(' --> ');
      if (start !== room || seen.has(end)) continue;
      seen.add(end);
      visit(end);
    }
  };
  visit(from);
  return seen;
}

describe('the picture of the rooms', () => {
  let page: string;
  let drawn: Set<string>;
  let real: Set<string>;
  beforeAll(async () => {
    page = await readFile('docs/architecture.md', 'utf8');
    drawn = new Set(page.match(/^ {2}[\w-]+ --> [\w-]+$/gm)?.map((line) => line.trim()));
    real = await importsOf();
  });

  it('has a way for every import', () => {
    const missing = [...real].filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' --> ');
      return !reachable(drawn, from).has(to);
    });
    expect(missing).toEqual([]);
  });

  it('has no arrow that is no import', () => {
    expect([...drawn].filter((arrow) => !real.has(arrow))).toEqual([]);
  });

  it('leads one way', () => {
    const rooms = new Set([...drawn].flatMap((arrow) => arrow.split(' --> ')));
    expect([...rooms].filter((room) => reachable(drawn, room).has(room))).toEqual([]);
  });

  it('has every room, and the import rules know each', async () => {
    const rooms = new Set([...real].flatMap((arrow) => arrow.split(' --> ')));
    rooms.delete('roots');
    const rules = await readFile('.dependency-cruiser.cjs', 'utf8');
    for (const room of rooms) {
      expect(page).toContain(room);
      expect(rules).toContain(`^src/${room}/`);
    }
  });

  it('and the walks name files that are there', () => {
    const named = [...page.matchAll(/`(src\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});

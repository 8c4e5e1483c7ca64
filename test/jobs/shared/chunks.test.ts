import { describe, expect, test } from 'vitest';
import { chunkId, chunksOf, isLarge, jobOfChunk, tilesOfJob } from '../../../src/jobs/shared/chunks.js';
import { payload } from '../states.js';

const TILE_EDGE = 256;

/** The tiles of a picture of so many columns and rows of them. */
function tiles(columns: number, rows: number) {
  const input = { width: columns * TILE_EDGE, height: rows * TILE_EDGE };
  return tilesOfJob({ input, tileEdge: TILE_EDGE }, 8);
}

describe('a picture', () => {
  test.each([
    [4, 2, 'one worker'],
    [3, 3, 'several'],
  ])('of %d times %d tiles is done by %s', (columns, rows, workers) => {
    const { length } = tiles(columns, rows);
    expect(length).toBe(columns * rows);
    expect(isLarge(length)).toBe(workers === 'several');
  });

  test.each([
    [3, 3, 3],
    [100, 10, 32],
  ])('of %d times %d tiles has %d chunks, with each tile in one of them', (columns, rows, count) => {
    const all = tiles(columns, rows);
    const chunks = chunksOf(all);
    expect(chunks.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(chunks.flatMap((chunk) => chunk.tiles)).toEqual(all);
  });
});

test('the id of a chunk tells its job, and that of a job itself', () => {
  const id = `sr-${payload().input.sha256}`;
  expect(jobOfChunk(chunkId(id, 2, 31))).toBe(id);
  expect(jobOfChunk(id)).toBe(id);
});

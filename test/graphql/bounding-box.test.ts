import { expect, it } from 'vitest';
import { boundingBoxOf } from '../../src/graphql/bounding-box.js';

it('a box is told in pixels, and in shares of the width and the height', () => {
  const box = { left: 20, top: 10, width: 50, height: 5 };
  expect(boundingBoxOf(box, { width: 200, height: 40 })).toEqual({
    ...{ x: 20, y: 10, width: 50, height: 5 },
    relative: { x: 0.1, y: 0.25, width: 0.25, height: 0.125 },
  });
});

import { describe, expect, it } from 'vitest';
import { sampleGroups } from '../../src/studio/app/picture/samples.js';

describe('samples', () => {
  it('are grouped by folder in the order of the views, and named by their files', () => {
    const groups = sampleGroups({
      '../images/super-resolution/small.png': '/a/small.png',
      '../images/classification/soccer_ball.jpg': '/a/soccer.jpg',
      '../images/classification/coffee-mug.jpg': '/a/mug.jpg',
      '../images/extra/thing.jpg': '/a/thing.jpg',
    });
    expect(groups).toEqual([
      {
        title: 'Classification',
        samples: [
          { name: 'coffee mug', url: '/a/mug.jpg' },
          { name: 'soccer ball', url: '/a/soccer.jpg' },
        ],
      },
      { title: 'Super resolution', samples: [{ name: 'small', url: '/a/small.png' }] },
      { title: 'Extra', samples: [{ name: 'thing', url: '/a/thing.jpg' }] },
    ]);
  });

  it('may be none', () => {
    expect(sampleGroups({})).toEqual([]);
  });
});

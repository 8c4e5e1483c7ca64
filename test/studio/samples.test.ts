import { describe, expect, it } from 'vitest';
import shown from '../../images/samples.json' with { type: 'json' };
import { samplesFor, samplesIn } from '../../src/studio/app/picture/samples.js';

const SAMPLES = samplesIn(
  Object.fromEntries(Object.keys(shown).map((path) => [`../images/${path}`, `/assets/${path}`])),
  shown,
);
const named = (samples: readonly { readonly name: string }[]): string[] => samples.map(({ name }) => name);

describe('samples', () => {
  it('are named by their files, and know their folders and what they show', () => {
    const [ball, thing] = samplesIn(
      { '../images/extra/thing.jpg': '/a/thing.jpg', '../images/classification/soccer_ball.jpg': '/a/b.jpg' },
      { 'classification/soccer_ball.jpg': { is: 'soccer ball' } },
    );
    expect(ball).toEqual({
      ...{ name: 'soccer ball', url: '/a/b.jpg', folder: 'classification', shows: { is: 'soccer ball' } },
    });
    expect(thing).toMatchObject({ name: 'thing', shows: {} });
  });

  it('are those that the model of a view knows, by any of a label’s names', () => {
    const labels = ['orange', 'teapot, kettle', 'lemon'];
    expect(named(samplesFor('classify', SAMPLES, labels))).toEqual(['orange', 'teapot']);
    expect(named(samplesFor('detect', SAMPLES, ['car']))).toEqual(['car park', 'street']);
    expect(named(samplesFor('detect', SAMPLES, ['tvmonitor', 'sofa', 'car']))).toEqual([
      ...['car park', 'desk', 'living room', 'street'],
    ]);
  });

  it('stand in the order of the view: what was made for it comes first', () => {
    expect(named(samplesFor('analyze', SAMPLES, ['car']))).toEqual(['street', 'car park']);
    expect(named(samplesFor('road', SAMPLES, undefined))).toEqual(['country road', 'street']);
    expect(named(samplesFor('super-resolution', SAMPLES, undefined))).toHaveLength(3);
  });

  it('are all those of the view where its model knows none of them', () => {
    expect(named(samplesFor('classify', SAMPLES, ['galaxy']))).toHaveLength(5);
    expect(named(samplesFor('detect', SAMPLES, undefined))).toEqual(['car park', 'desk', 'living room']);
  });

  it('are none in views of something else than a picture', () => {
    expect(samplesFor('jobs', SAMPLES, undefined)).toEqual([]);
  });
});

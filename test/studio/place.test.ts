import { describe, expect, it, test } from 'vitest';
import { hashOf, isSamePlace, placeIn, stateOf } from '../../src/studio/app/place.js';
import { documentTitle } from '../../src/studio/app/views.js';

describe('the address of the page', () => {
  it.each([
    ['', { view: 'classify' }],
    ['#', { view: 'classify' }],
    ['#nonsense', { view: 'classify' }],
    ['#road', { view: 'road' }],
    ['#together/yolox-nano', { view: 'analyze', model: 'yolox-nano' }],
    ['#constructor', { view: 'classify' }],
    ['#detect/yolox-nano', { view: 'detect', model: 'yolox-nano' }],
    ['#detect/', { view: 'detect' }],
    ['#detect/No such/model', { view: 'detect' }],
    ['#road/sr-1', { view: 'road', model: 'sr-1' }],
    ['#super-resolution/sr-12ab', { view: 'super-resolution', job: 'sr-12ab' }],
    ['#super-resolution/builtin-superres-x4', { view: 'super-resolution', model: 'builtin-superres-x4' }],
    ['#super-resolution/x y', { view: 'super-resolution' }],
  ])('%s names a place', (hash, place) => {
    expect(placeIn(hash, null)).toEqual(place);
  });

  it.each(['#road', '#detect/yolox-nano', '#super-resolution/sr-12ab', '#super-resolution/a-model'])(
    '%s is found again',
    (hash) => {
      expect(hashOf(placeIn(hash, null))).toBe(hash);
    },
  );

  it('has the name of its view', () => {
    expect(documentTitle('super-resolution')).toBe('Super resolution · Okulo');
  });
});

describe('an entry of the history', () => {
  it('tells the pictures', () => {
    const place = { view: 'super-resolution', job: 'sr-1', picture: 'a', jobPicture: 'b' } as const;
    expect(placeIn(hashOf(place), stateOf(place))).toEqual(place);
  });

  it.each([null, undefined, 7, 'a', { picture: 7 }, []])('of another form tells none: %j', (state) => {
    expect(placeIn('#road', state)).toEqual({ view: 'road' });
  });
});

test('places differ by address and pictures', () => {
  const place = { view: 'road', picture: 'a' } as const;
  expect(isSamePlace(place, { ...place })).toBe(true);
  expect(isSamePlace(place, { ...place, picture: 'b' })).toBe(false);
  expect(isSamePlace(place, { ...place, model: 'm' })).toBe(false);
  expect(isSamePlace(place, { ...place, view: 'jobs' })).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { answerOf } from '../../src/studio/app/service/action.js';
import { counted, percent, shortName } from '../../src/studio/app/ui/words.js';

describe('words of the page', () => {
  it('give shares in per cent, small ones more exactly', () => {
    expect([0, 0.004, 0.0949, 0.0996, 0.63, 1].map(percent)).toEqual([
      '0 %',
      '0.4 %',
      '9.5 %',
      '10 %',
      '63 %',
      '100 %',
    ]);
  });

  it('count', () => {
    expect([0, 1, 2].map((count) => counted(count, 'object'))).toEqual([
      '0 objects',
      '1 object',
      '2 objects',
    ]);
  });

  it('shorten what ImageNet calls by several names', () => {
    expect(shortName('tabby, tabby cat')).toBe('tabby');
    expect(shortName('goldfish')).toBe('goldfish');
  });
});

describe('the answer to show', () => {
  it('is the last one while the next is awaited, and none after a failure', () => {
    expect(answerOf({ state: 'running', before: 1 })).toBe(1);
    expect(answerOf({ state: 'running' })).toBeUndefined();
    expect(answerOf({ state: 'done', data: 2 })).toBe(2);
    expect(answerOf({ state: 'idle' })).toBeUndefined();
    expect(answerOf({ state: 'failed', problem: { kind: 'refused', message: 'no' } })).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { checkSize } from '../../src/service/submit-job.js';

describe('the size of a picture that is to be enlarged', () => {
  it('may have as many pixels as are taken, and not one more', () => {
    expect(() => checkSize({ width: 100, height: 40 }, 4, 'PNG', 4000)).not.toThrow();
    expect(() => checkSize({ width: 4001, height: 1 }, 4, 'PNG', 4000)).toThrow(
      expect.objectContaining({
        code: 'IMAGE_TOO_LARGE',
        facts: { maxPixels: 4000, width: 4001, height: 1 },
      }),
    );
  });

  it('must fit the format of its result', () => {
    const wide = { width: 4096, height: 10 };
    expect(() => checkSize(wide, 4, 'PNG', 1e6)).not.toThrow();
    expect(() => checkSize(wide, 4, 'WEBP', 1e6)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
    expect(() => checkSize(wide, 3, 'WEBP', 1e6)).not.toThrow();
  });
});

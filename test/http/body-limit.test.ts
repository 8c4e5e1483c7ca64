import { expect, test } from 'vitest';
import { bodyLimit } from '../../src/http/body-limit.js';

test.each([1, 100_000, 20_000_000, 1_000_000_000])(
  'an image file of %i bytes has room in a body, in base64 and with a long query',
  (uploadBytes) => {
    const base64 = 4 * Math.ceil(uploadBytes / 3);
    expect(bodyLimit(uploadBytes)).toBeGreaterThan(base64 + 50_000);
    expect(bodyLimit(uploadBytes)).toBeLessThan(1.5 * uploadBytes + 200_000);
  },
);

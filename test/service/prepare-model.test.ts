import { describe, expect, it, vi } from 'vitest';
import { prepareModel } from '../../src/service/prepare-model.js';
import type { Context } from '../../src/service/services.js';

function asking({ isAdmin = true, isKnown = true } = {}) {
  const known = isKnown ? { entry: { id: 'some' } } : undefined;
  const start = vi.fn();
  const context = { isAdmin, services: { downloads: { start }, catalog: { find: () => known } } };
  return { start, ask: () => prepareModel('some', context as unknown as Context) };
}

describe('a model that is to be prepared', () => {
  it('is begun, and answered as it is now', () => {
    const { start, ask } = asking();
    expect(ask()).toEqual({ entry: { id: 'some' } });
    expect(start).toHaveBeenCalledExactlyOnceWith('some');
  });

  it('is not begun for who is no administrator', () => {
    const { start, ask } = asking({ isAdmin: false });
    expect(ask).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(start).not.toHaveBeenCalled();
  });

  it('is what it is asked for: one that is unknown by then is a defect', () => {
    expect(asking({ isKnown: false }).ask).toThrow('The model some is no longer known');
  });

  it('is refused in the words of the downloads', () => {
    const { start, ask } = asking();
    start.mockImplementation(() => {
      throw new Error('not here');
    });
    expect(ask).toThrow('not here');
  });
});

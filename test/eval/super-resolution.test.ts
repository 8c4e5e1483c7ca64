import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unmeasurable } from '../../eval/measures.js';
import { commonScale } from '../../eval/super-resolution.js';
import { prepareModel, type TestModel } from '../kit/prepared.js';

describe('models that are held against each other', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await prepareModel('builtin-superres-x4');
  });
  afterAll(() => model.release());

  it('have their scale in common', () => {
    expect(commonScale([model, model])).toBe(4);
  });

  it('are refused with their scales where these differ', () => {
    const { entry, prepared } = model;
    const output = { parser: 'super-resolution', scale: 2, receptiveFieldRadius: 8 } as const;
    const doubling = { entry: { ...entry, id: 'doubling' }, prepared: { ...prepared, output } };
    const comparing = () => commonScale([model, doubling]);
    expect(comparing).toThrow(Unmeasurable);
    expect(comparing).toThrow('builtin-superres-x4 (x4), doubling (x2)');
  });
});

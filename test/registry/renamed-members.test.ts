import { describe, expect, it, vi } from 'vitest';
import { readManifests } from '../../src/registry/manifest.js';
import { withNewNames } from '../../src/registry/renamed-members.js';
import { described, writeManifest } from './model-folder.js';

/** As it stands in files of before. */
function inJson(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

const OLD = described({
  id: 'old',
  input: inJson('{ "enlarged": { "name": "1", "times": 4 } }'),
  output: inJson('{ "parser": "super-resolution", "scale": 4, "reach": 12 }'),
});

describe('members of a manifest that have another name now', () => {
  it('work under their old names, with a warning for each', async () => {
    const warn = vi.fn<(warning: string) => void>();
    const path = await writeManifest([OLD]);

    const [entry] = await readManifests([path], warn);

    expect(entry).toMatchObject({
      input: { upscaledInput: { name: '1', times: 4 } },
      output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 12 },
    });
    expect(warn.mock.calls.flat()).toEqual([
      `The model manifest ${path}: 'enlarged' in 'input' of model old is called 'upscaledInput' now; rename it before version 0.4.`,
      `The model manifest ${path}: 'reach' in 'output' of model old is called 'receptiveFieldRadius' now; rename it before version 0.4.`,
    ]);
  });

  it('are refused under both names at a time', async () => {
    const output = inJson(
      '{ "parser": "super-resolution", "scale": 4, "reach": 12, "receptiveFieldRadius": 12 }',
    );
    await expect(readManifests([await writeManifest([described({ output })])])).rejects.toThrow('reach');
  });

  it.each([
    ['no object', 7],
    ['a list', []],
    ['models that are no list', { models: 'none' }],
    ['a model that is none', { models: [null, 'x', { input: 3, output: null }] }],
  ])('leave what is wrong to the schema: %s', (_, content) => {
    const warn = vi.fn();
    expect(withNewNames(content, warn)).toEqual(content);
    expect(warn).not.toHaveBeenCalled();
  });

  it('give no warning where the names are new', async () => {
    const warn = vi.fn();
    await readManifests([await writeManifest([described()]), 'models/manifest.json'], warn);
    expect(warn).not.toHaveBeenCalled();
  });
});

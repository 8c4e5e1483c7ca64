import { describe, expect, it } from 'vitest';
import { bake } from '../../../src/convert/bake.js';
import type { InputSpec } from '../../../src/convert/bake/input-spec.js';
import { bakeOutput } from '../../../src/convert/bake/output.js';
import { encodeModel } from '../../../src/convert/onnx/model.js';
import {
  outputSchema,
  parserFor,
  parserOf,
  PARSERS,
  type OutputSpec,
} from '../../../src/convert/parsers/parsers.js';
import { TASKS } from '../../../src/convert/parsers/parsers.js';
import { echo } from '../onnx/tiny.js';

const INPUT: InputSpec = { layout: 'NCHW', channels: 'RGB', mean: [0, 0, 0], scale: [1, 1, 1] };
const SUPER: OutputSpec = { parser: 'super-resolution', scale: 2, receptiveFieldRadius: 1 };
// What data of another version may name.
const UNKNOWN = { parser: 'future' } as unknown as OutputSpec;

describe('the table of parsers', () => {
  it.each(Object.entries(PARSERS))(
    "has %s under the name that a manifest's entry gives it",
    (name, parser) => {
      expect(parser.schema.shape.parser.value).toBe(name);
    },
  );

  it.each(Object.entries(PARSERS))('tells authors of manifests what %s reads and takes', (_, parser) => {
    expect(parser.reads).not.toBe('');
    for (const [member, { description }] of Object.entries(parser.schema.shape)) {
      if (member !== 'parser') expect(description, member).toBeTruthy();
    }
  });

  it('serves every task', () => {
    expect(new Set(Object.values(PARSERS).map(({ task }) => task))).toEqual(new Set(TASKS));
  });

  it('takes in a manifest the specs of its parsers, and no others', () => {
    expect(outputSchema.parse(SUPER)).toEqual(SUPER);
    expect(outputSchema.safeParse(UNKNOWN).success).toBe(false);
    expect(outputSchema.safeParse({ ...SUPER, logits: true }).success).toBe(false);
  });
});

describe('a parser that is not there', () => {
  it.each(['future', 'toString', '__proto__'])('is refused by its name: %s', (parser) => {
    expect(() => parserOf({ parser })).toThrow(`There is no output parser '${parser}'`);
  });

  it('bakes nothing', () => {
    const bytes = encodeModel(echo([1, 3, 'height', 'width']));
    expect(() => bake(bytes, { input: INPUT, output: UNKNOWN })).toThrow(
      "There is no output parser 'future'",
    );
  });
});

describe('a parser without the code that makes what it reads', () => {
  it('is refused when a model is baked', () => {
    const idle = { ...PARSERS['super-resolution'], bake: () => undefined };
    const model = echo([1, 3, 'height', 'width']);
    expect(() => bakeOutput(model, { input: INPUT, output: SUPER }, idle)).toThrow(
      "The output parser 'super-resolution' reads okulo/upscaled and did not make it",
    );
  });
});

describe('a parser for a task', () => {
  it('is the one that the spec names', () => {
    expect(parserFor('SUPER_RESOLVE', SUPER)).toBe(PARSERS['super-resolution']);
  });

  it('is refused when the spec is that of another task, with both', () => {
    expect(() => parserFor('CLASSIFY', SUPER)).toThrow(
      "Expected a model for CLASSIFY, and 'super-resolution' is the output of one for SUPER_RESOLVE",
    );
  });
});

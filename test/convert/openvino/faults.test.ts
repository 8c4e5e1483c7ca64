import { describe, expect, it } from 'vitest';
import { ConversionError } from '../../../src/convert/conversion-error.js';
import { convertOpenVino } from '../../../src/convert/openvino.js';
import { convert, parameter, result, TinyBin, tinyIr, type TinyIr, type TinyLayer } from './tiny-ir.js';

/** A parameter and a constant, added and cut off below zero. */
function small(change: Partial<Record<'bias' | 'relu', Partial<TinyLayer>>> = {}): TinyIr {
  const bin = new TinyBin();
  const bias = { ...bin.floats('bias', [2], [1, 2]), ...change.bias };
  return tinyIr(
    [
      parameter('input', [2]),
      bias,
      { name: 'sum', type: 'Add', inputs: ['input', 'bias'], dims: [2] },
      { name: 'relu', type: 'ReLU', inputs: ['sum'], dims: [2], ...change.relu },
      result('relu'),
    ],
    bin,
  );
}

/** What a faulty IR is answered with. */
function complaintAbout({ xml, bin }: TinyIr): string {
  try {
    convert({ xml, bin });
  } catch (error) {
    expect(error).toBeInstanceOf(ConversionError);
    return error instanceof ConversionError ? error.message : '';
  }
  throw new Error('expected the IR to be refused, and it was converted');
}

/** A change of the .xml that has to find what it changes. */
function edited(ir: TinyIr, from: string | RegExp, to: string): TinyIr {
  const xml = ir.xml.replace(from, to);
  expect(xml).not.toBe(ir.xml);
  return { ...ir, xml };
}

describe('an IR that is whole', () => {
  it('is converted', () => {
    expect(convert(small()).length).toBeGreaterThan(0);
  });
});

describe('an operator that is not known', () => {
  it('is named with its layer and operator set', () => {
    const ir = small({ relu: { type: 'Mish', opset: 'opset4' } });
    expect(complaintAbout(ir)).toBe(
      "The layer 'relu' (Mish) is of operator set opset4, and cannot be converted",
    );
  });

  it('is named with the operator sets in which it is known', () => {
    const ir = small({ relu: { type: 'SoftMax', opset: 'opset99' } });
    expect(complaintAbout(ir)).toBe(
      "The layer 'relu' (SoftMax) is of operator set opset99, and only opset1 and opset8 of it can be converted",
    );
  });

  it('does not matter where no result depends on it', () => {
    const ir = tinyIr([
      parameter('input', [2]),
      { name: 'unused', type: 'Mish', opset: 'opset4', inputs: ['input'], dims: [2] },
      { name: 'relu', type: 'ReLU', inputs: ['input'], dims: [2] },
      result('relu'),
    ]);
    expect(convert(ir).length).toBeGreaterThan(0);
  });
});

describe('a constant', () => {
  it('outside of the .bin is refused', () => {
    expect(complaintAbout(edited(small(), 'offset="0"', 'offset="4"'))).toBe(
      "The constant of layer 'bias' (Const) lies at bytes 4 to 12 of the .bin, which has 8: the two files do not belong together, or the .bin is cut off",
    );
  });

  it('in a .bin that is cut off is refused', () => {
    const ir = small();
    expect(complaintAbout({ ...ir, bin: ir.bin.subarray(0, 7) })).toMatch(/of the \.bin, which has 7: /);
  });

  it('with a negative offset is refused', () => {
    expect(complaintAbout(edited(small(), 'offset="0"', 'offset="-8"'))).toBe(
      "Expected attribute offset of layer 'bias' (Const) to be a number of bytes, and it is '-8'",
    );
  });

  it('with another size than its shape makes is refused', () => {
    expect(complaintAbout(edited(small(), 'size="8"', 'size="4"'))).toBe(
      "The constant of layer 'bias' (Const) is said to have 4 bytes, but f32 of shape [2] makes 8",
    );
  });

  it('of a type that is not known is refused', () => {
    expect(complaintAbout(edited(small(), 'f32" shape="2" offset', 'u4" shape="2" offset'))).toBe(
      "Expected attribute element_type of layer 'bias' (Const) to be f32, f16, i64, u64, i32, i8, u8, boolean, and it is 'u4'",
    );
  });

  it('whose port has another shape is refused', () => {
    expect(complaintAbout(small({ bias: { dims: [1] } }))).toBe(
      "The layer 'bias' (Const) says that its shape is [2], but its output port says [1]",
    );
  });
});

describe('connections', () => {
  it('in a cycle are refused', () => {
    const ir = tinyIr([
      parameter('input', [2]),
      { name: 'sum', type: 'Add', inputs: ['input', 'relu'], dims: [2] },
      { name: 'relu', type: 'ReLU', inputs: ['sum'], dims: [2] },
      result('relu'),
    ]);
    expect(complaintAbout(ir)).toBe(
      "The layers of the .xml form a cycle: layer 'sum' (Add) waits for its own result",
    );
  });

  it('from a port that does not exist are refused', () => {
    expect(
      complaintAbout(edited(small(), /from-layer="2" from-port="9"/, 'from-layer="2" from-port="1"')),
    ).toBe('An edge of the .xml starts at output port 1 of layer 2, which does not exist');
  });

  it('to a port that does not exist are refused', () => {
    expect(complaintAbout(edited(small(), /to-layer="3" to-port="0"/, 'to-layer="3" to-port="5"'))).toBe(
      'An edge of the .xml ends at input port 5 of layer 3, which does not exist',
    );
  });

  it('that leave an input open are refused', () => {
    expect(complaintAbout(edited(small(), /<edge from-layer="2".*\/>/, ''))).toBe(
      "Nothing is connected to input port 0 of layer 'relu' (ReLU)",
    );
  });

  it('that feed an input twice are refused', () => {
    const again = '<edge from-layer="0" from-port="9" to-layer="3" to-port="0"/></edges>';
    expect(complaintAbout(edited(small(), '</edges>', again))).toBe(
      'Two edges of the .xml end at input port 0 of layer 3',
    );
  });

  it('between ports of different shapes are refused', () => {
    const from =
      '<port id="0"><dim>2</dim></port></input><output><port id="9"><dim>2</dim></port></output></layer>\n<layer id="4"';
    expect(complaintAbout(edited(small(), from, from.replace('2', '3')))).toBe(
      "Input port 0 of layer 'relu' (ReLU) expects the shape [3], and what is connected to it is [2]",
    );
  });

  it('of a number that the operator does not take are refused', () => {
    const ir = tinyIr([
      parameter('input', [2]),
      { name: 'sum', type: 'Add', inputs: ['input'], dims: [2] },
      result('sum'),
    ]);
    expect(complaintAbout(ir)).toBe("The layer 'sum' (Add) has 1 inputs, and 2 are expected");
  });
});

describe('an .xml', () => {
  it('with a document type is refused', () => {
    const ir = edited(small(), '<net ', '<!DOCTYPE net [<!ENTITY a "aaaa">]><net ');
    expect(complaintAbout(ir)).toBe(
      'The .xml declares a document type or entities (<!DOCTYPE>), which no IR does',
    );
  });

  it('with an entity that is not defined is refused', () => {
    expect(complaintAbout(edited(small(), 'name="relu"', 'name="&xxe;"'))).toBe(
      'The .xml refers to an entity that XML does not define: &xxe;',
    );
  });

  it('may have the characters that XML escapes in names', () => {
    expect(convert(edited(small(), 'name="sum"', 'name="a &lt;&amp;&gt; b"')).length).toBeGreaterThan(0);
  });

  it.each(['9', '12'])('of version %s is refused', (version) => {
    expect(complaintAbout(edited(small(), 'version="11"', `version="${version}"`))).toBe(
      `Expected an OpenVINO IR of version 10 or 11, and this one is of version ${version}; export the model again with a release of OpenVINO that writes one of these`,
    );
  });

  it('that is cut off is refused', () => {
    const ir = small();
    expect(complaintAbout({ ...ir, xml: ir.xml.slice(0, ir.xml.length / 2) })).toBe(
      'The .xml is not an OpenVINO IR, or is cut off: it does not end with </net>',
    );
  });

  it('that lacks what every IR has is refused with its place', () => {
    expect(complaintAbout(edited(small(), ' type="Add"', ''))).toMatch(
      /^The \.xml is not a whole OpenVINO IR: net\.layers\.layer\.2\.@type: /,
    );
  });

  it('that is no text is refused', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x00);
    expect(() => convertOpenVino(bytes, new Uint8Array())).toThrow('The .xml is not a text in UTF-8');
  });

  it('without a result is refused', () => {
    expect(complaintAbout(tinyIr([parameter('input', [2])]))).toBe('The .xml has no layer of type Result');
  });
});

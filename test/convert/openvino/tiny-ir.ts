import type { Tensor } from '../../../src/imaging/tensor.js';
import { convertOpenVino, type OpenVinoOptions } from '../../../src/convert/openvino.js';
import { loadBytes } from '../../kit/prepared.js';
import { floatsOf } from './references.js';

/** A layer of a hand-made IR: its inputs are other layers' names, its data the attributes. */
export interface TinyLayer {
  readonly name: string;
  readonly type: string;
  readonly opset?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly inputs?: readonly string[];
  /** Of the output; a Result has none. */
  readonly dims?: readonly number[];
  readonly layout?: string;
}

export interface TinyIr {
  readonly xml: string;
  readonly bin: Uint8Array;
}

/** The bytes of constants one after the other, and the layers that read them. */
export class TinyBin {
  #bytes: number[] = [];

  constant(name: string, type: string, dims: readonly number[], values: ArrayBufferView): TinyLayer {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const data = {
      element_type: type,
      shape: dims.join(', '),
      offset: String(this.#bytes.length),
      size: String(bytes.length),
    };
    this.#bytes.push(...bytes);
    return { name, type: 'Const', data, dims };
  }

  floats(name: string, dims: readonly number[], values: readonly number[]): TinyLayer {
    return this.constant(name, 'f32', dims, Float32Array.from(values));
  }

  ints(name: string, values: readonly number[]): TinyLayer {
    return this.constant(name, 'i64', [values.length], BigInt64Array.from(values, BigInt));
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

export function parameter(name: string, dims: readonly number[], type = 'f32', layout?: string): TinyLayer {
  const data = { shape: dims.map((dim) => (dim < 0 ? '?' : dim)).join(','), element_type: type };
  return { name, type: 'Parameter', data, dims, ...(layout && { layout }) };
}

export function result(input: string): TinyLayer {
  return { name: `${input}/result`, type: 'Result', inputs: [input] };
}

/** Writes an IR; layers are in the order given, and ids count from 0. */
export function tinyIr(layers: readonly TinyLayer[], bin = new TinyBin(), version = 11): TinyIr {
  const ids = new Map(layers.map(({ name }, id) => [name, id]));
  const dimsOf = (name: string) => layers.find((layer) => layer.name === name)?.dims ?? [];
  const outputPort = 9;
  const edges: string[] = [];
  const written = layers.map(({ name, type, opset, data, inputs = [], dims, layout }, id) => {
    const attributes = Object.entries(data ?? {}).map(([key, value]) => ` ${key}="${value}"`);
    const ports = inputs.map((input, port) => {
      const source = ids.get(input);
      edges.push(
        `<edge from-layer="${source}" from-port="${outputPort}" to-layer="${id}" to-port="${port}"/>`,
      );
      return `<port id="${port}">${dimensions(dimsOf(input))}</port>`;
    });
    const info = layout ? `<rt_info><attribute name="layout" version="0" layout="${layout}"/></rt_info>` : '';
    return [
      `<layer id="${id}" name="${name}" type="${type}" version="${opset ?? 'opset1'}">`,
      `<data${attributes.join('')}/>`,
      `<input>${ports.join('')}</input>`,
      dims ? `<output><port id="${outputPort}">${dimensions(dims)}${info}</port></output>` : '',
      '</layer>',
    ].join('');
  });
  const xml = `<?xml version="1.0"?>
<net name="tiny" version="${version}">
<layers>
${written.join('\n')}
</layers>
<edges>
${edges.join('\n')}
</edges>
</net>
`;
  return { xml, bin: bin.bytes };
}

function dimensions(dims: readonly number[]): string {
  return dims.map((dim) => `<dim>${dim}</dim>`).join('');
}

export function convert({ xml, bin }: TinyIr, options?: OpenVinoOptions): Uint8Array {
  return convertOpenVino(new TextEncoder().encode(xml), bin, options);
}

/** Converts and runs an IR with one output. */
export async function run(
  ir: TinyIr,
  feeds: Record<string, { dims: readonly number[]; values: readonly number[] }>,
): Promise<{ dims: readonly number[]; values: number[] }> {
  const session = await loadBytes(convert(ir));
  try {
    const answer = await session.run(
      Object.fromEntries(
        Object.entries(feeds).map(([name, { dims, values }]): [string, Tensor] => [
          name,
          { type: 'float32', data: Float32Array.from(values), dims },
        ]),
      ),
    );
    const tensor = answer[session.outputs[0] ?? ''];
    return { dims: tensor?.dims ?? [], values: [...floatsOf(tensor)] };
  } finally {
    await session.release();
  }
}

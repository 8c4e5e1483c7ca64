/** Where a value comes from: an output port of a layer. */
export interface Source {
  readonly layer: string;
  readonly port: string;
}

/** An output of a layer. A size of -1 is open. */
export interface Output {
  readonly port: string;
  readonly dims: readonly number[];
  /** The meaning of each dimension, for example NCHW, where the IR tells. */
  readonly layout: string | undefined;
}

/** A node of the network. */
export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The version of the operator set that defines its meaning, for example `opset4`. */
  readonly opset: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inputs: readonly Source[];
  readonly outputs: readonly Output[];
  /** A constant to add to each channel of a convolution's result. */
  readonly bias?: Source;
}

export interface IrDocument {
  readonly name: string;
  /** Those that some result depends on, and all parameters; each behind the layers that it takes its inputs from. */
  readonly layers: readonly Layer[];
}

/** `layer 'conv1' (Convolution)`, as messages call it. */
export function describe({ name, type }: { name: string; type: string }): string {
  return `layer '${name}' (${type})`;
}

/**
 * The part of a `.caffemodel` that the converter reads: each layer's name and its blobs. The description that
 * such a file repeats is read over; the prototxt's is what counts, as in Caffe.
 */
import protobuf from 'protobufjs';
import { messageOf } from '../../errors.js';
import { ConversionError } from '../conversion-error.js';

// Packed numbers lie in the file as bytes lie: read as such, 23 MB of weights are not turned into an array of
// numbers one by one.
const DEFINITIONS = `
syntax = "proto2";
package caffe;
message LayerParameter { optional string name = 1; repeated BlobProto blobs = 7; }
message BlobProto {
  optional int32 num = 1;
  optional int32 channels = 2;
  optional int32 height = 3;
  optional int32 width = 4;
  optional bytes data = 5;
  optional BlobShape shape = 7;
  optional bytes double_data = 8;
}
message BlobShape { repeated int64 dim = 1; }
`;

const LayerMessage = protobuf.parse(DEFINITIONS).root.lookupType('caffe.LayerParameter');

/** Fields of the file's outermost message. */
const FIELD = { oldLayers: 2, layer: 100 };
const LENGTH_DELIMITED = 2;

/** A blob as the file holds it: float32 or float64 values, little-endian, in a shape of today's or of the old form. */
export interface StoredBlob {
  readonly shape: { readonly dim: readonly unknown[] } | null;
  readonly num: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
  readonly doubleData: Uint8Array;
}

interface StoredLayer {
  readonly name: string;
  readonly blobs: readonly StoredBlob[];
}

/**
 * Reads the blobs of each layer, by the layer's name.
 * @throws ConversionError when the file is no caffemodel, or breaks off
 */
export function readCaffemodel(bytes: Uint8Array): Map<string, readonly StoredBlob[]> {
  const layers = new Map<string, readonly StoredBlob[]>();
  const reader = protobuf.Reader.create(bytes);
  let last: string | undefined;
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const field = tag >>> 3;
      const wireType = tag & 7;
      if (wireType === LENGTH_DELIMITED && field === FIELD.oldLayers) {
        throw new ConversionError(
          "The caffemodel is of Caffe's first year; upgrade it with Caffe's upgrade_net_proto_binary",
        );
      }
      if (wireType !== LENGTH_DELIMITED || field !== FIELD.layer) {
        reader.skipType(wireType);
        continue;
      }
      const layer = LayerMessage.decode(reader, reader.uint32());
      if (!isLayer(layer)) continue;
      layers.set(layer.name, layer.blobs);
      last = layer.name;
    }
  } catch (cause) {
    if (cause instanceof ConversionError) throw cause;
    const where = last === undefined ? 'at its beginning' : `after layer '${last}'`;
    throw new ConversionError(
      `The caffemodel is damaged or breaks off ${where} (${messageOf(cause)}); fetch it again`,
      { cause },
    );
  }
  if (layers.size === 0) throw new ConversionError('The caffemodel holds no layers; fetch it again');
  return layers;
}

function isLayer(message: unknown): message is StoredLayer {
  return message instanceof protobuf.Message && 'blobs' in message && Array.isArray(message.blobs);
}

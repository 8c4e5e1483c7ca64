/**
 * The part of the ONNX file format (a protobuf message, https://onnx.ai/onnx/repo-docs/IR.html) that the
 * converters read and write. Fields that are not named here pass through a decode and encode unharmed; see
 * decodeModel.
 */
import protobuf from 'protobufjs';

const DEFINITIONS = `
syntax = "proto3";
package onnx;
message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  string producer_version = 3;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
  repeated ValueInfoProto value_info = 13;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string name = 3;
  string op_type = 4;
  repeated AttributeProto attribute = 5;
  string domain = 7;
}
message AttributeProto {
  string name = 1;
  float f = 2;
  int64 i = 3;
  bytes s = 4;
  TensorProto t = 5;
  repeated float floats = 7;
  repeated int64 ints = 8;
  int32 type = 20;
}
message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  repeated float float_data = 4;
  repeated int32 int32_data = 5;
  repeated int64 int64_data = 7;
  string name = 8;
  bytes raw_data = 9;
}
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto { Tensor tensor_type = 1; message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } }
message TensorShapeProto {
  repeated Dimension dim = 1;
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
}
`;

const root = protobuf.parse(DEFINITIONS, { keepCase: true }).root;

/** The protobuf type of a whole ONNX file. */
export const ModelMessage = root.lookupType('onnx.ModelProto');

/** The element types that the converters use, by their number in TensorProto.DataType. */
export const ELEMENT = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10 } as const;
export type ElementType = keyof typeof ELEMENT;

/** The kinds of attribute that the converters write, by their number in AttributeProto.AttributeType. */
export const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

/** A protobuf int64 as protobufjs hands it over; `Number()` makes a number of either. */
export type Int64 = number | { toString(): string };

export interface AttributeProto {
  name: string;
  type: number;
  f?: number;
  i?: Int64;
  s?: Uint8Array;
  t?: TensorProto;
  floats?: number[];
  ints?: Int64[];
}

export interface NodeProto {
  name?: string;
  op_type: string;
  /** Absent or empty for the standard operators. */
  domain?: string;
  input: string[];
  output: string[];
  attribute?: AttributeProto[];
}

export interface TensorProto {
  name: string;
  dims: Int64[];
  data_type: number;
  /** Little-endian; where it is absent the values are in the list of their type. */
  raw_data?: Uint8Array;
  float_data?: number[];
  int32_data?: number[];
  int64_data?: Int64[];
}

export interface ValueInfoProto {
  name: string;
  type: { tensor_type: { elem_type: number; shape?: { dim: { dim_value?: Int64; dim_param?: string }[] } } };
}

export interface GraphProto {
  name: string;
  node: NodeProto[];
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  value_info: ValueInfoProto[];
}

export interface ModelProto {
  ir_version: Int64;
  producer_name?: string;
  opset_import: { domain?: string; version: Int64 }[];
  graph: GraphProto;
}

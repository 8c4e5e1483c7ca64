/**
 * The part of a Caffe network description (`.prototxt`) that the converter reads. Names and defaults are the
 * format's own (https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto and its SSD branch).
 * Reserved names are read over: what matters to training only, and the parameters of layers that are not
 * converted, so that such a layer is refused by its name and type instead of by a word inside of it.
 */
import protobuf from 'protobufjs';

const DEFINITIONS = `
syntax = "proto2";
package caffe;
enum Phase { TRAIN = 0; TEST = 1; }
message BlobShape { repeated int32 dim = 1; }
message NetParameter {
  reserved "layers", "force_backward", "state", "debug_info";
  optional string name = 1;
  repeated string input = 3;
  repeated int32 input_dim = 4;
  repeated BlobShape input_shape = 8;
  repeated LayerParameter layer = 100;
}
message NetStateRule {
  optional Phase phase = 1 [default = TEST];
  optional int32 min_level = 2;
  optional int32 max_level = 3;
  repeated string stage = 4;
  repeated string not_stage = 5;
}
message LayerParameter {
  reserved "phase", "loss_weight", "param", "propagate_down", "transform_param", "loss_param";
  reserved "accuracy_param", "annotated_data_param", "argmax_param", "bias_param", "contrastive_loss_param",
    "crop_param", "data_param", "detection_evaluate_param", "dropout_param", "dummy_data_param",
    "eltwise_param", "elu_param", "embed_param", "exp_param", "hdf5_data_param", "hdf5_output_param",
    "hinge_loss_param", "image_data_param", "infogain_loss_param", "inner_product_param", "log_param",
    "lrn_param", "lstm_param", "memory_data_param", "multibox_loss_param", "mvn_param", "norm_param",
    "parameter_param", "pooling_param", "power_param", "prelu_param", "proposal_param",
    "psroi_pooling_param", "python_param", "recurrent_param", "reduction_param", "region_param",
    "reorg_param", "roi_pooling_param", "shuffle_channel_param", "sigmoid_param", "slice_param",
    "split_param", "spp_param", "swish_param", "tanh_param", "threshold_param", "tile_param",
    "upsample_param", "video_data_param", "window_data_param";
  optional string name = 1;
  optional string type = 2;
  repeated string bottom = 3;
  repeated string top = 4;
  repeated NetStateRule include = 8;
  repeated NetStateRule exclude = 9;
  optional ConcatParameter concat_param = 104;
  optional ConvolutionParameter convolution_param = 106;
  optional ReLUParameter relu_param = 123;
  optional SoftmaxParameter softmax_param = 125;
  optional ReshapeParameter reshape_param = 133;
  optional FlattenParameter flatten_param = 135;
  optional BatchNormParameter batch_norm_param = 139;
  optional ScaleParameter scale_param = 142;
  optional InputParameter input_param = 143;
  optional PermuteParameter permute_param = 202;
  optional PriorBoxParameter prior_box_param = 203;
  optional DetectionOutputParameter detection_output_param = 204;
}
message InputParameter { repeated BlobShape shape = 1; }
message ConvolutionParameter {
  reserved "weight_filler", "bias_filler", "engine", "force_nd_im2col", "cudnn_convolution_algo_seeker";
  optional uint32 num_output = 1;
  optional bool bias_term = 2 [default = true];
  repeated uint32 pad = 3;
  repeated uint32 kernel_size = 4;
  optional uint32 group = 5 [default = 1];
  repeated uint32 stride = 6;
  optional uint32 pad_h = 9;
  optional uint32 pad_w = 10;
  optional uint32 kernel_h = 11;
  optional uint32 kernel_w = 12;
  optional uint32 stride_h = 13;
  optional uint32 stride_w = 14;
  optional int32 axis = 16 [default = 1];
  repeated uint32 dilation = 18;
}
message BatchNormParameter {
  reserved "moving_average_fraction", "scale_filler", "bias_filler", "engine";
  optional bool use_global_stats = 1 [default = true];
  optional float eps = 3 [default = 1e-5];
}
message ScaleParameter {
  reserved "filler", "bias_filler";
  optional int32 axis = 1 [default = 1];
  optional int32 num_axes = 2 [default = 1];
  optional bool bias_term = 4;
}
message ReLUParameter {
  reserved "engine";
  optional float negative_slope = 1;
}
message SoftmaxParameter {
  reserved "engine";
  optional int32 axis = 2 [default = 1];
}
message ConcatParameter {
  optional uint32 concat_dim = 1 [default = 1];
  optional int32 axis = 2 [default = 1];
}
message FlattenParameter {
  optional int32 axis = 1 [default = 1];
  optional int32 end_axis = 2 [default = -1];
}
message ReshapeParameter {
  optional BlobShape shape = 1;
  optional int32 axis = 2;
  optional int32 num_axes = 3 [default = -1];
}
message PermuteParameter { repeated uint32 order = 1; }
message PriorBoxParameter {
  repeated float min_size = 1;
  repeated float max_size = 2;
  repeated float aspect_ratio = 3;
  optional bool flip = 4 [default = true];
  optional bool clip = 5;
  repeated float variance = 6;
  optional uint32 img_size = 7;
  optional uint32 img_h = 8;
  optional uint32 img_w = 9;
  optional float step = 10;
  optional float step_h = 11;
  optional float step_w = 12;
  optional float offset = 13 [default = 0.5];
}
message DetectionOutputParameter {
  reserved "save_output_param", "visualize", "visualize_threshold", "save_file";
  optional uint32 num_classes = 1;
  optional bool share_location = 2 [default = true];
  optional int32 background_label_id = 3;
  optional NonMaximumSuppressionParameter nms_param = 4;
  optional CodeType code_type = 6 [default = CORNER];
  optional int32 keep_top_k = 7 [default = -1];
  optional bool variance_encoded_in_target = 8;
  optional float confidence_threshold = 9;
  enum CodeType { CORNER = 1; CENTER_SIZE = 2; CORNER_SIZE = 3; }
}
message NonMaximumSuppressionParameter {
  optional float nms_threshold = 1 [default = 0.3];
  optional int32 top_k = 2 [default = -1];
  optional float eta = 3 [default = 1.0];
}
`;

/** The protobuf type of a whole network description. */
export const NetMessage = protobuf.parse(DEFINITIONS).root.lookupType('caffe.NetParameter');

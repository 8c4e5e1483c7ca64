"""Halves the size of an ONNX file by storing its larger weights as fp16."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST_TENSOR_TO_HALVE = 512


def store_weights_as_fp16(path: str) -> None:
    """Rewrites the file with fp16 weights and a Cast in front of each use.

    A runtime folds the Casts when it loads the file, so the arithmetic stays fp32.
    """
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for index, tensor in enumerate(list(graph.initializer)):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALLEST_TENSOR_TO_HALVE:
            continue
        half_name = tensor.name + '_h'
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half_name))
        cast = helper.make_node(
            'Cast', [half_name], [tensor.name], to=TensorProto.FLOAT, name=f'cast_{index}'
        )
        casts.append(cast)
    for cast in reversed(casts):
        graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    onnx.save(model, path)

"""Runs a trained model for evaluation, from torch weights or from the exported ONNX file alike."""

from collections.abc import Callable

import numpy as np
import torch

Outputs = torch.Tensor | tuple[torch.Tensor, ...]
Predict = Callable[[torch.Tensor], Outputs]


def load_exported(weights: str, build: Callable[[dict[str, torch.Tensor]], Predict], threads: int) -> Predict:
    """Returns a function from an input batch to the outputs that the exported graph has.

    Args:
        weights: A `.pt` file (state dict) or a `.onnx` file such as the shipped one.
        build: Makes the exported form of the network from a state dict; not called for a `.onnx` file.
        threads: CPU threads.
    """
    torch.set_num_threads(threads)
    if weights.endswith('.onnx'):
        return _load_onnx(weights, threads)
    return build(torch.load(weights))


def _load_onnx(path: str, threads: int) -> Predict:
    import onnxruntime  # only wanted here: training and evaluating torch weights do without it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=['CPUExecutionProvider'])
    input_name = session.get_inputs()[0].name

    def predict(batch: torch.Tensor) -> Outputs:
        outputs = session.run(None, {input_name: np.ascontiguousarray(batch.numpy())})
        tensors = tuple(torch.from_numpy(output) for output in outputs)
        return tensors[0] if len(tensors) == 1 else tensors

    return predict

"""Writes colours.onnx, a classifier small enough to be understood whole: pip install onnx; python make-colours.py"""

from pathlib import Path

import onnx
from onnx import TensorProto, helper

# Red, green, blue of 0..1, as such a colour averages over a photograph: duller than from a paint box.
COLOURS = {
    "black": (0.0, 0.0, 0.0),
    "grey": (0.5, 0.5, 0.5),
    "white": (1.0, 1.0, 1.0),
    "red": (0.8, 0.2, 0.2),
    "orange": (0.85, 0.55, 0.25),
    "yellow": (0.9, 0.85, 0.2),
    "green": (0.25, 0.65, 0.25),
    "blue": (0.2, 0.3, 0.8),
    "purple": (0.6, 0.25, 0.7),
}
SIZE = 32
# How sure the classifier is of the nearest colour.
SHARPNESS = 20.0

# The nearest colour c is the one with the smallest |mean - c|^2 = |mean|^2 - 2 c.mean + |c|^2. The first term
# is the same for all of them; what is left, with its sign turned, is one linear layer.
weights = [[2 * SHARPNESS * channel for channel in colour] for colour in COLOURS.values()]
bias = [-SHARPNESS * sum(channel**2 for channel in colour) for colour in COLOURS.values()]


def floats(name, dims, values):
    return helper.make_tensor(name, TensorProto.FLOAT, dims, values)


graph = helper.make_graph(
    nodes=[
        helper.make_node("GlobalAveragePool", ["picture"], ["averages"]),
        helper.make_node("Flatten", ["averages"], ["mean"]),
        helper.make_node("Gemm", ["mean", "weights", "bias"], ["logits"], transB=1),
    ],
    name="colours",
    inputs=[helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
    outputs=[helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, len(COLOURS)])],
    initializer=[
        floats("weights", [len(COLOURS), 3], sum(weights, [])),
        floats("bias", [len(COLOURS)], bias),
    ],
)
model = helper.make_model(
    graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="make-colours.py"
)
onnx.checker.check_model(model)

folder = Path(__file__).parent
onnx.save(model, folder / "colours.onnx")
(folder / "labels.txt").write_text("\n".join(COLOURS) + "\n")

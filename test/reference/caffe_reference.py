"""Makes the reference of the Caffe converter's tests: random weights for a small network, one input, and what
OpenCV's DNN module answers to it.

    pip install "opencv-python-headless<5" numpy
    python test/reference/caffe_reference.py

OpenCV 5 reads no Caffe files any more. All numbers are written as little-endian float32.
"""

from pathlib import Path

import cv2
import numpy as np

FOLDER = Path(__file__).parent.parent / "fixtures" / "caffe" / "every-layer"
INPUT = (1, 3, 16, 20)
CHECKED = ["joined", "loc", "scores", "priors", "found"]

# The shapes of each layer's blobs. A BatchNorm's third blob divides the other two.
LAYERS = {
    "conv1": [(8, 3, 3, 5), (8,)],
    "bn1": [(8,), (8,), (1,)],
    "scale1": [(8,), (8,)],
    "conv2": [(12, 4, 3, 3)],
    "scale2": [(12,)],
    "scale3": [(12,), (12,)],
    "bn3": [(12,), (12,), (1,)],
    "conv3": [(16, 20, 3, 3), (16,)],
    "loc1": [(48, 20, 1, 1), (48,)],
    "conf1": [(48, 20, 1, 1), (48,)],
    "loc2": [(8, 16, 1, 1), (8,)],
    "conf2": [(8, 16, 1, 1), (8,)],
}


def varint(value: int) -> bytes:
    """A whole number as protobuf writes it."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def field(number: int, content: bytes) -> bytes:
    """A field of bytes, of packed numbers or of another message."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def caffemodel(layers: dict[str, list[np.ndarray]]) -> bytes:
    """The file that Caffe would write of these blobs (NetParameter in caffe.proto)."""
    net = b""
    for name, blobs in layers.items():
        layer = field(1, name.encode())
        for blob in blobs:
            shape = field(1, b"".join(varint(size) for size in blob.shape))
            layer += field(7, field(5, blob.astype("<f4").tobytes()) + field(7, shape))
        net += field(100, layer)
    return net


def random_blobs(name: str, shapes: list[tuple[int, ...]], rng: np.random.Generator) -> list[np.ndarray]:
    """Numbers in the range of trained ones, so that what flows through the network keeps its size."""
    if name.startswith("bn"):
        count = 2.5
        mean, variance = rng.normal(0, 0.3, shapes[0]), rng.uniform(0.3, 2, shapes[1])
        return [mean * count, variance * count, np.array([count])]
    if name.startswith("scale"):
        return [rng.uniform(0.5, 1.5, shapes[0]), *(rng.normal(0, 0.3, shape) for shape in shapes[1:])]
    kernels, *bias = shapes
    gain = 2 if name.startswith("conf") else 1.4
    spread = gain / np.sqrt(np.prod(kernels[1:]))
    return [rng.normal(0, spread, kernels), *(rng.normal(0, 0.2, shape) for shape in bias)]


def main() -> None:
    rng = np.random.default_rng(7)
    weights = {name: random_blobs(name, shapes, rng) for name, shapes in LAYERS.items()}
    (FOLDER / "weights.caffemodel").write_bytes(caffemodel(weights))
    picture = rng.normal(0, 1, INPUT).astype("<f4")
    (FOLDER / "data.f32").write_bytes(picture.tobytes())

    net = cv2.dnn.readNetFromCaffe(str(FOLDER / "deploy.prototxt"), str(FOLDER / "weights.caffemodel"))
    net.setInput(picture, "data")
    for name, value in zip(CHECKED, net.forward(CHECKED), strict=True):
        print(name, value.shape, f"{value.min():.3f} .. {value.max():.3f}")
        (FOLDER / f"{name}.f32").write_bytes(value.astype("<f4").tobytes())


if __name__ == "__main__":
    main()

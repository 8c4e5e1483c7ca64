"""Makes test/fixtures/openvino: what OpenVINO answers for pictures that a formula makes.

    pip install openvino==2026.4.1 numpy
    python test/reference/openvino_reference.py <folder with the published models> test/fixtures/openvino

The folder is laid out like a model mirror, <id>/<file>. Each fixture is a gzipped JSON with the shape of the
output, statistics over all of it, and every n-th of its values. test/convert/openvino/picture.ts makes the
same pictures.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import openvino as ov

# Primes, so that the values come from all columns, rows and channels; the first that leaves few enough.
STRIDES = (1, 53, 331, 3109)
MOST_VALUES = 2_500

V3 = "mobilenet-v3-small/v3-small_224_1.0_float"
ROAD = "road-segmentation-adas-0001/road-segmentation-adas-0001"
SR = "single-image-super-resolution-1032/{}/single-image-super-resolution-1032"


def picture(height: int, width: int) -> np.ndarray:
    """A 1 x 3 x height x width picture, 0..255: slanted ramps with sharp edges, a quarter of it noise."""
    index = np.arange(3 * height * width, dtype=np.uint32).reshape(1, 3, height, width)
    mixed = index * np.uint32(0x9E3779B1)
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x85EBCA6B)
    noise = (mixed >> np.uint32(24)).astype(np.int64)
    channel, row, column = (axis.astype(np.int64) for axis in np.indices((3, height, width)))
    ramps = (2 * column + 3 * row + 40 * channel) & 255
    return ((ramps * 3 + noise) >> 2).astype(np.float32)


def enlarged(image: np.ndarray) -> np.ndarray:
    """Four times as high and wide, by repeating pixels."""
    return image.repeat(4, axis=2).repeat(4, axis=3)


def answer(xml: Path, feeds: dict[str, np.ndarray]) -> np.ndarray:
    core = ov.Core()
    model = core.read_model(xml)
    model.reshape({port: list(feeds[port.node.friendly_name].shape) for port in model.inputs})
    # Otherwise some processors compute in halves.
    compiled = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    results = compiled([feeds[port.node.friendly_name] for port in compiled.inputs])
    return results[compiled.output(0)]


def write(path: Path, size: tuple[int, int], output: np.ndarray) -> None:
    stride = next(stride for stride in STRIDES if output.size <= stride * MOST_VALUES)
    flat = output.astype(np.float64).ravel()
    fixture = {
        "openvino": ov.__version__,
        "height": size[0],
        "width": size[1],
        "shape": list(output.shape),
        "min": flat.min(),
        "max": flat.max(),
        "mean": flat.mean(),
        "deviation": flat.std(),
        "stride": stride,
        "values": [float(f"{value:.7g}") for value in flat[::stride]],
    }
    # No time in the file: it changes only when its content does.
    path.write_bytes(gzip.compress(json.dumps(fixture).encode(), mtime=0))
    print(f"{path}: {output.shape}, {path.stat().st_size} bytes")


def main(models: Path, fixtures: Path) -> None:
    def make(name: str, ir: str, size: tuple[int, int], feeds: dict[str, np.ndarray]) -> None:
        write(fixtures / f"{name}.json.gz", size, answer(models / f"{ir}.xml", feeds))

    fixtures.mkdir(parents=True, exist_ok=True)
    make("mobilenet-v3-small", V3, (224, 224), {"input": picture(224, 224).transpose(0, 2, 3, 1).copy()})
    make("road-segmentation-adas-0001", ROAD, (512, 896), {"data": picture(512, 896)})
    for variant, sizes in {
        "FP32": [(270, 480), (64, 96), (33, 50), (101, 40)],
        "FP16-INT8": [(96, 128)],
    }.items():
        for height, width in sizes:
            small = picture(height, width)
            name = f"single-image-super-resolution-1032-{variant.lower()}-{height}x{width}"
            make(name, SR.format(variant), (height, width), {"0": small, "1": enlarged(small)})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

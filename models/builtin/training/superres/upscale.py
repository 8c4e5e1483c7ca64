"""One test photo through the network and through bicubic, beside the truth."""

from typing import NamedTuple

import numpy as np
import torch
from PIL import Image

from common.exported import Predict
from superres.data import crop_to_scale, shrink
from superres.model import SCALE


class Upscaled(NamedTuple):
    """RGB images [H, W, 3] of one size, 0..255; `network` is rounded but still float32."""

    network: np.ndarray
    bicubic: np.ndarray
    nearest: np.ndarray
    truth: np.ndarray


def upscale_photo(predict: Predict, path: str) -> Upscaled:
    """Shrinks a photo by 4 and enlarges it again in each way."""
    truth = crop_to_scale(Image.open(path).convert('RGB'))
    low = shrink(truth, SCALE)
    batch = torch.from_numpy(np.asarray(low).transpose(2, 0, 1)[None].astype(np.float32) / 255)
    output = predict(batch)[0].permute(1, 2, 0).numpy()
    return Upscaled(
        network=np.round(output * 255),
        bicubic=np.asarray(low.resize(truth.size, Image.BICUBIC)),
        nearest=np.asarray(low.resize(truth.size, Image.NEAREST)),
        truth=np.asarray(truth),
    )

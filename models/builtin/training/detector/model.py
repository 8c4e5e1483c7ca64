"""The object detector: one-stage and anchor-free (CenterNet heat map, trained the TTFNet way).

The classifier's backbone at half input scale, a small feature pyramid down to stride 8, one heat map per
class and one box per cell. Attribute names are part of the checkpoint format (state dict keys): `l16` is the
lateral convolution at stride 16 of the input, `d16` the one after the sum; `hc` and `hb` precede the outputs.
"""

import torch
import torch.nn.functional as F
from torch import nn

from classifier.model import Backbone, ConvNormAct
from common.half_weights import store_weights_as_fp16

SIZE, STRIDE = 256, 8  # input side in pixels, pixels per cell
GRID = SIZE // STRIDE  # cells per side
NAMES = ['person', 'car', 'cat', 'dog', 'horse', 'cow', 'sheep']


class Detector(nn.Module):
    """Class logits and box distances for each cell of a 32x32 grid over a 256x256 picture."""

    def __init__(self, channels: int = 96):
        super().__init__()
        self.net = Backbone()
        self.l32, self.l16, self.l8 = (
            ConvNormAct(224, 128, 1),
            ConvNormAct(128, 128, 1),
            ConvNormAct(64, channels, 1),
        )
        self.d16, self.d8 = ConvNormAct(128, channels), ConvNormAct(channels, channels)
        self.ctx = nn.Conv2d(224, 128, 1)  # global context
        self.hc, self.cls = ConvNormAct(channels, channels), nn.Conv2d(channels, len(NAMES), 1)
        self.hb, self.box = ConvNormAct(channels, 64), nn.Conv2d(64, 4, 1)
        # Nearly everything is background at first, so scores start low (sigmoid(-4) = 0.018).
        nn.init.constant_(self.cls.bias, -4.0)
        nn.init.normal_(self.cls.weight, 0, 0.01)
        nn.init.constant_(self.box.bias, 2.0)
        nn.init.normal_(self.box.weight, 0, 0.01)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Maps RGB 0..255 [N, 3, 256, 256] to class logits [N, 7, 32, 32] and distances [N, 4, 32, 32].

        Distances are pixels from the cell's centre to the left, top, right and bottom edges.
        """
        backbone = self.net
        normalised = (x - backbone.mean) / backbone.std
        # Pooling after the stem: the backbone sees the image at half scale.
        f4 = backbone.s1(F.avg_pool2d(backbone.stem(normalised), 2))
        f8 = backbone.s2(f4)
        f16 = backbone.s3(f8)
        f32 = backbone.s4(f16)
        pyramid = self.l32(f32) + self.ctx(f32.mean((2, 3), keepdim=True))
        pyramid = self.d16(_double(pyramid) + self.l16(f16))
        pyramid = self.d8(_double(pyramid) + self.l8(f8))
        logits = self.cls(self.hc(pyramid)).float()
        return logits, torch.exp(self.box(self.hb(pyramid)).float().clamp(-3, 4.2)) * 4


def _double(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2.0, mode='nearest')


def decode(distances: torch.Tensor) -> torch.Tensor:
    """Turns distances [N, 4, 32, 32] into boxes x1 y1 x2 y2 in input pixels, same shape, not clamped."""
    centres = (torch.arange(GRID, dtype=torch.float32) + 0.5) * STRIDE
    x, y = centres.view(1, 1, GRID), centres.view(1, GRID, 1)
    return torch.stack(
        [x - distances[:, 0], y - distances[:, 1], x + distances[:, 2], y + distances[:, 3]], 1
    )


class Exported(nn.Module):
    """What goes into the ONNX file: boxes, and scores that are 0 except at local maxima of the heat map."""

    def __init__(self, m: Detector):
        super().__init__()
        self.m = m

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Maps RGB 0..255 [N, 3, 256, 256] to boxes [N, 1024, 4] in input pixels and scores [N, 1024, 7]."""
        logits, distances = self.m(x)
        scores = torch.sigmoid(logits)
        scores = scores * (F.max_pool2d(scores, 3, 1, 1) <= scores).float()
        boxes = decode(distances).clamp(0, SIZE)
        return boxes.flatten(2).transpose(1, 2), scores.flatten(2).transpose(1, 2)


def export(model: Detector, path: str) -> None:
    """Writes the ONNX file with fp16 weights; the network is back in training mode afterwards."""
    model.eval()
    torch.onnx.export(
        Exported(model),
        torch.rand(1, 3, SIZE, SIZE) * 255,
        path,
        opset_version=13,
        input_names=['image'],
        output_names=['boxes', 'scores'],
        dynamic_axes={name: {0: 'batch'} for name in ('image', 'boxes', 'scores')},
    )
    model.train()
    store_weights_as_fp16(path)

"""The image classifier: a compact ResNet for the 200 classes of Tiny ImageNet at 64x64.

It has 2.4 million parameters. The detector builds on the same backbone. Attribute names are part of the
checkpoint format (state dict keys).
"""

import torch
import torch.nn.functional as F
from torch import nn

from common.half_weights import store_weights_as_fp16

IMAGE_SIDE = 64
CLASSES = 200
WIDTHS = (32, 64, 128, 224)  # channels at strides 2, 4, 8, 16
BLOCKS = (2, 2, 2, 2)


class ConvNormAct(nn.Sequential):
    """Convolution without bias, batch norm and, unless told otherwise, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1, act: bool = True):
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs),
            *([nn.ReLU(inplace=True)] if act else []),
        )


class ResidualBlock(nn.Module):
    """Basic block; when it shrinks the map, the shortcut averages before its 1x1 convolution (ResNet-D)."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1):
        super().__init__()
        self.a, self.b = (
            ConvNormAct(inputs, outputs, 3, stride),
            ConvNormAct(outputs, outputs, 3, 1, act=False),
        )
        nn.init.constant_(self.b[1].weight, 0.25)
        if inputs == outputs and stride == 1:
            self.skip = nn.Identity()
        else:
            shrink = [nn.AvgPool2d(2, 2)] if stride == 2 else []
            self.skip = nn.Sequential(*shrink, ConvNormAct(inputs, outputs, 1, act=False))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps [N, inputs, H, W] to [N, outputs, H / stride, W / stride]."""
        return F.relu(self.b(self.a(x)) + self.skip(x))


def _stage(inputs: int, outputs: int, stride: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(
        ResidualBlock(inputs, outputs, stride), *[ResidualBlock(outputs, outputs) for _ in range(blocks - 1)]
    )


class Backbone(nn.Module):
    """Four stages at strides 2, 4, 8 and 16 with 32, 64, 128 and 224 channels."""

    def __init__(self, widths: tuple[int, ...] = WIDTHS, blocks: tuple[int, ...] = BLOCKS):
        super().__init__()
        # Tiny ImageNet's mean and standard deviation, for RGB 0..255.
        self.register_buffer('mean', torch.tensor([122.4, 114.3, 101.4]).view(1, 3, 1, 1))
        self.register_buffer('std', torch.tensor([70.6, 68.6, 71.9]).view(1, 3, 1, 1))
        self.stem = ConvNormAct(3, widths[0], 3, 2)
        self.s1 = _stage(widths[0], widths[0], 1, blocks[0])
        self.s2 = _stage(widths[0], widths[1], 2, blocks[1])
        self.s3 = _stage(widths[1], widths[2], 2, blocks[2])
        self.s4 = _stage(widths[2], widths[3], 2, blocks[3])

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Maps RGB 0..255 [N, 3, H, W] to the feature maps at strides 4, 8 and 16."""
        x = (x - self.mean) / self.std
        stride4 = self.s2(self.s1(self.stem(x)))
        stride8 = self.s3(stride4)
        return stride4, stride8, self.s4(stride8)


class Classifier(nn.Module):
    """Backbone, global average, one linear layer."""

    def __init__(
        self, classes: int = CLASSES, widths: tuple[int, ...] = WIDTHS, blocks: tuple[int, ...] = BLOCKS
    ):
        super().__init__()
        self.net = Backbone(widths, blocks)
        self.fc = nn.Linear(widths[-1], classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps RGB 0..255 [N, 3, H, W] to logits [N, classes]."""
        return self.fc(self.net(x)[-1].float().mean((2, 3)))


class Exported(nn.Module):
    """What goes into the ONNX file: class probabilities."""

    def __init__(self, m: Classifier):
        super().__init__()
        self.m = m

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps RGB 0..255 [N, 3, 64, 64] to probabilities [N, 200]."""
        return torch.softmax(self.m(x), 1)


def export(model: Classifier, path: str) -> None:
    """Writes the ONNX file with fp16 weights; the network is back in training mode afterwards."""
    model.eval()
    torch.onnx.export(
        Exported(model),
        torch.rand(1, 3, IMAGE_SIDE, IMAGE_SIDE) * 255,
        path,
        opset_version=13,
        input_names=['image'],
        output_names=['probabilities'],
        dynamic_axes={'image': {0: 'batch'}, 'probabilities': {0: 'batch'}},
    )
    model.train()
    store_weights_as_fp16(path)

"""The x4 super-resolution network: fully convolutional, about 70 thousand parameters.

It predicts a residual over exact bicubic upsampling; both live in one graph: a fixed depth-wise convolution
computes the 16 bicubic phases, the trunk adds to them, one pixel shuffle makes the image.
Attribute names are part of the checkpoint format (state dict keys).
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SCALE = 4


def cubic(distance: float, a: float = -0.5) -> float:
    """Keys' cubic convolution kernel at a distance in pixels."""
    t = abs(distance)
    if t <= 1:
        return (a + 2) * t**3 - (a + 3) * t**2 + 1
    if t < 2:
        return a * t**3 - 5 * a * t**2 + 8 * a * t - 4 * a
    return 0.0


def bicubic_phases() -> torch.Tensor:
    """Returns weights [16, 1, 5, 5] of bicubic x4 upsampling (half-pixel centres), one per output phase."""
    taps = np.zeros((SCALE, 5))
    for phase in range(SCALE):
        centre = (phase + 0.5) / SCALE - 0.5  # source position relative to the low-resolution pixel
        taps[phase] = [cubic(centre - offset) for offset in range(-2, 3)]
        taps[phase] /= taps[phase].sum()
    kernels = np.einsum('ai,bj->abij', taps, taps).reshape(SCALE * SCALE, 1, 5, 5)
    return torch.tensor(kernels, dtype=torch.float32)


class Block(nn.Module):
    """Residual block of two 3x3 convolutions without normalisation."""

    def __init__(self, channels: int):
        super().__init__()
        self.a, self.b = nn.Conv2d(channels, channels, 3, 1, 1), nn.Conv2d(channels, channels, 3, 1, 1)
        self.act = nn.LeakyReLU(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Keeps the shape [N, channels, H, W]."""
        return x + self.b(self.act(self.a(x)))


class SRNet(nn.Module):
    """3x3 head, residual blocks, 3x3 tail to 48 channels, added to bicubic upsampling, pixel shuffle."""

    def __init__(self, channels: int = 32, blocks: int = 3):
        super().__init__()
        self.head, self.act0 = nn.Conv2d(3, channels, 3, 1, 1), nn.LeakyReLU(0.1)
        self.body = nn.Sequential(*[Block(channels) for _ in range(blocks)])
        self.act1 = nn.LeakyReLU(0.1)
        self.tail = nn.Conv2d(channels, 3 * SCALE * SCALE, 3, 1, 1)
        self.register_buffer('phases', bicubic_phases().repeat(3, 1, 1, 1))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, 0.1)
                nn.init.zeros_(module.bias)
        # Small last layers: training starts close to plain bicubic.
        for block in self.body:
            block.b.weight.data *= 0.2
        self.tail.weight.data *= 0.1

    def residual(self, x: torch.Tensor) -> torch.Tensor:
        """Returns what is added to the bicubic phases, [N, 48, H, W]."""
        features = self.act0(self.head(x - 0.45))
        return self.tail(self.act1(features + self.body(features)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps RGB 0..1 [N, 3, H, W] of any size to [N, 3, 4 H, 4 W], not clamped."""
        with torch.autocast('cpu', enabled=False):
            padded = F.pad(x.float(), (2, 2, 2, 2), mode='replicate')
            base = F.conv2d(padded, self.phases, groups=3)
        return F.pixel_shuffle(base + self.residual(x).float(), SCALE)


class Exported(nn.Module):
    """What goes into the ONNX file: the network with its output clamped to 0..1."""

    def __init__(self, net: SRNet):
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps RGB 0..1 [N, 3, H, W] to RGB 0..1 [N, 3, 4 H, 4 W]."""
        return self.net(x).clamp(0, 1)


def export(net: SRNet, path: str) -> None:
    """Writes the ONNX file; the network is back in training mode afterwards."""
    net.eval()
    torch.onnx.export(
        Exported(net),
        torch.rand(1, 3, 40, 56),
        path,
        opset_version=13,
        input_names=['image'],
        output_names=['upscaled'],
        dynamic_axes={
            'image': {0: 'batch', 2: 'height', 3: 'width'},
            'upscaled': {0: 'batch', 2: 'height_x4', 3: 'width_x4'},
        },
    )
    net.train()

"""The road-segmentation network: a small U-Net with residual blocks (about 1.2 million parameters).

Attribute names are part of the checkpoint format (state dict keys): `s8` is the encoder stage at stride 8,
`l8` the lateral convolution that joins it to the decoder, `d8` the decoder's convolution there.
"""

import torch
import torch.nn.functional as F
from torch import nn

INPUT_HEIGHT, INPUT_WIDTH = 256, 448
OUTPUT_CLASSES = 3  # background, road, sidewalk
# Ids in CamVid's own list of eleven classes.
CAMVID_ROAD, CAMVID_PAVEMENT = 3, 4


class ConvNormAct(nn.Sequential):
    """Convolution without bias, batch norm and, unless told otherwise, ReLU."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1, dilation: int = 1, act: bool = True
    ):
        padding = dilation * (kernel // 2)
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, bias=False),
            nn.BatchNorm2d(outputs),
            *([nn.ReLU(inplace=True)] if act else []),
        )


class ResidualBlock(nn.Module):
    """Basic residual block with optional stride and dilation."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, dilation: int = 1):
        super().__init__()
        self.a = ConvNormAct(inputs, outputs, 3, stride)
        self.b = ConvNormAct(outputs, outputs, 3, 1, dilation, act=False)
        same_shape = inputs == outputs and stride == 1
        self.skip = nn.Identity() if same_shape else ConvNormAct(inputs, outputs, 1, stride, act=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps [N, inputs, H, W] to [N, outputs, H / stride, W / stride]."""
        return F.relu(self.b(self.a(x)) + self.skip(x))


def upsample(x: torch.Tensor, factor: int) -> torch.Tensor:
    """Enlarges a feature map bilinearly (half-pixel centres)."""
    return F.interpolate(x, scale_factor=factor, mode='bilinear', align_corners=False)


class RoadNet(nn.Module):
    """Small U-Net: stride-2 stem, residual encoder down to 1/32, three-step decoder back to 1/4.

    Args:
        classes: 3 (background, road, sidewalk) or 11 (all CamVid classes).
        widths: Channels at strides 2, 4, 8, 16 and 32.
    """

    def __init__(self, classes: int = OUTPUT_CLASSES, widths: tuple[int, ...] = (16, 32, 64, 96, 128)):
        super().__init__()
        w2, w4, w8, w16, w32 = widths
        # ImageNet's mean and standard deviation, for RGB 0..255.
        self.register_buffer('mean', torch.tensor([123.675, 116.28, 103.53]).view(1, 3, 1, 1))
        self.register_buffer('std', torch.tensor([58.395, 57.12, 57.375]).view(1, 3, 1, 1))
        self.stem = ConvNormAct(3, w2, 3, 2)
        self.s4 = nn.Sequential(ResidualBlock(w2, w4, 2), ResidualBlock(w4, w4))
        self.s8 = nn.Sequential(ResidualBlock(w4, w8, 2), ResidualBlock(w8, w8))
        self.s16 = nn.Sequential(ResidualBlock(w8, w16, 2), ResidualBlock(w16, w16))
        self.s32 = nn.Sequential(ResidualBlock(w16, w32, 2), ResidualBlock(w32, w32, 1, 2))  # wide context
        self.gctx = nn.Conv2d(w32, w32, 1)  # global context, added back to every position
        self.l32 = ConvNormAct(w32, w16, 1)
        self.l16, self.d16 = ConvNormAct(w16, w16, 1), ConvNormAct(w16, w8)
        self.l8, self.d8 = ConvNormAct(w8, w8, 1), ConvNormAct(w8, w4)
        self.l4, self.d4 = ConvNormAct(w4, w4, 1), ConvNormAct(w4, w4)
        self.head = nn.Conv2d(w4, classes, 1)
        self.aux = nn.Conv2d(w8, classes, 1)  # auxiliary head at 1/16, only for training

    def forward(self, x: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, torch.Tensor]:
        """Maps RGB 0..255 [N, 3, H, W] to logits.

        Returns:
            In evaluation, logits [N, classes, H, W]. In training, the main and the auxiliary logits, at the
            input's size for 3 classes and at half of it for 11, which saves much memory traffic.
        """
        x = (x - self.mean) / self.std
        f4 = self.s4(self.stem(x))
        f8 = self.s8(f4)
        f16 = self.s16(f8)
        f32 = self.s32(f16)
        f32 = f32 + self.gctx(F.adaptive_avg_pool2d(f32, 1))
        y16 = self.d16(upsample(self.l32(f32), 2) + self.l16(f16))
        y8 = self.d8(upsample(y16, 2) + self.l8(f8))
        y4 = self.d4(upsample(y8, 2) + self.l4(f4))
        if self.training:
            factor = 4 if self.head.out_channels == OUTPUT_CLASSES else 2
            return upsample(self.head(y4).float(), factor), upsample(self.aux(y16).float(), factor * 4)
        return upsample(self.head(y4).float(), 4)

    def probs(self, x: torch.Tensor) -> torch.Tensor:
        """Returns probabilities [N, 3, H, W] of background, road, sidewalk, whatever it was trained on."""
        p = torch.softmax(self(x), 1)
        if p.shape[1] == OUTPUT_CLASSES:
            return p
        road = p[:, CAMVID_ROAD : CAMVID_ROAD + 1]
        sidewalk = p[:, CAMVID_PAVEMENT : CAMVID_PAVEMENT + 1]
        return torch.cat([1 - road - sidewalk, road, sidewalk], 1)


class Exported(nn.Module):
    """What goes into the ONNX file: RGB 0..255 in, class probabilities at the input's size out."""

    def __init__(self, net: RoadNet):
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps RGB 0..255 [N, 3, 256, 448] to probabilities [N, 3, 256, 448]."""
        return self.net.probs(x)


def export(net: RoadNet, path: str) -> None:
    """Writes the ONNX file; the network is back in training mode afterwards."""
    net.eval()
    torch.onnx.export(
        Exported(net),
        torch.zeros(1, 3, INPUT_HEIGHT, INPUT_WIDTH),
        path,
        opset_version=13,
        input_names=['image'],
        output_names=['probabilities'],
        dynamic_axes={'image': {0: 'batch'}, 'probabilities': {0: 'batch'}},
    )
    net.train()

"""The detector's two losses: gaussian focal loss of the heat maps, GIoU loss of the boxes."""

import torch
import torch.nn.functional as F

from detector.model import decode


def heat_loss(logits: torch.Tensor, heat: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Focal loss per object; near a centre, a high score is a small mistake. All tensors [N, 7, 32, 32]."""
    scores = torch.sigmoid(logits)
    centre = (heat == 1).float()
    at_centres = F.logsigmoid(logits) * (1 - scores) ** 2 * centre
    elsewhere = F.logsigmoid(-logits) * scores**2 * (1 - heat) ** 4 * (1 - centre)
    return -((at_centres + elsewhere) * mask).sum() / centre.sum().clamp(min=1)


def box_loss(distances: torch.Tensor, boxes: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """GIoU loss, averaged by weight. Distances and boxes [N, 4, 32, 32], weights [N, 32, 32]."""
    x1, y1, x2, y2 = decode(distances).unbind(1)
    true_x1, true_y1, true_x2, true_y2 = boxes.unbind(1)
    width = (torch.minimum(x2, true_x2) - torch.maximum(x1, true_x1)).clamp(min=0)
    height = (torch.minimum(y2, true_y2) - torch.maximum(y1, true_y1)).clamp(min=0)
    enclosing_width = torch.maximum(x2, true_x2) - torch.minimum(x1, true_x1)
    enclosing_height = torch.maximum(y2, true_y2) - torch.minimum(y1, true_y1)
    intersection = width * height
    union = (x2 - x1) * (y2 - y1) + (true_x2 - true_x1) * (true_y2 - true_y1) - intersection
    enclosing = (enclosing_width * enclosing_height).clamp(min=1e-3)
    giou = intersection / union.clamp(min=1e-3) - (enclosing - union) / enclosing
    return 2 * ((1 - giou) * weights).sum() / weights.sum().clamp(min=1)

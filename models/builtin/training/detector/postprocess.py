"""From the network's raw boxes and scores to detections in image pixels."""

import numpy as np

from detector.model import NAMES, SIZE

Detection = tuple[int, float, float, float, float, float]  # class, score, x1, y1, x2, y2


def _area(boxes: np.ndarray) -> np.ndarray:
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


def intersection(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Returns the areas that one box [4] shares with others [N, 4]."""
    width = np.clip(np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0]), 0, None)
    height = np.clip(np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1]), 0, None)
    return width * height


def non_maximum_suppression(boxes: np.ndarray, scores: np.ndarray, threshold: float = 0.5) -> list[int]:
    """Returns the indices of the boxes [N, 4] that stay, best first; those with IoU > threshold to one go."""
    kept = []
    order = np.argsort(-scores)
    while len(order):
        best = order[0]
        kept.append(best)
        if len(order) == 1:
            break
        rest = boxes[order[1:]]
        shared = intersection(boxes[best], rest)
        iou = shared / (_area(boxes[best]) + _area(rest) - shared + 1e-9)
        order = order[1:][iou <= threshold]
    return kept


def detections(
    boxes: np.ndarray, scores: np.ndarray, width: int, height: int, confidence: float = 0.05, top: int = 100
) -> list[Detection]:
    """Turns one image's raw outputs (boxes [1024, 4], scores [1024, 7]) into detections, best first.

    Args:
        boxes: In pixels of the network's input.
        scores: 0..1 per class.
        width: Image width in pixels.
        height: Image height in pixels.
        confidence: Smallest score.
        top: Largest number of detections.
    """
    found = []
    image_boxes = boxes * np.array([width, height, width, height], np.float32) / SIZE
    for index in range(len(NAMES)):
        candidates = np.where(scores[:, index] >= confidence)[0]
        for kept in non_maximum_suppression(image_boxes[candidates], scores[candidates, index]):
            cell = candidates[kept]
            found.append((index, float(scores[cell, index]), *map(float, image_boxes[cell])))
    return sorted(found, key=lambda detection: -detection[1])[:top]

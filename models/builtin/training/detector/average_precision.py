"""AP50: average precision per class at IoU >= 0.5, all-point interpolation, greedy matching."""

import numpy as np

from detector.labels import Box
from detector.model import NAMES
from detector.postprocess import Detection, intersection

MatchedImages = list[tuple[list[Detection], list[Box]]]  # what was found and what is there, per image
SERVED_SCORE = 0.3  # the score from which detections count in recall@0.3 and precision@0.3


def _match(ranked: list[tuple[float, int, tuple]], truth: list[np.ndarray]) -> np.ndarray:
    """Returns 1 for each ranked detection (score, image, box) that takes a true box nobody took, else 0."""
    taken = [np.zeros(len(boxes), bool) for boxes in truth]
    matched = np.zeros(len(ranked))
    for rank, (_, image, box) in enumerate(ranked):
        boxes = truth[image]
        if not len(boxes):
            continue
        shared = intersection(np.asarray(box), boxes)
        true_areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        iou = shared / (true_areas + (box[2] - box[0]) * (box[3] - box[1]) - shared)
        iou[taken[image]] = -1
        best = int(iou.argmax())
        if iou[best] >= 0.5:
            matched[rank] = 1
            taken[image][best] = True
    return matched


def _class_metrics(images: MatchedImages, index: int) -> dict | None:
    found = [
        (d[1], i, d[2:]) for i, (detections, _) in enumerate(images) for d in detections if d[0] == index
    ]
    ranked = sorted(found, key=lambda detection: -detection[0])
    truth = [
        np.asarray([box[:4] for box in boxes if box[4] == index], float).reshape(-1, 4) for _, boxes in images
    ]
    objects = sum(map(len, truth))
    if not objects:
        return None
    matched = _match(ranked, truth)
    recall = np.cumsum(matched) / objects
    precision = np.cumsum(matched) / np.arange(1, len(ranked) + 1)
    if len(precision):
        precision = np.maximum.accumulate(precision[::-1])[::-1]
    average = float(np.sum(np.diff(np.concatenate([[0], recall])) * precision)) if len(precision) else 0.0
    served = np.array([detection[0] for detection in ranked]) >= SERVED_SCORE
    return {
        'ap50': round(average, 3),
        'objects': objects,
        'recall@0.3': round(float(matched[served].sum() / objects), 2),
        'precision@0.3': round(float(matched[served].mean()), 2) if served.any() else None,
    }


def ap50(images: MatchedImages) -> dict:
    """Returns the metrics of each class that occurs, and `mean_ap50` over these classes."""
    per_class = {name: _class_metrics(images, index) for index, name in enumerate(NAMES)}
    results = {name: metrics for name, metrics in per_class.items() if metrics}
    mean = round(float(np.mean([metrics['ap50'] for metrics in results.values()])), 3)
    return {**results, 'mean_ap50': mean}

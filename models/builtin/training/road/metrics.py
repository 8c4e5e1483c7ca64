"""Segmentation metrics at an image's own resolution, from a confusion matrix."""

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from common.exported import Predict
from road.data import IGNORED
from road.model import INPUT_HEIGHT, INPUT_WIDTH, OUTPUT_CLASSES


def predict_classes(predict: Predict, image: np.ndarray) -> np.ndarray:
    """Returns the class of each pixel [H, W] of an RGB image, which is stretched to the network's input."""
    resized = cv2.resize(image, (INPUT_WIDTH, INPUT_HEIGHT), interpolation=cv2.INTER_LINEAR)
    batch = torch.from_numpy(resized.transpose(2, 0, 1)[None].astype(np.float32))
    probabilities = predict(batch)
    own_size = F.interpolate(probabilities, image.shape[:2], mode='bilinear', align_corners=False)
    return own_size.argmax(1)[0].numpy().astype(np.uint8)


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Counts pixels [true class, predicted class]; ignored pixels are left out."""
    known = labels != IGNORED
    pairs = labels[known].astype(np.int64) * OUTPUT_CLASSES + predicted[known]
    counts = np.bincount(pairs, minlength=OUTPUT_CLASSES**2)
    return counts.reshape(OUTPUT_CLASSES, OUTPUT_CLASSES)


def iou_per_class(confusion: np.ndarray) -> list[float]:
    """Returns intersection over union of each class, 0..1."""
    return [
        confusion[c, c] / (confusion[c].sum() + confusion[:, c].sum() - confusion[c, c])
        for c in range(len(confusion))
    ]

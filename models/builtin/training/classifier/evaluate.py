"""Top-1 and top-5 accuracy on Tiny ImageNet's 10,000 validation images (64x64, no augmentation).

`--weights` takes torch weights or an ONNX file. From the folder above this one:

  python -m classifier.evaluate --data tiny-imagenet-200 --weights ../classifier/model.onnx
"""

import argparse
import json

import cv2
import numpy as np
import torch

from classifier.data import load_arrays, to_batch
from classifier.model import CLASSES, Classifier, Exported
from common.exported import Predict, load_exported
from common.run import add_threads_argument

BATCH = 250


def build(state: dict[str, torch.Tensor]) -> Predict:
    """Makes the exported form of the network from its weights."""
    model = Classifier()
    model.load_state_dict(state)
    return Exported(model.to(memory_format=torch.channels_last)).eval()


def calibration_error(confidence: np.ndarray, correct: np.ndarray) -> float:
    """Returns the expected calibration error over ten bins of confidence, 0..1."""
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (confidence > low) & (confidence <= low + 0.1)
        if inside.any():
            error += abs(correct[inside].mean() - confidence[inside].mean()) * inside.mean()
    return float(error)


def measure(probabilities: np.ndarray, labels: np.ndarray, names: list[str]) -> dict:
    """Returns the metrics of card.json from probabilities [N, 200] and labels [N]."""
    top5 = np.argsort(-probabilities, 1)[:, :5]
    correct = top5[:, 0] == labels
    confidence = probabilities.max(1)
    accuracy = np.array([correct[labels == c].mean() for c in range(CLASSES)])
    worst_first = np.argsort(accuracy)

    def named(classes: np.ndarray) -> list[tuple[str, float]]:
        return [(short_name(names[c]), round(float(accuracy[c]), 2)) for c in classes]

    return {
        'images': len(labels),
        'top1': round(float(correct.mean()), 4),
        'top5': round(float((top5 == labels[:, None]).any(1).mean()), 4),
        'mean_confidence': round(float(confidence.mean()), 3),
        'calibration_error_10_bins': round(calibration_error(confidence, correct), 4),
        'best_classes': named(worst_first[::-1][:6]),
        'worst_classes': named(worst_first[:6]),
    }


def short_name(name: str) -> str:
    """Returns the first of a class's comma-separated names."""
    return name.split(',')[0]


def paint(image: np.ndarray, probabilities: np.ndarray, label: int, names: list[str]) -> np.ndarray:
    """Returns an enlarged picture (BGR) with the answer (green or red) and the truth written below it."""
    answer = int(np.argmax(probabilities))
    picture = cv2.resize(image[..., ::-1], (160, 160), interpolation=cv2.INTER_CUBIC)
    picture = cv2.copyMakeBorder(picture, 0, 44, 4, 4, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    colour = (0, 130, 0) if answer == label else (0, 0, 220)
    lines = (
        (f'{short_name(names[answer])[:20]} {probabilities.max():.2f}', 174, colour),
        (f'truth: {short_name(names[label])[:20]}', 192, (90, 90, 90)),
    )
    for text, y, text_colour in lines:
        cv2.putText(picture, text, (4, y), cv2.FONT_HERSHEY_SIMPLEX, 0.38, text_colour, 1, cv2.LINE_AA)
    return picture


def main() -> None:
    """Measures the validation split and prints one JSON object."""
    parser = argparse.ArgumentParser(description='Measures the classifier on Tiny ImageNet val.')
    parser.add_argument('--data', required=True, help='tiny-imagenet-200 folder')
    parser.add_argument('--cache', default='./tin-cache', help='folder for the decoded images (1.4 GB)')
    parser.add_argument('--weights', required=True, help='classifier.pt or model.onnx')
    parser.add_argument('--pictures', default='', help='file for a sheet of 24 answered pictures')
    add_threads_argument(parser)
    args = parser.parse_args()
    predict = load_exported(args.weights, build, args.threads)
    names, (_, _, images, labels) = load_arrays(args.data, args.cache)
    with torch.no_grad():
        batches = [predict(to_batch(images[i : i + BATCH])).numpy() for i in range(0, len(images), BATCH)]
    probabilities = np.concatenate(batches)
    print(json.dumps(measure(probabilities, labels, names), indent=1))
    if args.pictures:
        chosen = np.random.default_rng(3).choice(len(labels), 24, replace=False)
        tiles = [paint(images[i], probabilities[i], labels[i], names) for i in chosen]
        cv2.imwrite(args.pictures, np.vstack([np.hstack(tiles[i : i + 8]) for i in range(0, 24, 8)]))


if __name__ == '__main__':
    main()

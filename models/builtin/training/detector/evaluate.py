r"""AP50 per class of the detector on photos that were never used for training.

Either or both of: the 128 COCO val2017 images of coco128 (--coco), the held-out tenth of the VOC 2012 images
(--voc-images, --voc-list). `--weights` takes torch weights or an ONNX file. From the folder above this one:

  python -m detector.evaluate --weights ../detector/model.onnx --coco coco128 \
                              --voc-images VOC/images --voc-list voc2012.txt [--pictures FILE.png]
"""

import argparse
import glob
import json
import os
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import torch

from common.exported import Predict, load_exported
from common.run import add_threads_argument
from detector.average_precision import SERVED_SCORE, ap50
from detector.labels import Box, coco_boxes, coco_label_path, is_held_out, voc_boxes
from detector.model import GRID, NAMES, SIZE, Detector, Exported
from detector.postprocess import Detection, detections
from detector.sources import read_rgb

CANDIDATE_SCORE = 0.02
COLOURS = [
    (60, 60, 255),
    (255, 160, 0),
    (0, 200, 0),
    (255, 0, 200),
    (0, 200, 255),
    (200, 200, 0),
    (200, 100, 50),
]
PICTURE_SIZE, PICTURES_PER_ROW = (360, 270), 5

LabelledImage = tuple[np.ndarray, list[Box]]
Detect = Callable[[np.ndarray], list[Detection]]


def build(state: dict[str, torch.Tensor]) -> Predict:
    """Makes the exported form of the network from its weights."""
    model = Detector()
    model.load_state_dict(state)
    return Exported(model).eval()


def to_input(image: np.ndarray) -> np.ndarray:
    """Stretches an RGB image to the network's input, float32 [1, 3, 256, 256] in 0..255."""
    interpolation = cv2.INTER_LINEAR if max(image.shape) < 512 else cv2.INTER_AREA
    resized = cv2.resize(image, (SIZE, SIZE), interpolation=interpolation)
    return resized.transpose(2, 0, 1)[None].astype(np.float32)


def replay(folder: str) -> Predict:
    """Returns the outputs that another runtime made for the dumped inputs, one image after the other."""
    cells = GRID * GRID
    boxes = np.fromfile(f'{folder}/boxes.f32', np.float32).reshape(-1, cells, 4)
    scores = np.fromfile(f'{folder}/scores.f32', np.float32).reshape(-1, cells, len(NAMES))
    recorded = iter(zip(boxes[:, None], scores[:, None], strict=True))
    return lambda _batch: tuple(torch.from_numpy(output) for output in next(recorded))


def dumping(predict: Predict, folder: str) -> Predict:
    """Also appends each input to `inputs.u8` ([N, 3, 256, 256] bytes) in a folder."""
    path = f'{folder}/inputs.u8'
    with open(path, 'wb'):
        pass  # an earlier run's inputs must not stay in front

    def predict_and_dump(batch: torch.Tensor) -> tuple[torch.Tensor, ...]:
        with open(path, 'ab') as file:
            file.write(batch.numpy().astype(np.uint8).tobytes())
        return predict(batch)

    return predict_and_dump


def detect(predict: Predict, image: np.ndarray) -> list[Detection]:
    """Runs one RGB image; detections are in its own pixels."""
    boxes, scores = predict(torch.from_numpy(to_input(image)))
    height, width = image.shape[:2]
    return detections(boxes[0].numpy(), scores[0].numpy(), width, height, CANDIDATE_SCORE)


def coco_images(root: str) -> Iterator[LabelledImage]:
    """Yields coco128's validation images."""
    for path in sorted(glob.glob(f'{root}/images/val2017/*.jpg')):
        image = read_rgb(path)
        height, width = image.shape[:2]
        yield image, coco_boxes(coco_label_path(root, 'val2017', path), width, height)


def voc_images(folder: str, list_file: str) -> Iterator[LabelledImage]:
    """Yields the held-out VOC images."""
    for name, boxes in voc_boxes(folder, list_file, is_held_out):
        yield read_rgb(f'{folder}/{name}'), boxes


def paint(image: np.ndarray, found: list[Detection]) -> np.ndarray:
    """Returns a small BGR picture with the detections that would be served."""
    picture = image[..., ::-1].copy()
    for index, score, x1, y1, x2, y2 in found:
        if score < SERVED_SCORE:
            continue
        cv2.rectangle(picture, (int(x1), int(y1)), (int(x2), int(y2)), COLOURS[index], 3)
        place = (int(x1) + 3, int(y1) + 22)
        text = f'{NAMES[index]} {score:.2f}'
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, COLOURS[index], 2, cv2.LINE_AA)
    return cv2.resize(picture, PICTURE_SIZE)


def write_sheet(path: str, pictures: list[np.ndarray]) -> None:
    """Writes the full rows of pictures as one sheet; without a full row there is none."""
    starts = range(0, len(pictures) // PICTURES_PER_ROW * PICTURES_PER_ROW, PICTURES_PER_ROW)
    rows = [np.hstack(pictures[start : start + PICTURES_PER_ROW]) for start in starts]
    if rows:
        cv2.imwrite(path, np.vstack(rows))


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description='Measures AP50 of the detector.')
    parser.add_argument('--weights', required=True, help='detector.pt or model.onnx')
    parser.add_argument('--coco', default='', help='coco128 folder')
    parser.add_argument('--voc-images', default='', help='folder of PASCAL VOC 2012 images')
    parser.add_argument('--voc-list', default='', help='list of their boxes')
    parser.add_argument('--pictures', default='', help='file for a sheet of painted examples')
    parser.add_argument(
        '--dump',
        default='',
        help='folder: writes the inputs as inputs.u8 [N,3,256,256]; if boxes.f32 and scores.f32 (made by '
        'another runtime) are there, they are used instead of the weights',
    )
    add_threads_argument(parser)
    return parser.parse_args()


@torch.no_grad()
def main() -> None:
    """Measures the chosen sets and prints one JSON object."""
    args = parse_arguments()
    predict = load_exported(args.weights, build, args.threads)
    if args.dump:
        recorded = os.path.exists(f'{args.dump}/boxes.f32')
        predict = dumping(replay(args.dump) if recorded else predict, args.dump)
    results, pictures = {}, []
    if args.coco:
        matched = []
        for index, (image, boxes) in enumerate(coco_images(args.coco)):
            matched.append((detect(predict, image), boxes))
            if args.pictures and boxes and index % 3 == 0:
                pictures.append(paint(image, matched[-1][0]))
        results['coco128_val'] = {'images': len(matched), **ap50(matched)}
    if args.voc_images:
        matched = []
        for index, (image, boxes) in enumerate(voc_images(args.voc_images, args.voc_list)):
            matched.append((detect(predict, image), boxes))
            if args.pictures and index % 22 == 0:
                pictures.append(paint(image, matched[-1][0]))
        results['voc_held_out'] = {'images': len(matched), **ap50(matched)}
    print(json.dumps(results, indent=1))
    if args.pictures:
        write_sheet(args.pictures, pictures)


if __name__ == '__main__':
    main()

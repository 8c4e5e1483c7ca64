"""Class numbers of the annotated sets, VOC's box list and coco128's label files."""

import os
from collections.abc import Callable, Iterator

from detector.model import NAMES

VOC_NAMES = (
    *('aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow', 'diningtable'),
    *('dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa', 'train', 'tvmonitor'),
)
FROM_VOC = {VOC_NAMES.index(name): index for index, name in enumerate(NAMES)}
FROM_COCO = {0: 0, 2: 1, 15: 2, 16: 3, 17: 4, 19: 5, 18: 6}

Box = list[float]  # x1, y1, x2, y2 in image pixels, class


def is_held_out(file_name: str) -> bool:
    """Tells whether a VOC image belongs to the tenth that is never trained on."""
    return sum(map(ord, file_name)) % 10 == 0


def voc_boxes(folder: str, list_file: str, keep: Callable[[str], bool]) -> Iterator[tuple[str, list[Box]]]:
    """Yields (file name, boxes of our classes) of the listed images that lie in a folder.

    Args:
        folder: Images.
        list_file: Lines "file x1 y1 x2 y2 class ..." with all 20 VOC classes.
        keep: Which file names to yield.
    """
    listed = {}
    with open(list_file) as lines:
        for line in lines:
            fields = line.split()
            listed[fields[0]] = [
                [int(field) for field in fields[start : start + 5]] for start in range(1, len(fields) - 4, 5)
            ]
    for name in sorted(os.listdir(folder)):
        if name in listed and keep(name):
            yield name, [[*box[:4], FROM_VOC[box[4]]] for box in listed[name] if box[4] in FROM_VOC]


def coco_boxes(label_file: str, width: int, height: int) -> list[Box]:
    """Reads boxes of our classes from a file of "class cx cy w h" (relative); a missing file means none."""
    if not os.path.exists(label_file):
        return []
    boxes = []
    with open(label_file) as lines:
        for line in lines:
            category, x, y, w, h = map(float, line.split())
            if int(category) in FROM_COCO:
                corners = [
                    (x - w / 2) * width,
                    (y - h / 2) * height,
                    (x + w / 2) * width,
                    (y + h / 2) * height,
                ]
                boxes.append([*corners, FROM_COCO[int(category)]])
    return boxes


def coco_label_path(root: str, split: str, image_path: str) -> str:
    """Returns where coco128 keeps the boxes of an image."""
    stem = os.path.basename(image_path)[:-4]
    return f'{root}/object_detection/labels/{split}/{stem}.txt'

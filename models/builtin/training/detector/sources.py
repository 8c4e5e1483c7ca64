"""The detector's training data: seven annotated sets brought into one form.

Sets do not label the same classes. Each sample says which ones it labels; the loss leaves the others out for
it, and leaves out doubtful regions.
"""

import argparse
import glob
import json
import os
from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from detector.labels import Box, coco_boxes, coco_label_path, is_held_out, voc_boxes
from detector.model import NAMES

LARGEST_SIDE = 416  # images are stored no larger than this, as crops are 256 px
ANIMALS = ('cat', 'dog', 'horse', 'cow', 'sheep')
ALL_LABELLED = np.ones(len(NAMES), bool)
ANIMALS_LABELLED = np.array([name in ANIMALS for name in NAMES])
ALL_BUT_CAR_LABELLED = np.array([name != 'car' for name in NAMES])
PERSON, CAR = 0, 1

# Tiny ImageNet's car, cat and dog classes.
TINY_IMAGENET_CLASSES = {
    **dict.fromkeys(('n04285008', 'n03100240', 'n03670208', 'n02814533'), CAR),
    **dict.fromkeys(('n02123045', 'n02123394', 'n02124075'), 2),
    **dict.fromkeys(('n02085620', 'n02094433', 'n02099601', 'n02099712', 'n02106662', 'n02113799'), 3),
}
FIRST_WNID_OF_THINGS = 'n02666196'
# Photos of these things often show an animal too.
NOT_WITHOUT_ANIMALS = (
    *('horse', 'ox_', 'oxcart', 'dog', 'muzzle', 'plow', 'barn', 'cart'),
    *('saddle', 'sheep', 'hay', 'worm_fence', 'thresher', 'harvester'),
)


class Sample(NamedTuple):
    """One image with its boxes [n, 5] float32: x1, y1, x2, y2 in pixels, class."""

    image: np.ndarray
    boxes: np.ndarray
    labelled: np.ndarray  # which classes this image's set labels, bool [7]
    doubtful: np.ndarray  # boxes [n, 5] that may or may not be an object of their class


Samples = dict[str, list[Sample]]


def read_rgb(path: str) -> np.ndarray:
    """Returns an image as RGB uint8 [H, W, 3]."""
    return cv2.cvtColor(cv2.imread(path, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def make_sample(
    image: np.ndarray,
    boxes: list[Box],
    labelled: np.ndarray = ALL_LABELLED,
    doubtful: list[Box] | tuple[()] = (),
) -> Sample:
    """Shrinks a large image and scales its boxes with it."""
    scaled = [np.asarray(b, np.float32).reshape(-1, 5) for b in (boxes, doubtful)]
    factor = LARGEST_SIDE / max(image.shape[:2])
    if factor < 1:
        image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        scaled = [np.concatenate([b[:, :4] * factor, b[:, 4:]], 1) for b in scaled]
    return Sample(image, scaled[0], labelled, scaled[1])


def _voc(folders: list[str], list_file: str) -> Iterator[Sample]:
    for folder in folders:
        for name, boxes in voc_boxes(folder, list_file, lambda name: not is_held_out(name)):
            yield make_sample(read_rgb(f'{folder}/{name}'), boxes)


def _animal_pose(root: str) -> Iterator[Sample]:
    with open(f'{root}/keypoints.json') as file:
        annotations = json.load(file)
    class_of = {category['id']: NAMES.index(category['name']) for category in annotations['categories']}
    boxes: dict[str, list[Box]] = {}
    for animal in annotations['annotations']:
        box = [*animal['bbox'], class_of[animal['category_id']]]
        boxes.setdefault(str(animal['image_id']), []).append(box)
    for image_id, name in annotations['images'].items():
        if name.startswith('20') or image_id not in boxes:  # VOC images are named by year
            continue
        image = cv2.imread(f'{root}/images/{name}')
        if image is not None:
            yield make_sample(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), boxes[image_id], ANIMALS_LABELLED)


def _coco(root: str) -> Iterator[Sample]:
    for path in sorted(glob.glob(f'{root}/images/train2017/*.jpg')):
        image = read_rgb(path)
        height, width = image.shape[:2]
        yield make_sample(image, coco_boxes(coco_label_path(root, 'train2017', path), width, height))


def _penn_fudan(root: str) -> Iterator[Sample]:
    for path in sorted(glob.glob(f'{root}/PNGImages/*.png')):
        mask_path = path.replace('PNGImages', 'PedMasks')[:-4] + '_mask.png'
        mask = cv2.imread(mask_path, cv2.IMREAD_UNCHANGED)
        boxes = []
        for person in range(1, int(mask.max()) + 1):
            y, x = np.where(mask == person)
            if len(x):
                boxes.append([x.min(), y.min(), x.max() + 1, y.max() + 1, PERSON])
        yield make_sample(read_rgb(path), boxes, ALL_BUT_CAR_LABELLED)


def _looks_like_car(width: int, height: int, area: int) -> bool:
    return area > 160 and area / (width * height) > 0.55 and 0.6 < width / height < 2.6


def _looks_like_person(width: int, height: int, area: int) -> bool:
    return area > 140 and 1.5 < height / width < 4 and area / (width * height) > 0.4


def _never_sure(_width: int, _height: int, _area: int) -> bool:
    return False


# CamVid id, our class, and whether a connected region of it is one whole object (cyclists are no persons).
CAMVID_REGIONS = ((8, CAR, _looks_like_car), (9, PERSON, _looks_like_person), (10, PERSON, _never_sure))


def _camvid(root: str) -> Iterator[Sample]:
    for split in ('train', 'val', 'test'):
        for path in sorted(glob.glob(f'{root}/{split}/*.png'))[::2]:
            labels = cv2.imread(path.replace(f'/{split}/', f'/{split}annot/'), cv2.IMREAD_UNCHANGED)
            boxes, doubtful = [], []
            for camvid_id, index, is_object in CAMVID_REGIONS:
                mask = (labels == camvid_id).astype(np.uint8)
                _, _, regions, _ = cv2.connectedComponentsWithStats(mask)
                for x, y, width, height, area in regions[1:]:
                    side = boxes if is_object(width, height, area) else doubtful
                    side.append([x, y, x + width, y + height, index])
            yield make_sample(read_rgb(path), boxes, ALL_LABELLED, doubtful)


def _tiny_imagenet(root: str) -> Iterator[tuple[str, Sample]]:
    for wnid, index in TINY_IMAGENET_CLASSES.items():
        labelled = np.zeros(len(NAMES), bool)
        labelled[index] = True
        if index != CAR:
            labelled[2:] = True  # a pet's picture shows no other animal
        if not os.path.exists(f'{root}/train/{wnid}'):
            print('no', wnid)
            continue
        with open(f'{root}/train/{wnid}/{wnid}_boxes.txt') as file:
            lines = list(file)
        for line in lines[:: 1 if index == CAR else 3]:
            name, *corners = line.split()[:5]
            box = [*map(int, corners), index]
            image = read_rgb(f'{root}/train/{wnid}/images/{name}')
            yield 'tincar' if index == CAR else 'tinpet', make_sample(image, [box], labelled)


def _negatives(root: str) -> Iterator[Sample]:
    for path in sorted(glob.glob(f'{root}/n*.JPEG')):
        name = os.path.basename(path).lower()
        if name >= FIRST_WNID_OF_THINGS and not any(word in name for word in NOT_WITHOUT_ANIMALS):
            yield make_sample(read_rgb(path), [], ANIMALS_LABELLED)


def _all_sources(args: argparse.Namespace) -> Iterator[tuple[str, Sample]]:
    yield from (('voc', sample) for sample in _voc(args.voc_images, args.voc_list))
    if args.apose:
        yield from (('apose', sample) for sample in _animal_pose(args.apose))
    if args.coco:
        yield from (('coco', sample) for sample in _coco(args.coco))
    if args.penn:
        yield from (('penn', sample) for sample in _penn_fudan(args.penn))
    if args.camvid:
        yield from (('camvid', sample) for sample in _camvid(args.camvid))
    if args.tin:
        yield from _tiny_imagenet(args.tin)
    if args.neg:
        yield from (('neg', sample) for sample in _negatives(args.neg))


def load_sources(args: argparse.Namespace) -> Samples:
    """Loads every source named on the command line; sources without a sample are left out."""
    samples: Samples = {}
    for source, sample in _all_sources(args):
        samples.setdefault(source, []).append(sample)
    return samples

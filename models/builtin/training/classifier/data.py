"""Tiny ImageNet, decoded once into arrays, and batches of augmented crops of it.

Layout: `train/<wnid>/images/*.JPEG`, `val/images` with `val_annotations.txt`, `wnids.txt`, `words.txt`.
Class order = the wnids (WordNet ids) sorted alphabetically.
"""

import os
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import torch

from classifier.model import IMAGE_SIDE

LabelledFile = tuple[str, int]


def _lines(path: str) -> list[str]:
    with open(path) as file:
        return list(file)


def _training_files(root: str, wnids: list[str]) -> list[LabelledFile]:
    return [
        (f'{root}/train/{wnid}/images/{name}', index)
        for index, wnid in enumerate(wnids)
        for name in sorted(os.listdir(f'{root}/train/{wnid}/images'))
    ]


def _validation_files(root: str, wnids: list[str]) -> list[LabelledFile]:
    index_of = {wnid: index for index, wnid in enumerate(wnids)}
    rows = [line.split('\t') for line in _lines(f'{root}/val/val_annotations.txt')]
    return [(f'{root}/val/images/{row[0]}', index_of[row[1]]) for row in rows]


def _read_rgb(file: LabelledFile) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(file[0], cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def load_arrays(root: str, cache: str) -> tuple[list[str], list[np.ndarray]]:
    """Returns the class names and the arrays train_x, train_y, val_x, val_y.

    Images are RGB uint8 [N, 64, 64, 3], labels int64 [N]. All is decoded once, into .npy files in `cache`.
    """
    os.makedirs(cache, exist_ok=True)
    wnids = sorted(line.strip() for line in _lines(f'{root}/wnids.txt') if line.strip())
    if not os.path.exists(f'{cache}/val_y.npy'):
        for split, files in (
            ('train', _training_files(root, wnids)),
            ('val', _validation_files(root, wnids)),
        ):
            with ThreadPoolExecutor(2) as readers:
                images = np.stack(list(readers.map(_read_rgb, files)))
            np.save(f'{cache}/{split}_x.npy', images)
            np.save(f'{cache}/{split}_y.npy', np.array([label for _, label in files], np.int64))
    words = dict(line.rstrip('\n').split('\t', 1) for line in _lines(f'{root}/words.txt'))
    arrays = [np.load(f'{cache}/{split}_{kind}.npy') for split in ('train', 'val') for kind in 'xy']
    return [words[wnid] for wnid in wnids], arrays


def to_batch(images: np.ndarray) -> torch.Tensor:
    """Turns images [N, H, W, 3] uint8 into a float batch [N, 3, H, W], channels last in memory."""
    batch = torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2)))
    return batch.float().contiguous(memory_format=torch.channels_last)


def augment(image: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Returns a random resized crop [size, size, 3]: flips, other light, sometimes grey or with a hole.

    The order of the random draws is part of the recipe: it must stay as it is for a seed to mean the same.
    """
    area, ratio = rng.uniform(0.3, 1.0) * IMAGE_SIDE**2, np.exp(rng.uniform(-0.25, 0.25))
    width = int(min(IMAGE_SIDE, round((area * ratio) ** 0.5)))
    height = int(min(IMAGE_SIDE, round((area / ratio) ** 0.5)))
    x, y = int(rng.integers(0, IMAGE_SIDE + 1 - width)), int(rng.integers(0, IMAGE_SIDE + 1 - height))
    crop = image[y : y + height, x : x + width]
    crop = cv2.resize(crop, (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    change_light, contrast, brightness, kind = rng.random(4)
    if change_light < 0.5:
        offset = -40 + 40 * contrast + 50 * (brightness - 0.5) - 10
        crop = cv2.convertScaleAbs(crop, alpha=0.75 + 0.5 * contrast, beta=offset)
    if kind < 0.05:
        crop = np.repeat(crop.mean(2, keepdims=True), 3, 2).astype(np.uint8)
    elif kind < 0.2:
        side = int(size * rng.uniform(0.15, 0.4))
        left, top = rng.integers(0, size - side, 2)
        crop = np.array(crop)
        crop[top : top + side, left : left + side] = 115
    return crop


class BatchLoader:
    """Two background threads keep `batches` filled with images [N, 3, S, S] uint8 and labels [N].

    Set `size` to change S (the side of the crops) for the batches made from then on.
    """

    def __init__(self, images: np.ndarray, labels: np.ndarray, batch: int, seed: int):
        self.batches: queue.Queue[tuple[torch.Tensor, torch.Tensor]] = queue.Queue(16)
        self.size = IMAGE_SIDE
        lock = threading.Lock()

        def index_batches() -> Iterator[np.ndarray]:
            rng = np.random.default_rng(seed)
            while True:
                order = rng.permutation(len(images))
                for start in range(0, len(images) - batch + 1, batch):
                    yield order[start : start + batch]

        shared_indices = index_batches()

        def fill(thread: int) -> None:
            rng = np.random.default_rng(seed + 100 + thread)
            while True:
                with lock:
                    indices = next(shared_indices)
                size = self.size  # read once: a batch must not mix two sizes
                crops = np.stack([augment(images[i], size, rng) for i in indices]).transpose(0, 3, 1, 2)
                batch_images = torch.from_numpy(np.ascontiguousarray(crops))
                self.batches.put((batch_images, torch.from_numpy(labels[indices])))

        for thread in range(2):
            threading.Thread(target=fill, args=(thread,), daemon=True).start()

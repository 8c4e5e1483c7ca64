"""Pairs of high- and low-resolution photos, and random batches of patches from them."""

import glob
import queue
import threading

import numpy as np
import torch
from PIL import Image

from superres.model import SCALE

Pair = tuple[np.ndarray, np.ndarray]
PHOTO_SUFFIXES = ('.png', '.jpg', '.jpeg', '.bmp')


def shrink(image: Image.Image, factor: int) -> Image.Image:
    """Shrinks by antialiased bicubic, as MATLAB's imresize."""
    return image.resize((image.width // factor, image.height // factor), Image.BICUBIC)


def crop_to_scale(image: Image.Image) -> Image.Image:
    """Cuts right and bottom edges so that both sides are multiples of the scale."""
    return image.crop((0, 0, image.width // SCALE * SCALE, image.height // SCALE * SCALE))


def load_pairs(full_folders: list[str], halved_folders: list[str], patch: int) -> list[Pair]:
    """Returns (high, low) uint8 pairs [H, W, 3] of all photos that hold at least one patch.

    Args:
        full_folders: Photos used as they are, and once more shrunk to 70 % for variety of scales.
        halved_folders: Photos (JPEG sources) that are shrunk by 2 first, to remove compression artefacts.
        patch: Side of a low-resolution patch in pixels.
    """
    files = [(file, 1) for folder in full_folders for file in sorted(glob.glob(folder + '/*'))]
    files += [(file, 2) for folder in halved_folders for file in sorted(glob.glob(folder + '/*'))]
    pairs = []
    for file, factor in files:
        if not file.lower().endswith(PHOTO_SUFFIXES):
            continue
        photo = Image.open(file).convert('RGB')
        if factor > 1:
            versions = [shrink(photo, factor)]
        else:
            smaller = photo.resize((int(photo.width * 0.7), int(photo.height * 0.7)), Image.BICUBIC)
            versions = [photo, smaller]
        for version in versions:
            high = crop_to_scale(version)
            if min(high.size) >= patch * SCALE:
                pairs.append((np.asarray(high), np.asarray(shrink(high, SCALE))))
    return pairs


def _random_patch(pair: Pair, patch: int, rng: np.random.Generator) -> Pair:
    """Cuts one (high, low) patch; flat ones teach nothing and are drawn again, twice at most."""
    high_image, low_image = pair
    for _ in range(3):
        y = int(rng.integers(0, low_image.shape[0] - patch + 1))
        x = int(rng.integers(0, low_image.shape[1] - patch + 1))
        low = low_image[y : y + patch, x : x + patch]
        if low[::3, ::3].std() > 18:
            break
    high = high_image[y * SCALE : (y + patch) * SCALE, x * SCALE : (x + patch) * SCALE]
    symmetry = int(rng.integers(0, 8))
    if symmetry & 1:
        low, high = low[:, ::-1], high[:, ::-1]
    if symmetry & 2:
        low, high = low[::-1], high[::-1]
    if symmetry & 4:
        low, high = low.transpose(1, 0, 2), high.transpose(1, 0, 2)
    return high, low


def _to_batch(patches: list[np.ndarray]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(np.stack(patches).transpose(0, 3, 1, 2)))


class BatchLoader:
    """One background thread keeps `batches` filled with (low, high) patches [N, 3, H, W] uint8."""

    def __init__(self, pairs: list[Pair], batch: int, patch: int, seed: int):
        self.batches: queue.Queue[tuple[torch.Tensor, torch.Tensor]] = queue.Queue(12)
        # Larger images are drawn more often, but less than in proportion to their area.
        odds = np.array([low.shape[0] * low.shape[1] for _, low in pairs], float) ** 0.7
        odds /= odds.sum()

        def fill() -> None:
            rng = np.random.default_rng(seed)
            while True:
                drawn = [_random_patch(pairs[i], patch, rng) for i in rng.choice(len(pairs), batch, p=odds)]
                self.batches.put(
                    (_to_batch([low for _, low in drawn]), _to_batch([high for high, _ in drawn]))
                )

        threading.Thread(target=fill, daemon=True).start()

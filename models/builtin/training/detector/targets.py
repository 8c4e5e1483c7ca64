"""Training pictures (whole images and 2x2 mosaics) with what the network should answer on them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from detector.augment import Rng, change_light, place
from detector.model import GRID, NAMES, SIZE, STRIDE
from detector.sources import Sample

Pick = Callable[[Rng, bool], Sample]
PlacedBox = tuple[float, float, float, float, int]
RADIUS = 0.54  # of the gaussian, as a share of half the box


class Target(NamedTuple):
    """One training picture and its maps over the 32x32 grid."""

    image: np.ndarray  # RGB uint8 [3, 256, 256]
    heat: np.ndarray  # gaussians around object centres, [7, 32, 32], 1 at a centre
    mask: np.ndarray  # 0 where a class's loss is left out, [7, 32, 32]
    boxes: np.ndarray  # box to predict in pixels, [4, 32, 32]
    weights: np.ndarray  # of the box loss, [32, 32]


def draw_gaussian(
    heat: np.ndarray, x: int, y: int, radius_x: int, radius_y: int
) -> tuple[np.ndarray, slice, slice]:
    """Draws a truncated gaussian at cell (x, y), keeping the maximum; returns it, its rows and columns."""
    left, top = max(0, int(x - radius_x)), max(0, int(y - radius_y))
    right, bottom = min(GRID, int(x + radius_x) + 1), min(GRID, int(y + radius_y) + 1)
    sigma_x, sigma_y = (2 * radius_x + 1) / 6, (2 * radius_y + 1) / 6
    across = np.exp(-((np.arange(left, right) - x) ** 2) / (2 * sigma_x**2))
    down = np.exp(-((np.arange(top, bottom) - y) ** 2) / (2 * sigma_y**2))
    patch = np.outer(down, across).astype(np.float32)
    place_in_heat = heat[top:bottom, left:right]
    np.maximum(place_in_heat, patch, out=place_in_heat)
    return patch, slice(top, bottom), slice(left, right)


def _layout(rng: Rng) -> list[tuple[int, int, int, int]]:
    """Returns the cells x1, y1, x2, y2 of the picture: one, or four around a random crossing."""
    if rng.random() < 0.5:
        return [(0, 0, SIZE, SIZE)]
    x, y = int(rng.integers(88, 169)), int(rng.integers(88, 169))
    return [(0, 0, x, y), (x, 0, SIZE, y), (0, y, x, SIZE), (x, y, SIZE, SIZE)]


def _box_maps(boxes: list[PlacedBox]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns heat, boxes and weights of Target."""
    heat = np.zeros((len(NAMES), GRID, GRID), np.float32)
    box_map = np.zeros((4, GRID, GRID), np.float32)
    weights = np.zeros((GRID, GRID), np.float32)
    # Large ones first, so that small ones stay on top.
    for x1, y1, x2, y2, index in sorted(boxes, key=lambda box: -(box[2] - box[0]) * (box[3] - box[1])):
        width, height = x2 - x1, y2 - y1
        centre_x = min(GRID - 1, int((x1 + x2) / 2 / STRIDE))
        centre_y = min(GRID - 1, int((y1 + y2) / 2 / STRIDE))
        radius_x = max(0, int(width / STRIDE / 2 * RADIUS))
        radius_y = max(0, int(height / STRIDE / 2 * RADIUS))
        patch, rows, columns = draw_gaussian(heat[index], centre_x, centre_y, radius_x, radius_y)
        heat[index, centre_y, centre_x] = 1
        box_map[:, rows, columns] = np.array([x1, y1, x2, y2], np.float32)[:, None, None]
        # Large objects weigh more, but only as the logarithm of their area.
        weights[rows, columns] = patch / patch.sum() * np.log(max(2.72, width * height / 64 + 1.72))
    return heat, box_map, weights


def make_target(pick: Pick, rng: Rng) -> Target:
    """Composes one training picture from samples that `pick` draws."""
    canvas = np.full((SIZE, SIZE, 3), 114, np.uint8)
    mask = np.ones((len(NAMES), GRID, GRID), np.float32)
    boxes: list[PlacedBox] = []
    cells = _layout(rng)
    mosaic = len(cells) > 1
    for x1, y1, x2, y2 in cells:
        image, placed, labelled, doubtful = place(pick(rng, mosaic), x2 - x1, y2 - y1, rng, mosaic)
        canvas[y1:y2, x1:x2] = image
        last_row, last_column = -(-y2 // STRIDE), -(-x2 // STRIDE)  # rounded up
        mask[~labelled, y1 // STRIDE : last_row, x1 // STRIDE : last_column] = 0
        for box in doubtful:
            rows = slice(int((box[1] + y1) // STRIDE), int((box[3] + y1) // STRIDE) + 1)
            columns = slice(int((box[0] + x1) // STRIDE), int((box[2] + x1) // STRIDE) + 1)
            mask[int(box[4]), rows, columns] = 0
        boxes += [(box[0] + x1, box[1] + y1, box[2] + x1, box[3] + y1, int(box[4])) for box in placed]
    heat, box_map, weights = _box_maps(boxes)
    mask = np.where(heat > 0.0, np.maximum(mask, (heat == 1)), mask)
    picture = np.ascontiguousarray(change_light(canvas, rng).transpose(2, 0, 1))
    return Target(picture, heat, mask, box_map, weights)

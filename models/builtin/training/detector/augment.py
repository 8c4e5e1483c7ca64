"""Random placement of a sample in a cell of the training picture, and random light.

The order of the random draws is part of the recipe: it must stay as it is for a seed to mean the same.
"""

import cv2
import numpy as np

from detector.sources import Sample

Rng = np.random.Generator
LUMA = np.array([0.299, 0.587, 0.114])
SMALLEST_SIDE = 5  # pixels of the input below which a box is not learnt
CLEARLY_VISIBLE, BARELY_VISIBLE = 0.3, 0.02  # visible share of a box


def change_light(image: np.ndarray, rng: Rng) -> np.ndarray:
    """Randomly changes gamma, contrast, brightness, white balance and saturation; sometimes blurs."""
    if rng.random() < 0.8:
        tone = (np.arange(256, dtype=np.float32) / 255) ** np.exp(rng.uniform(-0.35, 0.35))
        tone = (tone - 0.45) * np.exp(rng.uniform(-0.35, 0.3)) + 0.45 * np.exp(rng.uniform(-0.3, 0.3))
        table = tone[:, None] * np.exp(rng.uniform(-0.1, 0.1, 3)) * 255
        image = cv2.LUT(image, np.clip(table, 0, 255).astype(np.uint8).reshape(256, 1, 3))
    if rng.random() < 0.5:
        saturation = rng.uniform(0.3, 1.6) if rng.random() < 0.85 else 0.0
        matrix = np.eye(3) * saturation + np.ones((3, 1)) * LUMA * (1 - saturation)
        image = cv2.transform(image, matrix.astype(np.float32))
    if rng.random() < 0.1:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.2))
    return image


def _aim(
    boxes: np.ndarray, image_size: tuple[int, int], view: tuple[float, float], zoom: float, rng: Rng
) -> tuple[float, float]:
    """Chooses the image point that comes to the cell's centre; when zoomed in, often one near an object."""
    width, height = image_size
    if len(boxes) and zoom > 1 and rng.random() < 0.7:
        target = boxes[int(rng.integers(len(boxes)))]
        x = (target[0] + target[2]) / 2 + rng.normal(0, 0.15) * width
        y = (target[1] + target[3]) / 2 + rng.normal(0, 0.15) * height
        half_x, half_y = view[0] / 2, view[1] / 2
        return np.clip(x, half_x, max(half_x, width - half_x)), np.clip(
            y, half_y, max(half_y, height - half_y)
        )
    x = width * (0.5 + rng.uniform(-0.2, 0.2))
    return x, height * (0.5 + rng.uniform(-0.2, 0.2))


def _warp_boxes(
    boxes: np.ndarray, matrix: np.ndarray, scale: tuple[float, float], cell: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Returns the boxes in the cell, cut at its edges, and the visible share 0..1 of each."""
    warped = boxes.copy()
    x = np.stack([boxes[:, side] * scale[0] + matrix[0, 2] for side in (0, 2)])
    y = np.stack([boxes[:, side] * scale[1] + matrix[1, 2] for side in (1, 3)])
    warped[:, 0], warped[:, 2], warped[:, 1], warped[:, 3] = x.min(0), x.max(0), y.min(0), y.max(0)
    area = (warped[:, 2] - warped[:, 0]) * (warped[:, 3] - warped[:, 1])
    cut = warped.copy()
    cut[:, [0, 2]] = cut[:, [0, 2]].clip(0, cell[0])
    cut[:, [1, 3]] = cut[:, [1, 3]].clip(0, cell[1])
    visible_area = (cut[:, 2] - cut[:, 0]).clip(0) * (cut[:, 3] - cut[:, 1]).clip(0)
    return cut, visible_area / np.maximum(area, 1e-6)


def place(sample: Sample, width: int, height: int, rng: Rng, tile: bool) -> Sample:
    """Warps a sample into a width x height cell with random scale, shift, aspect and flip.

    Args:
        sample: The image and its boxes.
        width: Cell width in pixels.
        height: Cell height in pixels.
        rng: Random source.
        tile: The cell is one of four of a mosaic, where the scale varies less.
    """
    image, boxes, labelled, doubtful = sample
    image_height, image_width = image.shape[:2]
    smallest, largest = (0.75, 1.7) if tile else (0.55, 1.8)
    zoom = np.exp(rng.uniform(np.log(smallest), np.log(largest)))
    keep_aspect = rng.random() < 0.4  # otherwise the image is stretched to the cell
    scale_x, scale_y = width / image_width, height / image_height
    if keep_aspect:
        scale_x = scale_y = (scale_x * scale_y) ** 0.5
    squeeze = np.exp(rng.uniform(-0.15, 0.15))
    scale_x, scale_y = scale_x * zoom * squeeze, scale_y * zoom / squeeze
    flip = rng.random() < 0.5
    view = (width / scale_x, height / scale_y)
    centre_x, centre_y = _aim(boxes, (image_width, image_height), view, zoom, rng)
    signed_x = -scale_x if flip else scale_x
    matrix = np.array(
        [[signed_x, 0, width / 2 - signed_x * centre_x], [0, scale_y, height / 2 - scale_y * centre_y]],
        np.float32,
    )
    warped = cv2.warpAffine(
        image,
        matrix,
        (width, height),
        flags=cv2.INTER_AREA if scale_x < 0.6 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=tuple(int(value) for value in rng.integers(90, 140, 3)),
    )
    placed, visible = _warp_boxes(boxes, matrix, (signed_x, scale_y), (width, height))
    placed_width, placed_height = placed[:, 2] - placed[:, 0], placed[:, 3] - placed[:, 1]
    large = (placed_width >= SMALLEST_SIDE) & (placed_height >= SMALLEST_SIDE)
    learnt = (visible > CLEARLY_VISIBLE) & large
    placed_doubtful, doubtful_visible = _warp_boxes(doubtful, matrix, (signed_x, scale_y), (width, height))
    remains = placed[~learnt & (visible > BARELY_VISIBLE)]
    unsure = np.concatenate([remains, placed_doubtful[doubtful_visible > 0]])
    return Sample(warped, placed[learnt], labelled, unsure)

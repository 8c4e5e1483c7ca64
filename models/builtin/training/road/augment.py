"""Random changes to a photo and its label map, so that one city's frames teach more than that city.

The order of the random draws is part of the recipe: it must stay as it is for a seed to mean the same.
"""

import cv2
import numpy as np

from road.model import INPUT_HEIGHT, INPUT_WIDTH

# Sensor noise is cut from this fixed bank: drawing it anew for each image would cost more than the network.
NOISE = np.random.default_rng(0).standard_normal(1 << 21, dtype=np.float32)
LUMA = np.array([0.299, 0.587, 0.114])
SIZE = (INPUT_WIDTH, INPUT_HEIGHT)

Rng = np.random.Generator


def augment(image: np.ndarray, labels: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Returns a random crop [3, 256, 448] uint8 with its labels [256, 448], from an RGB photo [H, W, 3]."""
    image, labels = _warp(image, labels, rng)
    if rng.random() < 0.9:
        image = _change_tone(image, rng)
    if rng.random() < 0.7:
        image = _change_saturation(image, rng)
    if rng.random() < 0.3:
        image = _add_light_patch(image, rng)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.3:
        image = _add_noise(image, rng)
    if rng.random() < 0.2:
        image = cv2.imdecode(_encode_jpeg(image, quality=int(rng.integers(25, 90))), cv2.IMREAD_COLOR)
    return np.ascontiguousarray(image.transpose(2, 0, 1)), labels


def _warp(image: np.ndarray, labels: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Applies a random affine map (flip, scale, aspect, small rotation, shift) to the network's size."""
    height, width = labels.shape
    scale = np.exp(rng.uniform(np.log(0.7), np.log(2.2))) if rng.random() < 0.85 else 1.0
    aspect = np.exp(rng.uniform(-0.22, 0.22))
    scale_x, scale_y = INPUT_WIDTH / width * scale * aspect, INPUT_HEIGHT / height * scale / aspect
    angle = np.deg2rad(rng.uniform(-7, 7))
    flip = -1 if rng.random() < 0.5 else 1
    linear = np.array(
        [
            [np.cos(angle) * scale_x * flip, -np.sin(angle) * scale_y],
            [np.sin(angle) * scale_x * flip, np.cos(angle) * scale_y],
        ]
    )
    # The image point that lands on the output's centre: anywhere that keeps most of the output covered.
    margin_x, margin_y = max(0.12, 0.5 * (1 - 1 / scale)), max(0.10, 0.5 * (1 - 1 / scale))
    centre_x = width * (0.5 + rng.uniform(-margin_x, margin_x))
    centre_y = height * (0.5 + rng.uniform(-margin_y, margin_y))
    shift = np.array([INPUT_WIDTH / 2, INPUT_HEIGHT / 2]) - linear @ np.array([centre_x, centre_y])
    matrix = np.hstack([linear, shift[:, None]]).astype(np.float32)
    border = cv2.BORDER_REFLECT_101 if rng.random() < 0.5 else cv2.BORDER_CONSTANT
    fill = tuple(int(value) for value in rng.integers(0, 256, 3))
    image = cv2.warpAffine(image, matrix, SIZE, flags=cv2.INTER_LINEAR, borderMode=border, borderValue=fill)
    labels = cv2.warpAffine(
        labels, matrix, SIZE, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return image, labels


def _change_tone(image: np.ndarray, rng: Rng) -> np.ndarray:
    """Changes gamma, contrast, brightness and white balance by one table per channel."""
    pivot = 0.45
    tone = np.arange(256, dtype=np.float32) / 255
    tone = tone ** np.exp(rng.uniform(-0.55, 0.55))
    tone = (tone - pivot) * np.exp(rng.uniform(-0.45, 0.35)) + pivot * np.exp(rng.uniform(-0.4, 0.4))
    table = tone[:, None] * np.exp(rng.uniform(-0.15, 0.15, 3)) * 255
    return cv2.LUT(image, np.clip(table, 0, 255).astype(np.uint8).reshape(256, 1, 3))


def _change_saturation(image: np.ndarray, rng: Rng) -> np.ndarray:
    """Blends with the grey picture, from grey (0) to oversaturated (1.7)."""
    saturation = rng.uniform(0.0, 1.7)
    matrix = np.eye(3) * saturation + np.ones((3, 1)) * LUMA * (1 - saturation)
    return cv2.transform(image, matrix.astype(np.float32))


def _add_light_patch(image: np.ndarray, rng: Rng) -> np.ndarray:
    """Darkens or lightens a random quadrilateral with soft edges, as shadows do."""
    corners = (rng.uniform(0, 1, (4, 2)) * [INPUT_WIDTH, INPUT_HEIGHT]).astype(np.int32)
    patch = np.zeros((INPUT_HEIGHT, INPUT_WIDTH), np.uint8)
    cv2.fillConvexPoly(patch, cv2.convexHull(corners), 255)
    soft = cv2.GaussianBlur(patch, (0, 0), rng.uniform(1, 5)).astype(np.float32)
    gain = soft * (rng.uniform(-0.6, 0.45) / 255) + 1
    return np.clip(image * gain[..., None], 0, 255).astype(np.uint8)


def _add_noise(image: np.ndarray, rng: Rng) -> np.ndarray:
    offset = int(rng.integers(0, NOISE.size - image.size))
    noise = NOISE[offset : offset + image.size].reshape(image.shape)
    return np.clip(image + noise * np.float32(rng.uniform(2, 14)), 0, 255).astype(np.uint8)


def _encode_jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    return cv2.imencode('.jpg', image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]

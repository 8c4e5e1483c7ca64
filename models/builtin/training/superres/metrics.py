"""PSNR and SSIM on luma, measured as the super-resolution literature does (4 px borders cropped)."""

import cv2
import numpy as np

BORDER = 4


def luma(rgb: np.ndarray) -> np.ndarray:
    """Returns ITU-R BT.601 luma in studio range (16..235), as MATLAB's rgb2ycbcr, of RGB 0..255 [..., 3]."""
    return 16 + rgb[..., 0] * 65.481 / 255 + rgb[..., 1] * 128.553 / 255 + rgb[..., 2] * 24.966 / 255


def _cropped_luma(rgb: np.ndarray) -> np.ndarray:
    return luma(rgb.astype(np.float64))[BORDER:-BORDER, BORDER:-BORDER]


def psnr(image: np.ndarray, reference: np.ndarray) -> float:
    """Returns the luma PSNR in dB of two RGB images 0..255 [H, W, 3]."""
    difference = _cropped_luma(image) - _cropped_luma(reference)
    return 10 * np.log10(255**2 / np.mean(difference * difference))


def _blur(plane: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(plane, (11, 11), 1.5)[5:-5, 5:-5]


def ssim(image: np.ndarray, reference: np.ndarray) -> float:
    """Returns the luma SSIM (11x11 gaussian window) of two RGB images 0..255 [H, W, 3], at most 1."""
    x, y = _cropped_luma(image), _cropped_luma(reference)
    mean_x, mean_y = _blur(x), _blur(y)
    var_x, var_y = _blur(x * x) - mean_x * mean_x, _blur(y * y) - mean_y * mean_y
    covariance = _blur(x * y) - mean_x * mean_y
    c1, c2 = 6.5025, 58.5225  # (0.01 * 255)^2 and (0.03 * 255)^2
    similarity = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return np.mean(similarity / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2)))

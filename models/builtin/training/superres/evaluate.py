"""Luma PSNR and SSIM of the x4 model against bicubic, on 8-bit outputs.

The low-resolution image is made by antialiased bicubic; 4 px borders are cropped. `--weights` takes torch
weights or an ONNX file. From the folder above this one:

  python -m superres.evaluate --weights ../superres/model.onnx --sets Set5=Set5 Set14=Set14 B100=BSDS500/val
"""

import argparse
import glob
import json
import os

import numpy as np
import torch
from PIL import Image

from common.exported import Predict, load_exported
from common.run import add_threads_argument
from superres.metrics import psnr, ssim
from superres.model import Exported, SRNet
from superres.upscale import upscale_photo

PHOTO_SUFFIXES = ('.png', '.jpg', '.bmp')
PICTURED = ('butterfly', 'woman', 'monarch', 'comic', 'zebra')


def build(state: dict[str, torch.Tensor]) -> Predict:
    """Makes the exported form of the network from its weights."""
    net = SRNet()
    net.load_state_dict(state)
    return Exported(net).eval()


@torch.no_grad()
def measure_set(predict: Predict, name: str, folder: str, pictures: str) -> dict[str, float]:
    """Returns the mean metrics over a folder of photos; `pictures` is a folder for comparisons of a few."""
    results = []
    for file in sorted(glob.glob(folder + '/*')):
        if not file.lower().endswith(PHOTO_SUFFIXES):
            continue
        photo = upscale_photo(predict, file)
        results.append(
            (
                psnr(photo.network, photo.truth),
                psnr(photo.bicubic, photo.truth),
                ssim(photo.network, photo.truth),
                ssim(photo.bicubic, photo.truth),
            )
        )
        stem = os.path.basename(file).split('.')[0]
        if pictures and stem in PICTURED:
            os.makedirs(pictures, exist_ok=True)
            strip = np.hstack([photo.nearest, photo.bicubic, photo.network.astype(np.uint8), photo.truth])
            Image.fromarray(strip).save(f'{pictures}/{name}_{stem}.png')
    network_psnr, bicubic_psnr, network_ssim, bicubic_ssim = np.mean(results, 0)
    return {
        'images': len(results),
        'psnr': round(network_psnr, 3),
        'psnr_bicubic': round(bicubic_psnr, 3),
        'gain_db': round(network_psnr - bicubic_psnr, 3),
        'ssim': round(network_ssim, 4),
        'ssim_bicubic': round(bicubic_ssim, 4),
    }


def main() -> None:
    """Measures each set and prints one JSON object."""
    parser = argparse.ArgumentParser(description='Measures the x4 super-resolution model against bicubic.')
    parser.add_argument('--weights', required=True, help='superres.pt or model.onnx')
    parser.add_argument('--sets', nargs='+', required=True, help='NAME=FOLDER of photos, once or more')
    parser.add_argument('--pictures', default='', help='folder for comparisons of a few well-known photos')
    add_threads_argument(parser)
    args = parser.parse_args()
    predict = load_exported(args.weights, build, args.threads)
    sets = dict(item.split('=', 1) for item in args.sets)
    results = {name: measure_set(predict, name, folder, args.pictures) for name, folder in sets.items()}
    print(json.dumps(results, indent=1))


if __name__ == '__main__':
    main()

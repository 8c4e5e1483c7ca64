r"""Trains the built-in x4 super-resolution model.

Data: any folders of photos. `--hr` folders are used as they are, `--half` folders (JPEG sources) are first
shrunk by 2 to remove compression artefacts. Set5 and Set14 serve only for the final report (evaluate.py). It
runs on the CPU, in bfloat16 autocast except for the last stretch. From the folder above this one:

  python -m superres.train --hr BSDS500/data/images/train BSDS500/data/images/test CUrban100 \
                           --half CSun_Hays80 imagenet-sample-images --out run --minutes 14

`--iters N` instead of `--minutes` fixes the number of steps; the shipped model took the count in card.json.
"""

import argparse
import glob

import numpy as np
import torch
from torch import nn

from common.averaging import update_average
from common.run import add_run_arguments, begin_run
from common.schedule import RunningMean, Schedule, warmup_cosine
from superres.data import BatchLoader, load_pairs
from superres.metrics import psnr
from superres.model import Exported, SRNet, export
from superres.upscale import upscale_photo

FULL_PRECISION_FROM = 0.92  # fraction of the run after which bfloat16 is left
MONITORED_IMAGES = 20


@torch.no_grad()
def mean_psnr(net: SRNet, folder: str) -> np.ndarray:
    """Returns the mean luma PSNR (network, bicubic) in dB over a folder's first images."""
    results = []
    for file in sorted(glob.glob(folder + '/*'))[:MONITORED_IMAGES]:
        photo = upscale_photo(Exported(net), file)
        results.append((psnr(photo.network, photo.truth), psnr(photo.bicubic, photo.truth)))
    return np.mean(results, 0)


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description='Trains the built-in x4 super-resolution model.')
    add_run_arguments(parser, minutes=14, batch=32, rate=2e-3)
    parser.add_argument('--hr', nargs='+', required=True, help='folders of photos used as they are')
    parser.add_argument('--half', nargs='*', default=[], help='folders of photos that are shrunk by 2 first')
    parser.add_argument('--val', default='', help='folder whose first 20 images are monitored')
    parser.add_argument('--patch', type=int, default=40, help='side of a low-resolution patch in pixels')
    parser.add_argument('--ch', type=int, default=32, help='channels of the trunk')
    parser.add_argument('--blocks', type=int, default=3, help='residual blocks')
    return parser.parse_args()


def main() -> None:
    """Trains and writes superres.pt and model.onnx, also from time to time during the run."""
    args = parse_arguments()
    begin_run(args.seed, args.out)
    pairs = load_pairs(args.hr, args.half, args.patch)
    net = SRNet(args.ch, args.blocks).to(memory_format=torch.channels_last)
    ema = SRNet(args.ch, args.blocks)
    ema.load_state_dict(net.state_dict())
    parameters = list(net.parameters())
    print(f'{len(pairs)} images, {sum(p.numel() for p in parameters) / 1e3:.1f}k parameters', flush=True)
    optimizer = torch.optim.Adam(parameters, lr=args.lr, betas=(0.9, 0.99))
    loader = BatchLoader(pairs, args.bs, args.patch, args.seed)

    def checkpoint() -> None:
        torch.save(ema.state_dict(), f'{args.out}/superres.pt')
        export(ema, f'{args.out}/model.onnx')

    def report_psnr() -> None:
        if args.val:
            print('PSNR (net, bicubic)', mean_psnr(ema, args.val).round(3), flush=True)

    schedule, average_loss = Schedule(args.iters, args.minutes), RunningMean(0.99)
    step, next_checkpoint = 0, 0.1
    while (fraction := schedule.fraction(step)) < 1:
        rate = args.lr * warmup_cosine(step, fraction, warmup_steps=200, floor=2e-3)
        for group in optimizer.param_groups:
            group['lr'] = rate
        low, high = loader.batches.get()
        low = (low.float() / 255).contiguous(memory_format=torch.channels_last)
        high = high.float() / 255
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=fraction < FULL_PRECISION_FROM):
            output = net(low)
        loss = torch.sqrt((output - high) ** 2 + 1e-6).mean()  # Charbonnier
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 0.5)
        optimizer.step()
        step += 1
        # Parameters only: averaging the fixed bicubic kernels would let rounding errors into them.
        update_average(ema.parameters(), net.parameters(), min(0.999, (1 + step) / (10 + step)))
        average_loss.add(loss.item())
        if step % 200 == 0:
            seconds = schedule.seconds()
            print(
                f'it {step} {fraction * 100:.1f}% loss {average_loss.value:.5f} lr {rate:.6f} '
                f'{seconds:.0f}s {step / seconds:.2f} it/s',
                flush=True,
            )
        if fraction >= next_checkpoint:
            next_checkpoint += 0.15
            checkpoint()
            report_psnr()
    checkpoint()
    print('steps', step)
    report_psnr()


if __name__ == '__main__':
    main()

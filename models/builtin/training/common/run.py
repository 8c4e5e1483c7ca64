"""What every training run starts with: its common options, seeds and threads."""

import argparse
import os
import random

import cv2
import numpy as np
import torch

THREADS = 2


def add_run_arguments(parser: argparse.ArgumentParser, minutes: float, batch: int, rate: float) -> None:
    """Adds the options that all training scripts share, with this script's defaults."""
    parser.add_argument('--out', default='.', help='folder for the weights and model.onnx')
    parser.add_argument('--minutes', type=float, default=minutes, help='length of the schedule in minutes')
    parser.add_argument('--iters', type=int, default=0, help='length in steps instead (reproducible)')
    parser.add_argument('--bs', type=int, default=batch, help='images per step')
    parser.add_argument('--lr', type=float, default=rate, help='peak learning rate')
    parser.add_argument('--seed', type=int, default=1, help='seed of all random draws')


def begin_run(seed: int, out: str) -> None:
    """Fixes threads and seeds, and makes the output folder.

    OpenCV keeps to one thread because the loaders already run in threads beside the optimiser.
    """
    torch.set_num_threads(THREADS)
    cv2.setNumThreads(1)
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    os.makedirs(out, exist_ok=True)


def add_threads_argument(parser: argparse.ArgumentParser) -> None:
    """Adds `--threads` to an evaluation script; the variable THREADS gives its default."""
    default = int(os.environ.get('THREADS', THREADS))
    parser.add_argument('--threads', type=int, default=default, help='CPU threads for the network')


def weight_decay_groups(parameters: list[torch.nn.Parameter], decay: float) -> list[dict]:
    """Splits parameters for an optimiser: matrices and kernels decay, biases and norms (1-D) do not."""
    return [
        {'params': [p for p in parameters if p.ndim > 1], 'weight_decay': decay},
        {'params': [p for p in parameters if p.ndim <= 1], 'weight_decay': 0},
    ]

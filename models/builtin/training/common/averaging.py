"""Exponential moving average (EMA) of a network's weights: the averaged copy is what gets exported."""

from collections.abc import Iterable

import torch


@torch.no_grad()
def update_average(averaged: Iterable[torch.Tensor], current: Iterable[torch.Tensor], decay: float) -> None:
    """Moves every averaged tensor towards its current value, in place.

    Args:
        averaged: Tensors of the averaged network, in the order of `current`.
        current: Tensors of the network in training.
        decay: Share of the old average that stays, 0..1. Integer tensors (batch counters) are copied.
    """
    for average, value in zip(averaged, current, strict=True):
        if average.dtype.is_floating_point:
            average.mul_(decay).add_(value, alpha=1 - decay)
        else:
            average.copy_(value)

"""How far a training run is, the learning rate that follows from it, and smoothed values for the log."""

import time

import numpy as np


class Schedule:
    """Progress of a run, measured in steps when their number is fixed and in wall-clock time otherwise.

    Only a fixed number of steps is reproducible; a number of minutes is what one has when planning.
    """

    def __init__(self, steps: int, minutes: float):
        self.steps, self.minutes = steps, minutes
        self.started = time.time()

    def seconds(self) -> float:
        """Returns the seconds since the run started."""
        return time.time() - self.started

    def fraction(self, step: int) -> float:
        """Returns the part of the run that is done, from 0; the run ends at 1."""
        return step / self.steps if self.steps else self.seconds() / (self.minutes * 60)


def warmup_cosine(step: int, fraction: float, warmup_steps: int, floor: float) -> float:
    """Returns the learning rate relative to its peak: linear warm-up, cosine decay, never below `floor`."""
    return min(1, (step + 1) / warmup_steps) * 0.5 * (1 + np.cos(np.pi * fraction)) + floor


class RunningMean:
    """Exponentially smoothed value for the log; it starts at the first value that it is given."""

    def __init__(self, keep: float):
        self.keep = keep
        self.value: float | None = None

    def add(self, value: float) -> None:
        """Takes in one more value."""
        self.value = value if self.value is None else self.keep * self.value + (1 - self.keep) * value

"""Draws samples from the sources by fixed odds and keeps a queue of batches filled."""

import queue
import threading

import numpy as np
import torch

from detector.augment import Rng
from detector.sources import CAR, PERSON, Sample, Samples
from detector.targets import Target, make_target

# How often each source is drawn, for whole images and for mosaic tiles.
SOURCE_ODDS = {
    'voc': (0.60, 0.50),
    'apose': (0.12, 0.10),
    'coco': (0.12, 0.10),
    'penn': (0.07, 0.08),
    'camvid': (0.09, 0.08),
    'tincar': (0, 0.11),
    'tinpet': (0, 0.03),
    'neg': (0.06, 0.06),
}
PEOPLE_AND_CARS_ODDS = 3.0  # of a VOC image with a person or a car, against 1 for others


def _sample_odds(source: str, sample: Sample) -> float:
    wanted = source == 'voc' and np.isin(sample.boxes[:, 4], (PERSON, CAR)).any()
    return PEOPLE_AND_CARS_ODDS if wanted else 1.0


class SamplePicker:
    """Draws a source by its odds, then one of its samples."""

    def __init__(self, samples: Samples):
        self.samples, self.sources = samples, list(samples)
        odds = [np.array([SOURCE_ODDS[source][kind] for source in self.sources]) for kind in (0, 1)]
        self.source_odds = [kind / kind.sum() for kind in odds]
        within = {s: np.array([_sample_odds(s, sample) for sample in samples[s]]) for s in self.sources}
        self.cumulative = {source: np.cumsum(values / values.sum()) for source, values in within.items()}

    def __call__(self, rng: Rng, tile: bool) -> Sample:
        """Draws one sample, for a mosaic tile or for a whole picture."""
        source_edges = np.cumsum(self.source_odds[int(tile)])
        source = self.sources[int(np.searchsorted(source_edges, rng.random() * 0.999999))]
        samples = self.samples[source]
        return samples[min(len(samples) - 1, int(np.searchsorted(self.cumulative[source], rng.random())))]


class BatchLoader:
    """Two background threads keep `batches` filled; a batch is the five parts of Target, stacked."""

    def __init__(self, samples: Samples, batch: int, seed: int):
        self.batches: queue.Queue[list[torch.Tensor]] = queue.Queue(8)
        pick = SamplePicker(samples)

        def fill(thread: int) -> None:
            rng = np.random.default_rng(seed + thread)
            while True:
                targets = [make_target(pick, rng) for _ in range(batch)]
                parts = range(len(Target._fields))
                self.batches.put([torch.from_numpy(np.stack([t[part] for t in targets])) for part in parts])

        for thread in range(2):
            threading.Thread(target=fill, args=(thread,), daemon=True).start()

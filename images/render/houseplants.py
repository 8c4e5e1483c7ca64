"""What grows in a room: a plant in its pot, and flowers in a vase; in metres, each stands on its point."""

import math
import random

from crockery import vase
from materials import foliage, mottled, surface
from shapes import along, bow, group, turned
from studio import ball, mesh, tube


def potted_plant(at, height=1.3, leaves=34, pot=(0.40, 0.15, 0.07), spread=0.55, wide=0.065):
    """A clay pot from which long leaves arch; all in proportion to `height`."""
    k, plant = height / 1.3, group('potted plant', at)
    clay = mottled('clay', tuple(0.8 * c for c in pot), pot, 12.0)
    profile = [
        (0, 0.0),
        (0.11, 0.0),
        (0.115, 0.006),
        (0.15, 0.25),
        (0.165, 0.252),
        (0.17, 0.31),
        (0.155, 0.312),
    ]
    profile += [(0.15, 0.27), (0, 0.27)]
    turned('plant pot', [(r * k, z * k) for r, z in profile], clay, parent=plant)
    soil = mottled('plant soil', (0.02, 0.012, 0.008), (0.05, 0.03, 0.02), 60.0, bump=0.01)
    tube('plant soil', (0, 0, 0.2 * k), (0, 0, 0.285 * k), 0.15 * k, soil, parent=plant)
    green = foliage('plant leaves', (0.018, 0.060, 0.014), (0.070, 0.160, 0.030))
    stalk = surface('stalk', (0.06, 0.10, 0.03), 0.6)
    for i in range(leaves):
        a = i * 2.4 + random.uniform(-0.3, 0.3)
        rise = 1 - 0.75 * i / leaves
        reach, top = spread * k * random.uniform(0.55, 1.0) * (1.15 - 0.5 * rise), (0.5 + 0.75 * rise) * k
        path = bow(
            [
                (0.02 * math.cos(a), 0.02 * math.sin(a), 0.26 * k),
                (0.25 * reach * math.cos(a), 0.25 * reach * math.sin(a), 0.30 * k + 0.55 * (top - 0.3 * k)),
                (0.62 * reach * math.cos(a), 0.62 * reach * math.sin(a), top),
                (reach * math.cos(a), reach * math.sin(a), top - random.uniform(0.08, 0.22) * k),
            ],
            6,
        )
        along('plant stalk', path[:10], [0.006 * k] * 10, stalk, sides=6, parent=plant)
        _blade(path[6:], wide * k * random.uniform(0.8, 1.2), a, green, plant)
    return plant


def _blade(path, half, direction, material, parent):
    """A leaf along a path, folded along its middle."""
    points, last = [], len(path) - 1
    dx, dy = -math.sin(direction), math.cos(direction)
    for i, p in enumerate(path):
        w = half * math.sin(math.pi * min(1.0, 0.06 + 0.94 * i / last)) ** 0.7
        points += [
            (p.x - dx * w, p.y - dy * w, p.z + 0.25 * w),
            tuple(p),
            (p.x + dx * w, p.y + dy * w, p.z + 0.25 * w),
        ]
    faces = []
    for i in range(last):
        a = 3 * i
        faces += [(a, a + 1, a + 4, a + 3), (a + 1, a + 2, a + 5, a + 4)]
    mesh('plant leaf', points, faces, material, smooth=True, parent=parent)


def bouquet(at, colours=((0.70, 0.10, 0.12), (0.80, 0.45, 0.05), (0.75, 0.70, 0.60)), pot=(0.10, 0.22, 0.30)):
    """A vase of flowers."""
    x, y, z = at
    vase(at, pot)
    stem = surface('stem', (0.04, 0.10, 0.02), 0.6)
    green = foliage('bouquet leaves', (0.02, 0.06, 0.015), (0.06, 0.14, 0.03))
    for i in range(13):
        a, out = i * 2.4, 0.030 + 0.095 * math.sqrt(i / 13)
        top = (
            x + out * math.cos(a),
            y + out * math.sin(a),
            z + 0.44 - 0.8 * out + random.uniform(-0.02, 0.02),
        )
        tube('stem', (x, y, z + 0.2), top, 0.002, stem, sides=6)
        petal = surface('petal', colours[i % len(colours)], 0.7)
        for j in range(8):
            b = 2 * math.pi * j / 8
            leaf = ball('petal', top, (0.020, 0.011, 0.006), petal, levels=2)
            leaf.location = (top[0] + 0.017 * math.cos(b), top[1] + 0.017 * math.sin(b), top[2])
            leaf.rotation_euler = (0, -0.35, b)
        ball('flower', top, 0.009, surface('flower', (0.55, 0.35, 0.03), 0.8), levels=2)
        path = bow(
            [
                (x, y, z + 0.25),
                ((x + top[0]) / 2, (y + top[1]) / 2, z + 0.32),
                (x + 1.5 * out * math.cos(a + 0.6), y + 1.5 * out * math.sin(a + 0.6), z + 0.33),
            ],
            5,
        )
        _blade(path, 0.018, a + 0.6, green, None)

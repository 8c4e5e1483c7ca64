"""A car park with four cars, a hedge and a row of houses behind it.

Run: blender -b -P car_park.py -- PICTURE [quick].
"""

import math
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from car import build_car
from materials import asphalt, bricks, mottled, road_paint, sky
from plants import grow_grass, grow_hedge, plant_tree, tree_crown
from street import build_house, lamp_post, lay_kerb, lay_pavement, slab
from studio import aim_camera, render, start

# The bays lie side by side along y; cars drive into them along x, up to the kerb.
BAY, DEPTH, NEAR, FAR = 2.6, 5.0, -30.0, 70.0


def lay_ground():
    """Asphalt, the lines between the bays, a kerb, a pavement and a strip of grass."""
    slab('ground', (-60, NEAR), (DEPTH, FAR), 0, asphalt())
    paint = road_paint()
    for i in range(-6, 24):
        slab('bay line', (-0.2, BAY * i - 0.05), (DEPTH, BAY * i + 0.05), 0.003, paint)
    lay_kerb(DEPTH, NEAR, FAR)
    lay_pavement(DEPTH + 0.14, DEPTH + 1.6, NEAR, FAR)
    grow_grass((DEPTH + 1.6, -10), (DEPTH + 4.6, 34), 0.08, height=0.06, blades=900)
    meadow = mottled('meadow', (0.03, 0.05, 0.015), (0.08, 0.11, 0.03), 2.0)
    slab('meadow', (DEPTH + 1.6, NEAR), (DEPTH + 90, FAR + 60), 0.075, meadow)


def build_behind():
    """Trees in the grass, a hedge, and houses that look over it."""
    crowns = [
        tree_crown('lime', 2.5, 2.1, 9000),
        tree_crown('maple', 2.1, 2.3, 9000, (0.03, 0.05, 0.01), (0.16, 0.17, 0.03)),
    ]
    for i in range(8):
        at = (DEPTH + 2.8 + random.uniform(-0.3, 0.5), -1.5 + 7.4 * i, 0.1)
        plant_tree(crowns[i % 2], at, 2.4, turn=1.7 * i, scale=random.uniform(0.85, 1.1))
    grow_hedge((DEPTH + 4.6, -12, 0.05), 60, 0.7, 1.3)
    walls = [
        bricks('red brick', (0.23, 0.09, 0.055), (0.31, 0.15, 0.09), (0.26, 0.24, 0.21), 0.22, 0.075, 0.01),
        mottled('render', (0.48, 0.46, 0.41), (0.58, 0.56, 0.51), 2.0),
    ]
    for i in range(8):
        build_house(DEPTH + 11, 3 + 7.4 * i, -1, walls[i % 2], eaves=5.2 + 0.4 * (i % 3))


def park():
    """Three cars nose in, one tail in."""
    for bay, colour, plate, turn in (
        (-1, (0.34, 0.012, 0.016), 'OK 1 ULO', 0.02),
        (1, (0.62, 0.62, 0.60), 'KL 18 OTR', -0.02),
        (3, (0.015, 0.06, 0.20), 'BX 7 DUN', 0.01),
        (5, (0.30, 0.31, 0.33), 'MR 44 LAW', math.pi),
    ):
        x = 4.6 if turn == math.pi else 0.5
        build_car((x, BAY * (bay + 0.5), 0), turn - math.pi / 2, colour, plate, brakes=False)


def build():
    """The car park on a bright day, seen by someone on foot."""
    lay_ground()
    build_behind()
    park()
    for y in (8.5, 34.5):
        lamp_post(DEPTH + 0.6, y, -1.2)
    sky(elevation=42, turn=-60, strength=0.17, cloud_cover=0.45)
    aim_camera((-6.2, -6.8, 1.75), (2.2, 1.5, 0.95), 50)


if __name__ == '__main__':
    start(960, 640, 56, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

"""A street from the driver's seat, with a car ahead.

Run: blender -b -P road.py -- PICTURE [MASK] [quick]. The mask is white where the road is seen.
"""

import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from car import build_car
from materials import bricks, mottled, sky
from plants import grow_grass, grow_hedge, plant_tree, tree_crown
from street import build_house, garden_wall, lamp_post, lay_kerb, lay_pavement, lay_road, slab
from studio import aim_camera, render, render_mask, start

LEFT, RIGHT, NEAR, FAR = -4.9, 2.3, -2.0, 150.0


def build_right_side():
    """Kerb, pavement, garden walls and a row of houses."""
    lay_kerb(RIGHT, NEAR, FAR)
    lay_pavement(RIGHT + 0.14, RIGHT + 2.2, NEAR, FAR)
    walls = [
        bricks('red brick', (0.23, 0.09, 0.055), (0.31, 0.15, 0.09), (0.26, 0.24, 0.21), 0.22, 0.075, 0.01),
        bricks('yellow brick', (0.36, 0.28, 0.17), (0.44, 0.36, 0.24), (0.30, 0.28, 0.25), 0.22, 0.075, 0.01),
        mottled('render', (0.48, 0.46, 0.41), (0.58, 0.56, 0.51), 2.0),
    ]
    for i in range(14):
        y = 6.0 + 7.6 * i
        build_house(RIGHT + 4.6, y, -1, walls[i % 3], eaves=5.2 + 0.5 * (i % 2))
        garden_wall(RIGHT + 2.2, y - 0.4, y + 4.4)
        if i % 2:
            grow_hedge((RIGHT + 2.5, round(y), 0.0), 5, 0.6, 1.3)
    slab(
        'gardens',
        (RIGHT + 2.2, NEAR),
        (RIGHT + 40, FAR),
        0.08,
        mottled('garden soil', (0.03, 0.05, 0.015), (0.07, 0.09, 0.03), 3.0),
    )


def build_left_side():
    """Kerb, a narrow pavement, a verge with trees and a hedge behind it."""
    lay_kerb(LEFT - 0.14, NEAR, FAR)
    lay_pavement(LEFT - 1.7, LEFT - 0.14, NEAR, FAR)
    grow_grass((LEFT - 5.7, NEAR + 5), (LEFT - 1.7, 60), 0.10)
    slab(
        'meadow',
        (LEFT - 60, NEAR),
        (LEFT - 1.7, FAR),
        0.09,
        mottled('meadow', (0.03, 0.05, 0.015), (0.08, 0.11, 0.03), 2.0),
    )
    grow_hedge((LEFT - 6.4, NEAR + 4, 0.0), 70, 0.7, 1.5)
    crowns = [
        tree_crown('lime', 2.6, 2.1, 9000),
        tree_crown('maple', 2.2, 2.4, 9000, (0.03, 0.05, 0.01), (0.16, 0.17, 0.03)),
    ]
    for i in range(12):
        at = (LEFT - 3.6 + random.uniform(-0.5, 0.5), 11 + 9.5 * i, 0.1)
        plant_tree(crowns[i % 2], at, 2.6, turn=random.uniform(0, 6), scale=random.uniform(0.9, 1.25))
    wall = bricks('far brick', (0.25, 0.12, 0.08), (0.32, 0.17, 0.11), (0.25, 0.23, 0.2), 0.22, 0.075, 0.01)
    for y in (22, 44, 60, 82):
        build_house(LEFT - 13, y, 1, wall, width=9.0)


def build():
    """The whole street, its cars, the sky and the driver's camera."""
    lay_road(LEFT, RIGHT, NEAR, FAR)
    build_right_side()
    build_left_side()
    for i in range(5):
        lamp_post(RIGHT + 0.55, 17 + 26 * i, -1.2)
    distant = tree_crown('distant', 4.0, 4.5, 6000, size=0.3)
    for x, y in ((LEFT - 3, 130), (0, 155), (RIGHT + 3, 142)):
        plant_tree(distant, (x, y, 0), 3.0, scale=1.6)
    build_car(at=(0.35, 8.2, 0), turn=0.02, colour=(0.32, 0.012, 0.016))
    build_car(at=(-3.6, 52, 0), turn=3.14, colour=(0.05, 0.09, 0.22), brakes=False)
    sky(elevation=38, turn=-60, strength=0.17, cloud_cover=0.62)
    aim_camera((0.25, 0, 1.38), (0.0, 20, 0.55), 58)


if __name__ == '__main__':
    words = [word for word in sys.argv[sys.argv.index('--') + 1 :] if word != 'quick']
    start(960, 540, 40)
    build()
    render(os.path.abspath(words[0]))
    if len(words) > 1:
        render_mask(os.path.abspath(words[1]), lambda thing: thing.name.startswith('road'))

"""A living room: sofa, chair, tables, television, plants.

Run: blender -b -P living_room.py -- PICTURE [quick].
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from crockery import bottle, bowl, mug
from decor import book, floor_lamp, picture_frame, row_of_books, wall_clock
from devices import television
from furniture import cabinet, rug, sofa, table, wooden_chair
from houseplants import bouquet, potted_plant
from lights import area_light
from room import curtain, daylight, lay_floor, put_walls
from studio import aim_camera, render, start

LEFT, BACK = -2.5, 4.0


def furnish():
    """Sofa under the window, cabinet with the television at the back, a chair on the right."""
    sofa((LEFT + 0.10, 2.05, 0), turn=1.5708)
    cabinet((0.55, BACK - 0.03, 0), (1.9, 0.42, 0.56))
    television((0.45, BACK - 0.24, 0.56))
    row_of_books((1.12, BACK - 0.34, 0.56), 7)
    rug((-0.35, 1.9, 0), 2.2, 1.7)
    table((-0.35, 1.85, 0.012), (1.05, 0.58, 0.42))
    wooden_chair((1.20, 1.85, 0), turn=-0.85, seat=(0.14, 0.20, 0.20))
    potted_plant((-1.75, 3.45, 0), 1.5)
    floor_lamp((1.85, 3.55, 0))
    top = 0.433
    bouquet((-0.50, 1.98, top))
    bottle((-0.10, 1.95, top))
    mug((0.03, 1.72, top), turn=-0.6, colour=(0.60, 0.60, 0.58), radius=0.040, height=0.09)
    bowl((-0.33, 1.72, top), radius=0.10, height=0.055)
    book((-0.82, 1.66, top), turn=0.3)
    book((-0.81, 1.67, top + 0.03), (0.14, 0.20, 0.022), turn=0.1, colour=(0.35, 0.06, 0.04))


def build():
    """The room, its furniture and the photographer in the door."""
    lay_floor((LEFT, -2.6), (3.2, BACK))
    put_walls(LEFT, BACK, -2.6, 4.0, window=(1.2, 2.9, 0.95, 2.2))
    curtain(LEFT, 0.75, 1.25, 0.05, 2.4)
    curtain(LEFT, 2.85, 3.3, 0.05, 2.4)
    picture_frame(
        (-0.95, BACK, 1.65), 0.62, 0.46, [(0.08, 0.16, 0.22), (0.50, 0.42, 0.30), (0.62, 0.24, 0.10)]
    )
    wall_clock((1.55, BACK, 1.85))
    furnish()
    daylight()
    area_light((LEFT + 0.5, 2.05, 1.75), (0, 1.6, 0.2), (1.4, 1.0), 45, (0.95, 0.98, 1.0))
    aim_camera((0.62, -1.60, 1.38), (-0.28, 2.5, 0.68), 59)


if __name__ == '__main__':
    start(960, 640, 100, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

"""A desk with a computer.

Run: blender -b -P desk.py -- PICTURE [quick].
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from crockery import mug, water_bottle
from decor import book, picture_frame, row_of_books
from devices import keyboard, monitor, mouse
from furniture import OAK, table
from houseplants import potted_plant
from lights import area_light
from room import daylight, lay_floor, put_walls
from studio import aim_camera, box, render, start
from tabletop import planks

TOP, BACK = 0.74, 0.40


def lay_out():
    """What lies and stands on the desk and on the shelf above it."""
    monitor((-0.02, 0.16, TOP), turn=0.04, width=0.60)
    keyboard((-0.06, -0.14, TOP), turn=0.03)
    mouse((0.30, -0.17, TOP), turn=-0.12)
    mug((0.46, -0.15, TOP), turn=-0.25, colour=(0.62, 0.61, 0.58), inside=(0.6, 0.58, 0.54))
    water_bottle((-0.44, 0.0, TOP))
    book((-0.72, -0.10, TOP), (0.17, 0.24, 0.035), turn=-0.15, colour=(0.05, 0.14, 0.09))
    book((-0.70, -0.09, TOP + 0.035), (0.15, 0.22, 0.028), turn=0.05, colour=(0.36, 0.06, 0.04))
    potted_plant((0.62, 0.20, TOP), 0.42, leaves=30, pot=(0.50, 0.50, 0.48), wide=0.085)
    shelf = planks('shelf', *OAK)
    box('shelf', (0.42, BACK - 0.22, 1.30), (1.22, BACK, 1.33), shelf, bevel=0.004)
    end = row_of_books((0.47, BACK - 0.19, 1.33), 11, 0.21)
    potted_plant((end + 0.14, BACK - 0.11, 1.33), 0.24, leaves=22, pot=(0.45, 0.18, 0.09), wide=0.085)


def build():
    """The desk before its wall, and someone who stands there."""
    lay_floor((-2.5, -2.4), (2.8, BACK))
    put_walls(-2.4, BACK, -2.4, 3.2, paint=(0.44, 0.48, 0.50))
    table((0, 0, 0), (1.7, 0.76, TOP))
    lay_out()
    picture_frame(
        (-0.62, BACK, 1.25), 0.34, 0.26, [(0.08, 0.16, 0.22), (0.50, 0.42, 0.30), (0.62, 0.24, 0.10)]
    )
    daylight()
    area_light((-2.0, -1.2, 2.0), (0, 0, 0.8), (1.2, 1.0), 30, (0.95, 0.98, 1.0))
    aim_camera((0.21, -1.22, 1.37), (0.005, 0.05, 0.935), 58)


if __name__ == '__main__':
    start(960, 640, 72, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

"""A mug of coffee on a table.

Run: blender -b -P coffee_mug.py -- PICTURE [quick].
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from crockery import mug
from lights import area_light
from studio import aim_camera, render, start
from tabletop import kitchen, lay_table


def build():
    """The mug, its handle to the right, seen a little from above."""
    lay_table()
    kitchen()
    mug((-0.012, 0, 0), turn=-0.3, colour=(0.02, 0.10, 0.07), inside=(0.62, 0.60, 0.55))
    # A tall window: the streak of light that shows how round the mug is.
    area_light((-0.9, -0.75, 0.35), (0, 0, 0.06), (0.22, 0.8), 5)
    aim_camera((0.0, -0.52, 0.19), (0.008, 0, 0.048), 24, focus=0.58, f_stop=11.0)


if __name__ == '__main__':
    start(640, 480, 128, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

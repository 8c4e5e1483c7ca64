"""A teapot on a table.

Run: blender -b -P teapot.py -- PICTURE [quick].
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from crockery import teapot
from studio import aim_camera, render, start
from tabletop import kitchen, lay_table


def build():
    """The pot on its table, and the camera at the height of someone who sits there."""
    lay_table()
    kitchen()
    teapot((0, 0, 0), turn=-0.35)
    aim_camera((0.03, -0.78, 0.26), (0.008, 0, 0.088), 30, focus=0.76, f_stop=11.0)


if __name__ == '__main__':
    start(640, 480, 128, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

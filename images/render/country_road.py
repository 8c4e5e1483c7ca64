"""A country road that bends to the right, from the driver's seat.

Run: blender -b -P country_road.py -- PICTURE [MASK] [quick]. The mask is white where the road is seen.
"""

import math
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from materials import asphalt, mottled, road_paint, sky, surface
from plants import grow_verge, plant_tree, tree_crown
from studio import aim_camera, ball, mesh, render, render_mask, start, tube

LEFT, RIGHT = -4.6, 2.0


def course(length=190, straight=16, radius=85.0):
    """The driver's line at every metre from just behind the camera: (x, y, heading), heading 0 along +y."""
    x, y, heading, points = 0.0, -4.0, 0.0, []
    for metre in range(length):
        points.append((x, y, heading))
        ease = min(1.0, max(0.0, (metre - straight) / 25))
        heading -= ease / radius if metre < 125 else 0.0
        x, y = x - math.sin(heading), y + math.cos(heading)
    return points


def ribbon(name, path, low, high, z, material):
    """A strip beside the path, from `low` to `high` metres right of it."""
    points = [
        (x + side * math.cos(heading), y + side * math.sin(heading), z)
        for x, y, heading in path
        for side in (low, high)
    ]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(path) - 1)]
    return mesh(name, points, faces, material)


def lay_lane(path):
    """Asphalt between gravel shoulders, a dashed middle line and a line at each edge."""
    ribbon('road', path, LEFT, RIGHT, 0.0, asphalt())
    gravel = mottled('gravel', (0.085, 0.078, 0.045), (0.19, 0.165, 0.11), 35.0, bump=0.02)
    ribbon('shoulder', path, LEFT - 0.2, LEFT, -0.004, gravel)
    ribbon('shoulder', path, RIGHT, RIGHT + 0.2, -0.004, gravel)
    paint, middle = road_paint(), (LEFT + RIGHT) / 2
    for side in (LEFT + 0.25, RIGHT - 0.25):
        ribbon('road line', path, side - 0.06, side + 0.06, 0.003, paint)
    for first in range(2, len(path) - 4, 9):
        ribbon('road mark', path[first : first + 4], middle - 0.06, middle + 0.06, 0.003, paint)


def beside(path, metre, side, z=0.0):
    """A point of the verge."""
    x, y, heading = path[metre]
    return (x + side * math.cos(heading), y + side * math.sin(heading), z)


def marker_posts(path):
    """White posts with a black band and a reflector, every 18 metres on both sides."""
    white, black = surface('post', (0.68, 0.68, 0.66), 0.5), surface('post band', (0.02, 0.02, 0.02), 0.5)
    red = surface('reflector', (0.6, 0.03, 0.02), 0.2)
    for metre in range(14, len(path), 18):
        for side in (LEFT - 0.8, RIGHT + 0.8):
            x, y, _ = beside(path, metre, side)
            tube('marker', (x, y, 0), (x, y, 0.95), 0.055, white)
            tube('marker', (x, y, 0.66), (x, y, 0.82), 0.057, black)
            tube('marker', (x - 0.01, y - 0.05, 0.69), (x - 0.01, y - 0.05, 0.79), 0.022, red)


def fence(path, side):
    """Posts with two wires."""
    wood = mottled('fence wood', (0.09, 0.065, 0.045), (0.19, 0.15, 0.11), 8.0, bump=0.01)
    wire = surface('wire', (0.3, 0.3, 0.3), 0.4, Metallic=0.8)
    posts = [beside(path, metre, side) for metre in range(4, 120, 3)]
    for x, y, _ in posts:
        tube('fence post', (x, y, -0.1), (x, y, 1.15 + random.uniform(-0.05, 0.05)), 0.055, wood)
    for a, b in zip(posts, posts[1:], strict=False):
        for z in (0.6, 1.0):
            tube('wire', (*a[:2], z), (*b[:2], z), 0.006, wire, sides=6)


def countryside(path):
    """Meadows, trees by the road and on the slopes, hills on the horizon."""
    meadow = mottled('meadow', (0.042, 0.068, 0.015), (0.100, 0.130, 0.036), 0.5)
    corners = [(-400, -20, -0.02), (400, -20, -0.02), (400, 500, -0.02), (-400, 500, -0.02)]
    mesh('meadow', corners, [(0, 1, 2, 3)], meadow)
    near = path[:110]
    grow_verge(near, RIGHT + 0.12, RIGHT + 5.12)
    grow_verge(near, LEFT - 7.12, LEFT - 0.12)
    crowns = [
        tree_crown('oak', 2.6, 2.8, 11000, (0.02, 0.045, 0.010), (0.10, 0.15, 0.030)),
        tree_crown('ash', 2.9, 2.2, 10000, (0.025, 0.055, 0.012), (0.14, 0.18, 0.035)),
    ]
    places = [(22, -13), (34, 10), (47, -10), (58, 13), (70, -14), (82, -9), (88, 9), (97, -11), (106, -8)]
    places += [(112, 12), (118, -12), (128, -9), (134, -15), (142, -8), (150, -13), (160, -9), (170, -14)]
    places += [(100 + 6 * i, -26 - 9 * (i % 3)) for i in range(14)]
    for i, (metre, side) in enumerate(places):
        at = beside(path, metre, side)
        plant_tree(crowns[i % 2], at, 2.2, turn=1.9 * i, scale=random.uniform(1.1, 1.6))
    for x, y, wide, high, dark in (
        (-190, 330, 210, 34, (0.035, 0.055, 0.035)),
        (40, 420, 260, 46, (0.055, 0.075, 0.070)),
        (250, 320, 200, 30, (0.040, 0.062, 0.036)),
    ):
        light = tuple(1.7 * c for c in dark)
        ball('hill', (x, y, -6), (wide, wide * 0.5, high), mottled('hill', dark, light, 0.02), levels=5)


def build():
    """The road, what is beside it, a summer sky, and the driver's camera."""
    path = course()
    lay_lane(path)
    marker_posts(path)
    fence(path, RIGHT + 4.2)
    countryside(path)
    sky(elevation=44, turn=-75, strength=0.17, cloud_cover=0.4)
    aim_camera((0.0, -1.0, 1.38), (0.55, 20, 0.75), 58)


if __name__ == '__main__':
    words = [word for word in sys.argv[sys.argv.index('--') + 1 :] if word != 'quick']
    start(960, 540, 56, noise=0.02)
    build()
    render(os.path.abspath(words[0]))
    if len(words) > 1:
        render_mask(os.path.abspath(words[1]), lambda thing: thing.name.startswith('road'))

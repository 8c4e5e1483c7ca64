"""Road, kerbs, pavements, lamp posts and houses of a small town street along y."""

import math
import random

from materials import asphalt, bricks, mottled, road_paint, surface
from studio import box, mesh, tube


def slab(name, low, high, z, material):
    """A level rectangle."""
    (x0, y0), (x1, y1) = low, high
    return mesh(name, [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], [(0, 1, 2, 3)], material)


def lay_road(left, right, near, far):
    """Asphalt between two kerbs, with a dashed middle line and double lines at the right edge."""
    slab('road', (left, near), (right, far), 0.0, asphalt())
    paint = road_paint()
    middle = (left + right) / 2
    for i in range(math.ceil((far - near) / 6)):
        y = near + 1.5 + 6 * i
        slab('road mark', (middle - 0.06, y), (middle + 0.06, y + 3.0), 0.003, paint)
    yellow = surface('yellow paint', (0.50, 0.33, 0.05), 0.7)
    for x in (right - 0.30, right - 0.50):
        slab('road line', (x - 0.04, near), (x + 0.04, far), 0.003, yellow)
    cover = mottled('manhole', (0.03, 0.03, 0.03), (0.08, 0.08, 0.08), 30.0, bump=0.01)
    tube('road cover', (right - 1.2, 16, -0.05), (right - 1.2, 16, 0.004), 0.32, cover)
    gutter = mottled('gutter', (0.05, 0.048, 0.045), (0.11, 0.105, 0.10), 6.0)
    slab('road gutter', (left, near), (left + 0.16, far), 0.002, gutter)
    slab('road gutter', (right - 0.16, near), (right, far), 0.002, gutter)


def lay_kerb(x, near, far, width=0.14, height=0.11):
    """Kerb stones of 0.9 m from x to x + width."""
    stone = bricks('kerb', (0.30, 0.29, 0.27), (0.36, 0.35, 0.33), (0.06, 0.06, 0.06), 0.9, 5.0, 0.012)
    return box('kerb', (x, near, -0.05), (x + width, far, height), stone, bevel=0.02)


def lay_pavement(left, right, near, far, z=0.105):
    """Slabs of 60 x 45 cm between two lines along y."""
    slabs = bricks(
        'slabs', (0.27, 0.26, 0.24), (0.34, 0.325, 0.30), (0.10, 0.10, 0.09), 0.6, 0.45, 0.012, flat=True
    )
    slab('pavement', (left, near), (right, far), z, slabs)


def garden_wall(x, near, far, height=0.8, base=0.1):
    """A low brick wall with a coping, along y from `near` to `far`."""
    red = bricks(
        'garden wall', (0.20, 0.075, 0.045), (0.27, 0.12, 0.075), (0.22, 0.20, 0.18), 0.22, 0.075, 0.01
    )
    box('wall', (x, near, base), (x + 0.22, far, base + height), red)
    cap = mottled('coping', (0.22, 0.21, 0.20), (0.32, 0.31, 0.29), 5.0)
    box('coping', (x - 0.03, near, base + height), (x + 0.25, far, base + height + 0.06), cap, bevel=0.01)


def lamp_post(x, y, reach, height=6.5):
    """A grey post whose arm reaches `reach` metres along x, towards the road."""
    grey = surface('post', (0.14, 0.15, 0.15), 0.45, Metallic=0.6)
    tube('post', (x, y, 0), (x, y, 1.1), 0.09, grey)
    tube('post', (x, y, 1.1), (x, y, height), 0.06, grey, end_radius=0.045)
    tube('arm', (x, y, height - 0.05), (x + reach, y, height + 0.35), 0.035, grey, sides=12)
    head = sorted((x + reach, x + reach + math.copysign(0.6, reach)))
    box('lamp', (head[0], y - 0.11, height + 0.30), (head[1], y + 0.11, height + 0.42), grey, bevel=0.05)


def build_house(x, y, side, wall, width=7.0, depth=8.0, eaves=5.4, ridge=8.2):
    """A house whose front stands at x, looking towards `side` (+1: +x, -1: -x), from y to y + width."""
    back = x - side * depth
    x0, x1 = sorted((x, back))
    box('house', (x0, y, 0), (x1, y + width, eaves), wall)
    tiles = bricks('tiles', (0.14, 0.065, 0.045), (0.20, 0.09, 0.06), (0.06, 0.03, 0.025), 0.28, 0.22, 0.02)
    over, middle = 0.35, (x0 + x1) / 2
    ridge_points = [
        (x0 - over, y, eaves - 0.1),
        (x0 - over, y + width, eaves - 0.1),
        (middle, y, ridge),
        (middle, y + width, ridge),
    ]
    ridge_points += [(x1 + over, y, eaves - 0.1), (x1 + over, y + width, eaves - 0.1)]
    mesh('roof', ridge_points, [(0, 2, 3, 1), (2, 4, 5, 3)], tiles)
    mesh('gable', [(x0, y, eaves), (x1, y, eaves), (middle, y, ridge - 0.1)], [(0, 1, 2)], wall)
    box('chimney', (middle - 0.4, y + 0.2, ridge - 1.0), (middle + 0.4, y + 1.1, ridge + 1.1), wall)
    pot = surface('pot', (0.30, 0.12, 0.07), 0.8)
    for dx in (-0.2, 0.2):
        tube('pot', (middle + dx, y + 0.65, ridge + 1.0), (middle + dx, y + 0.65, ridge + 1.5), 0.12, pot)
    for floor, z in enumerate((1.0, 3.5)):
        for place in (0.26, 0.74):
            if floor == 0 and place > 0.5:
                _door(x, y + width * place, side)
            else:
                _window(x, y + width * place, z, side)


def _front_box(name, x, low, high, out, side, material, bevel=0.0):
    """A box on a house front: (y, z) corners, and from the wall to `out` metres before it."""
    x0, x1 = sorted((x - side * 0.02, x + side * out))
    return box(name, (x0, *low), (x1, *high), material, bevel=bevel)


def _window(x, y, z, side, width=1.5, height=1.35):
    white = surface('frame', (0.62, 0.62, 0.60), 0.5)
    glass = surface('pane', (0.03, 0.036, 0.042), 0.05, Specular=0.8)
    _front_box('frame', x, (y - width / 2, z), (y + width / 2, z + height), 0.05, side, white)
    for half in (-1, 1):
        low, high = sorted((y + half * 0.04, y + half * (width / 2 - 0.08)))
        for z0, z1 in ((0.08, 0.85), (0.93, height - 0.08)):
            _front_box('pane', x, (low, z + z0), (high, z + z1), 0.06, side, glass)
    _front_box('sill', x, (y - width / 2 - 0.1, z - 0.1), (y + width / 2 + 0.1, z), 0.14, side, white)
    if random.random() < 0.6:
        curtain = surface('curtain', (0.45, 0.42, 0.36), 0.9)
        _front_box(
            'curtain',
            x,
            (y - width / 2 + 0.1, z + 0.95),
            (y + width / 2 - 0.1, z + height - 0.1),
            0.062,
            side,
            curtain,
        )


def _door(x, y, side):
    white = surface('door frame', (0.60, 0.60, 0.58), 0.5)
    colour = random.choice([(0.02, 0.05, 0.12), (0.14, 0.02, 0.02), (0.02, 0.07, 0.04)])
    _front_box('door frame', x, (y - 0.6, 0.1), (y + 0.6, 2.45), 0.05, side, white)
    _front_box(
        'door', x, (y - 0.48, 0.1), (y + 0.48, 2.1), 0.08, side, surface('door', colour, 0.35), bevel=0.01
    )
    _front_box(
        'fanlight',
        x,
        (y - 0.48, 2.15),
        (y + 0.48, 2.38),
        0.07,
        side,
        surface('pane', (0.03, 0.04, 0.045), 0.05),
    )

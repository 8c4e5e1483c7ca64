"""A room of two walls and a floor: boards, a window with curtains, and the light of day."""

import math
import random

from lights import area_light, even_light, glow_only
from materials import mottled, surface, textured
from studio import box, mesh
from tabletop import planks


def lay_floor(low, high, board=0.14, dark=(0.19, 0.105, 0.052), light=(0.30, 0.18, 0.095)):
    """Oak boards along x between two corners."""
    woods = [
        planks(f'floor {i}', *(tuple(c * k for c in tone) for tone in (dark, light)), 0.35)
        for i, k in enumerate((0.85, 1.0, 1.12))
    ]
    y = low[1]
    while y < high[1]:
        x = low[0] - random.uniform(0, 1.2)
        while x < high[0]:
            length = random.uniform(0.9, 1.8)
            plank = box('board', (0, 0, -0.02), (length - 0.002, board - 0.002, 0), random.choice(woods))
            plank.location = (x, y, 0)
            x += length
        y += board


def put_walls(left, back, near, right, height=2.7, paint=(0.46, 0.50, 0.47), window=None):
    """The wall at x = left, with an opening for a window (y0, y1, z0, z1), and the wall at y = back."""
    look = mottled('wall paint', tuple(0.96 * c for c in paint), paint, 2.0)
    box('back wall', (left - 0.2, back, 0), (right, back + 0.2, height), look)
    white = surface('skirting', (0.62, 0.61, 0.59), 0.4)
    box('skirting', (left, back - 0.015, 0), (right, back, 0.09), white)
    box('skirting', (left, near, 0), (left + 0.015, back, 0.09), white)
    y0, y1, z0, z1 = window or (near, near, height, height)
    for a, b in (
        ((near, 0), (back, z0)),
        ((near, z1), (back, height)),
        ((near, z0), (y0, z1)),
        ((y1, z0), (back, z1)),
    ):
        box('left wall', (left - 0.2, *a), (left, *b), look)
    if window:
        _window(left, window, white)


def _window(x, opening, white):
    """A frame with one bar, a sill, and the bright garden outside."""
    y0, y1, z0, z1 = opening
    for low, high in (
        ((y0, z0), (y1, z0 + 0.06)),
        ((y0, z1 - 0.06), (y1, z1)),
        ((y0, z0), (y0 + 0.06, z1)),
        ((y1 - 0.06, z0), (y1, z1)),
        (((y0 + y1) / 2 - 0.035, z0), ((y0 + y1) / 2 + 0.035, z1)),
    ):
        box('window frame', (x - 0.12, *low), (x - 0.06, *high), white, bevel=0.005)
    box('sill', (x - 0.15, y0 - 0.04, z0 - 0.03), (x + 0.06, y1 + 0.04, z0), white, bevel=0.006)

    def outside(graph):
        blur = graph.noise(graph.position(), 2.5, detail=5.0)
        axes = graph.node('ShaderNodeSeparateXYZ', Vector=graph.position('Generated')).outputs
        height = graph.math('SUBTRACT', axes['Z'], graph.math('MULTIPLY', blur, 0.3))
        green = graph.ramp(blur, (0.3, (0.10, 0.22, 0.05)), (0.7, (0.45, 0.60, 0.25)))
        over = graph.ramp(height, (0.26, 0.0), (0.32, 1.0))
        colour = graph.mix(over, green, (0.85, 0.93, 1.0))
        return {'Base_Color': (0, 0, 0), 'Emission': colour, 'Emission_Strength': 0.9}

    far = x - 0.35
    points = [
        (far, y0 - 0.6, z0 - 0.6),
        (far, y1 + 0.6, z0 - 0.6),
        (far, y1 + 0.6, z1 + 0.6),
        (far, y0 - 0.6, z1 + 0.6),
    ]
    mesh('garden', points, [(0, 1, 2, 3)], glow_only(textured('garden', outside)))


def curtain(x, y0, y1, low, high, colour=(0.55, 0.52, 0.46)):
    """A hanging cloth in folds, along y before a wall at x."""
    steps, points = 120, []
    for z, depth in ((low, 0.045), (high, 0.025)):
        for i in range(steps + 1):
            t = i / steps
            wave = depth * math.sin(t * 44) + 0.3 * depth * math.sin(t * 17 + 1)
            points.append((x + 0.08 + wave, y0 + (y1 - y0) * t, z))
    row = steps + 1
    faces = [(i, i + 1, row + i + 1, row + i) for i in range(steps)]
    mesh('curtain', points, faces, surface('curtain', colour, 0.9, Specular=0.1), smooth=True)


def daylight(strength=0.30):
    """Light of the sky through a wide opening behind the camera and on its right."""
    even_light((0.90, 0.95, 1.0), strength)
    area_light((3.4, -1.2, 2.3), (-0.6, 2.0, 0.5), (2.4, 1.8), 150, (1.0, 0.97, 0.92))

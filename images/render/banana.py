"""A hand of bananas, and one beside it, on a table.

Run: blender -b -P banana.py -- PICTURE [quick].
"""

import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from materials import surface, textured
from shapes import along, bow, group
from studio import aim_camera, ball, render, start
from tabletop import kitchen, lay_table

# Five soft edges run along the fruit.
OUTLINE = [
    ((1 + 0.06 * math.cos(5 * a)) * math.cos(a), (1 + 0.06 * math.cos(5 * a)) * math.sin(a))
    for a in (2 * math.pi * i / 60 for i in range(60))
]


def peel():
    """Yellow, a little green towards the ends, with brown flecks."""

    def describe(graph):
        place = graph.position()
        ripe = graph.noise(place, 9.0, detail=3.0)
        colour = graph.ramp(ripe, (0.35, (0.62, 0.40, 0.022)), (0.65, (0.74, 0.50, 0.035)))
        ends = graph.node('ShaderNodeSeparateXYZ', Vector=place).outputs['X']
        green = graph.ramp(ends, (0.018, 1.0), (0.055, 0.0))
        colour = graph.mix(green, colour, (0.36, 0.38, 0.04))
        flecks = graph.noise(place, 170.0, detail=3.0, roughness=0.7)
        colour = graph.mix(graph.ramp(flecks, (0.66, 0.0), (0.71, 0.85)), colour, (0.12, 0.05, 0.012))
        bruises = graph.noise(place, 38.0, detail=6.0, roughness=0.75)
        colour = graph.mix(graph.ramp(bruises, (0.63, 0.0), (0.72, 0.7)), colour, (0.20, 0.09, 0.02))
        return {'Base_Color': colour, 'Roughness': 0.42, 'Specular': 0.4}

    return textured('banana peel', describe)


def banana(name, bend, skin, parent=None):
    """A fruit that rises along +x from the crown at (0, 0, 0.02) and comes down again; `bend` scales it."""
    fruit = group(name)
    fruit.parent = parent
    points = [(0.0, 0.020), (0.024, 0.040), (0.060, 0.064), (0.102, 0.070), (0.142, 0.054), (0.170, 0.024)]
    path = bow([(x * bend, 0, z) for x, z in points], 12)
    last = len(path) - 1
    radii = []
    for i in range(last + 1):
        t = i / last
        neck = 0.0060 + 0.0135 * (1 / (1 + math.exp(-(t - 0.27) * 26)))
        radii.append(neck * math.sqrt(1 - (max(0.0, t - 0.55) / 0.46) ** 3.5))
    along('banana', path, radii, skin, outline=OUTLINE, parent=fruit)
    black = surface('banana tip', (0.025, 0.017, 0.010), 0.8)
    tip = path[-1]
    ball('banana tip', (tip.x, 0, tip.z - 0.001), (0.0048, 0.0048, 0.0055), black, parent=fruit, levels=3)
    return fruit


def build():
    """The hand: fruits that turn about one crown; a loose one lies before it."""
    lay_table()
    kitchen()
    skin = peel()
    hand = group('hand', (-0.10, 0.06, 0.0), -0.30)
    for i, angle in enumerate((-0.52, -0.22, 0.08, 0.40)):
        fruit = banana('fruit', 1.0 + 0.05 * (i % 2), skin, parent=hand)
        fruit.rotation_euler = (0, 0, angle)
    crown = surface('crown', (0.115, 0.085, 0.025), 0.8)
    ball('crown', (0.001, 0, 0.015), (0.009, 0.013, 0.010), crown, parent=hand)
    loose = banana('fruit', 1.08, skin)
    loose.location, loose.rotation_euler = (-0.085, -0.185, 0.019), (math.radians(-90), 0, 0.10)
    aim_camera((0.0, -0.74, 0.41), (-0.004, -0.03, 0.030), 25, focus=0.78, f_stop=11.0)


if __name__ == '__main__':
    start(640, 480, 128, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

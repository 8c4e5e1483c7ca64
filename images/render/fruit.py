"""An orange and a half on a wooden table.

Run: blender -b -P fruit.py -- PICTURE [quick].
"""

import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from materials import foliage, mottled, sky, surface, textured
from studio import aim_camera, ball, box, mesh, render, start


def peel():
    """Orange skin: a little uneven in colour, with pores."""

    def describe(graph):
        place = graph.position()
        hue = graph.noise(place, 2.0, detail=3.0)
        pores = graph.node('ShaderNodeTexVoronoi', Vector=place, Scale=26.0)
        depth = graph.ramp(pores.outputs['Distance'], (0.0, 0.0), (0.45, 1.0))
        return {
            'Base_Color': graph.ramp(hue, (0.3, (0.70, 0.125, 0.003)), (0.7, (0.80, 0.185, 0.005))),
            'Roughness': 0.33,
            'Specular': 0.45,
            'Normal': graph.bump(depth, 0.35, 0.02),
        }

    return textured('peel', describe)


def flesh(segments=10):
    """The cut face, radius 1: peel and pith outside, segments between pale walls, juice sacs in them."""

    def describe(graph):
        place = graph.position()
        axes = graph.node('ShaderNodeSeparateXYZ', Vector=place).outputs

        radius = graph.math(
            'SQRT', graph.math('ADD', graph.math('POWER', axes['X'], 2), graph.math('POWER', axes['Y'], 2))
        )
        angle = graph.math('MULTIPLY', graph.math('ARCTAN2', axes['Y'], axes['X']), segments / (2 * math.pi))
        # 0 on the wall between two segments, 0.5 in a segment's middle; times the radius: a distance.
        wall = graph.math('PINGPONG', angle, 0.5)
        wall = graph.math('MULTIPLY', wall, radius)
        along, outward = graph.math('MULTIPLY', angle, 3.0), graph.math('MULTIPLY', radius, 4.0)
        stretched = graph.node('ShaderNodeCombineXYZ', X=along, Y=outward).outputs[0]
        sacs = graph.node('ShaderNodeTexVoronoi', Vector=stretched, Scale=1.6).outputs['Distance']
        juice = graph.ramp(sacs, (0.0, (0.82, 0.24, 0.012)), (0.8, (0.70, 0.13, 0.004)))
        pale = (0.92, 0.66, 0.25)
        colour = graph.mix(graph.ramp(wall, (0.02, 0.0), (0.045, 1.0)), pale, juice)
        colour = graph.mix(graph.ramp(radius, (0.07, 0.0), (0.12, 1.0)), pale, colour)
        colour = graph.mix(graph.ramp(radius, (0.86, 0.0), (0.885, 1.0)), colour, (0.93, 0.80, 0.52))
        colour = graph.mix(graph.ramp(radius, (0.955, 0.0), (0.97, 1.0)), colour, (0.75, 0.16, 0.005))
        return {
            'Base_Color': colour,
            'Roughness': 0.22,
            'Specular': 0.5,
            'Normal': graph.bump(sacs, 0.25, 0.02),
        }

    return textured('flesh', describe)


def put_orange(at, radius, skin):
    """A whole orange about a centre, with the green star of its stem."""
    whole = ball('orange', at, (radius, radius, radius * 0.95), skin, levels=6)
    whole.rotation_euler = (0.5, -0.25, 0.3)
    green = surface('calyx', (0.10, 0.13, 0.03), 0.7)
    x, y, z = at
    ball(
        'calyx',
        (x - 0.07 * radius, y - 0.42 * radius, z + 0.86 * radius),
        (0.10 * radius, 0.10 * radius, 0.05 * radius),
        green,
        levels=2,
    )


def put_half(at, radius, turn, tilt, skin):
    """Half an orange whose cut face looks up and is then tilted towards the viewer."""
    rim, rings, sides = [], 24, 96
    for i in range(rings + 1):
        a = math.pi / 2 * i / rings
        for j in range(sides):
            b = 2 * math.pi * j / sides
            rim.append((math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), -0.95 * math.sin(a)))
    faces = [
        (i * sides + j, i * sides + (j + 1) % sides, (i + 1) * sides + (j + 1) % sides, (i + 1) * sides + j)
        for i in range(rings)
        for j in range(sides)
    ]
    shell = mesh('half', rim, faces, skin, smooth=True)
    disc = mesh('cut', rim[:sides], [tuple(range(sides))], flesh())
    disc.location = (0, 0, 0.001)
    for part in (shell, disc):
        part.scale = (radius,) * 3
        part.rotation_euler = (tilt, 0, turn)
        part.location = at


def build():
    """Table, wall, fruit, light and camera; one unit is about 10 cm."""

    def planks(graph):
        grain = graph.node('ShaderNodeMapping', Vector=graph.position(), Scale=(0.8, 14.0, 1.0)).outputs[0]
        lines = graph.noise(grain, 3.0, detail=8.0, roughness=0.65, distortion=0.6)
        colour = graph.ramp(lines, (0.3, (0.10, 0.045, 0.018)), (0.7, (0.27, 0.14, 0.065)))
        return {'Base_Color': colour, 'Roughness': 0.45, 'Normal': graph.bump(lines, 0.2, 0.01)}

    wood = textured('wood', planks)
    for i in range(9):
        box('plank', (-3, -1.2 + 0.5 * i, -0.1), (3, -1.2 + 0.5 * i + 0.492, 0), wood, bevel=0.01)
    mesh(
        'wall',
        [(-8, 5, -2), (8, 5, -2), (8, 5, 6), (-8, 5, 6)],
        [(0, 1, 2, 3)],
        mottled('wall', (0.16, 0.19, 0.17), (0.24, 0.27, 0.24), 0.8),
    )
    skin = peel()
    put_orange((-0.24, 0.30, 0.385), 0.40, skin)
    put_half((0.44, 0.02, 0.378), 0.385, 0.35, math.radians(62), skin)
    leaf = foliage('leaf', (0.03, 0.09, 0.015), (0.06, 0.15, 0.03))
    outline = [
        (0.24 * math.cos(t), 0.085 * math.sin(t) * (1 - 0.35 * math.cos(t)), 0.02 + 0.05 * math.sin(t) ** 2)
        for t in (2 * math.pi * i / 40 for i in range(40))
    ]
    blade = mesh('leaf', outline, [tuple(range(40))], leaf)
    blade.location, blade.rotation_euler = (-0.62, -0.12, 0.02), (0.1, 0.05, 0.6)
    sky(elevation=40, turn=-120, strength=0.16, cloud_cover=0.6, sun_size=4.0)
    aim_camera((0.05, -2.6, 1.15), (0.08, 0.2, 0.33), 30, focus=2.75, f_stop=1.6)


if __name__ == '__main__':
    start(640, 480, 64)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

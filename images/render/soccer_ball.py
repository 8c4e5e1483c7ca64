"""A soccer ball on a lawn.

Run: blender -b -P soccer_ball.py -- PICTURE [quick].
"""

import math
import os
import sys

import bmesh
from mathutils import Vector

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from materials import mottled, sky, textured
from plants import grow_grass, plant_tree, tree_crown
from street import slab
from studio import aim_camera, mesh, render, start

RADIUS = 0.11


def panels():
    """The 12 pentagons and 20 hexagons of a cut icosahedron, as lists of corners."""
    solid = bmesh.new()
    bmesh.ops.create_icosphere(solid, subdivisions=1, radius=1)
    fives, sixes = [], []
    for corner in solid.verts:
        ring = [corner.co.lerp(edge.other_vert(corner).co, 1 / 3) for edge in corner.link_edges]
        axis, first = corner.co.normalized(), ring[0]

        def angle(point, axis=axis, first=first):
            side = axis.cross(first)
            return math.atan2(point.dot(side), (point - axis * point.dot(axis)).dot(first))

        fives.append(sorted(ring, key=angle))
    for face in solid.faces:
        a, b, c = (vertex.co for vertex in face.verts)
        sixes.append([p.lerp(q, t) for p, q in ((a, b), (b, c), (c, a)) for t in (1 / 3, 2 / 3)])
    solid.free()
    return fives, sixes


def sew(name, corners, material, rings=14, pieces=8):
    """A panel on the ball: its rim sinks into the seam."""
    centre = sum(corners, Vector()) / len(corners)
    rim = [
        a.lerp(b, step / pieces)
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        for step in range(pieces)
    ]
    around, points = len(rim), []
    for ring in range(rings + 1):
        t = (ring / rings) ** 0.6
        sink = 0.022 * max(0.0, (t - 0.84) / 0.16) ** 2.2
        points += [tuple(centre.lerp(p, t).normalized() * RADIUS * (1 - sink)) for p in rim]
    faces = [
        (row + i, row + (i + 1) % around, row + around + (i + 1) % around, row + around + i)
        for row in range(0, around * rings, around)
        for i in range(around)
    ]
    return mesh(name, points, faces, material, smooth=True)


def leather(name, colour, soiled):
    """Coated leather, fine-grained, with some dirt of the field."""

    def describe(graph):
        place = graph.position()
        dirt = graph.noise(place, 16.0, detail=8.0, roughness=0.7)
        grain = graph.noise(place, 900.0, detail=2.0)
        return {
            'Base_Color': graph.ramp(dirt, (0.42, colour), (0.80, soiled)),
            'Roughness': 0.38,
            'Normal': graph.bump(grain, 0.15, 0.0004),
        }

    return textured(name, describe)


def build():
    """The ball, the lawn, trees behind it and an afternoon sun."""
    fives, sixes = panels()
    black = leather('black panel', (0.010, 0.010, 0.011), (0.05, 0.045, 0.03))
    white = leather('white panel', (0.70, 0.70, 0.69), (0.34, 0.31, 0.20))
    for corners, material in [(c, black) for c in fives] + [(c, white) for c in sixes]:
        panel = sew('panel', corners, material)
        panel.location, panel.rotation_euler = (0, 0, RADIUS + 0.012), (0.35, 0.25, 0.4)
    grow_grass((-3, -1.6), (3, 7), 0, height=0.028, blades=9000)
    slab('field', (-60, 7), (60, 60), 0, mottled('field', (0.03, 0.055, 0.012), (0.07, 0.11, 0.025), 1.5))
    crown = tree_crown('tree', 3.0, 3.2, 9000, size=0.16)
    for i, x in enumerate((-17, -10, -4, 3, 9, 16)):
        plant_tree(crown, (x, 30 + 2 * (i % 3), 0), 1.4, turn=i * 1.3, scale=1.1)
    sky(elevation=42, turn=-115, strength=0.17, cloud_cover=0.5, sun_size=2.0)
    aim_camera((0.1, -0.95, 0.34), (0.0, 0.0, 0.125), 32, focus=0.97, f_stop=5.6)


if __name__ == '__main__':
    start(640, 480, 80, noise=0.02)
    build()
    render(os.path.abspath(sys.argv[sys.argv.index('--') + 1]))

"""Grass, hedges and trees from many small leaves; one mesh of each is stored and placed many times."""

import math
import random

import bpy
from mathutils import Euler, Vector

from materials import foliage, mottled
from studio import box, mesh, place, tube


def _leaves(places, size, narrow=0.6):
    """A leaf (a diamond folded along its middle) of about `size` metres at each point, turned at random."""
    vertices, faces = [], []
    for centre in places:
        turn = Euler([random.uniform(0, 2 * math.pi) for _ in range(3)])
        s = size * random.uniform(0.6, 1.3)
        corners = [(-s, 0, 0), (0, s * narrow, 0.2 * s), (s, 0, 0), (0, -s * narrow, 0.2 * s)]
        first = len(vertices)
        for corner in corners:
            point = Vector(corner)
            point.rotate(turn)
            vertices.append(tuple(Vector(centre) + point))
        faces += [(first, first + 1, first + 2), (first, first + 2, first + 3)]
    return vertices, faces


def _leaf_mesh(name, places, size, material):
    vertices, faces = _leaves(places, size)
    data = bpy.data.meshes.new(name)
    data.from_pydata(vertices, [], faces)
    data.update()
    data.materials.append(material)
    return data


def _within_ball(centre, radius):
    """A random point, rather near the surface: inner leaves would never be seen."""
    while True:
        p = Vector([random.uniform(-1, 1) for _ in range(3)])
        if 0.45 < p.length < 1:
            return Vector(centre) + p * radius


def tree_crown(name, height, spread, leaves, dark=(0.02, 0.05, 0.012), light=(0.10, 0.17, 0.035), size=0.085):
    """Leaf mesh of a crown, its middle at the origin: overlapping balls of leaves of `size` metres."""
    material = foliage(f'{name} leaves', dark, light)
    clumps = []
    for _ in range(26):
        p = _within_ball((0, 0, 0), 1)
        radius = random.uniform(0.24, 0.42)
        clumps.append(
            (Vector((p.x * spread, p.y * spread, p.z * height)) * 0.8, radius * min(height, spread))
        )
    places = [_within_ball(*random.choice(clumps)) for _ in range(leaves)]
    return _leaf_mesh(name, places, size, material)


def plant_tree(crown, at, trunk_height, turn=0.0, scale=1.0):
    """A trunk with a few boughs, and a crown on it."""
    bark = mottled('bark', (0.03, 0.022, 0.016), (0.10, 0.08, 0.06), 9.0, bump=0.03)
    x, y, z = at
    top = z + trunk_height * scale
    tube('trunk', (x, y, z - 0.1), (x, y, top), 0.20 * scale, bark, end_radius=0.12 * scale)
    for i in range(5):
        angle = turn + i * 2.5
        tip = (x + 1.1 * scale * math.cos(angle), y + 1.1 * scale * math.sin(angle), top + 1.4 * scale)
        tube('bough', (x, y, top - 0.3 * scale), tip, 0.09 * scale, bark, end_radius=0.03, sides=10)
    place('crown', crown, at=(x, y, top + 1.2 * scale), turn=turn, scale=scale)


def grow_hedge(at, length, depth, height, leaves_per_metre=1500):
    """A clipped hedge along y from a corner: one metre of it, placed again and again."""
    material = foliage('hedge leaves', (0.015, 0.035, 0.010), (0.07, 0.12, 0.03))
    places = []
    for _ in range(leaves_per_metre):
        p = [random.uniform(0, depth), random.uniform(-0.05, 1.05), random.uniform(0, height)]
        # Push most leaves to the faces, with a slight waviness.
        face = random.choice((0, 0, 1, 2, 2))
        if face < 2:
            p[0] = face * depth + random.gauss(0, 0.04)
        else:
            p[2] = height + random.gauss(0, 0.04)
        places.append(p)
    data = _leaf_mesh('hedge', places, 0.05, material)
    core = mottled('hedge core', (0.006, 0.012, 0.004), (0.015, 0.03, 0.01), 12.0)
    x, y, z = at
    for i in range(round(length)):
        place('hedge', data, at=(x, y + i, z))
    box('hedge core', (x + 0.06, y, z), (x + depth - 0.06, y + length, z + height - 0.06), core)


def grow_grass(low, high, z, height=0.07, blades=1400, patches=3):
    """A lawn over the rectangle between two corners, from a few square metres of blades."""
    soil = mottled('soil', (0.018, 0.03, 0.008), (0.05, 0.075, 0.018), 4.0)
    (x0, y0), (x1, y1) = low, high
    mesh('lawn', [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], [(0, 1, 2, 3)], soil)
    material = foliage('blades', (0.035, 0.065, 0.012), (0.13, 0.18, 0.04))
    patches = [_patch(material, height, blades) for _ in range(patches)]
    for i in range(math.ceil(x1 - x0)):
        for j in range(math.ceil(y1 - y0)):
            at = (min(x0 + i, x1 - 1), min(y0 + j, y1 - 1), z)
            place('grass', random.choice(patches), at=at)


def grow_verge(path, low, high, height=0.16, blades=1500, patches=4):
    """Long grass beside a path of (x, y, heading) at every metre, from `low` to `high` metres right of it."""
    material = foliage('verge blades', (0.045, 0.075, 0.014), (0.19, 0.22, 0.06))
    stored = [_patch(material, height, blades) for _ in range(patches)]
    for x, y, heading in path:
        for i in range(math.ceil(high - low)):
            side = min(low + i, high - 1)
            at = (x + side * math.cos(heading), y + side * math.sin(heading), 0)
            place('verge', random.choice(stored), at=at, turn=heading)


def _patch(material, height, blades):
    """One square metre of blades, each a bent strip that ends in a point."""
    vertices, faces = [], []
    for _ in range(blades):
        x, y, angle = random.random(), random.random(), random.uniform(0, 2 * math.pi)
        h, w, bend = height * random.uniform(0.5, 1.4), 0.004, random.uniform(0.1, 0.7) * height
        dx, dy = math.cos(angle), math.sin(angle)
        first = len(vertices)
        for up, half, out in ((0, w, 0), (0.6, w * 0.8, 0.35)):
            px, py = x + dx * bend * out, y + dy * bend * out
            vertices += [(px - dy * half, py + dx * half, h * up), (px + dy * half, py - dx * half, h * up)]
        vertices.append((x + dx * bend, y + dy * bend, h))
        faces += [(first, first + 1, first + 3, first + 2), (first + 2, first + 3, first + 4)]
    data = bpy.data.meshes.new('grass patch')
    data.from_pydata(vertices, [], faces)
    data.update()
    data.materials.append(material)
    return data

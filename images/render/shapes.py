"""Shapes that one outline makes: turned on a wheel, drawn along a path, or sewn like a cushion."""

import math

import bpy
from mathutils import Vector

from studio import box, mesh, subdivide


def group(name, at=(0, 0, 0), turn=0.0):
    """An empty that carries the parts of one thing; hand it to them as `parent`."""
    empty = bpy.data.objects.new(name, None)
    empty.location, empty.rotation_euler = at, (0, 0, turn)
    bpy.context.scene.collection.objects.link(empty)
    return empty


def turned(name, profile, material, at=(0, 0, 0), sides=64, smooth=2, parent=None):
    """A vessel turned about z; the profile: (radius, height) from the foot, over the rim, to the inside."""
    points = [
        (radius * math.cos(angle), radius * math.sin(angle), height)
        for radius, height in profile
        for angle in (2 * math.pi * i / sides for i in range(sides))
    ]
    faces = [
        (row + i, row + (i + 1) % sides, row + sides + (i + 1) % sides, row + sides + i)
        for row in range(0, sides * (len(profile) - 1), sides)
        for i in range(sides)
    ]
    thing = mesh(name, points, faces, material, smooth=True, parent=parent)
    thing.location = at
    if smooth:
        subdivide(thing, smooth)
    return thing


def along(name, path, radii, material, outline=None, sides=20, parent=None):
    """A tube along points, each with its radius; `outline` is the cross section about (0, 0), or a circle."""
    points = [Vector(point) for point in path]
    if outline is None:
        outline = [
            (math.cos(2 * math.pi * i / sides), math.sin(2 * math.pi * i / sides)) for i in range(sides)
        ]
    around, rings = len(outline), []
    across = (points[1] - points[0]).orthogonal().normalized()
    for i, (point, radius) in enumerate(zip(points, radii, strict=True)):
        ahead = (points[min(i + 1, len(points) - 1)] - points[max(i - 1, 0)]).normalized()
        # The frame is carried along the path, so that the tube does not twist.
        across = (across - ahead * across.dot(ahead)).normalized()
        up = ahead.cross(across)
        rings += [tuple(point + (across * x + up * y) * radius) for x, y in outline]
    faces = [
        (row + i, row + (i + 1) % around, row + around + (i + 1) % around, row + around + i)
        for row in range(0, around * (len(points) - 1), around)
        for i in range(around)
    ]
    faces += [tuple(reversed(range(around))), tuple(range(len(rings) - around, len(rings)))]
    thing = mesh(name, rings, faces, material, smooth=True, parent=parent)
    thing.data.use_auto_smooth = True
    thing.data.auto_smooth_angle = math.radians(60)
    return thing


def bow(points, steps=24):
    """A smooth path through a few points (Catmull-Rom), `steps` pieces between two of them."""
    p = [Vector(point) for point in points]
    p = [2 * p[0] - p[1], *p, 2 * p[-1] - p[-2]]
    path = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        for step in range(steps):
            t = step / steps
            path.append(
                0.5
                * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            )
    return [*path, p[-2]]


def cushion(name, at, size, material, tilt=(0, 0, 0), parent=None):
    """A filled cushion about a centre: thick in the middle, with corners that stand out."""
    n, points = 12, []
    for side in (1, -1):
        for i in range(n + 1):
            for j in range(n + 1):
                u, v = 2 * i / n - 1, 2 * j / n - 1
                full = ((1 - u**4) * (1 - v**4)) ** 0.5
                pinch = 1 - 0.07 * (1 - abs(u * v))
                points.append((u * size[0] / 2 * pinch, v * size[1] / 2 * pinch, side * size[2] / 2 * full))
    faces = []
    for first in (0, (n + 1) ** 2):
        for i in range(n):
            for j in range(n):
                a = first + i * (n + 1) + j
                quad = (a, a + n + 1, a + n + 2, a + 1)
                faces.append(quad if first == 0 else tuple(reversed(quad)))
    thing = mesh(name, points, faces, material, smooth=True, parent=parent)
    thing.location, thing.rotation_euler = at, tilt
    subdivide(thing, 1)
    return thing


def padded(name, low, high, material, round_by=0.06, parent=None):
    """An upholstered block between two corners: a box with wide, soft edges."""
    thing = box(name, low, high, material, bevel=round_by, parent=parent)
    thing.modifiers['bevel'].segments = 6
    return thing

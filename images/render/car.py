"""A small hatchback, 4.0 m long, its tail at y = 0 and its nose towards +y, standing on z = 0."""

import math

import bpy
from mathutils import Vector

from materials import surface
from studio import ball, box, mesh, round_edges, subdivide, tube

# Along the car: (y, half width, bottom, shoulder height).
_BODY = [
    (0.03, 0.70, 0.40, 0.80),
    (0.05, 0.78, 0.30, 0.90),
    (0.30, 0.835, 0.24, 0.95),
    (0.65, 0.845, 0.22, 0.955),
    (1.50, 0.845, 0.20, 0.935),
    (2.60, 0.845, 0.20, 0.91),
    (3.15, 0.835, 0.22, 0.85),
    (3.65, 0.80, 0.26, 0.76),
    (3.92, 0.70, 0.30, 0.66),
    (3.98, 0.60, 0.36, 0.56),
]
# Corners of the cabin: (half width, y at the rear, y at the front, z) at the shoulder and at the roof.
_WAIST = (0.775, 0.10, 2.92, 0.90)
_ROOF = (0.62, 0.42, 2.02, 1.43)
_REAR_AXLE, _FRONT_AXLE, _WHEEL = 0.68, 3.18, 0.30


def build_car(at=(0, 0, 0), turn=0.0, colour=(0.35, 0.02, 0.02), plate='OK 1 ULO', brakes=True):
    """The car as one parented group; returns its parent."""
    car = bpy.data.objects.new('car', None)
    bpy.context.scene.collection.objects.link(car)
    car.location, car.rotation_euler = at, (0, 0, turn)
    look = {
        'paint': surface('paint', colour, 0.28, Clearcoat=0.8, Clearcoat_Roughness=0.04, Specular=0.5),
        'glass': surface('car glass', (0.012, 0.014, 0.016), 0.03, Specular=0.7),
        'trim': surface('trim', (0.012, 0.012, 0.013), 0.5),
        'rubber': surface('rubber', (0.014, 0.014, 0.014), 0.8),
        'metal': surface('rim', (0.45, 0.46, 0.48), 0.3, Metallic=0.9),
        'red': surface(
            'rear light',
            (0.45, 0.008, 0.008),
            0.12,
            Emission=(1, 0.02, 0.01),
            Emission_Strength=0.35 if brakes else 0.03,
        ),
        'white': surface('lamp', (0.7, 0.7, 0.72), 0.1),
        'amber': surface('indicator', (0.7, 0.22, 0.02), 0.15),
        'plate': surface('plate', (0.75, 0.72, 0.55), 0.5),
    }
    _body(car, look)
    _cabin(car, look)
    _wheels(car, look)
    _tail(car, look, plate)
    _nose(car, look)
    return car


def _body(car, look):
    points, faces, around = [], [], 12
    for y, w, low, high in _BODY:
        middle = low + 0.58 * (high - low)
        half = [
            (0.55 * w, low),
            (0.93 * w, low + 0.03),
            (w, middle - 0.08),
            (w, middle),
            (0.94 * w, high - 0.03),
            (0.75 * w, high),
        ]
        points += [(x, y, z) for x, z in half] + [(-x, y, z) for x, z in reversed(half)]
    for ring in range(len(_BODY) - 1):
        a, b = ring * around, (ring + 1) * around
        faces += [(a + i, a + (i + 1) % around, b + (i + 1) % around, b + i) for i in range(around)]
    faces += [tuple(reversed(range(around))), tuple(range(len(points) - around, len(points)))]
    body = mesh('car body', points, faces, look['paint'], smooth=True, parent=car)
    subdivide(body, 3)
    for index, y in enumerate((_REAR_AXLE, _FRONT_AXLE)):
        cutter = tube(
            'car arch',
            (-1.2, y, _WHEEL),
            (1.2, y, _WHEEL),
            _WHEEL + 0.055,
            look['trim'],
            sides=48,
            parent=car,
        )
        cutter.hide_render = True
        cutter.display_type = 'WIRE'
        modifier = body.modifiers.new(f'arch {index}', 'BOOLEAN')
        modifier.object, modifier.operation = cutter, 'DIFFERENCE'
    # What is seen through the arches, and the shaded floor.
    box('car floor', (-0.62, 0.15, 0.18), (0.62, 3.8, 0.62), look['trim'], parent=car)


def _corner(level, x, end):
    half, rear, front, z = level
    return Vector((x * half, front if end else rear, z))


def _cabin(car, look):
    corners = [_corner(level, x, end) for level in (_WAIST, _ROOF) for end in (0, 1) for x in (-1, 1)]
    faces = [(4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    cabin = mesh('car cabin', [tuple(c) for c in corners], faces, look['paint'], smooth=True, parent=car)
    round_edges(cabin, 0.09, 5)
    rear = [_corner(_WAIST, -1, 0), _corner(_WAIST, 1, 0), _corner(_ROOF, 1, 0), _corner(_ROOF, -1, 0)]
    front = [_corner(_WAIST, 1, 1), _corner(_WAIST, -1, 1), _corner(_ROOF, -1, 1), _corner(_ROOF, 1, 1)]
    _window(car, look, rear, (0.09, 0.12), (0.91, 0.90))
    _window(car, look, front, (0.06, 0.06), (0.94, 0.93))
    for x in (-1, 1):
        side = [_corner(_WAIST, x, 0), _corner(_WAIST, x, 1), _corner(_ROOF, x, 1), _corner(_ROOF, x, 0)]
        if x < 0:
            side = [side[1], side[0], side[3], side[2]]
        spans = ((0.10, 0.46), (0.49, 0.93)) if x > 0 else ((0.07, 0.51), (0.54, 0.90))
        for u0, u1 in spans:
            _window(car, look, side, (u0, 0.10), (u1, 0.88))


def _window(car, look, corners, low, high):
    """A pane with its rubber rim, a rounded rectangle in the face's own coordinates 0..1."""
    a, b, c, d = corners
    normal = (b - a).cross(d - a).normalized()

    def outline(grow, lift):
        (u0, v0), (u1, v1) = low, high
        radius, loop = 0.06, []
        for cu, cv, first in (
            (u1 - radius, v1 - radius, 0),
            (u0 + radius, v1 - radius, 90),
            (u0 + radius, v0 + radius, 180),
            (u1 - radius, v0 + radius, 270),
        ):
            for step in range(6):
                angle = math.radians(first + step * 18)
                loop.append((cu + (radius + grow) * math.cos(angle), cv + (radius + grow) * math.sin(angle)))
        return [
            tuple((a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + c * u) * v + normal * lift)
            for u, v in loop
        ]

    for name, grow, lift in (('rim', 0.018, 0.004), ('glass', 0.0, 0.008)):
        points = outline(grow, lift)
        mesh(
            f'car {name}',
            points,
            [tuple(range(len(points)))],
            look['trim' if name == 'rim' else 'glass'],
            parent=car,
        )


def _wheels(car, look):
    for y in (_REAR_AXLE, _FRONT_AXLE):
        for side in (-1, 1):
            outer, inner = side * 0.82, side * 0.64
            tyre = tube(
                'car tyre',
                (inner, y, _WHEEL),
                (outer, y, _WHEEL),
                _WHEEL,
                look['rubber'],
                sides=48,
                parent=car,
            )
            round_edges(tyre, 0.03)
            tube(
                'car rim',
                (outer, y, _WHEEL),
                (outer + side * 0.006, y, _WHEEL),
                0.20,
                look['metal'],
                sides=40,
                parent=car,
            )
            for spoke in range(7):
                angle = 2 * math.pi * spoke / 7
                centre = (outer + side * 0.008, y + 0.13 * math.cos(angle), _WHEEL + 0.13 * math.sin(angle))
                ball('car hole', centre, (0.006, 0.035, 0.035), look['trim'], parent=car, levels=3)
            ball('car hub', (outer, y, _WHEEL), (0.02, 0.05, 0.05), look['metal'], parent=car, levels=3)


def _tail(car, look, plate):
    box('car bumper', (-0.80, -0.06, 0.36), (0.80, 0.30, 0.56), look['trim'], bevel=0.07, parent=car)
    box('car skirt', (-0.70, 0.02, 0.24), (0.70, 0.30, 0.38), look['trim'], bevel=0.04, parent=car)
    for side in (-1, 1):
        x0, x1 = sorted((side * 0.58, side * 0.765))
        box('car light', (x0, -0.005, 0.66), (x1, 0.24, 0.92), look['red'], bevel=0.035, parent=car)
        box(
            'car light',
            (x0 + 0.02, -0.012, 0.715),
            (x1 - 0.02, 0.1, 0.765),
            look['white'],
            bevel=0.02,
            parent=car,
        )
        box(
            'car reflector',
            (side * 0.55 - 0.07, -0.066, 0.43),
            (side * 0.55 + 0.07, 0.0, 0.46),
            look['red'],
            parent=car,
        )
        _mirror(car, look, side)
    box('car third light', (-0.14, 0.385, 1.385), (0.14, 0.45, 1.41), look['red'], parent=car)
    box('car plate', (-0.26, 0.0, 0.645), (0.26, 0.05, 0.755), look['plate'], bevel=0.008, parent=car)
    curve = bpy.data.curves.new('car letters', 'FONT')
    curve.body, curve.size, curve.align_x = plate, 0.105, 'CENTER'
    curve.materials.append(look['trim'])
    letters = bpy.data.objects.new('car letters', curve)
    letters.location, letters.rotation_euler, letters.parent = (0, -0.004, 0.665), (math.pi / 2, 0, 0), car
    bpy.context.scene.collection.objects.link(letters)
    box('car handle', (-0.10, -0.01, 0.79), (0.10, 0.05, 0.82), look['metal'], bevel=0.008, parent=car)
    box('car seam', (-0.62, 0.0, 0.60), (0.62, 0.05, 0.606), look['trim'], parent=car)
    tube('car wiper', (-0.02, 0.13, 0.965), (0.36, 0.155, 1.02), 0.01, look['trim'], sides=8, parent=car)
    tube('car exhaust', (-0.5, 0.0, 0.25), (-0.5, 0.3, 0.25), 0.03, look['metal'], parent=car)


def _mirror(car, look, side):
    ball('car mirror', (side * 0.90, 2.35, 0.98), (0.10, 0.06, 0.075), look['paint'], parent=car, levels=3)
    tube(
        'car stalk',
        (side * 0.76, 2.38, 0.93),
        (side * 0.88, 2.36, 0.95),
        0.025,
        look['trim'],
        sides=8,
        parent=car,
    )
    x = side * 0.846
    for y in (1.62, 0.62 + 0.55):
        box(
            'car handle',
            (x - 0.015, y - 0.1, 0.80),
            (x + 0.015, y + 0.1, 0.825),
            look['trim'],
            bevel=0.006,
            parent=car,
        )


def _nose(car, look):
    for side in (-1, 1):
        ball(
            'car headlamp',
            (side * 0.60, 3.80, 0.64),
            (0.15, 0.14, 0.085),
            look['white'],
            parent=car,
            levels=3,
        )
    box('car grille', (-0.38, 3.9, 0.50), (0.38, 3.99, 0.62), look['trim'], bevel=0.02, parent=car)
    box('car front bumper', (-0.74, 3.70, 0.28), (0.74, 4.02, 0.46), look['trim'], bevel=0.08, parent=car)
    box('car front plate', (-0.26, 3.98, 0.36), (0.26, 4.03, 0.46), look['plate'], parent=car)

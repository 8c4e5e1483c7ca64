"""Books, framed prints, a clock and a lamp; what stands does so on its point, what hangs looks towards -y."""

import math
import random

from lights import glow_only
from materials import surface, textured
from shapes import group
from studio import box, tube


def book(at, size=(0.15, 0.22, 0.03), turn=0.0, colour=(0.05, 0.12, 0.25), upright=False):
    """A bound book that lies, or stands with its spine towards -y."""
    whole, (width, depth, thick) = group('book', at, turn), size
    cover, paper = surface('cover', colour, 0.5), surface('pages', (0.62, 0.58, 0.48), 0.9)
    parts = [
        box('cover', (0, 0, 0), (width, depth, 0.003), cover),
        box('cover', (0, 0, thick - 0.003), (width, depth, thick), cover),
        box('spine', (0, 0, 0), (0.003, depth, thick), cover),
        box('pages', (0.003, 0.004, 0.003), (width - 0.004, depth - 0.004, thick - 0.003), paper),
        box(
            'title',
            (-0.0006, 0.28 * depth, 0.2 * thick),
            (0, 0.75 * depth, 0.8 * thick),
            surface('title', (0.6, 0.5, 0.25), 0.5),
        ),
    ]
    for part in parts:
        part.parent = whole
    if upright:
        # The spine (x = 0) turns to the front, the book's length (y) upwards.
        whole.rotation_euler = (math.radians(90), 0, math.radians(90) + turn)
    return whole


def row_of_books(at, count=9, height=0.22):
    """Books that stand in a row along x from a point, backs to the front."""
    x, y, z = at
    shades = [
        (0.30, 0.04, 0.03),
        (0.04, 0.10, 0.22),
        (0.05, 0.14, 0.08),
        (0.45, 0.36, 0.20),
        (0.08, 0.08, 0.09),
        (0.40, 0.18, 0.04),
    ]
    for i in range(count):
        thick, tall = random.uniform(0.022, 0.045), height * random.uniform(0.85, 1.1)
        book((x, y, z), (0.15, tall, thick), colour=shades[i % len(shades)], upright=True)
        x += thick + 0.001
    return x


def picture_frame(at, width, height, colours):
    """A framed print with a mount on a wall that looks towards -y; its middle at a point."""
    whole = group('picture', at)
    frame, mount = surface('frame', (0.03, 0.025, 0.02), 0.4), surface('mount', (0.66, 0.65, 0.62), 0.8)
    box(
        'frame',
        (-width / 2, -0.025, -height / 2),
        (width / 2, 0, height / 2),
        frame,
        bevel=0.004,
        parent=whole,
    )
    box(
        'mount',
        (-width / 2 + 0.02, -0.027, -height / 2 + 0.02),
        (width / 2 - 0.02, 0, height / 2 - 0.02),
        mount,
        parent=whole,
    )

    def describe(graph):
        tone = graph.noise(graph.position(), 5.0, detail=3.0, distortion=1.5)
        stops = [(0.32 + 0.36 * i / (len(colours) - 1), colour) for i, colour in enumerate(colours)]
        return {'Base_Color': graph.ramp(tone, *stops), 'Roughness': 0.6}

    box(
        'print',
        (-width / 2 + 0.08, -0.029, -height / 2 + 0.08),
        (width / 2 - 0.08, 0, height / 2 - 0.08),
        textured('print', describe),
        parent=whole,
    )
    return whole


def wall_clock(at, radius=0.15):
    """A round clock on a wall that looks towards -y, at ten past ten."""
    x, y, z = at
    tube(
        'clock rim',
        (x, y, z),
        (x, y - 0.03, z),
        radius,
        surface('clock rim', (0.02, 0.02, 0.02), 0.4),
        sides=64,
    )
    tube(
        'clock face',
        (x, y, z),
        (x, y - 0.031, z),
        radius * 0.9,
        surface('clock face', (0.72, 0.72, 0.70), 0.6),
        sides=64,
    )
    black = surface('clock hand', (0.01, 0.01, 0.01), 0.5)
    for hour in range(12):
        a = math.radians(30 * hour)
        inner, outer = radius * 0.70, radius * 0.82
        tube(
            'hour',
            (x + inner * math.sin(a), y - 0.032, z + inner * math.cos(a)),
            (x + outer * math.sin(a), y - 0.032, z + outer * math.cos(a)),
            0.004,
            black,
            sides=6,
        )
    for degrees, length, thick in ((305, 0.48, 0.006), (60, 0.70, 0.004)):
        a = math.radians(degrees)
        tube(
            'hand',
            (x, y - 0.033, z),
            (x + radius * length * math.sin(a), y - 0.033, z + radius * length * math.cos(a)),
            thick,
            black,
            sides=6,
        )


def floor_lamp(at, height=1.6):
    """A stand with a cloth shade that glows a little."""
    x, y, z = at
    steel = surface('lamp stand', (0.04, 0.04, 0.04), 0.4)
    tube('lamp foot', (x, y, z), (x, y, z + 0.02), 0.14, steel, sides=48)
    tube('lamp stand', (x, y, z), (x, y, z + height - 0.1), 0.011, steel)
    shade = glow_only(
        surface('lamp shade', (0.65, 0.58, 0.46), 0.9, Emission=(1.0, 0.75, 0.45), Emission_Strength=0.5)
    )
    tube('lamp shade', (x, y, z + height - 0.28), (x, y, z + height), 0.19, shade, sides=48, end_radius=0.14)

"""A table, and the part of a kitchen behind it, for things that are seen close."""

from lights import area_light, even_light
from materials import mottled, surface, textured
from studio import box, mesh


def planks(name, dark, light, roughness=0.42):
    """Oiled boards, the grain along x."""

    def describe(graph):
        place = graph.position()
        grain = graph.node('ShaderNodeMapping', Vector=place, Scale=(3.0, 60.0, 20.0)).outputs[0]
        lines = graph.noise(grain, 1.0, detail=8.0, roughness=0.65, distortion=0.7)
        return {
            'Base_Color': graph.ramp(lines, (0.25, dark), (0.75, light)),
            'Roughness': roughness,
            'Normal': graph.bump(lines, 0.15, 0.001),
        }

    return textured(name, describe)


def lay_table(dark=(0.16, 0.078, 0.033), light=(0.28, 0.150, 0.070), board=0.11):
    """A table of boards, its top at z = 0, its far edge half a metre behind the origin."""
    wood = planks('table', dark, light)
    for i in range(12):
        y = 0.5 - board * (i + 1)
        box('table', (-1.1, y, -0.03), (1.1, y + board - 0.0015, 0), wood, bevel=0.002)


def kitchen(wall=(0.42, 0.44, 0.40)):
    """A wall, drawers and a counter with tins on it, and the light of a window on the left."""
    paint = mottled('wall', tuple(0.9 * c for c in wall), wall, 1.5)
    mesh('wall', [(-4, 1.9, -1), (4, 1.9, -1), (4, 1.9, 3), (-4, 1.9, 3)], [(0, 1, 2, 3)], paint)
    box('counter', (-4, 1.3, -1), (4, 1.9, -0.06), surface('counter', (0.50, 0.49, 0.46), 0.4))
    for i in range(8):
        front = surface('drawer', (0.30, 0.33, 0.31), 0.4)
        box('drawer', (-4 + i, 1.28, -0.9), (-3.02 + i, 1.3, -0.12), front, bevel=0.01)
    for x, r, h, colour in (
        (-0.62, 0.06, 0.20, (0.50, 0.20, 0.08)),
        (-0.42, 0.05, 0.14, (0.60, 0.55, 0.42)),
        (0.70, 0.09, 0.24, (0.10, 0.17, 0.13)),
    ):
        box(
            'tin',
            (x - r, 1.5, -0.06),
            (x + r, 1.5 + 2 * r, -0.06 + h),
            surface('tin', colour, 0.4),
            bevel=0.02,
        )
    even_light((0.80, 0.88, 1.0), 0.30)
    area_light((-1.3, -0.2, 1.0), (0, 0, 0.05), (0.6, 0.9), 46, (1.0, 0.96, 0.90))
    area_light((1.4, -0.9, 1.2), (0, 0, 0.05), (0.8, 0.8), 5, (0.85, 0.92, 1.0))
    area_light((-1.5, 0.7, 1.4), (0, 1.9, 0.2), (0.9, 0.9), 22, (1.0, 0.95, 0.88))

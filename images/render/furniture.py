"""Sofa, chairs, tables and a cabinet, in metres; each stands on its point and looks towards -y."""

from materials import mottled, surface, textured
from shapes import cushion, group, padded
from studio import box, tube
from tabletop import planks

OAK = ((0.20, 0.105, 0.045), (0.34, 0.20, 0.095))
WALNUT = ((0.060, 0.028, 0.013), (0.125, 0.062, 0.030))


def cloth(name, colour, weave=260.0):
    """Woven upholstery: a shade uneven, rough."""

    def describe(graph):
        place = graph.position()
        shade = graph.noise(place, 5.0, detail=5.0)
        threads = graph.noise(place, weave, detail=2.0)
        dark = tuple(0.72 * c for c in colour)
        return {
            'Base_Color': graph.ramp(shade, (0.3, dark), (0.7, colour)),
            'Roughness': 0.95,
            'Specular': 0.1,
            'Sheen': 0.3,
            'Normal': graph.bump(threads, 0.35, 0.002),
        }

    return textured(name, describe)


def sofa(
    at, turn=0.0, colour=(0.20, 0.235, 0.25), width=2.0, pillows=((0.62, 0.30, 0.05), (0.62, 0.58, 0.50))
):
    """Two seats between arms, with a throw cushion at each end."""
    whole, stuff, half = group('sofa', at, turn), cloth('sofa cloth', colour), width / 2
    seat = half - 0.20
    padded('sofa base', (-half + 0.05, -0.84, 0.12), (half - 0.05, -0.05, 0.30), stuff, 0.03, whole)
    back = padded('sofa frame', (-half + 0.1, -0.22, 0.15), (half - 0.1, 0, 0.80), stuff, 0.06, whole)
    back.rotation_euler = (-0.08, 0, 0)
    for side in (-1, 1):
        x0, x1 = sorted((side * half, side * (half - 0.20)))
        padded('sofa arm', (x0, -0.88, 0.10), (x1, -0.02, 0.60), stuff, 0.07, whole)
        x0, x1 = sorted((side * 0.004, side * seat))
        padded('sofa seat', (x0, -0.87, 0.28), (x1, -0.18, 0.46), stuff, 0.06, whole)
        rest = padded('sofa rest', (x0, -0.36, 0.44), (x1, -0.16, 0.86), stuff, 0.085, whole)
        rest.rotation_euler = (-0.10, 0, 0)
        tint = cloth('pillow', pillows[(side + 1) // 2], 400.0)
        at_pillow = (side * (seat - 0.24), -0.47, 0.63)
        cushion('pillow', at_pillow, (0.44, 0.44, 0.17), tint, (1.25, side * 0.12, side * -0.18), whole)
        for y in (-0.80, -0.10):
            tube(
                'sofa foot',
                (side * (half - 0.1), y, 0),
                (side * (half - 0.1), y, 0.13),
                0.02,
                surface('foot', WALNUT[0], 0.5),
                parent=whole,
            )
    return whole


def wooden_chair(at, turn=0.0, wood=OAK, seat=None):
    """A dining chair with slats in its back and, if `seat` is a colour, a seat cushion."""
    chair, oak = group('chair', at, turn), planks('chair wood', *wood)
    for side in (-1, 1):
        tube(
            'chair leg',
            (side * 0.20, -0.20, 0),
            (side * 0.185, -0.185, 0.44),
            0.016,
            oak,
            end_radius=0.022,
            parent=chair,
        )
        tube(
            'chair leg',
            (side * 0.20, 0.25, 0),
            (side * 0.185, 0.19, 0.44),
            0.016,
            oak,
            end_radius=0.021,
            parent=chair,
        )
        tube(
            'chair post',
            (side * 0.185, 0.19, 0.42),
            (side * 0.195, 0.27, 0.90),
            0.021,
            oak,
            end_radius=0.017,
            parent=chair,
        )
        tube(
            'chair rail',
            (side * 0.19, -0.19, 0.24),
            (side * 0.19, 0.21, 0.24),
            0.011,
            oak,
            sides=12,
            parent=chair,
        )
    tube('chair rail', (-0.19, 0.0, 0.24), (0.19, 0.0, 0.24), 0.011, oak, sides=12, parent=chair)
    box('chair seat', (-0.225, -0.225, 0.43), (0.225, 0.225, 0.465), oak, bevel=0.012, parent=chair)
    for i in range(5):
        x = -0.13 + 0.065 * i
        tube('chair slat', (x, 0.195, 0.46), (x * 1.05, 0.262, 0.84), 0.009, oak, sides=12, parent=chair)
    top = box('chair top', (-0.215, -0.012, -0.045), (0.215, 0.012, 0.045), oak, bevel=0.01, parent=chair)
    top.location, top.rotation_euler = (0, 0.268, 0.86), (-0.17, 0, 0)
    if seat:
        padded('chair pad', (-0.20, -0.21, 0.462), (0.20, 0.18, 0.50), cloth('pad', seat), 0.018, chair)
    return chair


def table(at, size, turn=0.0, wood=OAK, thick=0.035, leg=0.05):
    """A plain table of (width, depth, height)."""
    whole, stuff, (width, depth, height) = group('table', at, turn), planks('table wood', *wood), size
    top = (-width / 2, -depth / 2, height - thick), (width / 2, depth / 2, height)
    box('table top', *top, stuff, bevel=0.006, parent=whole)
    for x in (-1, 1):
        for y in (-1, 1):
            a, b = x * (width / 2 - leg), y * (depth / 2 - leg)
            low, high = (a - leg / 2, b - leg / 2, 0), (a + leg / 2, b + leg / 2, height - thick)
            box('table leg', low, high, stuff, bevel=0.004, parent=whole)
    for y in (-1, 1):
        b = y * (depth / 2 - leg)
        low, high = (
            (-width / 2 + leg, b - 0.01, height - thick - 0.07),
            (width / 2 - leg, b + 0.01, height - thick),
        )
        box('table apron', low, high, stuff, parent=whole)
    return whole


def cabinet(at, size, turn=0.0, wood=WALNUT, doors=3):
    """A low cabinet of (width, depth, height) on short legs, with doors."""
    whole, stuff, (width, depth, height) = group('cabinet', at, turn), planks('cabinet wood', *wood), size
    box('cabinet body', (-width / 2, -depth, 0.12), (width / 2, 0, height), stuff, bevel=0.004, parent=whole)
    knob = surface('knob', (0.5, 0.42, 0.25), 0.3, Metallic=1.0)
    for i in range(doors):
        x0 = -width / 2 + 0.02 + i * (width - 0.04) / doors
        x1 = x0 + (width - 0.04) / doors - 0.006
        box(
            'cabinet door',
            (x0, -depth - 0.018, 0.14),
            (x1, -depth, height - 0.03),
            stuff,
            bevel=0.003,
            parent=whole,
        )
        tube(
            'knob',
            (x1 - 0.05, -depth - 0.018, height - 0.12),
            (x1 - 0.05, -depth - 0.04, height - 0.12),
            0.011,
            knob,
            parent=whole,
        )
    for x in (-1, 1):
        for y in (-depth + 0.05, -0.05):
            tube(
                'cabinet leg',
                (x * (width / 2 - 0.08), y, 0),
                (x * (width / 2 - 0.08), y, 0.13),
                0.015,
                stuff,
                parent=whole,
            )
    return whole


def rug(at, width, depth, colour=(0.42, 0.36, 0.28)):
    """A flat woven rug with a border, its middle at a point."""
    x, y, z = at
    border = cloth('rug border', tuple(0.45 * c for c in colour), 150.0)
    box('rug', (x - width / 2, y - depth / 2, z), (x + width / 2, y + depth / 2, z + 0.010), border)
    pile = mottled('rug pile', tuple(0.8 * c for c in colour), colour, 40.0, roughness=0.95, bump=0.004)
    box(
        'rug',
        (x - width / 2 + 0.1, y - depth / 2 + 0.1, z),
        (x + width / 2 - 0.1, y + depth / 2 - 0.1, z + 0.012),
        pile,
    )

"""Teapot, mugs, bowls, bottles and vases, in metres; each stands on its point."""

import math

from materials import surface, textured
from shapes import along, bow, group, turned
from studio import tube


def glaze(name, colour, roughness=0.12):
    """Glazed stoneware."""
    return surface(name, colour, roughness, Specular=0.5, Clearcoat=0.6, Clearcoat_Roughness=0.04)


def painted(name, colour, paint):
    """Glaze with two rings and a zigzag between them, painted on the shoulder of a pot of 17 cm."""

    def describe(graph):
        axes = graph.node('ShaderNodeSeparateXYZ', Vector=graph.position()).outputs
        turn = graph.math('MULTIPLY', graph.math('ARCTAN2', axes['Y'], axes['X']), 28 / (2 * math.pi))
        zigzag = graph.math('MULTIPLY', graph.math('PINGPONG', turn, 0.5), 0.024)
        high = graph.math('MULTIPLY', axes['Z'], 5.0)
        rings = [(0.0, 0.0)]
        for ring in (0.435, 0.575):
            rings += [(ring, 0.0), (ring + 0.002, 1.0), (ring + 0.014, 1.0), (ring + 0.016, 0.0)]
        middle = graph.math('MULTIPLY_ADD', zigzag, 5.0, 0.482)
        line = graph.math('ABSOLUTE', graph.math('SUBTRACT', high, middle))
        marks = graph.mix(graph.ramp(line, (0.012, 1.0), (0.015, 0.0)), graph.ramp(high, *rings), (1, 1, 1))
        return {
            'Base_Color': graph.mix(marks, colour, paint),
            'Roughness': 0.12,
            'Clearcoat': 0.6,
            'Clearcoat_Roughness': 0.04,
        }

    return textured(name, describe)


def teapot(at, turn=0.0, colour=(0.03, 0.14, 0.25), paint=(0.66, 0.62, 0.50)):
    """A round pot of 17 cm with its lid and a painted band; the spout looks along +x, the handle along -x."""
    pot, plain = group('teapot', at, turn), glaze('teapot', colour)
    body = painted('teapot paint', colour, paint)
    profile = [(0, 0.004), (0.045, 0.004), (0.050, 0), (0.054, 0.004), (0.072, 0.022), (0.088, 0.055)]
    profile += [(0.090, 0.080), (0.078, 0.112), (0.056, 0.130), (0.047, 0.134), (0.045, 0.138)]
    profile += [(0.041, 0.137), (0.041, 0.128), (0, 0.128)]
    turned('teapot body', profile, body, parent=pot)
    lid = [(0, 0.128), (0.0435, 0.133), (0.047, 0.139), (0.043, 0.144), (0.028, 0.154), (0.011, 0.159)]
    lid += [(0.008, 0.163), (0.009, 0.168), (0.014, 0.174), (0.012, 0.182), (0, 0.185)]
    turned('teapot lid', lid, plain, parent=pot)
    spout = bow([(0.045, 0, 0.040), (0.100, 0, 0.060), (0.122, 0, 0.098), (0.150, 0, 0.128)], 10)
    last = len(spout) - 1
    radii = [0.027 - 0.0185 * (i / last) ** 0.6 for i in range(last + 1)]
    along('teapot spout', spout, radii, plain, sides=28, parent=pot)
    hole = surface('teapot hole', (0.02, 0.02, 0.02), 0.8)
    tip, ahead = spout[-1], (spout[-1] - spout[-2]).normalized()
    tube('teapot hole', tip, tip + 0.0004 * ahead, 0.0062, hole, parent=pot)
    handle = bow(
        [(-0.070, 0, 0.116), (-0.105, 0, 0.126), (-0.136, 0, 0.100), (-0.128, 0, 0.058), (-0.082, 0, 0.036)]
    )
    along('teapot handle', handle, [0.0085] * len(handle), plain, parent=pot)
    return pot


def mug(at, turn=0.0, colour=(0.62, 0.62, 0.60), inside=None, radius=0.042, height=0.098):
    """A straight mug of coffee; its handle looks along +x."""
    cup, outside = group('mug', at, turn), glaze('mug', colour)
    r, h = radius, height
    shell = [(0, 0.003), (r - 0.008, 0.003), (r - 0.006, 0), (r - 0.002, 0.003), (r, 0.010), (r, 0.020)]
    shell += [(r, h / 2), (r, h - 0.012), (r, h - 0.004), (r - 0.0015, h)]
    lining = [(r - 0.0015, h), (r - 0.003, h - 0.002), (r - 0.004, h - 0.008), (r - 0.004, h / 2)]
    lining += [(r - 0.004, 0.012), (r - 0.010, 0.008), (0, 0.008)]
    turned('mug outside', shell, outside, parent=cup)
    turned('mug inside', lining, glaze('mug lining', inside) if inside else outside, parent=cup)
    ear = bow(
        [
            (r - 0.006 + 0.036 * math.cos(a), 0, h * (0.51 + 0.32 * math.sin(a)))
            for a in (math.radians(84 - 24 * i) for i in range(8))
        ],
        8,
    )
    oval = [(1.5 * math.cos(a), 0.85 * math.sin(a)) for a in (2 * math.pi * i / 20 for i in range(20))]
    # The frame of the path starts across z: the oval's long side then lies along y.
    along('mug handle', ear, [0.0055] * len(ear), outside, outline=oval, parent=cup)
    coffee = surface('coffee', (0.016, 0.006, 0.0025), 0.12, Specular=0.06)
    tube('coffee', (0, 0, 0.02), (0, 0, h - 0.009), r - 0.0035, coffee, sides=64, parent=cup)
    return cup


def bowl(at, colour=(0.5, 0.52, 0.5), radius=0.14, height=0.07):
    """A wide bowl."""
    r, h = radius, height
    profile = [(0, 0.004), (0.42 * r, 0.004), (0.45 * r, 0), (0.5 * r, 0.006), (0.8 * r, 0.45 * h)]
    profile += [(r, 0.97 * h), (0.985 * r, h), (0.96 * r, 0.97 * h), (0.76 * r, 0.5 * h)]
    profile += [(0.4 * r, 0.012), (0, 0.010)]
    return turned('bowl', profile, glaze('bowl', colour), at=at)


def bottle(at, colour=(0.012, 0.035, 0.014), label=(0.62, 0.58, 0.48), height=0.30):
    """A wine bottle with a paper label and a foil cap."""
    wine, k = group('bottle', at), height / 0.30
    glass = surface('bottle glass', colour, 0.06, Specular=0.7)
    profile = [(0, 0.002), (0.034, 0), (0.0375, 0.006), (0.0375, 0.05), (0.0375, 0.17), (0.036, 0.190)]
    profile += [(0.024, 0.212), (0.0155, 0.230), (0.0145, 0.26), (0.0145, 0.288), (0.016, 0.290)]
    profile += [(0.016, 0.299), (0.012, 0.30), (0, 0.30)]
    turned('bottle body', [(r * k, z * k) for r, z in profile], glass, parent=wine)
    paper = surface('label', label, 0.7)
    tube('label', (0, 0, 0.055 * k), (0, 0, 0.145 * k), 0.0382 * k, paper, sides=64, parent=wine)
    mark = surface('label mark', (0.30, 0.03, 0.03), 0.6)
    tube('label mark', (0, 0, 0.100 * k), (0, 0, 0.118 * k), 0.0384 * k, mark, sides=64, parent=wine)
    foil = surface('foil', (0.25, 0.02, 0.03), 0.35, Metallic=0.6)
    tube('foil', (0, 0, 0.25 * k), (0, 0, 0.301 * k), 0.0166 * k, foil, sides=40, parent=wine)
    return wine


def water_bottle(at, colour=(0.04, 0.16, 0.30)):
    """A plastic drinking bottle with a screw cap."""
    thing = group('water bottle', at)
    profile = [(0, 0), (0.030, 0), (0.034, 0.006), (0.034, 0.05), (0.032, 0.075), (0.034, 0.10)]
    profile += [(0.034, 0.16), (0.028, 0.185), (0.015, 0.200), (0.0145, 0.212), (0, 0.212)]
    turned('water bottle', profile, surface('plastic', colour, 0.08, Specular=0.6), parent=thing)
    cap = surface('cap', (0.55, 0.56, 0.58), 0.35)
    tube('cap', (0, 0, 0.203), (0, 0, 0.226), 0.017, cap, sides=32, parent=thing)
    band = surface('bottle band', (0.6, 0.6, 0.6), 0.5)
    tube('bottle band', (0, 0, 0.11), (0, 0, 0.15), 0.0345, band, sides=48, parent=thing)
    return thing


def vase(at, colour=(0.10, 0.22, 0.30), height=0.26):
    """A bellied vase with a narrow neck."""
    k = height / 0.26
    profile = [(0, 0), (0.038, 0), (0.042, 0.004), (0.066, 0.06), (0.072, 0.10), (0.060, 0.16)]
    profile += [(0.034, 0.205), (0.030, 0.225), (0.042, 0.257), (0.041, 0.26), (0.038, 0.257)]
    profile += [(0.026, 0.225), (0.028, 0.2), (0, 0.2)]
    return turned('vase', [(r * k, z * k) for r, z in profile], glaze('vase', colour), at=at)

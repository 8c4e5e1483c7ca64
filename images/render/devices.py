"""Television, monitor, keyboard and mouse, in metres; each stands on its point and looks towards -y."""

from lights import glow_only
from materials import surface, textured
from shapes import group
from studio import ball, box, mesh, place, tube


def _black():
    return surface('device black', (0.010, 0.010, 0.011), 0.35)


def landscape(name, glow=1.0):
    """A lit picture over a face 1 wide and 1 high: sky, hills and a meadow, from noise."""

    def describe(graph):
        place_on = graph.position('Generated')
        axes = graph.node('ShaderNodeSeparateXYZ', Vector=place_on).outputs
        wide = graph.node('ShaderNodeMapping', Vector=place_on, Scale=(3.0, 0.0, 0.5)).outputs[0]
        hills = graph.math('MULTIPLY', graph.noise(wide, 1.2, detail=7.0), 0.55)
        height = graph.math('SUBTRACT', axes['Z'], hills)
        clouds = graph.noise(
            graph.node('ShaderNodeMapping', Vector=place_on, Scale=(2.0, 0.0, 6.0)).outputs[0], 1.3
        )
        above = graph.ramp(clouds, (0.4, (0.10, 0.27, 0.62)), (0.65, (0.75, 0.80, 0.88)))
        colour = graph.ramp(
            height,
            (0.0, (0.10, 0.22, 0.03)),
            (0.14, (0.03, 0.09, 0.03)),
            (0.27, (0.10, 0.16, 0.24)),
            (0.32, (0.38, 0.50, 0.68)),
        )
        over = graph.ramp(height, (0.315, 0.0), (0.325, 1.0))
        colour = graph.mix(over, colour, above)
        return {
            'Base_Color': (0.01, 0.01, 0.01),
            'Roughness': 0.25,
            'Emission': colour,
            'Emission_Strength': glow,
        }

    return glow_only(textured(name, describe))


def _screen(name, width, height, z, material, parent):
    """The lit face, in front of a bezel."""
    x, y = width / 2, -0.021
    points = [(-x, y, z), (x, y, z), (x, y, z + height), (-x, y, z + height)]
    return mesh(name, points, [(0, 1, 2, 3)], material, parent=parent)


def television(at, turn=0.0, width=1.15):
    """A flat television on two feet, switched off."""
    whole, black, height = group('television', at, turn), _black(), width * 0.565
    shell = (-width / 2, -0.02, 0.055), (width / 2, 0.02, 0.055 + height)
    box('tv shell', *shell, black, bevel=0.008, parent=whole)
    dark = surface('dark screen', (0.006, 0.006, 0.007), 0.08, Specular=0.6)
    _screen('tv screen', width - 0.024, height - 0.03, 0.055 + 0.017, dark, whole)
    for side in (-1, 1):
        x = side * width * 0.33
        box('tv foot', (x - 0.012, -0.11, 0), (x + 0.012, 0.11, 0.012), black, parent=whole)
        tube('tv foot', (x, 0, 0.01), (x, 0, 0.06), 0.010, black, parent=whole)
    return whole


def monitor(at, turn=0.0, width=0.54):
    """A computer's screen on its stand."""
    whole, black, height = group('monitor', at, turn), _black(), width * 0.575
    shell = (-width / 2, -0.02, 0.11), (width / 2, 0.015, 0.11 + height)
    box('monitor shell', *shell, black, bevel=0.006, parent=whole)
    _screen(
        'monitor screen',
        width - 0.022,
        height - 0.034,
        0.11 + 0.022,
        landscape('wallpaper', 0.75),
        whole,
    )
    box('monitor neck', (-0.035, 0.01, 0.0), (0.035, 0.03, 0.25), black, bevel=0.004, parent=whole)
    box('monitor foot', (-0.12, -0.09, 0), (0.12, 0.09, 0.012), black, bevel=0.005, parent=whole)
    return whole


# Rows of keys from the front: the widths in units of one key.
_ROWS = (
    (1.25, 1.25, 1.25, 6.25, 1.25, 1.25, 1.25, 1.25),
    (2.25, *[1] * 10, 2.75),
    (1.75, *[1] * 11, 2.25),
    (1.5, *[1] * 12, 1.5),
    (*[1] * 13, 2),
    (*[1] * 15,),
)


def keyboard(at, turn=0.0, shell=(0.012, 0.012, 0.013), keys=(0.022, 0.022, 0.024), step=0.019):
    """Six rows of keys, 15 units wide, and three columns at the right."""
    whole = group('keyboard', at, turn)
    base, cap = surface('keyboard shell', shell, 0.5), surface('key', keys, 0.45)
    width, depth = 15 * step, 6 * step
    low, high = (
        (-width / 2 - 0.01, -depth / 2 - 0.01, 0.002),
        (width / 2 + 4.3 * step, depth / 2 + 0.012, 0.016),
    )
    box('keyboard shell', low, high, base, bevel=0.005, parent=whole)
    stored = {}

    def put(x, y, units):
        if units not in stored:
            half = units * step / 2 - 0.0014
            stored[units] = box(
                'key', (-half, -0.0082, 0), (half, 0.0082, 0.009), cap, bevel=0.0022, parent=whole
            )
            thing = stored[units]
        else:
            thing = place('key', stored[units].data, parent=whole)
        thing.location = (x, y, 0.014)

    for row, widths in enumerate(_ROWS):
        x, y = -width / 2, (row - 2.5) * step
        for units in widths:
            put(x + units * step / 2, y, units)
            x += units * step
        for column in range(3):
            put(width / 2 + (column + 0.9) * step, y, 1)
    return whole


def mouse(at, turn=0.0, colour=(0.014, 0.014, 0.015)):
    """A mouse with two buttons and a wheel, its cable side away from -y."""
    whole, shell = group('mouse', at, turn), surface('mouse shell', colour, 0.35)
    ball('mouse shell', (0, 0, 0.006), (0.033, 0.056, 0.034), shell, parent=whole)
    box('mouse base', (-0.026, -0.045, 0.0), (0.026, 0.045, 0.012), shell, bevel=0.008, parent=whole)
    grey = surface('mouse wheel', (0.25, 0.25, 0.26), 0.5)
    tube('mouse wheel', (-0.004, 0.028, 0.030), (0.004, 0.028, 0.030), 0.009, grey, parent=whole)
    return whole

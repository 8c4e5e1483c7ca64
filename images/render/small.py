"""A close view in one of the scenes, and the same at a quarter of its size.

Run: blender -b -P small.py -- VIEW ORIGINAL SMALL [quick]. VIEW is street-corner, fruit or teapot.

Every pixel of the small picture is the mean of 4 x 4 pixels of the original, in display values: the
reduction that a model for fourfold super resolution is asked to undo.
"""

import os
import sys
from array import array

import bpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fruit
import road
import teapot
from studio import aim_camera, render, start

# The scene, the samples and the noise it is rendered with, and the camera: where, at what, field of view.
VIEWS = {
    'street-corner': (road.build, (20, 0.04), ((-1.2, 4.2, 1.55), (1.25, 9.3, 0.95), 46)),
    'fruit': (fruit.build, (64, 0.03), ((0.15, -2.2, 1.05), (0.22, 0.1, 0.36), 29)),
    'teapot': (teapot.build, (128, 0.02), ((-0.02, -0.62, 0.25), (0.012, 0, 0.093), 28)),
}
FACTOR = 4


def reduce_picture(source, target):
    """Writes `source` at a quarter of its width and height as PNG, each pixel the mean of its block."""
    original = bpy.data.images.load(source)
    original.colorspace_settings.name = 'Raw'
    width, height = original.size
    pixels = array('f', original.pixels[:])
    small_width, small_height = width // FACTOR, height // FACTOR
    reduced = array('f', [1.0]) * (small_width * small_height * 4)
    for y in range(small_height):
        for x in range(small_width):
            for channel in range(3):
                total = 0.0
                for row in range(FACTOR):
                    first = ((y * FACTOR + row) * width + x * FACTOR) * 4 + channel
                    total += sum(pixels[first : first + 4 * FACTOR : 4])
                reduced[(y * small_width + x) * 4 + channel] = total / FACTOR**2
    small = bpy.data.images.new('small', small_width, small_height)
    small.colorspace_settings.name = 'Raw'
    small.pixels.foreach_set(reduced)
    small.filepath_raw, small.file_format = target, 'PNG'
    small.save()


if __name__ == '__main__':
    view, *names = sys.argv[sys.argv.index('--') + 1 :]
    build, (samples, noise), camera = VIEWS[view]
    original, small = (os.path.abspath(name) for name in names[:2])
    start(640, 480, samples, noise)
    build()
    aim_camera(*camera)
    render(original)
    reduce_picture(original, small)

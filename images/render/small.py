"""A close view in the street of road.py, and the same at a quarter of its size.

Run: blender -b -P small.py -- ORIGINAL SMALL [quick].

Every pixel of the small picture is the mean of 4 x 4 pixels of the original, in display values: the
reduction that a model for fourfold super resolution is asked to undo.
"""

import os
import sys
from array import array

import bpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from road import build
from studio import aim_camera, render, start

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
    words = sys.argv[sys.argv.index('--') + 1 :]
    start(640, 480, 20)
    build()
    aim_camera((-1.2, 4.2, 1.55), (1.25, 9.3, 0.95), 46)
    original, small = (os.path.abspath(word) for word in words[:2])
    render(original)
    reduce_picture(original, small)

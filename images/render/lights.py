"""Lamps and the even light of a room."""

import bpy
from mathutils import Vector


def area_light(at, target, size, watts, colour=(1, 1, 1)):
    """A rectangle of light (metres wide and high) that shines from a point towards another."""
    data = bpy.data.lights.new('light', 'AREA')
    data.shape, (data.size, data.size_y) = 'RECTANGLE', size
    data.energy, data.color = watts, colour
    lamp = bpy.data.objects.new('light', data)
    lamp.location = at
    lamp.rotation_euler = (Vector(target) - Vector(at)).to_track_quat('-Z', 'Y').to_euler()
    # What stands for a window's light is not itself to be seen.
    lamp.visible_camera = False
    bpy.context.scene.collection.objects.link(lamp)
    return lamp


def even_light(colour, strength):
    """The same light from everywhere: what walls outside the picture throw back."""
    world = bpy.data.worlds.new('room')
    world.use_nodes = True
    background = world.node_tree.nodes['Background']
    background.inputs['Color'].default_value = (*colour, 1)
    background.inputs['Strength'].default_value = strength
    bpy.context.scene.world = world


def glow_only(material):
    """The material stays bright, but is not sampled as a lamp: a dim one would add more noise than light."""
    material.cycles.sample_as_light = False
    return material

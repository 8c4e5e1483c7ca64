"""What every scene needs: meshes, materials, sky, camera and the two ways to render (picture, mask)."""

import math
import random
import sys

import bpy


def options():
    """Words after `--`: `quick` renders at half the size with a quarter of the samples."""
    words = sys.argv[sys.argv.index('--') + 1 :] if '--' in sys.argv else []
    return {'quick': 'quick' in words}


def start(width, height, samples, noise=0.04):
    """An empty scene for the path tracer; lengths are metres, z is up. Pixels are done below `noise`."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    random.seed(7)
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 50 if options()['quick'] else 100
    scene.cycles.samples = samples // 4 if options()['quick'] else samples
    scene.cycles.use_adaptive_sampling = True
    scene.cycles.adaptive_threshold = noise
    # The Debian build has no denoiser: bounded light paths keep the noise at the level of film grain.
    scene.cycles.use_denoising = False
    scene.cycles.max_bounces = 4
    scene.cycles.transparent_max_bounces = 8
    scene.cycles.sample_clamp_indirect = 3.0
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.view_settings.view_transform = 'Filmic'
    scene.view_settings.look = 'Medium High Contrast'
    return scene


def mesh(name, vertices, faces, material, smooth=False, parent=None):
    """An object from plain lists of points and of point indices."""
    data = bpy.data.meshes.new(name)
    data.from_pydata(vertices, [], faces)
    data.validate()
    data.update()
    for polygon in data.polygons:
        polygon.use_smooth = smooth
    return place(name, data, material, parent=parent)


def place(name, data, material=None, at=(0, 0, 0), turn=0.0, scale=1.0, parent=None):
    """Puts mesh data into the scene; the same data may be placed many times (it is then stored once)."""
    thing = bpy.data.objects.new(name, data)
    if material is not None and not data.materials:
        data.materials.append(material)
    thing.location = at
    thing.rotation_euler = (0, 0, turn)
    thing.scale = (scale, scale, scale) if isinstance(scale, (int, float)) else scale
    thing.parent = parent
    bpy.context.scene.collection.objects.link(thing)
    return thing


def box(name, low, high, material, bevel=0.0, parent=None):
    """An axis-aligned box between two corners, its edges rounded by `bevel` metres."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    points = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    thing = mesh(name, points, faces, material, smooth=bevel > 0, parent=parent)
    if bevel > 0:
        round_edges(thing, bevel)
    return thing


def round_edges(thing, width, segments=3):
    """Bevels the sharp edges of an object by `width` metres."""
    modifier = thing.modifiers.new('bevel', 'BEVEL')
    modifier.width, modifier.segments, modifier.limit_method = width, segments, 'ANGLE'
    thing.data.use_auto_smooth = True
    thing.data.auto_smooth_angle = math.radians(50)


def tube(name, start_at, end_at, radius, material, sides=24, end_radius=None, parent=None):
    """A capped cylinder, or a cone when `end_radius` differs, between two points."""
    from mathutils import Vector

    a, b = Vector(start_at), Vector(end_at)
    turn = (b - a).to_track_quat('Z', 'Y')
    end_radius = radius if end_radius is None else end_radius
    rings = []
    for centre, r in ((a, radius), (b, end_radius)):
        for i in range(sides):
            angle = 2 * math.pi * i / sides
            rings.append(centre + turn @ Vector((r * math.cos(angle), r * math.sin(angle), 0)))
    faces = [(i, (i + 1) % sides, sides + (i + 1) % sides, sides + i) for i in range(sides)]
    faces += [tuple(reversed(range(sides))), tuple(range(sides, 2 * sides))]
    thing = mesh(name, [tuple(p) for p in rings], faces, material, smooth=True, parent=parent)
    thing.data.use_auto_smooth = True
    thing.data.auto_smooth_angle = math.radians(40)
    return thing


def ball(name, at, radii, material, parent=None, levels=4):
    """An ellipsoid; `radii` is one number or three."""
    import bmesh

    data = bpy.data.meshes.new(name)
    shape = bmesh.new()
    bmesh.ops.create_icosphere(shape, subdivisions=levels, radius=1)
    shape.to_mesh(data)
    shape.free()
    for polygon in data.polygons:
        polygon.use_smooth = True
    return place(name, data, material, at=at, scale=radii, parent=parent)


def subdivide(thing, levels=2):
    """Turns a coarse cage into the smooth surface it controls."""
    modifier = thing.modifiers.new('subdivision', 'SUBSURF')
    modifier.levels = modifier.render_levels = levels


def aim_camera(at, target, field_of_view, focus=None, f_stop=8.0):
    """A camera at a point, looking at another; the horizontal field of view in degrees, focus in metres."""
    from mathutils import Vector

    data = bpy.data.cameras.new('camera')
    data.angle = math.radians(field_of_view)
    if focus is not None:
        data.dof.use_dof, data.dof.focus_distance, data.dof.aperture_fstop = True, focus, f_stop
    camera = bpy.data.objects.new('camera', data)
    camera.location = at
    camera.rotation_euler = (Vector(target) - Vector(at)).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera


def render(path, quality=88):
    """Writes the picture: JPEG at `quality`, or PNG, by the name's ending."""
    scene = bpy.context.scene
    settings = scene.render.image_settings
    settings.file_format = 'PNG' if path.endswith('.png') else 'JPEG'
    settings.color_mode, settings.quality, settings.compression = 'RGB', quality, 100
    scene.render.filepath = path
    bpy.ops.render.render(write_still=True)


def render_mask(path, shows):
    """White where an object for which `shows(object)` holds is seen, black elsewhere."""
    scene = bpy.context.scene
    flat = {}
    for value in (0.0, 1.0):
        material = bpy.data.materials.new(f'flat {value}')
        material.use_nodes = True
        nodes = material.node_tree.nodes
        nodes.clear()
        emission = nodes.new('ShaderNodeEmission')
        emission.inputs['Color'].default_value = (value, value, value, 1)
        output = nodes.new('ShaderNodeOutputMaterial')
        material.node_tree.links.new(emission.outputs[0], output.inputs['Surface'])
        flat[value] = material
    for thing in scene.objects:
        if thing.type not in ('MESH', 'FONT'):
            continue
        if not thing.material_slots:
            thing.data.materials.append(flat[0.0])
        for slot in thing.material_slots:
            slot.link = 'OBJECT'
            slot.material = flat[1.0] if shows(thing) else flat[0.0]
    scene.world = bpy.data.worlds.new('night')
    scene.world.use_nodes = True
    scene.world.node_tree.nodes['Background'].inputs['Color'].default_value = (0, 0, 0, 1)
    scene.view_settings.view_transform, scene.view_settings.look = 'Standard', 'None'
    scene.cycles.samples, scene.cycles.max_bounces = 8, 0
    render(path)

"""Surfaces and the sky, as node graphs of the path tracer."""

import math

import bpy


class Graph:
    """A node tree with short words for what the scenes use."""

    def __init__(self, tree):
        self.tree = tree

    def node(self, kind, **inputs):
        """A new node; its inputs by name, spaces written as underscores."""
        node = self.tree.nodes.new(kind)
        for name, value in inputs.items():
            self.feed(node, name.replace('_', ' '), value)
        return node

    def feed(self, node, name, value):
        """Links an output, or sets a constant; a colour of three numbers gets its alpha."""
        socket = node.inputs[name]
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif socket.type == 'RGBA' and len(value) == 3:
            socket.default_value = (*value, 1)
        else:
            socket.default_value = value

    def position(self, frame='Object'):
        """The shaded point in a coordinate frame: Object, Generated, ..."""
        return self.node('ShaderNodeTexCoord').outputs[frame]

    def noise(self, vector, scale, detail=4.0, roughness=0.6, distortion=0.0):
        """Fractal noise 0..1 of about `scale` features per metre."""
        node = self.node('ShaderNodeTexNoise', Vector=vector, Scale=scale, Detail=detail)
        node.inputs['Roughness'].default_value = roughness
        node.inputs['Distortion'].default_value = distortion
        return node.outputs['Fac']

    def ramp(self, factor, *stops):
        """Colours over 0..1: each stop is (place, (r, g, b)); grey levels may be one number."""
        node = self.node('ShaderNodeValToRGB', Fac=factor)
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (place, colour) in zip(elements, stops, strict=True):
            rgb = colour if isinstance(colour, tuple) else (colour,) * 3
            element.position, element.color = place, (*rgb, 1)
        return node.outputs['Color']

    def math(self, operation, *values):
        """A number from numbers: ADD, MULTIPLY, SQRT, PINGPONG, ..."""
        node = self.node('ShaderNodeMath')
        node.operation = operation
        for socket, value in zip(node.inputs, values, strict=False):
            if isinstance(value, bpy.types.NodeSocket):
                self.tree.links.new(value, socket)
            else:
                socket.default_value = value
        return node.outputs[0]

    def mix(self, factor, first, second, blend='MIX'):
        """From the first colour (factor 0) to the second (factor 1), or another blend of them."""
        node = self.node('ShaderNodeMixRGB', Fac=factor, Color1=first, Color2=second)
        node.blend_type = blend
        return node.outputs['Color']

    def bump(self, height, strength, distance):
        """A normal that makes 0..1 heights look `distance` metres high."""
        node = self.node('ShaderNodeBump', Height=height, Strength=strength, Distance=distance)
        return node.outputs['Normal']


def surface(name, colour, roughness=0.6, **inputs):
    """A plain surface; further inputs are the Principled BSDF's, spaces as underscores."""
    return textured(name, lambda graph: {'Base_Color': colour, 'Roughness': roughness, **inputs})


def textured(name, describe):
    """A surface whose Principled inputs `describe(graph)` returns."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    graph = Graph(material.node_tree)
    shader = material.node_tree.nodes['Principled BSDF']
    for key, value in describe(graph).items():
        graph.feed(shader, key.replace('_', ' '), value)
    return material


def mottled(name, dark, light, scale, roughness=0.8, bump=0.0, **inputs):
    """Two colours mixed by noise of `scale` per metre, rough by `bump` metres."""

    def describe(graph):
        noise = graph.noise(graph.position(), scale)
        result = {
            'Base_Color': graph.ramp(noise, (0.3, dark), (0.7, light)),
            'Roughness': roughness,
            **inputs,
        }
        if bump > 0:
            result['Normal'] = graph.bump(noise, 1.0, bump)
        return result

    return textured(name, describe)


def foliage(name, dark, light):
    """Leaves and blades: each one of its own shade, and letting light through."""

    def describe(graph):
        shade = graph.node('ShaderNodeNewGeometry').outputs['Random Per Island']
        return {
            'Base_Color': graph.ramp(shade, (0.0, dark), (1.0, light)),
            'Roughness': 0.55,
            'Specular': 0.25,
            'Subsurface': 0.0,
        }

    return textured(name, describe)


def asphalt():
    """Fine stones, wide stains and the darker wheel tracks of a road along y."""

    def describe(graph):
        place = graph.position()
        stones = graph.noise(place, 90.0, detail=3.0, roughness=0.8)
        stains = graph.noise(place, 0.7, detail=6.0, roughness=0.6)
        colour = graph.mix(
            0.5,
            graph.ramp(stones, (0.25, 0.045), (0.75, 0.20)),
            graph.ramp(stains, (0.3, (0.075, 0.077, 0.082)), (0.7, (0.125, 0.125, 0.127))),
        )
        return {
            'Base_Color': colour,
            'Roughness': 0.85,
            'Specular': 0.3,
            'Normal': graph.bump(stones, 0.6, 0.006),
        }

    return textured('asphalt', describe)


def road_paint():
    """White paint worn through in places."""

    def describe(graph):
        wear = graph.noise(graph.position(), 14.0, detail=8.0, roughness=0.75)
        return {'Base_Color': graph.ramp(wear, (0.34, 0.16), (0.46, 0.72)), 'Roughness': 0.7}

    return textured('road paint', describe)


def bricks(name, first, second, mortar, width, height, gap, roughness=0.85, frame='Object', flat=False):
    """Courses of bricks or slabs, sizes in metres; walls run along x or y, `flat` is for paving."""

    def describe(graph):
        place = graph.position(frame)
        if not flat:
            # Walls of either direction: the running length is x + y, the height z.
            axes = graph.node('ShaderNodeSeparateXYZ', Vector=place).outputs
            length = graph.node('ShaderNodeMath')
            graph.tree.links.new(axes['X'], length.inputs[0])
            graph.tree.links.new(axes['Y'], length.inputs[1])
            place = graph.node('ShaderNodeCombineXYZ', X=length.outputs[0], Y=axes['Z']).outputs['Vector']
        node = graph.node(
            'ShaderNodeTexBrick', Vector=place, Color1=first, Color2=second, Mortar=mortar, Scale=1.0
        )
        for key, value in (
            ('Mortar Size', gap),
            ('Brick Width', width),
            ('Row Height', height),
            ('Mortar Smooth', 0.2),
        ):
            node.inputs[key].default_value = value
        dirt = graph.noise(graph.position(frame), 1.3, detail=6.0)
        colour = graph.mix(0.6, node.outputs['Color'], graph.ramp(dirt, (0.3, 0.55), (0.7, 1.0)), 'MULTIPLY')
        return {
            'Base_Color': colour,
            'Roughness': roughness,
            'Normal': graph.bump(node.outputs['Fac'], -0.4, 0.01),
        }

    return textured(name, describe)


def sky(elevation, turn, strength=0.25, cloud_cover=0.5, sun_size=1.5):
    """A clear sky with a sun (degrees above the horizon, degrees of compass) and clouds over part of it."""
    world = bpy.data.worlds.new('sky')
    bpy.context.scene.world = world
    world.use_nodes = True
    graph = Graph(world.node_tree)
    air = graph.node('ShaderNodeTexSky')
    air.sky_type = 'NISHITA'
    air.sun_elevation, air.sun_rotation = math.radians(elevation), math.radians(turn)
    air.sun_size, air.sun_intensity = math.radians(sun_size), 0.35
    air.dust_density, air.ozone_density = 1.5, 1.5
    # Clouds lie on a plane overhead: the view direction divided by its height gives the place on it.
    direction = graph.position('Generated')
    axes = graph.node('ShaderNodeSeparateXYZ', Vector=direction).outputs
    height = graph.node('ShaderNodeMath')
    height.operation = 'ADD'
    graph.tree.links.new(axes['Z'], height.inputs[0])
    height.inputs[1].default_value = 0.12
    place = graph.node('ShaderNodeVectorMath')
    place.operation = 'DIVIDE'
    graph.tree.links.new(direction, place.inputs[0])
    graph.tree.links.new(height.outputs[0], place.inputs[1])
    cover = graph.noise(place.outputs['Vector'], 1.1, detail=9.0, roughness=0.58, distortion=0.4)
    amount = graph.ramp(cover, (0.62 - 0.3 * cloud_cover, 0.0), (0.85 - 0.3 * cloud_cover, 0.92))
    body = graph.noise(place.outputs['Vector'], 2.3, detail=6.0)
    cloud = graph.ramp(body, (0.35, (2.2, 2.3, 2.5)), (0.65, (4.2, 4.2, 4.2)))
    colour = graph.mix(amount, air.outputs['Color'], cloud)
    background = world.node_tree.nodes['Background']
    graph.feed(background, 'Color', colour)
    background.inputs['Strength'].default_value = strength

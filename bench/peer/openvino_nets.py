"""Times networks in OpenVINO: a JSON list of nets on standard input, one of milliseconds on standard output.

Each net is {"file": path, "threads": n, "runs": n, "height": h, "width": w}; open sizes become those of the picture,
and a second, larger input of an enlarging network the size of the result ("times"). A null stands for a net that
OpenVINO cannot read.
"""

import json
import sys
import time

import numpy
import openvino


def shapes_of(model, net):
    shapes = {}
    for index, port in enumerate(model.inputs):
        times = net["times"] if index > 0 else 1
        open_sizes = {0: 1, 1: 3, 2: net["height"] * times, 3: net["width"] * times}
        shape = port.partial_shape
        # An IR states the size of an example where the network takes any.
        known = [d.get_length() if d.is_static and not net["any"] else open_sizes[i] for i, d in enumerate(shape)]
        shapes[port] = known
    return shapes


def best_time(core, net):
    try:
        model = core.read_model(net["file"])
    except RuntimeError:
        return None
    shapes = shapes_of(model, net)
    model.reshape(shapes)
    # As for a service that has to give the same answers everywhere: single precision, one request at a time.
    config = {"INFERENCE_NUM_THREADS": net["threads"], "INFERENCE_PRECISION_HINT": "f32", "NUM_STREAMS": 1}
    request = core.compile_model(model, "CPU", config).create_infer_request()
    random = numpy.random.default_rng(1)
    feeds = [random.uniform(0, 255, shape).astype(numpy.float32) for shape in shapes.values()]
    times = []
    for _ in range(net["runs"] + 1):
        start = time.perf_counter()
        request.infer(feeds, share_inputs=True)
        times.append((time.perf_counter() - start) * 1000)
    return min(times[1:])


core = openvino.Core()
print(json.dumps([best_time(core, net) for net in json.load(sys.stdin)]))

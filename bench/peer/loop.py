"""The calls of the earlier service in a loop: decode by OpenCV, resize, infer by OpenVINO, argmax.

loop.py <task> <model.xml> <picture.jpg> <seconds> prints {"perSecond": ..., "decode": ..., ...}, medians in ms.
"""

import json
import statistics
import sys
import time

try:
    import cv2
    import numpy as np
    import openvino
except ImportError as error:
    print(json.dumps({"missing": error.name}))
    sys.exit(0)

SIZES = {"CLASSIFY": (224, 224), "SEGMENT_ROAD": (896, 512)}


def main():
    task, model, picture, seconds = sys.argv[1:]
    with open(picture, "rb") as file:
        data = np.frombuffer(file.read(), np.uint8)
    core = openvino.Core()
    compiled = core.compile_model(
        model, "CPU", {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    )
    request = compiled.create_infer_request()
    channels_last = compiled.input(0).get_partial_shape()[3].get_length() == 3
    times = {"decode": [], "preprocess": [], "inference": [], "postprocess": []}

    def once():
        marks = [time.perf_counter()]
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
        marks.append(time.perf_counter())
        if task == "CLASSIFY":
            image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        small = cv2.resize(image, SIZES[task])
        feed = small[None] if channels_last else small.transpose(2, 0, 1)[None]
        feed = np.ascontiguousarray(feed, dtype=np.float32)
        marks.append(time.perf_counter())
        output = request.infer({0: feed})[0]
        marks.append(time.perf_counter())
        if task == "CLASSIFY":
            int(np.argmax(output))
        else:
            np.argmax(output, axis=1).astype(np.uint8)
        marks.append(time.perf_counter())
        return marks

    for _ in range(5):
        once()
    begun = time.perf_counter()
    calls = 0
    while time.perf_counter() - begun < float(seconds) or calls == 0:
        marks = once()
        calls += 1
        for name, start, end in zip(times, marks, marks[1:]):
            times[name].append((end - start) * 1000)
    told = {name: statistics.median(values) for name, values in times.items()}
    told["perSecond"] = calls / (time.perf_counter() - begun)
    told["versions"] = f"OpenVINO {openvino.__version__}, OpenCV {cv2.__version__}"
    print(json.dumps(told))


main()

"""A Python peer in a process of its own: serve.py <numpy|torch> <threads>. The requests and answers of serve.mjs."""

import importlib
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "peers"))
peer = importlib.import_module(f"{sys.argv[1]}_peer")
SAMPLES = 101


def say(answer):
    print(json.dumps(answer), flush=True)


def prepare(case):
    global run
    run = peer.prepare(case)
    if run is None:
        return {"samples": None}
    start = time.perf_counter()
    result = run()
    ms = (time.perf_counter() - start) * 1000
    elements = peer.read(result)
    step = max(1, elements.size // SAMPLES)
    return {"samples": [float(x) for x in elements[::step][:SAMPLES]], "ms": ms}


def measure(calls):
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(calls):
        run()
    wall = time.perf_counter() - start
    return {"ms": wall * 1000 / calls, "cpu": (time.process_time() - cpu) / wall}


say(peer.start(int(sys.argv[2])))
for line in sys.stdin:
    request = json.loads(line)
    say(prepare(request["prepare"]) if "prepare" in request else measure(request["calls"]))

"""NumPy as a peer of serve.mjs: the same requests and answers, the same operands."""

import json
import os
import re
import sys
import time

import numpy

SAMPLES = 101


def random_matrix(edge, seed):
    """mulberry32, as randomMatrix in cases.mjs; 32-bit arithmetic wraps."""
    steps = numpy.arange(1, edge * edge + 1, dtype=numpy.uint64) * 0x6D2B79F5 + seed
    state = steps.astype(numpy.uint32)
    t = (state ^ (state >> 15)) * (state | 1)
    t = (t + (t ^ (t >> 7)) * (t | 61)) ^ t
    return ((t ^ (t >> 14)).astype(numpy.float64) / 2**31 - 1).astype(numpy.float32).reshape(edge, edge)


def library():
    """The BLAS that NumPy has mapped."""
    numpy.ones((2, 2)) @ numpy.ones((2, 2))
    with open("/proc/self/maps") as maps:
        found = re.findall(r"/\S*(?:openblas\w*|mkl_rt|blis|blas)[-.\w]*\.so[.\d]*", maps.read())
    return min(found, key=lambda path: "openblas" not in os.path.basename(path), default=None)


def say(answer):
    print(json.dumps(answer), flush=True)


own = library()
say({"name": f"NumPy {numpy.__version__} ({own and os.path.basename(own)})", "library": own})
for line in sys.stdin:
    request = json.loads(line)
    if "prepare" in request:
        edge, dtype = request["prepare"]["edge"], request["prepare"]["dtype"]
        a, b = (random_matrix(edge, edge + i).astype(dtype) for i in (0, 1))
        product = (a @ b).ravel()
        step = product.size // SAMPLES
        say({"values": [float(product[i * step]) for i in range(SAMPLES)]})
    else:
        calls = request["calls"]
        cpu, start = time.process_time(), time.perf_counter()
        for _ in range(calls):
            a @ b
        wall = time.perf_counter() - start
        say({"ms": wall * 1000 / calls, "share": (time.process_time() - cpu) / wall})

"""NumPy, on whatever BLAS and LAPACK it brings."""

import os
import re

import numpy
from numpy import linalg

from factorizations import factorizations
from operands import operands


def library():
    """The BLAS that NumPy has mapped."""
    numpy.ones((2, 2)) @ numpy.ones((2, 2))
    with open("/proc/self/maps") as maps:
        found = re.findall(r"/\S*(?:openblas\w*|mkl_rt|blis|blas)[-.\w]*\.so[.\d]*", maps.read())
    return min(found, key=lambda path: "openblas" not in os.path.basename(path), default=None)


def start(threads):
    own = library()
    return {"name": f"NumPy {numpy.__version__} ({own and os.path.basename(own)})", "version": "", "library": own}


known = {
    **factorizations(linalg),
    "svdvals": lambda a: linalg.svd(a, compute_uv=False),
    "eig": lambda a: numpy.sort(abs(linalg.eig(a)[0])),
}


def prepare(case):
    if case["kind"] == "product":
        a, b = operands(case)
        return lambda: a @ b
    if case["kind"] == "factor" and case["op"] in known:
        given, factorize = operands(case), known[case["op"]]
        return lambda: factorize(*given)
    return None


def read(result):
    return numpy.asarray(result).ravel()

"""Values of elementary functions, nearest in float64, computed with mpmath at 200 bits: functions.json.

Arguments lie where the functions change character, in their tails, among tiny numbers and everywhere between.
"""

import json
import random
from pathlib import Path

from mpmath import erf, erfc, exp, log, mp, mpf, pi, sign, sqrt, tanh

mp.prec = 200
random.seed(7)


def sigmoid(x):
    return exp(x) / (1 + exp(x)) if x < 0 else 1 / (1 + exp(-x))


def gelu_tanh(x):
    return x * sigmoid(2 * sqrt(2 / pi) * (x + mpf("0.044715") * x**3))


functions = {
    "exp": lambda x: exp(x) if x < 709 else None,
    "log": lambda x: log(x) if x > 0 else None,
    "tanh": lambda x: tanh(x) if abs(x) < 400 else sign(x),
    "sigmoid": sigmoid,
    "silu": lambda x: x * sigmoid(x),
    "erf": lambda x: erf(x) if abs(x) < 30 else sign(x),
    "gelu": lambda x: x * erfc(-x / sqrt(mpf(2))) / 2,
    "geluTanh": gelu_tanh,
}

arguments = [s * x for s in (1, -1) for x in (5e-324, 1e-310, 2.0**-1022, 1e-9, 0.4999, 0.5, 1.0, 6.0, 38.5, 700.0)]
arguments += [random.uniform(-2, 2) for _ in range(60)]
arguments += [random.uniform(-12, 12) for _ in range(40)]
arguments += [random.uniform(-45, 45) for _ in range(20)]
arguments += [random.uniform(-750, 750) for _ in range(20)]
arguments += [random.choice((1, -1)) * 2 ** random.uniform(-60, 4) for _ in range(40)]


def nearest(f, x):
    value = f(mpf(x))
    return None if value is None else float(value)


golden = {"x": arguments, **{name: [nearest(f, x) for x in arguments] for name, f in functions.items()}}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden))

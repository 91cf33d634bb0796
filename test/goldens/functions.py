"""Values of elementary functions, nearest in float64, computed with mpmath at 200 bits: functions.json.

Arguments lie where the functions change character, in their tails, among tiny numbers and everywhere between.
"""

import json
import random
from pathlib import Path

from mpmath import cos, erf, erfc, exp, log, mp, mpf, pi, sin, sign, sqrt, tanh, workprec

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

# Angles: everywhere, at multiples of π/2, and the float64 that lies nearest to one (Kahan, Muller).
angles = [random.uniform(-10, 10) for _ in range(60)] + [random.uniform(-2e6, 2e6) for _ in range(60)]
angles += [random.choice((1, -1)) * 2 ** random.uniform(-60, 1023.9) for _ in range(80)]
angles += [float(k * pi / 2) for k in (1, -1, 2, 3, 4, -7, 100, 355, 12345, 2**20, 2**20 + 1, 10**9, 2**40 + 3)]
angles += [float(k * pi / 4) for k in (1, -3, 5, 1001)]
angles += [6381956970095103 * 2.0**797, 1e22, 2.0**1023, 1.7976931348623157e308, 5e-324, 1e-310, 710.0, 1647099.0]
with workprec(2000):
    golden["angles"] = {"x": angles, "sin": [float(sin(mpf(x))) for x in angles], "cos": [float(cos(mpf(x))) for x in angles]}


def power(x, y):
    whole = float(y).is_integer()
    if x < 0 and not whole:
        return None
    size = exp(mpf(y) * log(mpf(abs(x))))
    try:
        return float(-size if x < 0 and int(y) % 2 else size)
    except OverflowError:
        return None


# Powers: everywhere in the range, near 1 to large powers, exact ones, subnormal bases and results.
pairs = [(2 ** random.uniform(-3, 3), random.uniform(-300, 300)) for _ in range(80)]
pairs += [(2 ** random.uniform(-1000, 1000), random.uniform(-1, 1)) for _ in range(60)]
pairs += [(1 + random.uniform(-1e-6, 1e-6), random.uniform(-5e8, 5e8)) for _ in range(40)]
pairs += [(random.uniform(-5, 5), float(random.randint(-40, 40))) for _ in range(60)]
pairs += [(3.0, 33.0), (-3.0, 33.0), (7.0, 18.0), (10.0, 22.0), (1.5, 30.0), (2.0, -1074.0), (2.0, 1023.0), (4.0, 0.5)]
pairs += [(5e-324, 0.5), (5e-324, 2 / 3), (1e-310, 0.9), (0.5, 1060.5), (10.0, -310.3), (1 - 2.0**-53, 2.0**60), (1 + 2.0**-52, 2.0**61)]
pairs += [(1.7976931348623157e308, 0.999), (2.2250738585072014e-308, 1.001), (9.0, 0.5), (2.0, 0.5), (0.1, 2.0), (1e-5, -61.0)]
values = [power(x, y) for x, y in pairs]
golden["powers"] = {"x": [x for x, _ in pairs], "y": [y for _, y in pairs], "pow": values}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden))

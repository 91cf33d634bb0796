"""The operands of cases.mjs, number for number."""

import numpy


def random_array(length, seed, dtype="float32"):
    """mulberry32; 32-bit arithmetic wraps."""
    steps = numpy.arange(1, length + 1, dtype=numpy.uint64) * 0x6D2B79F5 + seed
    state = steps.astype(numpy.uint32)
    t = (state ^ (state >> 15)) * (state | 1)
    t = (t + (t ^ (t >> 7)) * (t | 61)) ^ t
    return ((t ^ (t >> 14)).astype(numpy.float64) / 2**31 - 1).astype(numpy.float32).astype(dtype)


def operands(case):
    """Arrays in the case's shapes; transposed and strided ones are views."""
    if case["kind"] == "map":
        return [random_array(case["work"], 1).reshape(case["rows"], case["columns"])]
    dtype, batch = case["dtype"], case["batch"]
    if case["kind"] == "product":
        m, n, k, layout = case["m"], case["n"], case["k"], case["layout"]
        lead = [batch] if batch > 1 else []
        if layout.get("a") == "strided":
            a = random_array(4 * m * k, m, dtype).reshape(2 * m, 2 * k)[::2, ::2]
        else:
            turned = layout.get("a") == "transposed"
            a = random_array(batch * m * k, m, dtype).reshape(*lead, *([k, m] if turned else [m, k]))
            a = a.swapaxes(-1, -2) if turned else a
        turned = layout.get("b") == "transposed"
        b = random_array(batch * k * n, m + 1, dtype).reshape(*lead, *([n, k] if turned else [k, n]))
        return [a, b.swapaxes(-1, -2) if turned else b]
    rows, columns = case["rows"], case["columns"]
    a = random_array(batch * rows * columns, rows, dtype).reshape(*([batch] if batch > 1 else []), rows, columns)
    if case.get("symmetric"):
        a = numpy.asarray((a + a.T) / 2, dtype)
        if case["symmetric"] == "definite":
            a[numpy.diag_indices(rows)] += rows
    if "rightSides" in case:
        return [a, random_array(rows * case["rightSides"], rows + 1, dtype).reshape(rows, -1)]
    return [a]


def layer_operands(case):
    d, inner = case["width"], case["inner"]
    shapes = [(d, d), (d,)] * 4 + [(inner, d), (inner,), (d, inner), (d,)]
    names = "query key value output up down".split()
    keys = [name + suffix for name in names for suffix in ("", "Bias")]
    result = {"x": random_array(case["tokens"] * d, 99).reshape(case["tokens"], d)}
    for i, (key, shape) in enumerate(zip(keys, shapes)):
        data = random_array(int(numpy.prod(shape)), 100 + i).reshape(shape)
        result[key] = (data * 0.05).astype(numpy.float32)
    return result

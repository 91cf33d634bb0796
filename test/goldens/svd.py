"""Writes svd.json: singular values by LAPACK's gesvd (SciPy) in float64, as base64 of little-endian float64.

`hard` are the matrices of test/matrices.ts at 33 by 33, by name; grade 30. `weights` are every matrix of the files named
below (axes after the first joined), with `count` values at equal steps from the first to the last, for a data folder
given as the argument.
"""
import base64, json, math, struct, sys
import numpy as np
import scipy.linalg

N, GRADE, COUNT = 33, 30, 8
SINE, COSINE = math.sin(1.2), math.cos(1.2)
noise = lambda i, j: math.sin(i * 12.9898 + j * 78.233 + i * j * 0.7131)
HARD = {
    "zero columns": lambda i, j: 0 if j % 3 == 0 else noise(i, j),
    "zero rows": lambda i, j: 0 if i % 3 == 1 else noise(i, j),
    "rank one": lambda i, j: (i + 1) / (j + 2),
    "rank two": lambda i, j: math.sin(i + j),
    "repeated columns": lambda i, j: noise(i, j >> 1),
    "Hilbert": lambda i, j: 1 / (i + j + 1),
    "Kahan": lambda i, j: 0 if j < i else SINE**i * (1 if j == i else -COSINE),
    "Frank": lambda i, j: 0 if j < i - 1 else N - max(i, j),
    "Wilkinson": lambda i, j: abs(i - (N - 1) / 2) if i == j else float(abs(i - j) == 1),
    "Lauchli": lambda i, j: 1 if i == 0 else 1e-9 if i == j + 1 else 0,
    "companion": lambda i, j: j - N / 2 if i == 0 else float(i == j + 1),
    "Jordan": lambda i, j: 3 if i == j else float(j == i + 1),
    "graded rows": lambda i, j: noise(i, j) * 10 ** (GRADE * (1 - 2 * i / N)),
    "graded columns": lambda i, j: noise(i, j) * 10 ** (GRADE * (1 - 2 * j / N)),
    "large": lambda i, j: noise(i, j) * 10.0**GRADE,
    "small": lambda i, j: noise(i, j) * 10.0**-GRADE,
}
FILES = ["gpt2-124M-cproj-0-3", "silero_vad_16k", "stories260K-hf/model"]


def singular_values(a):
    return scipy.linalg.svd(a.astype(np.float64), compute_uv=False, lapack_driver="gesvd")


def encode(values):
    return base64.b64encode(values.astype("<f8").tobytes()).decode()


def matrices(path):
    data = open(path, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    for name, info in json.loads(data[8 : 8 + length]).items():
        if name == "__metadata__" or len(info["shape"]) < 2:
            continue
        start, end = info["data_offsets"]
        values = np.frombuffer(data[8 + length + start : 8 + length + end], "<f4")
        yield name, values.reshape(info["shape"][0], -1)


hard = {name: encode(singular_values(np.array([[f(i, j) for j in range(N)] for i in range(N)]))) for name, f in HARD.items()}
weights = {}
for file in FILES:
    entries = {}
    for name, a in matrices(f"{sys.argv[1]}/weights/{file}.safetensors"):
        s = singular_values(a)
        entries[name] = encode(s[np.round(np.linspace(0, len(s) - 1, COUNT)).astype(int)])
    weights[file] = entries
with open(__file__.replace(".py", ".json"), "w") as out:
    json.dump({"size": N, "grade": GRADE, "count": COUNT, "hard": hard, "weights": weights}, out, indent=1)
    out.write("\n")

"""Eigenvalues and eigenvectors of symmetric matrices that the tests repeat by formula, from SciPy (LAPACK's syevr).

python3 test/goldens/eigh.py && npx prettier --write test/goldens/eigh.json
"""

import json
from pathlib import Path

import numpy as np
from scipy.linalg import eigh, hilbert


def wilkinson(n):
    return np.diag(np.abs(np.arange(n) - (n - 1) / 2)) + np.eye(n, k=1) + np.eye(n, k=-1)


def glued(copies, glue):
    n = 21 * copies
    a = np.kron(np.eye(copies), wilkinson(21))
    for i in range(21, n, 21):
        a[i, i - 1] = a[i - 1, i] = glue
    return a


def wave(n):
    i, j = np.indices((n, n)) + 1.0
    return np.sin(i * j) + np.cos(i + j)


def smaller(n):
    i, j = np.indices((n, n))
    return np.minimum(i, j) + 1.0


matrices = {
    "hilbert 12": hilbert(12),
    "wilkinson 21": wilkinson(21),
    "glued 84": glued(4, 1e-8),
    "wave 97": wave(97),
    "smaller index 70": smaller(70),
}

goldens = {name: [float(x) for x in eigh(a, eigvals_only=True)] for name, a in matrices.items()}


def signed(v):
    return v * np.sign(v[np.abs(v).argmax(axis=0), np.arange(v.shape[1])])


vectors = signed(eigh(wave(6))[1])
result = {"eigenvalues": goldens, "vectorsOfWave6": vectors.tolist()}
Path(__file__).with_name("eigh.json").write_text(json.dumps(result))

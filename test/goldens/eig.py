"""Eigenvalues of general matrices by SciPy (LAPACK's dgeev), sorted by real, then imaginary part.

The matrices follow from formulas that src/linalg/eig/goldens.test.ts repeats; all are well conditioned:
python3 test/goldens/eig.py && npx prettier --write test/goldens
"""

import json
from pathlib import Path

import numpy as np
import scipy.linalg

matrices = {
    "sine": (12, lambda i, j, n: np.sin(1 + 7 * i + 3 * j + i * j)),
    "sine, odd": (33, lambda i, j, n: np.sin(1 + 7 * i + 3 * j + i * j)),
    "circulant": (16, lambda i, j, n: ((j - i) % n + 1.0) ** 2),
    "convection": (20, lambda i, j, n: 2.0 * (i == j) - 1.2 * (j == i - 1) - 0.8 * (j == i + 1)),
    "skew": (9, lambda i, j, n: np.sin(i * j + i + j) * np.sign(i - j)),
    "large": (70, lambda i, j, n: np.cos(i * i + 2 * j + i * j)),
}

goldens = {}
for name, (n, entry) in matrices.items():
    i, j = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    a = np.asarray(entry(i, j, n), dtype=np.float64)
    values, left, right = scipy.linalg.eig(a, left=True, right=True)
    # 1 / |yᴴx|: what a relative perturbation of the matrix is multiplied by in this eigenvalue.
    condition = np.max(1 / np.abs(np.sum(left.conj() * right, axis=0)))
    values = values[np.lexsort((values.imag, values.real))]
    goldens[name] = {
        "n": n,
        "norm": float(np.linalg.norm(a)),
        "condition": float(np.ceil(condition)),
        "re": values.real.tolist(),
        "im": values.imag.tolist(),
    }

Path(__file__).with_name("eig.json").write_text(json.dumps(goldens))
print({name: golden["condition"] for name, golden in goldens.items()})

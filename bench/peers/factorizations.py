"""What NumPy's and PyTorch's linear algebra spell alike."""


def factorizations(linalg):
    """By op: functions from the operands to what is compared, such as the singular values."""
    return {
        "svd": lambda a: linalg.svd(a, full_matrices=False)[1],
        "eigh": lambda a: linalg.eigh(a)[0],
        "eigvalsh": linalg.eigvalsh,
        "qr": lambda a: abs(linalg.qr(a)[1].diagonal()),
        "cholesky": linalg.cholesky,
        "solve": linalg.solve,
        "inv": linalg.inv,
        "slogdet": lambda a: linalg.slogdet(a)[1],
        "lstsq": lambda a, b: linalg.lstsq(a, b)[0],
        "pinv": linalg.pinv,
    }

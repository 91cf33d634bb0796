"""PyTorch on the CPU."""

import torch
from torch.nn import functional as F

from factorizations import factorizations
from operands import layer_operands, operands


def start(threads):
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    return {"name": f"PyTorch {torch.__version__}", "version": ""}


def layer(case):
    w = {name: torch.from_numpy(value) for name, value in layer_operands(case).items()}
    tokens, d, heads = case["tokens"], case["width"], case["heads"]
    x = w["x"].reshape(1, tokens, d)

    def split(y):
        return y.reshape(1, tokens, heads, d // heads).transpose(1, 2)

    def attention(q, k, v):
        if hasattr(F, "scaled_dot_product_attention"):
            return F.scaled_dot_product_attention(q, k, v)
        return torch.softmax(q @ k.transpose(-2, -1) / (d // heads) ** 0.5, -1) @ v

    def run():
        q, k, v = (split(F.linear(x, w[n], w[f"{n}Bias"])) for n in ("query", "key", "value"))
        mixed = attention(q, k, v).transpose(1, 2).reshape(1, tokens, d)
        h = F.layer_norm(x + F.linear(mixed, w["output"], w["outputBias"]), (d,), eps=1e-12)
        inner = F.gelu(F.linear(h, w["up"], w["upBias"]))
        return F.layer_norm(h + F.linear(inner, w["down"], w["downBias"]), (d,), eps=1e-12)

    return run


linalg = torch.linalg

known = {
    **factorizations(linalg),
    "svdvals": linalg.svdvals,
    "lu": lambda a: abs(linalg.lu(a)[2].diagonal()),
    "eig": lambda a: torch.sort(abs(linalg.eig(a)[0]))[0],
}


def factor(case, given):
    if case["op"] == "svdLowrank":
        return lambda: torch.svd_lowrank(given[0], q=case["rank"], niter=case["iterations"])[1]
    factorize = known.get(case["op"])
    return factorize and (lambda: factorize(*given))


def prepare(case):
    if case["kind"] == "layer":
        return layer(case)
    if case["kind"] not in ("product", "factor"):
        return None
    given = [torch.from_numpy(a) for a in operands(case)]
    if case["kind"] == "product":
        return lambda: given[0] @ given[1]
    return factor(case, given)


def read(result):
    return result.detach().numpy().ravel()

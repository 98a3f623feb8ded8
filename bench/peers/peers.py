"""One measurement of a peer: python peers.py WORK FOLDER. Prints JSON: versions, and CPU seconds of each repetition.

FOLDER holds the matrix as sparse rows (start.i32, index.i32, value.f32) and a regularised Gram matrix (gram.f32).
"""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from time import process_time

# One thread each, as ours has; read when numpy is loaded.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import numpy as np  # noqa: E402

EPOCHS = 4
LIBMF_EPOCHS = 20


def numbers(name, kind):
    return np.fromfile(folder / name, dtype=kind)


def matrix():
    from scipy.sparse import csr_matrix

    start, index, value = numbers("start.i32", np.int32), numbers("index.i32", np.int32), numbers("value.f32", np.float32)
    return csr_matrix((value, index, start))


def inverse():
    gram = numbers("gram.f32", np.float32)
    n = int(len(gram) ** 0.5)
    since = process_time()
    np.linalg.inv(gram.reshape(n, n))
    return {"packages": ["numpy"], "seconds": [process_time() - since]}


def als(factors, conjugate_gradients):
    """An exact solve of each row's equations, as ours, or implicit's default: three steps of conjugate gradients."""
    from implicit.cpu.als import AlternatingLeastSquares

    ones = matrix()
    ones.data[:] = 2  # a confidence of 1 would be no observation: implicit takes 1 from each
    model = AlternatingLeastSquares(
        factors=factors, regularization=0.05, iterations=EPOCHS, use_cg=conjugate_gradients, num_threads=1, random_state=1
    )
    ends = []
    model.fit(ones, show_progress=False, callback=lambda *_: ends.append(process_time()))
    return {"packages": ["implicit"], "seconds": np.diff(ends).tolist()}


def sgd(factors):
    """LIBMF does not tell when an epoch ends: the time of many less that of one."""
    rows = matrix().tocoo()
    triples = np.column_stack([rows.row, rows.col, rows.data]).astype(np.float32)
    from libmf.mf import MF

    def seconds(epochs):
        since = process_time()
        MF(k=factors, nr_threads=1, nr_iters=epochs, eta=0.01, lambda_p2=0.05, lambda_q2=0.05, quiet=True).fit(triples)
        return process_time() - since

    return {"packages": ["libmf"], "seconds": [(seconds(LIBMF_EPOCHS + 1) - seconds(1)) / LIBMF_EPOCHS]}


folder = Path(sys.argv[2])
works = {
    "inverse": inverse,
    "als-64": lambda: als(64, False),
    "als-128": lambda: als(128, False),
    "als-cg-64": lambda: als(64, True),
    "als-cg-128": lambda: als(128, True),
    "sgd-64": lambda: sgd(64),
}
measured = works[sys.argv[1]]()
print(json.dumps({"versions": [f"{name} {version(name)}" for name in measured["packages"]], "seconds": measured["seconds"]}))

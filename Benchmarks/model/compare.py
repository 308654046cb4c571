#!/usr/bin/env python3
"""thecal.Model against its own levels, against scipy behind the same posterior, and against a sweep through files.

Figures are ratios within one run. With `--guard FILE` only those that the file limits, and an exit code. Needs the library
(`make shared`, THECAL_LIBRARY) and, for the sweep, `thecal` on the path.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "peers"), str(HERE.parents[1] / "notebooks-export" / "src")]
os.environ.setdefault("THECAL_LIBRARY", str(HERE.parents[1] / ".build" / "release" / "libThecalC.so"))

import thecal  # noqa: E402
from expm import generator, reader  # noqa: E402
from thecal._library import Result  # noqa: E402

SCENARIO = {
    "drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "rate": "1 mg/day"}], "cells": 400,
    "output": {"every": "1 h", "until": "2 day", "at": ["tip", "L4", "T12", "T2", "cranial"]}}
KEYS = ["loss", "dispersion_c1", "dispersion_sac", "spinal_fraction", "cranial_volume"]


def shortest(*bodies, times=7):
    """The processor time of each of the bodies when nothing disturbs it: its second least of several readings. The bodies take
    turns, so what the machine does to the caches hits all alike; the least reading may be one in which the clock stood still."""
    readings = [[] for _ in bodies]
    for _ in range(times):
        for body, of_body in zip(bodies, readings):
            start = time.process_time()
            body()
            of_body.append(time.process_time() - start)
    return [sorted(of_body)[1] for of_body in readings]


def sets(model, n, seed=1):
    return model.values * np.exp(0.1 * np.random.default_rng(seed).standard_normal((n, len(model.values))))


def model_ratios(n=1_000):
    """What gradients and Python cost beside the levels, on one thread."""
    model = thecal.Model(SCENARIO, KEYS, threads=1)
    theta = sets(model, n)
    data = model.levels([model.values])[0] * 1.1
    data[0] = np.nan
    few = n // 5
    room = np.empty((n, len(model.times_h), len(model.sites)))

    def kernel():
        Result("model_levels", model._handle, theta.ctypes.data, n, 1, room.ctypes.data, room.size)

    levels, alone, likelihood, jacobian = shortest(
        lambda: model.levels(theta), kernel,
        lambda: model.loglikelihood(theta, data, sigma=0.3, gradient=True), lambda: model.gradient(theta[:few]), times=15)
    print(f"levels {levels / n * 1e6:.1f} µs a set; {len(KEYS)} parameters, {n} sets, one thread")
    return {
        "gradientOfLikelihood": likelihood / levels,
        "jacobianPerParameterAndOne": jacobian / few * n / levels / (len(KEYS) + 1), "python": levels / alone}


def sweep_ratio(n, cells=100):
    """The processor time of a sweep through files beside that of the same number of sets by a model."""
    scenario = {**SCENARIO, "cells": cells, "output": {"every": "12 h", "until": "2 day", "at": ["L4", "cranial"]}}
    spec = {
        "scenario": "s.yaml", "design": {"method": "montecarlo", "samples": n, "seed": 1}, "outputs": ["csf"],
        "parameters": {"loss": {"lognormal": {"median": "3e-5 1/s", "cv": "40 %"}},
                       "dispersion_sac": {"lognormal": {"median": "0.014 cm2/s", "gsd": 2}}}}

    def clocks():
        own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return np.array([time.perf_counter(), sum((own.ru_utime, own.ru_stime, others.ru_utime, others.ru_stime))])

    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "s.yaml").write_text(json.dumps(scenario))
        pathlib.Path(folder, "sweep.yaml").write_text(json.dumps(spec))
        start = clocks()
        subprocess.run(["thecal", "sweep", "sweep.yaml", "-o", "o.nc", "--quiet"], cwd=folder, check=True)
        files = clocks() - start
        size = pathlib.Path(folder, "o.nc").stat().st_size
    model = thecal.Model(scenario, ["loss", "dispersion_sac"])
    normal = np.random.default_rng(1).standard_normal((n, 2))
    theta = model.values * np.exp(normal * [np.sqrt(np.log1p(0.16)), np.log(2)])
    start = clocks()
    levels = model.levels(theta)
    own = clocks() - start
    assert np.isfinite(levels).all()
    print(
        f"{n} samples, {cells} cells: {files[0]:.1f} s through files ({size / 1e6:.0f} MB), {own[0]:.1f} s by the model "
        f"({n / own[0]:.0f} a second); processor time {files[1]:.1f} s and {own[1]:.1f} s, ratio {files[1] / own[1]:.2f}")
    return files[1] / own[1]


def scipy_ratio():
    """Samples a second of one posterior: the model, and solve_ivp on the same discretised system."""
    from scipy.integrate import solve_ivp

    cells, times = 400, np.arange(0, 25.0)
    scenario = {**SCENARIO, "cells": cells, "program": [{"at": "0 h", "bolus": "0.25 mg"}],
                "output": {"every": "1 h", "until": "24 h", "at": ["L3", "cranial"]}}
    keys = ["loss", "dispersion_sac"]
    one = thecal.Model(scenario, keys, threads=1)
    data = one.levels([one.values])[0] * 1.2
    data[0] = np.nan

    def peer(theta, method):
        volumes, matrix, shares, positions = generator(
            cells, loss=theta[0] * 3600, dispersion_sac=theta[1] * 3600, sigma=3.0)
        system = matrix / volumes[:, None]
        lower, middle, upper = np.diag(system, -1), np.diag(system), np.diag(system, 1)

        def slope(_, c):
            found = middle * c
            found[1:] += lower * c[:-1]
            found[:-1] += upper * c[1:]
            return found

        if method == "LSODA":
            band = np.zeros((3, cells + 1))
            band[0, 1:], band[1], band[2, :-1] = upper, middle, lower
            options = {"lband": 1, "uband": 1, "jac": lambda _, c: band}
        else:
            from scipy.sparse import diags
            options = {"jac": diags([lower, middle, upper], [-1, 0, 1], format="csc")}
        start = 250 * shares / volumes
        found = solve_ivp(slope, (0, 24), start, method=method, t_eval=times, rtol=1e-6, atol=1e-9, **options)
        levels = np.empty((len(times), 2))
        for k, site in enumerate(["L3", "cranial"]):
            nodes, weights = reader(positions, site)
            levels[:, k] = 1e3 * np.asarray(weights) @ found.y[nodes]
        gap = (np.log(data[1:]) - np.log(levels[1:])) / 0.3
        return -0.5 * (gap**2).sum() - np.log(data[1:]).sum() - gap.size * np.log(0.3 * np.sqrt(2 * np.pi))

    theta = sets(one, 1_024)
    own = one.loglikelihood(theta, data, sigma=0.3)
    seconds = shortest(lambda: one.loglikelihood(theta, data, sigma=0.3))[0] / len(theta)
    ratios = {}
    for method in ("LSODA", "BDF"):
        values = []
        start = time.process_time()
        for row in theta[:8]:
            values.append(peer(row, method))
        peer_seconds = (time.process_time() - start) / 8
        ratios[method] = peer_seconds / seconds
        print(
            f"scipy {method}, rtol 1e-6: {1 / peer_seconds:.1f} samples a second; model {1 / seconds:.0f} on one thread; "
            f"ratio {ratios[method]:.0f}; largest difference of the logarithm {np.abs(values - own[:8]).max():.1e}")
    return ratios


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--guard":
        limits = json.loads(pathlib.Path(sys.argv[2]).read_text())["ratios"]
        found = model_ratios()
        found["scipyOverModel"] = min(scipy_ratio().values())
        found["filesOverModel"] = sweep_ratio(50_000)
        bad = False
        for name, limit in limits.items():
            ratio = found[name]
            holds = limit.get("least", 0) <= ratio <= limit.get("most", np.inf)
            bad |= not holds
            bounds = ", ".join(f"at {end} {limit[end]}" for end in ("least", "most") if end in limit)
            print(f"{'ok  ' if holds else 'FAIL'} {name}: {ratio:.3g}, {bounds}{'' if holds else '. ' + limit['reason']}")
        sys.exit(bad)
    for name, ratio in model_ratios().items():
        print(f"{name}: {ratio:.3f}")
    scipy_ratio()
    sweep_ratio(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Prints what scipy makes of the fit in Tests/ThecalEstimationTests/ReferenceTests.swift. Needs numpy, scipy.

The transport model is assembled anew (Benchmarks/peers/expm.py), solved by the exponential of its matrix, and the posterior
of the normal scores is minimized by Nelder-Mead and BFGS with differences; its curvature is that of fourth-order differences,
the ends of the profile are found by brentq and BFGS. Measurements are made up.
"""

import pathlib
import sys

import numpy as np
from scipy.linalg import expm
from scipy.optimize import brentq, minimize
from scipy.special import log_ndtr, ndtr

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "peers"))
from expm import generator, reader  # noqa: E402

CELLS, DOSE = 60, 250.0
SIGMA = np.sqrt(np.log1p(0.3**2))
POINTS = [  # time h, site, ng/mL, below
    (1, "L3", 4000, False), (2, "L3", 2100, False), (4, "L3", 1500, False), (8, "L3", 380, False),
    (4, "T10", 900, False), (8, "T10", 600, False), (12, "cranial", 150, False), (24, "cranial", 30, True),
]
NAMES = ["loss", "dispersion_c1", "dispersion_sac", "spinal_fraction"]
CORRELATION = np.eye(4)
CORRELATION[1, 2] = CORRELATION[2, 1] = 0.7
PRECISION = np.linalg.inv(CORRELATION)


def values(u):
    """In cm, mL, h."""
    cv = np.sqrt(np.log1p(0.4**2))
    return {
        "loss": 0.108 * np.exp(cv * u[0]), "dispersion_c1": 0.67 * 3600 * 2 ** u[1],
        "dispersion_sac": 0.014 * 3600 * 2 ** u[2], "spinal_fraction": 0.6 * ndtr(u[3]),
    }


def levels(u):
    volumes, matrix, shares, positions = generator(CELLS, sigma=3.0, **values(u))
    system = matrix / volumes[:, None]
    start, found = DOSE * shares / volumes, []
    steps = {}
    for time, site, _, _ in POINTS:
        if time not in steps:
            steps[time] = expm(system * time) @ start
        nodes, weights = reader(positions, site)
        found.append(1e3 * np.dot(steps[time][nodes], weights))
    return np.array(found)


def objective(u):
    value = u @ PRECISION @ u / 2
    for level, (_, _, measured, below) in zip(levels(u), POINTS):
        r = (np.log(measured) - np.log(level)) / SIGMA
        value += -log_ndtr(r) if below else r * r / 2 + np.log(SIGMA)
    return value


def lowest(function, start):
    start = minimize(function, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-13, "maxiter": 5000}).x
    return minimize(function, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15, "maxiter": 5000})


def hessian(u, h=0.02):
    """Second differences of fourth order."""
    n, matrix = len(u), np.empty((len(u), len(u)))
    weights = {-2: 1 / 12, -1: -2 / 3, 1: 2 / 3, 2: -1 / 12}
    for i in range(n):
        for j in range(n):
            total = 0.0
            for a, wa in weights.items():
                for b, wb in weights.items():
                    v = u.copy()
                    v[i] += a * h
                    v[j] += b * h
                    total += wa * wb * objective(v)
            matrix[i, j] = total / h**2
    return matrix


def main():
    best = lowest(objective, np.zeros(4))
    u, value = best.x, best.fun
    deviations = np.sqrt(np.diag(np.linalg.inv(hessian(u))))
    print("mode", dict(zip(NAMES, values(u).values())))
    print("scores", u.tolist(), "objective", 2 * value)
    print("deviations", deviations.tolist())
    print("levels", levels(u).tolist())

    def fall(score):
        found = minimize(lambda w: objective(np.insert(w, 0, score)), u[1:], method="BFGS", options={"gtol": 1e-6})
        return np.sqrt(max(0, 2 * (found.fun - value))) - 1.959963984540054

    for near, far in ((-1.3, -0.9), (0.7, 1.3)):
        end = brentq(fall, u[0] + near, u[0] + far, xtol=1e-6)
        print("profile of loss", values(np.insert(u[1:], 0, end))["loss"])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes Tests/ThecalStatisticsTests/LogisticReference.swift: logistic fits by statsmodels (unpenalised, with profile
likelihood by scipy) and by an independent maximisation of Firth's penalised likelihood with scipy.optimize, and beta
quantiles by scipy. Needs numpy, scipy, statsmodels."""

import pathlib

import numpy
import statsmodels.api as sm
from scipy.optimize import brentq, minimize
from scipy.stats import beta, chi2

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = {  # x is ln dose; events and n as published or made up
    "gehling": ([0.15, 0.5], [2, 7], [247, 80]),
    "pruritus_treated": ([0.1, 0.25], [4, 12], [30, 28]),
    "four_doses": ([0.05, 0.1, 0.2, 0.4], [1, 3, 9, 14], [40, 38, 41, 25]),
    "separated": ([0.1, 0.2, 0.4], [0, 0, 5], [20, 20, 20]),
    "never": ([0.1, 0.4], [0, 0], [30, 10]),
}


def loglik(b, x, y, n, firth):
    eta = b[0] + b[1] * x
    value = numpy.sum(y * eta - n * numpy.logaddexp(0, eta))
    if firth:
        p = 1 / (1 + numpy.exp(-eta))
        w = n * p * (1 - p)
        design = numpy.column_stack([numpy.ones_like(x), x])
        sign, logdet = numpy.linalg.slogdet(design.T @ (w[:, None] * design))
        value += 0.5 * logdet if sign > 0 else -1e300
    return value


def maximum(x, y, n, firth, fixed=None):
    if fixed is None:
        best = None
        for start in ([-2, 1], [0, 0], [-4, 2]):
            found = minimize(lambda b: -loglik(b, x, y, n, firth), start, method="Nelder-Mead",
                             options={"xatol": 1e-11, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
            if best is None or found.fun < best.fun:
                best = found
        return best.x, -best.fun
    found = minimize(lambda s: -loglik([fixed, s[0]], x, y, n, firth), [1.0], method="Nelder-Mead",
                     options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 20000})
    return None, -found.fun


def interval(x, y, n, firth, at):
    (b0, b1), top = maximum(x, y, n, firth)
    centre = b0 + b1 * at
    drop = lambda c: 2 * (top - maximum(x - at, y, n, firth, c)[1]) - chi2.ppf(0.95, 1)
    low, high = centre - 0.5, centre + 0.5
    while drop(low) < 0:
        low -= 1
    while drop(high) < 0:
        high += 1
    ends = brentq(drop, low, centre), brentq(drop, centre, high)
    return [1 / (1 + numpy.exp(-e)) for e in ends]


def main():
    rows = []
    for name, (dose, y, n) in CASES.items():
        x, y, n = numpy.log(numpy.array(dose)), numpy.array(y, float), numpy.array(n, float)
        for firth in (False, True):
            if not firth and name in ("separated", "never"):
                continue
            if firth:
                (b0, b1), _ = maximum(x, y, n, True)
            else:
                fit = sm.GLM(numpy.column_stack([y, n - y]), sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-14)
                b0, b1 = fit.params
            low, high = interval(x, y, n, firth, float(x[0]))
            def list_(a):
                return "[" + ", ".join(repr(float(v)) for v in a) + "]"
            rows.append(f'  LogisticReference(\n    name: "{name}", isFirth: {str(firth).lower()}, doses: {list_(dose)}, '
                        f"events: {list_(y)}, n: {list_(n)},\n    intercept: {float(b0)!r}, slope: {float(b1)!r}, "
                        f"low: {float(low)!r}, high: {float(high)!r}),")
    (ROOT / "ThecalStatisticsTests/LogisticReference.swift").write_text(
        """// Written by Tests/References/logistic.py; do not edit.

/// A logistic fit by `statsmodels`, or with Firth's penalty by `scipy.optimize`; the interval at the first dose is
/// that of the profile likelihood.
struct LogisticReference {
  let name: String, isFirth: Bool
  let doses: [Double], events: [Double], n: [Double]
  let intercept: Double, slope: Double, low: Double, high: Double
}

let logisticReferences = [
""" + "\n".join(rows) + "\n]\n")
    points = [(0.5, 0.5, 0.025), (2.5, 245.5, 0.025), (7.5, 73.5, 0.975), (109.5, 321.5, 0.5), (5000.5, 12.5, 0.01)]
    lines = "\n".join(f"  ({a!r}, {b!r}, {p!r}, {float(beta.ppf(p, a, b))!r})," for a, b, p in points)
    (ROOT / "ThecalStatisticsTests/BetaReference.swift").write_text(
        f"// Written by Tests/References/logistic.py; do not edit.\n\n/// Parameters, probability and quantile of "
        f"`scipy.stats.beta`.\nlet betaQuantiles: [(Double, Double, Double, Double)] = [\n{lines}\n]\n")


main()

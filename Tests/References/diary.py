#!/usr/bin/env python3
"""Writes diary.json: what statsmodels and scipy say of made-up diaries. Needs numpy, scipy, statsmodels.

For each correlation of neighboring days: generalized least squares by statsmodels with the dense matrix of
correlations, its restricted likelihood by numpy; then the quantiles of the mixture by scipy.
"""

import json
import pathlib

import numpy
import scipy.optimize
import scipy.stats
import statsmodels.api as sm

CORRELATIONS = numpy.arange(20) / 20


def mixture(days, values, design):
    """Median weight aside: the plain estimate, and the 95 % interval of the last coefficient."""
    parts, weights = [], []
    freedom = len(values) - design.shape[1]
    for rho in CORRELATIONS:
        sigma = rho ** numpy.abs(numpy.subtract.outer(days, days)).astype(float)
        fit = sm.GLS(values, design, sigma=sigma).fit()
        inverse = numpy.linalg.inv(sigma)
        rest = values - design @ fit.params
        weights.append(
            -numpy.linalg.slogdet(sigma)[1] / 2 - numpy.linalg.slogdet(design.T @ inverse @ design)[1] / 2
            - freedom / 2 * numpy.log(rest @ inverse @ rest))
        parts.append((fit.params[-1], fit.bse[-1]))
    weights = numpy.exp(numpy.array(weights) - max(weights))
    weights /= weights.sum()

    def share(x):
        return sum(w * scipy.stats.t.cdf((x - b) / e, freedom) for w, (b, e) in zip(weights, parts))

    plain = float(sm.OLS(values, design).fit().params[-1])
    ends = [scipy.optimize.brentq(lambda x: share(x) - p, -1e3, 1e3, xtol=1e-14) for p in (0.025, 0.975)]
    return [plain, *ends]


def line(days):
    return numpy.column_stack([numpy.ones(len(days)), days - numpy.mean(days)])


def flat(days):
    return numpy.ones((len(days), 1))


def fieller(before, after):
    """Limits of 100 (1 - after / before) by root finding on the pivot; before and after are (mean, half-width)."""
    def outside(ratio):
        return (after[0] - ratio * before[0]) ** 2 - after[1] ** 2 - ratio ** 2 * before[1] ** 2
    best = after[0] / before[0]
    if after[1] == 0 and before[1] == 0:
        return [100 * (1 - best)] * 3
    high = scipy.optimize.brentq(outside, best, best + 100, xtol=1e-14)
    low = scipy.optimize.brentq(outside, best - 100, best, xtol=1e-14)
    return [100 * (1 - best), 100 * (1 - high), 100 * (1 - low)]


def main():
    random = numpy.random.default_rng(1)
    cases = []
    for n, drift, memory in [(9, 0, 0), (14, -0.1, 0.5), (28, -0.05, 0.6), (90, 0.01, 0.8)]:
        noise = [0.0]
        for _ in range(n):
            noise.append(memory * noise[-1] + random.normal(0, 0.5))
        values = numpy.clip(numpy.round(6 + drift * numpy.arange(n) + noise[1:], 2), 0, 10)
        days = numpy.arange(n)
        kept = numpy.flatnonzero(random.uniform(size=n) > 0.25)
        first = max(5, n // 3)
        ends = [mixture(days[part], values[part], flat(days[part])) for part in (slice(0, first), slice(first, n))]
        cases.append({
            "values": values.tolist(),
            "mean": mixture(days, values, flat(days)),
            "slope": mixture(days, values, line(days)),
            "kept": kept.tolist(),
            "gapped_mean": mixture(kept, values[kept], flat(kept)),
            "gapped_slope": mixture(kept, values[kept], line(kept)),
            "baseline_days": first,
            "reduction": fieller(*[(mean, (high - low) / 2) for mean, low, high in ends]),
        })
    quantiles = [[p, v, float(scipy.stats.t.ppf(p, v))] for p in (0.6, 0.9, 0.975, 0.9995) for v in (1, 2, 5, 30, 400)]
    text = json.dumps({"cases": cases, "student_quantiles": quantiles}, indent=1)
    (pathlib.Path(__file__).parent / "diary.json").write_text(text + "\n")


main()

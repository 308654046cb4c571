#!/usr/bin/env python3
"""Writes diary.json: what statsmodels and scipy say of made-up diaries. Needs numpy, scipy, statsmodels."""

import json
import pathlib

import numpy
import scipy.optimize
import scipy.stats
import statsmodels.api as sm


def hac(values, design):
    """Least squares with Newey-West errors: value, standard error, t-interval of the last coefficient."""
    n = len(values)
    lags = int(numpy.floor(4 * (n / 100) ** (2 / 9)))
    fit = sm.OLS(values, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    low, high = fit.conf_int(0.05)[-1]
    return [float(fit.params[-1]), float(low), float(high)]


def gapped(days, values):
    """The same written out for days with gaps: a pair of days counts by its true distance."""
    n = len(days)
    lags = int(numpy.floor(4 * (n / 100) ** (2 / 9)))
    design = numpy.column_stack([numpy.ones(n), days - numpy.mean(days)])
    bread = numpy.linalg.inv(design.T @ design)
    beta = bread @ design.T @ values
    scores = design * (values - design @ beta)[:, None]
    meat = numpy.zeros((2, 2))
    for i in range(n):
        for j in range(n):
            weight = max(0, 1 - abs(days[i] - days[j]) / (lags + 1))
            meat += weight * numpy.outer(scores[i], scores[j])
    error = numpy.sqrt((bread @ meat @ bread)[1, 1] * n / (n - 2))
    reach = scipy.stats.t.ppf(0.975, n - 2) * error
    return [float(beta[1]), float(beta[1] - reach), float(beta[1] + reach)]


def fieller(before, after):
    """Limits of 100 (1 - after / before) by root finding on the pivot; before and after are (mean, half-width)."""
    def outside(ratio):
        return (after[0] - ratio * before[0]) ** 2 - after[1] ** 2 - ratio ** 2 * before[1] ** 2
    best = after[0] / before[0]
    high = scipy.optimize.brentq(outside, best, best + 10)
    low = scipy.optimize.brentq(outside, best - 10, best)
    return [100 * (1 - best), 100 * (1 - high), 100 * (1 - low)]


def main():
    random = numpy.random.default_rng(1)
    cases = []
    for n, drift, memory in [(7, 0, 0), (14, -0.1, 0.5), (28, -0.05, 0.6), (90, 0.01, 0.3)]:
        noise = [0.0]
        for _ in range(n):
            noise.append(memory * noise[-1] + random.normal(0, 0.8))
        values = numpy.clip(numpy.round(6 + drift * numpy.arange(n) + noise[1:], 2), 0, 10)
        days = numpy.arange(n)
        kept = numpy.flatnonzero(random.uniform(size=n) > 0.25)
        first = n // 3
        ends = [hac(part, numpy.ones(len(part))) for part in (values[:first], values[first:])] if first > 1 else []
        cases.append({
            "values": values.tolist(),
            "mean": hac(values, numpy.ones(n)),
            "slope": hac(values, sm.add_constant(days - days.mean())),
            "kept": kept.tolist(),
            "gapped_slope": gapped(kept, values[kept]),
            "baseline_days": first,
            "reduction": fieller(*[(mean, high - mean) for mean, _, high in ends]),
        })
    quantiles = [[p, v, float(scipy.stats.t.ppf(p, v))] for p in (0.6, 0.9, 0.975, 0.9995) for v in (1, 2, 5, 30, 400)]
    text = json.dumps({"cases": cases, "student_quantiles": quantiles}, indent=1)
    (pathlib.Path(__file__).parent / "diary.json").write_text(text + "\n")


main()

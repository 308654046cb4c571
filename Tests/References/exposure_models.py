#!/usr/bin/env python3
"""Writes Tests/ThecalResponseTests/ExposureModelReference.swift: the models of exposure estimated from the counts of
Data/incidence by code that shares nothing with the Swift: study deviations are integrated by Gauss-Hermite quadrature about each
study's own mode, the maximum is found by scipy. Needs numpy, scipy."""

import json
import pathlib

import numpy
from numpy.polynomial.hermite_e import hermegauss
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, logit
from scipy.stats import norm

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "Data"
NODES, WEIGHTS = hermegauss(120)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
BASE = {"mg": 1000.0, "mcg": 1.0, "mg/day": 1000.0 / 24, "mcg/day": 1.0 / 24}
COUNTED = {"respiratory_depression": "respiratory_depression", "relief": "inadequate_relief", "ashworth": "inadequate_relief"}


def standing(dose):
    if dose is None:
        return None
    for key in ("mean", "assumed"):
        if dose.get(key) is not None:
            return dose[key] * BASE[dose["unit"]]
    same = dose.get("low") is not None and dose.get("low") == dose.get("high")
    return dose["low"] * BASE[dose["unit"]] if same else None


def depression(theta, stage, dose, model):
    mu, sigma, plateau = theta[0], numpy.exp(theta[1]), expit(theta[2])
    if stage == "single":
        ex = model["single"]
        return norm.cdf((numpy.log(dose) + ex["meanLog"] - mu) / numpy.hypot(sigma, ex["sdLog"]))
    if dose is None:
        return plateau
    slope = numpy.exp(-sigma * norm.ppf(plateau) - mu)
    ex = model["continuous"]
    u = numpy.arange(-20, 21) * 0.25
    w = numpy.exp(-u * u / 2)
    level = dose * numpy.exp(ex["meanLog"] + ex["sdLog"] * u)
    return numpy.sum(w * norm.cdf((numpy.log(level / (1 + slope * level)) - mu) / sigma)) / w.sum()


def relief(theta, stage, dose, model, factor):
    lost = expit(theta[0] if stage == "single" else theta[1])
    if dose is None:
        return lost
    ex = model["single" if stage == "single" else "continuous"]
    z = (theta[2] + numpy.log(factor) - numpy.log(dose) - ex["meanLog"]) / numpy.hypot(numpy.exp(theta[3]), ex["sdLog"])
    return lost + (1 - lost) * norm.cdf(z)


def study_term(counts, logits, tau):
    def value(u):
        eta = logits + tau * u
        return numpy.sum(counts[:, 0] * -numpy.logaddexp(0, -eta) + (counts[:, 1] - counts[:, 0]) * -numpy.logaddexp(0, eta))
    mode = minimize_scalar(lambda u: -(value(u) - u * u / 2), bounds=(-8, 8), method="bounded",
                           options={"xatol": 1e-10}).x
    eta = logits + tau * mode
    p = expit(eta)
    sd = 1 / numpy.sqrt(1 + numpy.sum(tau * tau * counts[:, 1] * p * (1 - p)))
    points = mode + sd * NODES
    terms = numpy.array([value(u) - u * u / 2 + t * t / 2 for u, t in zip(points, NODES)])
    top = terms.max()
    return top + numpy.log(sd * numpy.sum(WEIGHTS * numpy.exp(terms - top)))


def problem(model, effects):
    drug, effect = model["drug"], model["effect"]
    record = next(e for e in effects["effects"] if e["drug"] == drug and e["effect"] == effect)
    rows = json.loads((DATA / f"incidence/{drug}.json").read_text())["rows"]
    rows = [r for r in rows if r["effect"] == COUNTED[effect] and "calibrates" in r and r["events"] is not None]
    studies = sorted({r["source"] for r in rows})
    toxic = effect == "respiratory_depression"
    if toxic:
        factor = half = spread = None
    else:
        harms = json.loads((DATA / "response/harms.json").read_text())["window"]
        largest, steep = record["largest"]["value"], record["steepness"]["value"]
        enough = harms["reliefPercent"]["value"] / 100 if effect == "relief" else (
            record["baseline"]["value"] - harms["ashworth"]["value"])
        factor = (enough / (largest - enough)) ** (1 / steep)
        half, spread = numpy.log(record["ec50"]["value"]), numpy.log(record["spread"]["ec50"]["value"])

    def probability(theta, row):
        stage, dose = row["calibrates"], standing(row["dose"])
        p = depression(theta, stage, dose, model) if toxic else relief(theta, stage, dose, model, factor)
        return min(max(p, 1e-15), 1 - 1e-15)

    def objective(theta):
        tau = numpy.exp(theta[-1])
        value = theta[-1] - (tau / 0.5) ** 2 / 2
        if toxic:
            q = expit(theta[2])
            value += -theta[1] ** 2 / 2 + 0.5 * (numpy.log(q) + numpy.log1p(-q))
        else:
            for t in theta[:2]:
                value += 0.5 * (numpy.log(expit(t)) + numpy.log(expit(-t)))
            value -= ((theta[2] - half) / spread) ** 2 / 2 + ((theta[3] - numpy.log(spread)) / 0.5) ** 2 / 2
        for study in studies:
            own = [r for r in rows if r["source"] == study]
            counts = numpy.array([[r["events"], r["n"]] for r in own], float)
            value += study_term(counts, numpy.array([logit(probability(theta, r)) for r in own]), tau)
        return -value

    start = [7.4, -0.3, -6.5, -1.0] if toxic else [-1.2, -1.2, half, numpy.log(spread), -0.8]
    found = minimize(objective, start, method="Nelder-Mead",
                     options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000, "adaptive": True})
    again = minimize(objective, found.x, method="Nelder-Mead",
                     options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 20000, "maxfev": 20000, "adaptive": True})
    return again.x


def main():
    effects = json.loads((DATA / "response/effects.json").read_text())
    models = json.loads((DATA / "response/fits.json").read_text())["models"]
    lines = [
        "/// The most probable parameters of the models of exposure, by scipy. Written by Tests/References/exposure_models.py.",
        "let exposureModelReference: [(drug: String, effect: String, estimate: [Double])] = [",
    ]
    for model in models:
        theta = problem(model, effects)
        numbers = ", ".join(repr(float(numpy.round(t, 9))) for t in theta)
        lines.append(f'  ("{model["drug"]}", "{model["effect"]}", [{numbers}]),')
        print(model["drug"], model["effect"], theta)
    (ROOT / "ThecalResponseTests/ExposureModelReference.swift").write_text("\n".join(lines + ["]"]) + "\n")


main()

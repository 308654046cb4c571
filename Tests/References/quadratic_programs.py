#!/usr/bin/env python3
"""Writes Tests/ThecalOptimizationTests/QuadraticProgramReference.swift: small convex quadratic programmes and what
`scipy.optimize` (trust-constr, then SLSQP from its answer) finds for them. Needs numpy and scipy."""

import pathlib

import numpy
from scipy.optimize import LinearConstraint, minimize

TARGET = pathlib.Path(__file__).resolve().parent.parent / "ThecalOptimizationTests/QuadraticProgramReference.swift"


def problem(seed, n, m):
    random = numpy.random.default_rng(seed)
    root = random.normal(size=(n + 2, n))
    hessian = numpy.round(root.T @ root + 0.1 * numpy.eye(n), 4)
    gradient = numpy.round(random.normal(size=n) * 3, 4)
    normals = numpy.round(random.normal(size=(n, m)), 4)
    inside = random.normal(size=n)
    bounds = numpy.round(normals.T @ inside - random.exponential(0.5, size=m), 4)
    return hessian, gradient, normals, bounds, inside


def solve(hessian, gradient, normals, bounds, inside):
    value = lambda x: 0.5 * x @ hessian @ x + gradient @ x
    slope = lambda x: hessian @ x + gradient
    found = minimize(value, inside, jac=slope, hess=lambda x: hessian, method="trust-constr",
                     constraints=LinearConstraint(normals.T, bounds, numpy.inf),
                     options={"gtol": 1e-13, "xtol": 1e-14, "barrier_tol": 1e-13, "maxiter": 5000})
    polished = minimize(value, found.x, jac=slope, method="SLSQP", options={"ftol": 1e-16, "maxiter": 1000},
                        constraints={"type": "ineq", "fun": lambda x: normals.T @ x - bounds, "jac": lambda x: normals.T})
    assert abs(polished.fun - found.fun) < 1e-4 * (1 + abs(found.fun)), (polished.fun, found.fun)
    return polished.x, polished.fun


def listed(values, indent="      "):
    lines, line = [], indent
    for value in values:
        text = repr(float(value)) + ", "
        if len(line) + len(text) > 108:
            lines.append(line.rstrip())
            line = indent
        line += text
    return "\n".join(lines + [line.rstrip()])


def main():
    parts = []
    for seed, (n, m) in enumerate([(2, 3), (3, 6), (5, 5), (6, 15), (8, 20), (12, 40)]):
        hessian, gradient, normals, bounds, inside = problem(seed, n, m)
        x, value = solve(hessian, gradient, normals, bounds, inside)
        arrays = [("hessian", hessian.T.ravel()), ("gradient", gradient), ("normals", normals.T.ravel()),
                  ("bounds", bounds), ("point", x)]
        body = "\n".join(f"    {name}: [\n{listed(a)}\n    ]," for name, a in arrays)
        parts.append(f"  QuadraticProgramReference(\n{body}\n    value: {float(value)!r}),")
    text = """// Written by Tests/References/quadratic_programs.py; do not edit.

/// A convex quadratic programme and the answer of `scipy.optimize`. Matrices stand column by column.
struct QuadraticProgramReference {
  let hessian: [Double], gradient: [Double], normals: [Double], bounds: [Double]
  let point: [Double]
  let value: Double
}

let quadraticPrograms = [
""" + "\n".join(parts) + "\n]\n"
    TARGET.write_text(text)


main()

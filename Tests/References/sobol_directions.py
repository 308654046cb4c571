#!/usr/bin/env python3
"""Writes Sources/ThecalSampling/SobolDirections.swift (the primitive polynomials and first direction numbers of
Joe and Kuo, new-joe-kuo-6, as they come with scipy) and the expected points of the tests. Needs numpy, scipy."""

import os
import pathlib

import numpy
import scipy.stats
from scipy.stats import norm, qmc

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DIMENSIONS = 64


def main():
    table = numpy.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))
    rows = []
    for dimension in range(1, DIMENSIONS):
        polynomial = int(table["poly"][dimension])
        degree = polynomial.bit_length() - 1
        first = ", ".join(str(int(v)) for v in table["vinit"][dimension][:degree])
        rows.append(f"  ({polynomial}, [{first}]),")
    (ROOT / "Sources/ThecalSampling/SobolDirections.swift").write_text(
        """// Written by Tests/References/sobol_directions.py; do not edit.

/// Per dimension from the second on: the primitive polynomial over two elements, its coefficients as bits, and
/// the first direction numbers. Source: Joe & Kuo, "Constructing Sobol sequences with better two-dimensional
/// projections", SIAM J. Sci. Comput. 30:2635-2654, 2008; table new-joe-kuo-6.21201.
let sobolDirections: [(polynomial: UInt32, first: [UInt32])] = [
""" + "\n".join(rows) + "\n]\n")

    points = qmc.Sobol(DIMENSIONS, scramble=False).random(64)
    shown = [(i, d) for i in (1, 2, 3, 5, 17, 42, 63) for d in (0, 1, 2, 3, 7, 20, 41, 63)]
    sobol = "\n".join(f"  ({i}, {d}, {float(points[i, d])!r})," for i, d in shown)
    probabilities = [1e-300, 1e-20, 1e-9, 1e-4, 0.02425, 0.075, 0.3, 0.5, 0.7, 0.925, 0.999, 1 - 1e-12]
    normal = "\n".join(f"  ({p!r}, {float(norm.ppf(p))!r})," for p in probabilities)
    (ROOT / "Tests/ThecalSamplingTests/SamplingReference.swift").write_text(
        f"""// Written by Tests/References/sobol_directions.py; do not edit.

/// Index, dimension and coordinate of the unscrambled sequence of `scipy.stats.qmc.Sobol`.
let sobolPoints: [(Int, Int, Double)] = [
{sobol}
]

/// Probability and quantile of `scipy.stats.norm`.
let normalQuantiles: [(Double, Double)] = [
{normal}
]
""")


main()

"""A scenario of which some parameters are free: levels and gradients for many sets of them."""

from __future__ import annotations

import csv
import ctypes
import io
import os
from collections.abc import Sequence
from typing import Any

import numpy

from ._library import BLOCKED, Result, _declare, _handle, _out, _size, _status, _text, _texts, encoded
from ._library import _calls as _known
from ._texts import Source, yaml

_known["model_new"] = _declare("model_new", _status, _text, _size, _texts, _size, _out, _out)
_known["model_levels"] = _declare(
    "model_levels", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, _size, _out)
_known["model_gradient"] = _declare(
    "model_gradient", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, _size,
    _out)
_free = _declare("model_free", None, _handle)


class Model:
    """A scenario of which the parameters named in `free` vary: `loss`, `catheter.tip`, `program[1].rate`, …

    Prepared once. `parameters`, `units` and `values` say what the numbers of a set are; `times_h` and `sites` are the
    axes of the levels. Everything computes in the native library, with the lock of Python released.

    Raises:
        ThecalError: the scenario cannot be read, or a key is not known (code 65).
    """

    def __init__(self, scenario: Source, free: Sequence[str], *, threads: int | None = None) -> None:
        text = encoded(yaml(scenario)[0])
        keys = (ctypes.c_char_p * len(free))(*[key.encode() for key in free])
        self._handle = _handle()
        self.threads = threads or os.cpu_count() or 1
        made = Result("model_new", text, len(text), keys, len(free), ctypes.byref(self._handle))
        rows = list(csv.DictReader(io.StringIO(made.text)))
        self.parameters = [row["key"] for row in rows]
        self.units = [row["unit"] for row in rows]
        self.values = numpy.array([float(row["value"]) for row in rows])
        self.times_h, _ = made.arrays()
        self.sites = made.columns
        self.failures: dict[int, str] = {}

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            _free(self._handle)

    def _sets(self, theta: Any) -> numpy.ndarray:
        sets = numpy.ascontiguousarray(theta, dtype=float)
        if sets.ndim != 2 or sets.shape[1] != len(self.parameters):
            raise ValueError(f"theta has the shape (n, {len(self.parameters)}), not {sets.shape}")
        return sets

    def _noted(self, result: Result) -> None:
        self.failures = {}
        if result.status == BLOCKED:
            self.failures = {int(row["row"]): row["reason"] for row in csv.DictReader(io.StringIO(result.text))}

    def levels(self, theta: Any) -> numpy.ndarray:
        """The levels (ng/mL) of sets of shape (n, p): an array (n, time, site).

        A set that cannot be computed is NaN, with its reason in `failures`.
        """
        sets = self._sets(theta)
        levels = numpy.empty((len(sets), len(self.times_h), len(self.sites)))
        self._noted(Result(
            "model_levels", self._handle, sets.ctypes.data, len(sets), self.threads, levels.ctypes.data, levels.size))
        return levels

    def gradient(self, theta: Any, weights: Any) -> numpy.ndarray:
        """What the sum of `weights` × levels gains per unit of each parameter: an array (n, p).

        `weights` has the shape (n, time, site), or (time, site) for all sets: a product with the Jacobian of the levels.
        """
        sets = self._sets(theta)
        shape = (len(sets), len(self.times_h), len(self.sites))
        spread = numpy.ascontiguousarray(numpy.broadcast_to(numpy.asarray(weights, dtype=float), shape))
        gradient = numpy.empty(sets.shape)
        self._noted(Result(
            "model_gradient", self._handle, sets.ctypes.data, len(sets), self.threads, spread.ctypes.data,
            gradient.ctypes.data, gradient.size))
        return gradient

    def loglikelihood(self, theta: Any, data: Any, *, sigma: float, gradient: bool = False) -> Any:
        """The logarithm of the likelihood of measured levels (ng/mL) for each set: an array (n,).

        `data` has the shape (time, site), NaN where nothing was measured; the logarithm of a measurement is normal about
        that of the level with standard deviation `sigma`. With `gradient` also what it gains per unit of each parameter,
        an array (n, p). A set without levels has −inf, and a gradient of NaN.
        """
        sets = self._sets(theta)
        measured = numpy.asarray(data, dtype=float)
        known = numpy.isfinite(measured)
        if measured.shape != (len(self.times_h), len(self.sites)) or not (measured[known] > 0).all() or not sigma > 0:
            raise ValueError(f"data has the shape {(len(self.times_h), len(self.sites))}, levels and sigma above zero")
        levels = self.levels(sets)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            gap = numpy.where(known, (numpy.log(numpy.where(known, measured, 1)) - numpy.log(levels)) / sigma, 0)
        constant = numpy.log(measured[known]).sum() + known.sum() * numpy.log(sigma * numpy.sqrt(2 * numpy.pi))
        value = -0.5 * (gap**2).sum(axis=(1, 2)) - constant
        value = numpy.where(numpy.isfinite(value), value, -numpy.inf)
        if not gradient:
            return value
        with numpy.errstate(divide="ignore", invalid="ignore"):
            weights = numpy.where(known, gap / (sigma * levels), 0)
        return value, self.gradient(sets, numpy.where(numpy.isfinite(weights), weights, 0))

"""A scenario of which some parameters are free: levels and gradients for many sets of them."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
from collections.abc import Sequence
from typing import Any

import numpy

from ._library import BLOCKED, Result, ThecalError, _declare, _handle, _out, _size, _status, _text, _texts, encoded
from ._library import _calls as _known
from ._texts import Source, yaml

_known["model_new"] = _declare("model_new", _status, _text, _size, _texts, _size, _out, _out)
_known["model_levels"] = _declare(
    "model_levels", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, _size, _out)
_known["model_gradient"] = _declare(
    "model_gradient", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, _size,
    _out)
_known["model_jacobian"] = _declare(
    "model_jacobian", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, _size, _out)
_known["model_loglikelihood"] = _declare(
    "model_loglikelihood", _status, _handle, ctypes.c_void_p, _size, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p,
    ctypes.c_double, ctypes.c_void_p, ctypes.c_void_p, _out)
_free = _declare("model_free", None, _handle)


class Model:
    """A scenario of which the parameters named in `free` vary: `loss`, `catheter.tip`, `program[1].rate`, …

    Prepared once. `parameters`, `units` and `values` say what the numbers of a set are; `times_h` and `sites` are the
    axes of the levels, in ng/mL; `drug`, `sources` (ids for `cite`), `error_bound` (a share of the level that is reached),
    `codes` and `message` what stands behind them. Everything computes in the native library, with the lock of Python released.

    Raises:
        ThecalError: the scenario cannot be read, or a key is not known (code 65), or the clinical rules refuse a dose (1).
    """

    def __init__(self, scenario: Source, free: Sequence[str], *, threads: int | None = None) -> None:
        text = encoded(yaml(scenario)[0])
        keys = (ctypes.c_char_p * len(free))(*[key.encode() for key in free])
        self._handle = _handle()
        self.threads = threads or os.cpu_count() or 1
        made = Result("model_new", text, len(text), keys, len(free), ctypes.byref(self._handle))
        if made.status == BLOCKED:
            raise ThecalError(BLOCKED, made.message)
        facts = json.loads(made.text)
        found: list[dict[str, Any]] = facts["parameters"]
        self.parameters: list[str] = [each["key"] for each in found]
        self.units: list[str] = [each["unit"] for each in found]
        self.values = numpy.array([each["value"] for each in found], dtype=float)
        self.drug: str = facts["drug"]
        self.sources: list[str] = facts["sources"]
        self.error_bound: float = facts["error_bound"]
        self.codes: list[str] = facts["codes"]
        self.message: str = facts["message"]
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

    def gradient(self, theta: Any, weights: Any | None = None) -> numpy.ndarray:
        """What each level gains per unit of each parameter: an array (n, time, site, p), the Jacobian.

        With `weights` of the shape (n, time, site), or (time, site) for all sets, what the sum of `weights` × levels gains:
        an array (n, p), the product of the weights with the Jacobian, for at most four times the cost of the levels whatever
        the number of parameters. Both are exact for the levels of the model. A set without levels, or off the fast path
        (tissue, plasma, drift), is NaN, with its reason in `failures`.
        """
        sets = self._sets(theta)
        shape = (len(sets), len(self.times_h), len(self.sites))
        if weights is None:
            jacobian = numpy.empty((*shape, len(self.parameters)))
            self._noted(Result(
                "model_jacobian", self._handle, sets.ctypes.data, len(sets), self.threads, jacobian.ctypes.data,
                jacobian.size))
            return jacobian
        spread = numpy.ascontiguousarray(numpy.broadcast_to(numpy.asarray(weights, dtype=float), shape))
        gradient = numpy.empty(sets.shape)
        self._noted(Result(
            "model_gradient", self._handle, sets.ctypes.data, len(sets), self.threads, spread.ctypes.data,
            gradient.ctypes.data, gradient.size))
        return gradient

    def loglikelihood(
            self, theta: Any, data: Any, *, sigma: float, below: Any | None = None, gradient: bool = False) -> Any:
        """The logarithm of the likelihood of measured levels (ng/mL) for each set: an array (n,).

        `data` has the shape (time, site), NaN where nothing was measured; the logarithm of a measurement is normal about
        that of the level with standard deviation `sigma`. Where `below` (the same shape) is true, the measurement is the
        limit below which the level was seen to lie. With `gradient` also what the logarithm gains per unit of each
        parameter, an array (n, p), for at most four times the cost of the levels. A set without levels has −inf, and a
        gradient of NaN.
        """
        sets = self._sets(theta)
        measured = numpy.ascontiguousarray(data, dtype=float)
        known = ~numpy.isnan(measured)
        if measured.shape != (len(self.times_h), len(self.sites)) or not (measured[known] > 0).all() or not sigma > 0:
            raise ValueError(f"data has the shape {(len(self.times_h), len(self.sites))}, levels and sigma above zero")
        limits = None if below is None else numpy.ascontiguousarray(
            numpy.broadcast_to(numpy.asarray(below, dtype=bool), measured.shape), dtype=numpy.uint8)
        values = numpy.empty(len(sets))
        slopes = numpy.empty(sets.shape) if gradient else None
        self._noted(Result(
            "model_loglikelihood", self._handle, sets.ctypes.data, len(sets), self.threads, measured.ctypes.data,
            None if limits is None else limits.ctypes.data, float(sigma), values.ctypes.data,
            None if slopes is None else slopes.ctypes.data))
        return values if slopes is None else (values, slopes)

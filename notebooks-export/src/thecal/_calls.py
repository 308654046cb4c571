"""Simulation, titration, risk and sources."""

from __future__ import annotations

import json
from typing import Any

import xarray

from ._library import Result, encoded, file_list
from ._texts import Source, named_files, yaml


def simulate(scenario: Source) -> xarray.Dataset:
    """The levels that a scenario gives: `csf` over `time` (h) and `site`, in ng/mL.

    `scenario` is YAML as text, the path of a file with it, or a dictionary.

    Raises:
        ThecalError: the scenario is unusable (code 65); the message names line and key.
    """
    text = encoded(yaml(scenario)[0])
    result = Result("simulate", text, len(text))
    times, levels = result.arrays()
    data = xarray.Dataset(
        {"csf": (("time", "site"), levels, {"units": "ng/mL", "long_name": "concentration in CSF"})},
        coords={"time": ("time", times, {"units": "h"}), "site": result.columns})
    if result.message:
        data.attrs["warnings"] = result.message
    return data


def _answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.text)
    return found


def titrate(plan: Source) -> dict[str, Any]:
    """The titration, or the trial, that a plan (text, path or dictionary) describes, as the object of
    `thecal titrate --json`.

    A plan that is refused has `status` "blocked" and no schedule. A diary that a file names lies in its folder.
    """
    source, folder = yaml(plan)
    text = encoded(source)
    return _answer(Result("titrate", text, len(text), *file_list(named_files(source, folder))))


def candidate(facts: Source) -> dict[str, Any]:
    """The checklist for facts (text, path or dictionary), as the object of `thecal candidate --json`."""
    text = encoded(yaml(facts)[0])
    return _answer(Result("candidate", text, len(text)))


def risk(drug: str, dose: str, regimen: str, *, patients: int = 400, seed: int = 1) -> dict[str, Any]:
    """The risks of a dose, as the object of `thecal risk --json`.

    `dose` has a unit: "0.3 mg" for `regimen` "single", "0.5 mg/day" for "continuous". `patients` virtual people (0
    leaves the models out) are drawn from `seed`.
    """
    return _answer(Result("risk", encoded(drug), encoded(dose), encoded(regimen), patients, seed))


def cite(source: str) -> dict[str, Any]:
    """The document behind an id among the `sources` of an answer.

    Raises:
        ThecalError: there is no such source (code 64).
    """
    return _answer(Result("cite", encoded(source)))

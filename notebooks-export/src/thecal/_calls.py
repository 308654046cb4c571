"""Conversion, simulation, titration and risk."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas
import xarray

from ._library import Result


def convert(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Converts patients: one line per medicine in, one row per patient and target out.

    The columns are those of `thecal convert`: `patient_id`, `drug`, `dose`, `unit`, `frequency` and the optional ones.
    Doses come out in `estimate_unit` and `start_unit`; a row that is blocked or in error has none, and says why in
    `message`. Rows are never dropped.

    Raises:
        ThecalError: the table as a whole cannot be read (code 65).
    """
    table = frame.to_csv(index=False).encode()
    result = Result("convert", table, len(table), b"csv")
    return pandas.read_csv(io.StringIO(result.text), dtype={"patient_id": str}, keep_default_na=True)


def simulate(scenario: str) -> xarray.Dataset:
    """The levels that a scenario in YAML gives: `csf` over `time` (h) and `site`, in ng/mL.

    Raises:
        ThecalError: the scenario is unusable (code 65); the message names line and key.
    """
    text = scenario.encode()
    result = Result("simulate", text, len(text))
    times, levels = result.arrays()
    data = xarray.Dataset(
        {"csf": (("time", "site"), levels, {"units": "ng/mL", "long_name": "concentration in CSF"})},
        coords={"time": ("time", times, {"units": "h"}), "site": result.columns})
    if result.message:
        data.attrs["warnings"] = result.message
    return data


def titrate(plan: str) -> dict[str, Any]:
    """The titration, or the trial, that a plan in YAML describes, as the object of `thecal titrate --json`.

    A plan that is refused has `status` "blocked" and no schedule.
    """
    text = plan.encode()
    return json.loads(Result("titrate", text, len(text)).text)


def candidate(facts: str) -> dict[str, Any]:
    """The checklist for facts in YAML, as the object of `thecal candidate --json`."""
    text = facts.encode()
    return json.loads(Result("candidate", text, len(text)).text)


def risk(drug: str, dose: str, regimen: str, *, patients: int = 400, seed: int = 1) -> dict[str, Any]:
    """The risks of a dose, as the object of `thecal risk --json`.

    `dose` has a unit: "0.3 mg" for `regimen` "single", "0.5 mg/day" for "continuous". `patients` virtual people (0
    leaves the models out) are drawn from `seed`.
    """
    return json.loads(Result("risk", drug.encode(), dose.encode(), regimen.encode(), patients, seed).text)

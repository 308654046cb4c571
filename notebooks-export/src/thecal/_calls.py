"""Simulation, titration, risk and sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas
import xarray

from ._library import BLOCKED, Result, ThecalError, encoded, file_list, flag_list, text_list
from ._texts import Source, frame, named_files, table, yaml


def simulate(scenario: Source) -> xarray.Dataset:
    """The levels that a scenario gives: `csf` over `time` (h) and `site`, in ng/mL.

    `scenario` is YAML as text, the path of a file with it, or a dictionary.

    Its attributes say what stands behind them: `drug`, `sources` (ids for `cite`), `error_bound` (a share of the peak),
    `codes`, `message`, and at the end of the course where the drug is, `administered_mcg`, `csf_mcg`, `eliminated_mcg`, …

    Raises:
        ThecalError: the scenario is unusable (code 65; the message names line and key), or the clinical rules refuse a dose (1).
    """
    text = encoded(yaml(scenario)[0])
    result = Result("simulate", text, len(text))
    if result.status == BLOCKED:
        raise ThecalError(BLOCKED, result.message)
    facts = _answer(result)
    times, levels = result.arrays()
    data = xarray.Dataset(
        {"csf": (("time", "site"), levels, {"units": "ng/mL", "long_name": "concentration in CSF"})},
        coords={"time": ("time", times, {"units": "h"}), "site": result.columns})
    data.attrs.update({key: facts[key] for key in ("drug", "sources", "error_bound", "method", "status", "codes", "message")})
    data.attrs.update(facts.get("ledger") or {})
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


def fit(specification: Source, data: Any | None = None) -> dict[str, Any]:
    """Parameters from measured levels, as the object of `thecal fit`.

    `specification` (text, path or dictionary) names a scenario, measurements, what is estimated and the residual. Scenario
    and measurements may stand in it, lie beside it in files, or the measurements be given as `data`: a frame or a list of
    dictionaries with the columns subject, time, site or distance, value, below, dose.

    Raises:
        ThecalError: the specification or a measurement cannot be read (code 65); the message names line and key.
    """
    source, folder = yaml(specification)
    if data is not None:
        if not isinstance(specification, Mapping):
            raise TypeError("with data the specification is a dictionary")
        rows = data.to_dict("records") if hasattr(data, "to_dict") else list(data)
        kept = [{key: value for key, value in row.items() if value is not None and value == value} for row in rows]
        source, folder = yaml({**specification, "data": kept})
    text = encoded(source)
    return _answer(Result("fit", text, len(text), *file_list(named_files(source, folder))))


def candidate(facts: Source) -> dict[str, Any]:
    """The checklist for facts (text, path or dictionary), as the object of `thecal candidate --json`."""
    text = encoded(yaml(facts)[0])
    return _answer(Result("candidate", text, len(text)))


def risk(drug: str, dose: str, regimen: str, **flags: Any) -> dict[str, Any]:
    """The risks of a dose, as the object of `thecal risk --json`.

    `dose` has a unit: "0.3 mg" for `regimen` "single", "0.5 mg/day" for "continuous". The other long flags of `thecal risk` are
    arguments, with underscores for hyphens, quantities as texts and switches True:

        thecal.risk("morphine", "2 mg/day", "continuous", tolerance="tolerant", previous_dose="1 mg/day",
                    interruption="48 h", residual_mme="60 mg/day", sleep_apnea=True, age=70, patients=400, seed=1)

    A dose that is refused has `status` "blocked" and no risk.

    Raises:
        ThecalError: there is no such flag, or a value makes no sense (code 64); the drug is none for a pump (65).
    """
    return _answer(Result("risk", *flag_list({"drug": drug, "dose": dose, "regimen": regimen, **flags})))


def plan(patient: Source) -> dict[str, Any]:
    """One patient (text, path or dictionary) from regimen to refill, as the object of `thecal plan --json`.

    Its parts are the objects of their own calls: `conversion`, `trial`, `compound`, `prime`, `refill`, `titration`, `risk`,
    `timeline`. A plan that is refused has `status` "blocked" and no dose.
    """
    text = encoded(yaml(patient)[0])
    return _answer(Result("plan", text, len(text)))


def timeline(plan: Source) -> dict[str, Any]:
    """Oral, transdermal, intravenous and intrathecal drug on one axis of time, as the object of `thecal timeline --json`."""
    text = encoded(yaml(plan)[0])
    return _answer(Result("timeline", text, len(text)))


def pk(
    model: str, events: Any, *, set: Mapping[str, Any] | None = None, population: int | None = None,
    omega: Mapping[str, Any] | None = None, seed: int = 1,
) -> pandas.DataFrame:
    """Levels of a systemic model: one row for each observation of `events`, with the columns of `thecal pk`.

    `model` is a structure ("oral2") or the id of a published model. `events` is a frame with the columns of an event table
    (ID, TIME, AMT, RATE, II, ADDL, SS, EVID, CMT, any case; others pass through), the text of one, or the path of a file.
    `set` changes parameters, {"CL": 10, "V": "50 L"}; `population` people per ID are drawn from `seed`, who differ by
    `omega`, {"CL": "30 %"}. Results do not depend on how events are split.

    Raises:
        ThecalError: a record cannot be followed (code 65, with its line), or a name or value makes no sense (64).
    """
    text = encoded(table(events))
    pairs = [text_list(f"{name}={value}" for name, value in (each or {}).items()) for each in (set, omega)]
    found = Result("pk", encoded(model), *pairs[0], *pairs[1], population or 0, seed, text, len(text))
    return frame(found.text, "ID")


def explain_ratio(drug: str, *, tip: str = "T10", at: str = "L3", samples: int = 500, seed: int = 1) -> dict[str, Any]:
    """Why a ratio of doses is no ratio of levels, as the object of `thecal explain-ratio --json`: research, and no dose."""
    return _answer(Result("explain_ratio", encoded(drug), encoded(tip), encoded(at), samples, seed))


def cite(source: str) -> dict[str, Any]:
    """The document behind an id among the `sources` of an answer.

    Raises:
        ThecalError: there is no such source (code 64).
    """
    return _answer(Result("cite", encoded(source)))

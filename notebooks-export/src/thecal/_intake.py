"""What hospitals export, as the frame that `convert` takes."""

from __future__ import annotations

import functools
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any

import pandas

from ._library import Result, encoded, text_list
from ._partitions import Before, by_patient, is_partitioned
from ._texts import TEXT

#: What JSON Lines add for programs, and a frame says in its own columns.
DOUBLED = ("status", "codes", "message", "sources")


def intake(source: Any, *, as_of: str | None = None, map: Mapping[str, str] | None = None) -> Any:
    """Reads medicines: one row for each medicine of the source, in its order, with the columns of `thecal intake`.

    `source` is a frame with the columns of a hospital's export, a FHIR R4 bundle or resource (a dictionary, or a list of
    them), a text, or the path of a file. `intake` says "read", "ask" (the words do not settle a daily amount) or "skip";
    `convert` honours it. `as_of` ("2026-01-31") is the day on which ages are counted; `map` says what a column holds,
    {"HEADER": "drug"}. A frame of Dask stays one: a patient's rows may lie in two of its
    partitions, and no byte differs from those of one machine.

    Raises:
        ThecalError: the source as a whole cannot be read (code 65), or an argument makes no sense (64).
    """
    if is_partitioned(source):
        column = _patients(source.columns, map)
        return by_patient(source, column, functools.partial(_part, as_of=as_of, map=map))
    return _part(source, Before(), as_of=as_of, map=map)


def _patients(columns: Any, map: Mapping[str, str] | None) -> Any:
    """The column that holds the patients, as the reader of exports takes it: it is asked with the places as ids."""
    probe = pandas.DataFrame([[str(place) for place in range(len(columns))]], columns=list(columns))
    return columns[int(_part(probe, Before(), map=map)["patient_id"][0])]


def _part(
    source: Any, before: Before, *, as_of: str | None = None, map: Mapping[str, str] | None = None
) -> pandas.DataFrame:
    """Reads a source, or rows of a frame that stand behind others of the same table."""
    text = encoded(_text(source))
    pairs, count = text_list(f"{header}={column}" for header, column in (map or {}).items())
    day = encoded(as_of) if as_of is not None else None
    result = Result("intake_part", text, len(text), b"jsonl", day, pairs, count, before.lines)
    rows = [json.loads(line) for line in result.text.splitlines()]
    columns = [name for name in (rows[0] if rows else dict.fromkeys(EMPTY)) if name not in DOUBLED]
    return pandas.DataFrame({name: _column(name, [row[name] for row in rows]) for name in columns})


#: The columns of a source without medicines.
EMPTY = (
    "patient_id", "drug", "route", "dose", "unit", "frequency", "indication", "age_years", "cns_depressants", "anticoagulant",
    "intake", "code", "reason", "source_line", "source_text")


def _column(name: str, values: list[Any]) -> Any:
    if name == "source_line":
        return pandas.array(values, dtype="int64")
    if name in ("dose", "age_years"):
        return pandas.array([float("nan") if value is None else float(value) for value in values], dtype="float64")
    return pandas.Series(values, dtype=TEXT)


def _text(source: Any) -> str:
    if isinstance(source, pandas.DataFrame):
        return str(source.to_csv(index=False))
    if isinstance(source, (dict, list)):
        return json.dumps(source)
    if isinstance(source, bytes):
        return source.decode("utf-8-sig")
    if isinstance(source, os.PathLike) or ("\n" not in source and not source.lstrip().startswith(("{", "["))):
        return pathlib.Path(source).read_text(encoding="utf-8-sig")
    return str(source)

"""What hospitals export, as the frame that `convert` takes."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any

import pandas

from ._library import Result, encoded, text_list

TEXT: Any = "str" if int(pandas.__version__.split(".")[0]) >= 3 else object

#: What JSON Lines add for programs, and a frame says in its own columns.
DOUBLED = ("status", "codes", "message", "sources")


def intake(source: Any, *, as_of: str | None = None, map: Mapping[str, str] | None = None) -> Any:
    """Reads medicines: one row for each medicine of the source, in its order, with the columns of `thecal intake`.

    `source` is a frame with the columns of a hospital's export, a FHIR R4 bundle or resource (a dictionary, or a list of
    them), a text, or the path of a file. `intake` says "read", "ask" (the words do not settle a daily amount) or "skip";
    `convert` honours it. `as_of` ("2026-01-31") is the day on which ages are counted; `map` says what a column holds,
    {"HEADER": "drug"}. A frame of Dask is read partition by partition, and stays one.

    Raises:
        ThecalError: the source as a whole cannot be read (code 65), or an argument makes no sense (64).
    """
    if hasattr(source, "map_partitions"):
        head = intake(source.head(1, npartitions=-1), as_of=as_of, map=map)
        return source.map_partitions(intake, as_of=as_of, map=map, meta=head.iloc[:0])
    text = encoded(_text(source))
    pairs, count = text_list(f"{header}={column}" for header, column in (map or {}).items())
    day = encoded(as_of) if as_of is not None else None
    result = Result("intake", text, len(text), b"jsonl", day, pairs, count)
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

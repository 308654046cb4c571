"""Conversion of frames: cells in, cells out; ids and carried columns never pass through text."""

from __future__ import annotations

import datetime
import functools
from typing import Any

import pandas

from ._library import DATA, Converter, ThecalError, encoded
from ._partitions import Before, by_patient, is_partitioned
from ._texts import TEXT

#: Columns of a result that hold numbers. `rows` counts, the others may be empty.
NUMBERS = (
    "oral_mg_per_day", "oral_mme_mg_per_day", "ratio", "estimate_low", "estimate", "estimate_high", "start", "max_daily",
    "flow_mL_per_day")


def _cell(value: Any) -> bytes | None:
    """A value as the text that a table would hold; None where there is none."""
    if isinstance(value, str):
        return encoded(value)
    if value is None or value is pandas.NaT or value is pandas.NA or value != value:
        return None
    if isinstance(value, bytes):
        raise ThecalError(DATA, f"a cell holds bytes instead of text: {value[:60]!r}")
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return b"yes" if value else b"no"
    if isinstance(value, float):
        return encoded(repr(value).removesuffix(".0"))
    if isinstance(value, datetime.datetime):
        return encoded(value.date().isoformat())
    return encoded(str(value))


def convert(
    frame: Any, *, mme_table: str | None = None, ratio_table: str | None = None
) -> Any:
    """Converts patients: one line per medicine in, one row per patient and target out.

    The columns are those of `thecal convert`: `patient_id`, `drug`, `dose`, `unit`, `frequency` and the optional ones.
    Doses come out in `estimate_unit` and `start_unit`; a row that is blocked or in error has none, and says why in
    `message`. Rows are never dropped. `patient_id` and the columns that are not known come out as they went in: the same
    values of the same type. Texts that are empty are missing values. A frame of Dask stays one: a patient's lines may lie in
    two of its partitions, and no byte differs from those of one machine.

    Raises:
        ThecalError: the table as a whole cannot be read (code 65), or a table of factors is not known (64).
    """
    names = [str(name) for name in frame.columns]
    if is_partitioned(frame):
        ids = [name for name in names if _key(name) == "patient_id"]
        if not ids:
            raise ThecalError(DATA, "the frame lacks patient_id")
        return by_patient(frame, ids[0], functools.partial(_part, mme_table=mme_table, ratio_table=ratio_table))
    return _part(frame, Before(), mme_table=mme_table, ratio_table=ratio_table)


def _part(
    frame: pandas.DataFrame, before: Before, *, mme_table: str | None = None, ratio_table: str | None = None
) -> pandas.DataFrame:
    """Converts the rows of a frame that stand behind others of the same table."""
    names = [str(name) for name in frame.columns]
    columns = [[_cell(value) for value in frame.iloc[:, k]] for k in range(len(names))]
    cells = [cell for row in zip(*columns) for cell in row]
    result = Converter(names, mme_table, ratio_table).convert(cells, len(frame), before.rows)
    found = dict(zip(result.columns, result.cells()))
    firsts = result.first_rows()
    made: dict[str, Any] = {}
    carried = iter(range(len(names)))
    known = list(found).index("row_sha256") + 1  # what is carried stands behind
    for position, (name, texts) in enumerate(found.items()):
        if name == "patient_id":
            made[name] = _taken(frame, [_key(column) for column in names].index(name), firsts)
        elif position >= known:
            made[name] = _taken(frame, next(k for k in carried if name == names[k] or _renamed(name, names[k])), firsts)
        elif name == "rows":
            made[name] = pandas.array([int(text) for text in texts], dtype="int64")
        elif name in NUMBERS:
            made[name] = pandas.array([float(text) if text else float("nan") for text in texts], dtype="float64")
        else:
            made[name] = pandas.Series([text or None for text in texts], dtype=TEXT)
    return pandas.DataFrame(made)


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _renamed(name: str, original: str) -> bool:
    """Whether `name` is `original` behind one or more `input_`, as columns are called that would clash."""
    prefix = name.removesuffix(original.strip())
    return prefix != "" and prefix.replace("input_", "") == "" and name.endswith(original.strip())


def _taken(frame: pandas.DataFrame, column: int, rows: list[int]) -> pandas.Series[Any]:
    return frame.iloc[rows, column].reset_index(drop=True)

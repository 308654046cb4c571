"""Frames of Dask: partitions that keep a patient together, so that many machines give the rows of one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pandas

from ._library import DATA, ThecalError

#: The first and last id of a partition, how many of its first rows have the first one, and all ids.
Ends = tuple[Any, Any, int, frozenset[Any]]


@dataclasses.dataclass(frozen=True)
class Before:
    """What of a table stands before a part of it: rows, and lines of its text, of which a cell may hold several."""

    rows: int = 0
    lines: int = 0

    def __add__(self, other: Before) -> Before:
        return Before(self.rows + other.rows, self.lines + other.lines)


def _size(part: pandas.DataFrame) -> Before:
    return Before(len(part), part.to_csv(index=False, header=False).count("\n"))


#: What is done with a part: its rows, and what stands before them.
Call = Callable[[pandas.DataFrame, Before], pandas.DataFrame]


def is_partitioned(frame: Any) -> bool:
    """Whether `frame` is one of Dask."""
    return hasattr(frame, "to_delayed") and hasattr(frame, "npartitions")


def by_patient(frame: Any, column: str, call: Call) -> Any:
    """Calls `call` on partitions of whole patients: the first rows of a partition that belong to the last patient of the
    one before go there.

    Raises:
        ThecalError: the lines of a patient do not stand together (code 65).
    """
    from importlib import import_module

    # Dask names no types for what it hands on: a checker takes it as it comes.
    dask: Any = import_module("dask")
    frames: Any = import_module("dask.dataframe")
    parts = frame.to_delayed()
    known = dask.compute(*[dask.delayed(_ends)(part, column) for part in parts])
    ends: list[Ends | None] = [found for found, _ in known]
    _check(ends)
    made = []
    before = Before()
    for place, found in enumerate(ends):
        here = before
        before += known[place][1]
        if found is None or (own := _belongs_before(ends, place)) == found[2] and len(found[3]) == 1 and own:
            continue
        heads = []
        for later in range(place + 1, len(ends)):
            after = ends[later]
            if after is None:
                continue
            if after[0] != found[1]:
                break
            heads.append(dask.delayed(_head)(parts[later], after[2]))
            if len(after[3]) > 1:
                break
        made.append(dask.delayed(_whole)(parts[place], own, heads, call, here))
    if not made:
        made = [dask.delayed(_whole)(parts[0], 0, [], call, Before())]
    return frames.from_delayed(made, meta=dask.compute(made[0])[0].iloc[:0], verify_meta=False)


def _ends(part: pandas.DataFrame, column: str) -> tuple[Ends | None, Before]:
    ids = part[column]
    if not len(ids):
        return None, Before()
    other = (ids != ids.iloc[0]).to_numpy()
    count = int(other.argmax()) if other.any() else len(ids)
    return (ids.iloc[0], ids.iloc[-1], count, frozenset(ids)), _size(part)


def _check(ends: list[Ends | None]) -> None:
    seen: set[Any] = set()
    last: Any = None
    for found in ends:
        if found is None:
            continue
        split = (found[3] - {last}) & seen
        if split:
            raise ThecalError(DATA, f"the lines of patient {sorted(map(str, split))[0]} do not stand together")
        seen |= found[3]
        last = found[1]


def _belongs_before(ends: list[Ends | None], place: int) -> int:
    """How many first rows of a partition belong to the patient at the end of the one before."""
    found = ends[place]
    for before in reversed(ends[:place]):
        if before is not None:
            return found[2] if found is not None and before[1] == found[0] else 0
    return 0


def _head(part: pandas.DataFrame, count: int) -> pandas.DataFrame:
    return part.iloc[:count]


def _whole(
    part: pandas.DataFrame, own: int, heads: list[pandas.DataFrame], call: Call, before: Before
) -> pandas.DataFrame:
    return call(pandas.concat([part.iloc[own:], *heads], ignore_index=True), before + _size(part.iloc[:own]))

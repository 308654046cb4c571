"""The tools around an implanted pump."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pandas

from ._library import Result, encoded, flag_list
from ._texts import frame, table


def pump(tool: str, /, **flags: Any) -> dict[str, Any]:
    """A tool around an implanted pump, as the object of `thecal pump TOOL --json`.

    `tool` is "refill", "choose", "prime", "flush", "bridge", "admix", "compound", "flex", "ptm", "discrepancy", "washout",
    "wean", "battery", "interruption" or "pocket-fill". Its long flags are arguments, with underscores for hyphens and
    quantities as texts; a switch is True, a flag that may be repeated a list, and one that is a word of Python has a hyphen's
    underscore behind it (`for_`):

        thecal.pump("bridge", old="500 mcg/mL", new="2000 mcg/mL", old_dose="200 mcg/day", new_dose="200 mcg/day",
                    path="0.331 mL")

    What is refused has `status` "blocked" and no dose.

    Raises:
        ThecalError: there is no such tool or flag, or a value makes no sense (code 64), or a file of visits (65, 66).
    """
    found: dict[str, Any] = json.loads(Result("pump", encoded(tool), *flag_list(flags)).text)
    return found


def refills(patients: Any, *, as_of: str | None = None) -> pandas.DataFrame:
    """A clinic's refills, the soonest first, with the columns of `thecal pump list`.

    `patients` is a frame with a row for each drug of a pump (`patient_id`, `drug`, `concentration`, `dose`, `fill`,
    `fill_date`, …), the text of such a table, or the path of a file. Days are counted from `as_of` ("2026-01-31"), or from
    today. A patient who cannot be read has no day, and says why in `message`.

    Raises:
        ThecalError: the table as a whole cannot be read (code 65).
    """
    text = encoded(table(patients))
    day = encoded(as_of or datetime.date.today().isoformat())
    found = Result("pump_list", text, len(text), b"csv", day)
    return frame(found.text, "patient_id")

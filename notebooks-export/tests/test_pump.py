"""The tools around a pump: the answers of the command line, by name and by value."""

import json
import os
import subprocess

import pandas
import pytest

import thecal

COMMAND = os.environ.get("THECAL", "thecal")

# A call of each tool, as Python and therefore the command line have it.
CALLS = {
    "refill": {"fill": "40 mL", "concentration": "10 mg/mL", "dose": "4 mg/day", "date": "2026-01-01", "alarm": "2 mL",
               "bolus": "0.3 mg", "boluses_per_day": 4, "also": ["bupivacaine 20 mg/mL"]},
    "choose": {"drug": "morphine", "dose": "4 mg/day", "interval": "90 day", "reservoir": "40 mL"},
    "prime": {"tubing": "0.199 mL", "length": "60 cm", "per_length": "0.0022 mL/cm", "concentration": "25 mg/mL"},
    "flush": {"tubing": "0.199 mL", "length": "60 cm", "per_length": "0.0022 mL/cm", "concentration": "25 mg/mL"},
    "bridge": {"old": "500 mcg/mL", "new": "2000 mcg/mL", "old_dose": "200 mcg/day", "new_dose": "100 mcg/day",
               "path": "0.331 mL", "keep_old": True},
    "admix": {"drug": ["morphine 10 mg/mL", "bupivacaine 20 mg/mL"], "primary": "morphine", "dose": "4 mg/day"},
    "compound": {"volume": "43 mL", "drug": ["morphine 10 mg/mL from 25 mg/mL"]},
    "flex": {"concentration": "10 mg/mL", "step": ["00:00 0.010 mL/h", "06:00 0.030 mL/h"], "days": "mon,tue"},
    "ptm": {"dose": "4 mg/day", "concentration": "10 mg/mL", "bolus": "0.3 mg", "lockout": "4 h", "max_per_day": 4,
            "duration": "2 min"},
    "discrepancy": {"previous": "20 mL", "flow": "0.25 mL/day", "days": 60, "found": "8.5 mL"},
    "washout": {"residual": "1.4 mL", "rinse": "2 mL", "times": 3},
    "wean": {"drug": "baclofen", "from_": "400 mcg/day", "to": "0 mcg/day", "per_step": "50 %", "every": "1 day"},
    "battery": {"implanted": "2024-02-29", "flow": "0.4 mL/day", "as_of": "2026-01-01"},
    "interruption": {"drug": "baclofen", "dose": "200 mcg/day", "for_": "25 h"},
    "pocket-fill": {"volume": "20 mL", "concentration": "10 mg/mL", "fraction": "50 %", "drug": "morphine"},
}


def words(flags):
    for name, value in flags.items():
        flag = f"--{name.rstrip('_').replace('_', '-')}"
        for item in value if isinstance(value, list) else [value]:
            yield flag if item is True else f"{flag}={item}"


@pytest.mark.parametrize("tool", CALLS)
def test_the_answer_is_that_of_the_command_line(tool):
    said = subprocess.run([COMMAND, "pump", tool, *words(CALLS[tool]), "--json"], capture_output=True, text=True)
    answer = thecal.pump(tool, **CALLS[tool])
    assert answer == json.loads(said.stdout)
    assert said.returncode == (1 if answer["status"] == "blocked" else 0)


def test_every_tool_of_the_command_line_is_called_here():
    dump = subprocess.run([COMMAND, "pump", "--experimental-dump-help"], capture_output=True, text=True, check=True)
    tools = {each["commandName"] for each in json.loads(dump.stdout)["command"]["subcommands"]}
    assert tools - {"list", "help"} == set(CALLS)


def test_what_no_rule_allows_is_blocked_without_a_schedule():
    answer = thecal.pump("wean", **CALLS["wean"])
    assert answer["status"] == "blocked" and not answer.get("schedule")


@pytest.mark.parametrize("call, words", [
    (lambda: thecal.pump("refil"), "pocket-fill"),
    (lambda: thecal.pump("washout", rinse="2 mL", times=3, often=True), "--often"),
    (lambda: thecal.pump("washout", rinse=2, times=3), "mL"),
])
def test_what_makes_no_sense_is_said_in_words(call, words):
    with pytest.raises(thecal.ThecalError) as caught:
        call()
    assert caught.value.code == 64 and words in str(caught.value)


def test_refills_are_those_of_the_command_line(tmp_path):
    table = pandas.DataFrame({
        "patient_id": ["007", "B", "C"], "drug": "morphine", "concentration": "10 mg/mL", "dose": ["4 mg/day", "2 mg/day", "2"],
        "fill": "20 mL", "fill_date": "2026-01-01", "alarm_volume": "2 mL"})
    path = tmp_path / "clinic.csv"
    table.to_csv(path, index=False)
    said = subprocess.run(
        [COMMAND, "pump", "list", path, "--as-of", "2026-01-11", "-o", tmp_path / "out.csv", "--quiet"], check=False)
    found = thecal.refills(table, as_of="2026-01-11")
    assert said.returncode == 1 and found.equals(thecal.refills(path, as_of="2026-01-11"))
    assert list(found["patient_id"]) == ["007", "B", "C"] and pandas.isna(found["refill_by"][2])
    text = pandas.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False, na_values=[""])
    assert list(found.columns) == list(text.columns)
    assert list(found["refill_by"].dropna()) == list(text["refill_by"].dropna())
    # 20 mL less 2 mL at 0.4 mL/day last 45 days, of which ten are over.
    assert found["days_left"][0] <= 35

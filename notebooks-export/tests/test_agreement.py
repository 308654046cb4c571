"""One patient, one rule: the same start, limit, class and first step, whichever call is asked."""

import json
import os
import random
import shutil
import subprocess

import pandas
import pytest

import thecal

COMMAND = os.environ.get("THECAL", "thecal")
PEOPLE = 2_000
# A plan is computed in full, with levels and risks: every so many patients one is planned.
PLANNED = int(os.environ.get("THECAL_PLANNED_EVERY", "10"))
DRUGS = ["morphine", "oxycodone", "hydromorphone", "codeine", "tramadol", "methadone"]
GOALS = {"morphine": "2 mg/day", "hydromorphone": "0.5 mg/day"}


def people():
    """Patients of whom anything that need not be known may be unknown."""
    chance = random.Random(20261126)

    def maybe(value):
        return value if chance.random() < 0.5 else None

    found = []
    for number in range(PEOPLE):
        yes_or_no = [maybe(chance.choice(["yes", "no"])) for _ in range(3)]
        found.append({
            "patient_id": f"P{number}", "drug": chance.choice(DRUGS), "route": "oral",
            "dose": str(chance.randint(5, 90)), "unit": "mg", "frequency": f"{chance.randint(1, 6)}x daily",
            "target_drug": chance.choice(list(GOALS)), "indication": maybe(chance.choice(["cancer", "noncancer"])),
            "opioid_days": maybe(str(chance.randint(0, 14))), "age_years": maybe(str(chance.randint(18, 95))),
            "frail": yes_or_no[0], "sleep_apnea": yes_or_no[1], "cns_depressants": yes_or_no[2]})
    return found


def plan(person):
    """The same patient as a plan of titration, with a target that no rule refuses by itself."""
    facts = ["indication", "opioid_days", "age_years", "frail", "sleep_apnea", "cns_depressants"]
    medicine = " ".join(person[key] for key in ("drug", "route", "dose", "unit", "frequency"))
    return {
        "drug": person["target_drug"], "medications": [medicine], "days": 9,
        "target": {"dose": GOALS[person["target_drug"]]},
        **{key: person[key] for key in facts if person[key] is not None}}


@pytest.fixture(scope="module")
def converted():
    return thecal.convert(pandas.DataFrame(people()))


def test_a_plan_begins_with_the_dose_of_the_conversion(converted):
    started = risen = 0
    for number, person in enumerate(people()):
        if number % PLANNED:
            continue
        row, answer = converted.iloc[number], thecal.titrate(plan(person))
        assert row["patient_id"] == person["patient_id"]
        if answer["start"] is None:
            assert not answer["schedule"] and row["status"] in ("blocked", "error"), person
            assert pandas.isna(row["start"]), person
            continue
        started += 1
        assert answer["start"] == row["start"] == answer["schedule"][0]["dose"], person
        assert answer["limit"] == row["max_daily"] and answer["opioid_class"] == row["opioid_class"], person
        rise = next((day for day in answer["schedule"] if day["dose"] > answer["start"]), None)
        if rise:
            risen += 1
            most = 1.5 if person["indication"] == "cancer" else 1.3
            assert rise["dose"] <= most * answer["start"] * (1 + 1e-12), person
            assert rise["day"] == (2 if person["indication"] == "cancer" else 4), person
    assert started > PEOPLE / PLANNED / 3 and risen > started / 2


def test_a_risk_is_told_the_limit_of_the_conversion(converted):
    for drug, rows in converted[converted["max_daily"].notna()].groupby("target_drug"):
        assert rows["max_daily"].nunique() == 1
        limit = rows["max_daily"].iloc[0]
        at = thecal.risk(drug, f"{limit} mg/day", "continuous", patients=0)
        above = thecal.risk(drug, f"{limit * 1.001} mg/day", "continuous", patients=0)
        assert at["limit"] == limit and "OVER_LIMIT" not in at["codes"]
        assert "OVER_LIMIT" in above["codes"]


def test_what_must_never_be_there_is_refused_everywhere():
    frame = pandas.DataFrame([{
        "patient_id": "A", "drug": "vincristine", "route": "iv", "dose": "2", "unit": "mg", "frequency": "daily"}])
    answers = [
        thecal.risk("vincristine", "1 mg/day", "continuous"), thecal.titrate({"drug": "vincristine"}),
        thecal.candidate({"indication": "noncancer", "drug": "vincristine"})]
    for answer in answers:
        assert answer["status"] == "blocked" and answer["codes"] == ["NEVER_INTRATHECAL"], answer
    row = thecal.convert(frame).iloc[0]
    assert row["status"] == "blocked" and row["codes"] == "NEVER_INTRATHECAL" and pandas.isna(row["start"])


@pytest.mark.skipif(shutil.which(COMMAND) is None, reason="the command line is not on the path")
def test_the_command_line_gives_the_same_rows(converted, tmp_path):
    pandas.DataFrame(people()).to_csv(tmp_path / "in.csv", index=False)
    subprocess.run([COMMAND, "convert", tmp_path / "in.csv", "-o", tmp_path / "out.jsonl", "--format", "jsonl",
                    "--quiet"], check=False)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(rows) == len(converted) == PEOPLE
    for theirs, (_, ours) in zip(rows, converted.iterrows()):
        for key in ("status", "start", "max_daily", "opioid_class", "row_sha256"):
            assert theirs[key] == ours[key] or (theirs[key] is None and pandas.isna(ours[key])), (key, theirs)

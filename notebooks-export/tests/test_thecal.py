"""The package against the command line, which THECAL names: the same numbers, bit for bit."""

import datetime
import json
import os
import pathlib
import subprocess

import numpy
import pandas
import pytest

import thecal

COMMAND = os.environ.get("THECAL", "thecal")
EXAMPLES = pathlib.Path(os.environ.get("THECAL_EXAMPLES", pathlib.Path(__file__).parents[2] / "Data/examples"))


def run(*arguments):
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True)


def test_convert_gives_the_rows_of_the_command_line(tmp_path):
    frame = pandas.read_csv(EXAMPLES / "clinic.csv", dtype=str)
    found = thecal.convert(frame)
    frame.to_csv(tmp_path / "in.csv", index=False)
    run("convert", tmp_path / "in.csv", "-o", tmp_path / "out.jsonl", "--format", "jsonl", "--quiet")
    expected = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(found) == len(expected)
    for (_, row), object in zip(found.iterrows(), expected):
        for name, value in row.items():
            theirs = ";".join(object[name]) or None if name == "codes" else object[name]
            assert (pandas.isna(value) and theirs is None) or value == theirs, (name, value, theirs)
    assert (found["status"] == "ok").any() and found.loc[found["status"] == "blocked", "start"].isna().all()


def test_simulate_gives_the_bits_of_the_command_line(tmp_path):
    path = EXAMPLES / "morphine-bolus.yaml"
    found = thecal.simulate(path.read_text())
    run("simulate", path, "-o", tmp_path / "s.csv", "--quiet")
    expected = pandas.read_csv(tmp_path / "s.csv")
    assert numpy.array_equal(found.time.values, expected["time_h"].values)
    for site in found.site.values:
        assert numpy.array_equal(found.csf.sel(site=site).values, expected[f"{site}_ng_per_mL"].values, equal_nan=True)
    assert found.csf.attrs["units"] == "ng/mL"


def test_a_path_a_text_and_a_dictionary_are_the_same():
    path = EXAMPLES / "morphine-bolus.yaml"
    scenario = {
        "drug": "morphine", "catheter": {"tip": "T10"}, "program": [{"at": "0 h", "rate": "1 mg/day"}],
        "cells": numpy.int64(60), "output": {"every": "6 h", "until": "1 day", "at": ["tip"]}}
    assert thecal.simulate(path).equals(thecal.simulate(path.read_text()))
    assert thecal.simulate(str(path)).equals(thecal.simulate(path))
    assert thecal.simulate(scenario).equals(thecal.simulate(json.dumps(scenario, default=int) + "\n"))
    plan = {"drug": "baclofen", "target": {"dose": "300 mcg/day"}}
    assert thecal.titrate(plan) == thecal.titrate("drug: baclofen\ntarget: {dose: 300 mcg/day}")
    assert thecal.candidate({"indication": "noncancer", "drug": "morphine"})["items"]
    with pytest.raises(thecal.ThecalError) as error:
        thecal.simulate({"drug": object()})
    assert error.value.code == 65
    with pytest.raises(thecal.ThecalError) as error:
        thecal.simulate(pathlib.Path("nowhere.yaml"))
    assert error.value.code == 66


def test_a_file_names_files_of_its_folder_alone(tmp_path):
    (tmp_path / "diary.csv").write_text("date,pain,dose\n2026-01-01,5,0.4 mg/day\n2026-01-02,x,0.4 mg/day\n")
    (tmp_path / "inner").mkdir()
    plan = "drug: morphine\noral_mme: 120 mg/day\nopioid_tolerant: yes\ntarget: {dose: 1 mg/day}\ndiary: "
    (tmp_path / "plan.yaml").write_text(plan + "diary.csv\n")
    (tmp_path / "inner" / "plan.yaml").write_text(plan + "../diary.csv\n")
    with pytest.raises(thecal.ThecalError, match="diary.csv:3"):  # it was read: its second line is wrong
        thecal.titrate(tmp_path / "plan.yaml")
    with pytest.raises(thecal.ThecalError, match="outside the folder"):
        thecal.titrate(tmp_path / "inner" / "plan.yaml")
    with pytest.raises(thecal.ThecalError, match="not handed over"):
        thecal.titrate(plan + "/etc/passwd\n")


def test_titrate_and_risk_are_the_objects_of_the_command_line():
    plan = EXAMPLES / "titration.yaml"
    assert thecal.titrate(plan.read_text()) == json.loads(run("titrate", plan, "--json").stdout)
    expected = run("risk", "--drug", "morphine", "--dose", "0.3 mg", "--regimen", "single", "--patients", 50, "--json")
    assert thecal.risk("morphine", "0.3 mg", "single", patients=50) == json.loads(expected.stdout)
    flags = {"tolerance": "tolerant", "previous_dose": "1 mg/day", "interruption": "48 h", "residual_mme": "60 mg/day", "age": 70,
             "concentration": "10 mg/mL", "patients": 0, "sleep_apnea": True}
    words = [word for name, value in flags.items() for word in [f"--{name.replace('_', '-')}", value][:1 if value is True else 2]]
    expected = run("risk", "--drug", "morphine", "--dose", "2 mg/day", "--regimen", "continuous", "--json", *words)
    found = thecal.risk("morphine", "2 mg/day", "continuous", **flags)
    assert found == json.loads(expected.stdout)
    assert any("sleep apnea" in reason for reason in found["raised_by"]) and any("60 mg/day" in reason for reason in found["raised_by"])
    days = {"drug": "baclofen", "screening": {"bolus": "50 mcg", "effect": "6 h"}, "target": {"dose": "150 mcg/day"}, "days": 5}
    as_text, as_day = (thecal.titrate({**days, "first_day": day}) for day in ["2026-02-02", datetime.date(2026, 2, 2)])
    assert as_text == as_day and len(as_day["schedule"]) == 5
    assert thecal.titrate("drug: baclofen\ntarget: {dose: 300 mcg/day}")["schedule"] == []


def test_plan_timeline_and_explain_ratio_are_the_objects_of_the_command_line():
    patient, axis = EXAMPLES / "patient.yaml", EXAMPLES / "timeline.yaml"
    found = thecal.plan(patient)
    assert found == json.loads(run("plan", patient, "--json").stdout)
    assert found["start"] == 0.4 and found["conversion"]["start"] == 0.4 and found["titration"]["start"] == 0.4
    assert thecal.timeline(axis) == json.loads(run("timeline", axis, "--json", "--quiet").stdout)
    expected = json.loads(run("explain-ratio", "morphine", "--samples", 20, "--json").stdout)
    assert thecal.explain_ratio("morphine", samples=20) == expected


def test_pk_takes_a_frame_and_gives_one(tmp_path):
    events = pandas.DataFrame({
        "ID": ["a", "a", "b", "b"], "TIME": [0.0, 4.0, 0.0, 4.0], "AMT": [100.0, 0.0, 50.0, 0.0], "EVID": [1, 0, 1, 0],
        "arm": ["x", "y", "z", "w"]})
    found = thecal.pk("oral1", events, set={"CL": 10, "V": "50 L", "KA": 1})
    assert list(found.ID) == ["a", "b"] and list(found.arm) == ["y", "w"] and found.CP[0] == 2 * found.CP[1]
    events.to_csv(tmp_path / "events.csv", index=False)
    run("pk", "--model", "oral1", "--set", "CL=10", "--set", "V=50 L", "--set", "KA=1", "--events", tmp_path / "events.csv", "-o", tmp_path / "o.csv")
    assert found.equals(pandas.read_csv(tmp_path / "o.csv", dtype={"ID": found.ID.dtype}))
    people = thecal.pk("oral1", events, set={"CL": 10, "V": 50, "KA": 1}, population=20, omega={"CL": "30 %"}, seed=3)
    alone = thecal.pk("oral1", events[events.ID == "b"], set={"CL": 10, "V": 50, "KA": 1}, population=20, omega={"CL": "30 %"}, seed=3)
    assert list(people.CP[people.ID == "b"]) == list(alone.CP)  # nobody depends on who else is drawn
    with pytest.raises(thecal.ThecalError) as error:
        thecal.pk("oral1", "ID,TIME,AMT,EVID\n1,0,-5,1\n", set={"CL": 10, "V": 50, "KA": 1})
    assert error.value.code == 65 and "events:2" in str(error.value)
    with pytest.raises(thecal.ThecalError) as error:
        thecal.pk("oral9", events)
    assert error.value.code == 64


def test_sweep_by_parts_is_the_sweep_in_one(tmp_path):
    (tmp_path / "sc.yaml").write_text((EXAMPLES / "sweep-scenario.yaml").read_text())
    spec = tmp_path / "spec.yaml"
    spec.write_text((EXAMPLES / "sweep.yaml").read_text().replace("sweep-scenario.yaml", "sc.yaml").replace("256", "20"))
    one = thecal.sweep(spec, folder=tmp_path / "one")
    parts = thecal.sweep(spec, folder=tmp_path / "parts", shards=3)
    assert one.sizes["sample"] == 120
    for name in ("steady", "loss", "lumbar_cisternal_ratio"):
        assert numpy.array_equal(one[name].values, parts[name].values)


def test_a_sweep_is_used_again_for_the_same_specification_alone(tmp_path):
    spec = {
        "scenario": "base.yaml", "design": {"method": "montecarlo", "samples": 8, "seed": 1},
        "parameters": {"loss": {"lognormal": {"median": "3.0e-5 1/s", "cv": "40 %"}}}, "outputs": ["steady"]}
    base = {
        "drug": "morphine", "catheter": {"tip": "T10"}, "program": [{"at": "0 h", "rate": "1 mg/day"}], "cells": 60,
        "output": {"every": "6 h", "until": "1 day", "at": ["tip"]}}
    (tmp_path / "base.yaml").write_text(json.dumps(base))
    (tmp_path / "spec.yaml").write_text(json.dumps(spec))
    part = tmp_path / "out" / "part-00001-of-00001.nc"
    with thecal.sweep(tmp_path / "spec.yaml", folder=tmp_path / "out", threads=1) as first:
        values, before = first["loss"].values.copy(), part.stat().st_mtime_ns
    with thecal.sweep(tmp_path / "spec.yaml", folder=tmp_path / "out", threads=1) as again:
        assert part.stat().st_mtime_ns == before and numpy.array_equal(again["loss"].values, values)
    spec["design"]["seed"] = 2
    (tmp_path / "spec.yaml").write_text(json.dumps(spec))
    with thecal.sweep(tmp_path / "spec.yaml", folder=tmp_path / "out", threads=1) as other:
        assert part.stat().st_mtime_ns != before and not numpy.array_equal(other["loss"].values, values)


def test_merge_and_sensitivity_take_files(tmp_path):
    (tmp_path / "sc.yaml").write_text((EXAMPLES / "sweep-scenario.yaml").read_text())
    (tmp_path / "spec.yaml").write_text(
        (EXAMPLES / "sweep.yaml").read_text().replace("sweep-scenario.yaml", "sc.yaml").replace("256", "16"))
    thecal.sweep(tmp_path / "spec.yaml", folder=tmp_path, shards=2).close()
    thecal.merge(sorted(tmp_path.glob("part-*.nc")), tmp_path / "all.nc").close()
    assert thecal.sensitivity(tmp_path / "all.nc") == json.loads(run("sensitivity", tmp_path / "all.nc", "--json").stdout)
    with pytest.raises(thecal.ThecalError) as error:
        thecal.sensitivity(tmp_path / "none.nc")
    assert error.value.code == 66


def test_errors_carry_the_codes_of_the_command_line():
    with pytest.raises(thecal.ThecalError) as error:
        thecal.simulate("drug: morphine\ncatheter: {tip: Q9}\n")
    assert error.value.code == 65 and "scenario" in str(error.value)
    with pytest.raises(thecal.ThecalError) as error:
        thecal.risk("morphine", "0.3", "single")
    assert error.value.code == 64
    assert thecal.__version__ and thecal.data_version()

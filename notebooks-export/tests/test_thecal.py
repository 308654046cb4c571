"""The package against the command line, which THECAL names: the same numbers, bit for bit."""

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
    run("convert", tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--quiet")
    expected = pandas.read_csv(tmp_path / "out.csv", dtype={"patient_id": str})
    pandas.testing.assert_frame_equal(found, expected, check_exact=True)
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


def test_titrate_and_risk_are_the_objects_of_the_command_line():
    plan = EXAMPLES / "titration.yaml"
    assert thecal.titrate(plan.read_text()) == json.loads(run("titrate", plan, "--json").stdout)
    expected = run("risk", "--drug", "morphine", "--dose", "0.3 mg", "--regimen", "single", "--patients", 50, "--json")
    assert thecal.risk("morphine", "0.3 mg", "single", patients=50) == json.loads(expected.stdout)
    assert thecal.titrate("drug: baclofen\ntarget: {dose: 300 mcg/day}")["schedule"] == []


def test_sweep_by_parts_is_the_sweep_in_one(tmp_path):
    (tmp_path / "sc.yaml").write_text((EXAMPLES / "sweep-scenario.yaml").read_text())
    spec = tmp_path / "spec.yaml"
    spec.write_text((EXAMPLES / "sweep.yaml").read_text().replace("sweep-scenario.yaml", "sc.yaml").replace("256", "20"))
    one = thecal.sweep(spec, folder=tmp_path / "one")
    parts = thecal.sweep(spec, folder=tmp_path / "parts", shards=3)
    assert one.sizes["sample"] == 120
    for name in ("steady", "loss", "lumbar_cisternal_ratio"):
        assert numpy.array_equal(one[name].values, parts[name].values)


def test_errors_carry_the_codes_of_the_command_line():
    with pytest.raises(thecal.ThecalError) as error:
        thecal.simulate("drug: morphine\ncatheter: {tip: Q9}\n")
    assert error.value.code == 65 and "scenario" in str(error.value)
    with pytest.raises(thecal.ThecalError) as error:
        thecal.risk("morphine", "0.3", "single")
    assert error.value.code == 64
    assert thecal.__version__ and thecal.data_version()

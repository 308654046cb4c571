"""What a sweep derives from its levels, beside the same from its dense rows by scipy and the published figures."""

import json
import os
import pathlib

import numpy
import pytest

import thecal
from thecal._library import BLOCKED

integrate = pytest.importorskip("scipy.integrate")
stats = pytest.importorskip("scipy.stats")
EXAMPLES = pathlib.Path(os.environ.get("THECAL_EXAMPLES", pathlib.Path(__file__).parents[2] / "Data/examples"))
RESPONSE = EXAMPLES.parent / "response"
SPECIFICATION = {
    "scenario": {
        "drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "30 min", "bolus": "0.7 mg"}], "cells": 120,
        "output": {"every": "6 s", "until": "6 h", "at": ["L3", "T10", "cranial"]}},
    "design": {"method": "latin", "samples": 12, "seed": 4}, "distributions": "default",
    "outputs": ["csf", "auc", "aumc", "average", "effect:T10", "time_above:300 ng/mL", "time_below:300 ng/mL",
                "risk:respiratory_depression"]}


@pytest.fixture(scope="module")
def sweep():
    return thecal.sweep(SPECIFICATION)


def on_record(effect):
    """The half-life of the lag (h), half effect (ng/mL), the standard deviation of its logarithm, and steepness, as the data have them."""
    record = next(each for each in json.loads((RESPONSE / "effects.json").read_text())["effects"]
                  if (each["drug"], each["effect"]) == ("morphine", effect))
    fit = next(each for each in json.loads((RESPONSE / "fits.json").read_text())["models"]
               if (each["drug"], each["effect"]) == ("morphine", effect))
    known = {each["name"]: each["estimate"] for each in fit["parameters"]}
    half_life = record["halfLife"]["value"] * {"h": 1, "min": 1 / 60}[record["halfLife"]["unit"]]
    return half_life, numpy.exp(known["ln_ec50"]), numpy.exp(known["ln_spread"]), record["steepness"]["value"]


def felt(hours, levels, half_life):
    """The level at a site that follows another: dx/dt = k (c − x), by an integrator that takes its own steps."""
    rate = numpy.log(2) / half_life
    # The injection at half an hour is a jump: before it there is nothing, after it the course is smooth.
    after = hours >= 0.5
    found = integrate.solve_ivp(
        lambda t, x: rate * (numpy.interp(t, hours[after], levels[after]) - x), (0.5, hours[-1]), [0.0],
        t_eval=hours[after], rtol=1e-8, atol=1e-8, max_step=0.05)
    return numpy.concatenate([numpy.zeros((~after).sum()), numpy.clip(found.y[0], 0, None)])


def test_areas_and_times_are_those_of_the_rows(sweep):
    hours = sweep.time.values.astype(float)
    for sample in range(sweep.sizes["sample"]):
        for site in range(sweep.sizes["site"]):
            levels = sweep.csf.values[sample, :, site]
            after = hours >= 0.5
            area = integrate.simpson(levels[after], x=hours[after])
            moment = integrate.simpson(levels[after] * hours[after], x=hours[after])
            assert sweep.auc.values[sample, site] == pytest.approx(area, rel=2e-4)
            assert sweep.aumc.values[sample, site] == pytest.approx(moment, rel=2e-4)
            assert sweep.average.values[sample, site] == pytest.approx(area / 6, rel=2e-4)
            above = (levels[after] > 300).sum() / 600
            assert sweep.time_above_300_ng_per_mL.values[sample, site] == pytest.approx(above, abs=0.005)
            assert sweep.time_below_300_ng_per_mL.values[sample, site] == pytest.approx(6 - above, abs=0.005)


def test_an_effect_follows_the_level_as_the_record_says(sweep):
    half_life, half, _, steepness = on_record("relief")
    hours = sweep.time.values.astype(float)
    for sample in range(sweep.sizes["sample"]):
        inside = felt(hours, sweep.csf.sel(site="T10").values[sample], half_life)
        wanted = inside**steepness / (half**steepness + inside**steepness)
        assert numpy.abs(sweep.effect_T10.values[sample] - wanted).max() < 1e-3 and wanted.max() > 0.1


def test_a_risk_is_the_share_whose_threshold_the_largest_level_exceeds(sweep):
    half_life, half, spread, _ = on_record("respiratory_depression")
    hours = sweep.time.values.astype(float)
    for sample in range(sweep.sizes["sample"]):
        largest = felt(hours, sweep.csf.sel(site="cranial").values[sample], half_life).max()
        wanted = stats.norm.cdf(numpy.log(largest / half) / spread)
        assert sweep.risk_respiratory_depression.values[sample] == pytest.approx(wanted, abs=2e-3)


@pytest.mark.parametrize("drug, bolus, words", [
    ("morphine", "0.4 g", "mg typed for mcg (0.4 mg)"), ("morphine", "21 mg", "above the largest single dose"),
    ("vincristine", "1 mg", "must never be given intrathecally")])
def test_a_sweep_of_a_dose_that_the_rules_refuse_is_blocked_and_leaves_no_file(drug, bolus, words, tmp_path):
    scenario = {**SPECIFICATION["scenario"], "drug": drug, "program": [{"at": "30 min", "bolus": bolus}]}
    with pytest.raises(thecal.ThecalError) as refused:
        thecal.sweep({**SPECIFICATION, "scenario": scenario, "outputs": ["csf"]}, folder=tmp_path)
    assert refused.value.code == BLOCKED and words in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_file_holds_what_it_takes_to_make_it_again(sweep):
    assert "thecal" in sweep.attrs["history"] and sweep.attrs["Conventions"].startswith("CF-")
    assert "0.7 mg" in sweep.attrs["specification"] and sweep.attrs["design"] == "latin"
    assert not any(numpy.isnan(sweep.csf.values[sample]).any() for sample in range(12) if not sweep.failure.values[sample])


def test_the_time_of_a_file_decodes(tmp_path):
    import xarray

    thecal.sweep({**SPECIFICATION, "outputs": ["csf"]}, folder=tmp_path).close()
    path = next(tmp_path.glob("*.nc"))
    raw = xarray.open_dataset(path, decode_times=False)
    assert raw.time.attrs["units"] in ("h", "hours") and raw.csf.attrs["units"] == "ng/mL"
    found = xarray.open_dataset(path, decode_timedelta=True)
    assert found.time.dtype.kind == "m" and found.time.values[-1] == numpy.timedelta64(6, "h")
    for name, variable in raw.variables.items():
        assert variable.dtype.kind in "OSU" or "units" in variable.attrs, name

"""The test vectors that ship with the data."""

import io
import json
import os
import pathlib

import numpy
import pandas
import pytest

import thecal

EXAMPLES = pathlib.Path(os.environ.get("THECAL_EXAMPLES", pathlib.Path(__file__).parents[2] / "Data/examples"))
VECTORS = EXAMPLES.parent / "test-vectors"


def vectors(call):
    return [pytest.param(vector, id=vector["name"]) for vector in json.loads((VECTORS / f"{call}.json").read_text())]


@pytest.mark.parametrize("vector", [v for v in vectors("convert") if v.values[0]["format"] == "csv"])
def test_convert(vector):
    frame = pandas.read_csv(io.StringIO(vector["input"]), dtype=str)
    expected = pandas.read_csv(io.StringIO(vector["output"]), dtype=str, keep_default_na=False)
    found = thecal.convert(frame)
    assert list(found.columns) == list(expected.columns) and len(found) == len(expected)
    for name in found.columns:
        ours = [None if pandas.isna(value) else value for value in found[name]]
        theirs = [(float(text) if found[name].dtype.kind in "fi" else text.removeprefix("'")) if text else None
                  for text in expected[name]]
        if name != "row_sha256":  # a digest covers the apostrophes that a table has
            assert ours == theirs, name


@pytest.mark.parametrize("vector", vectors("simulate"))
def test_simulate(vector):
    found = thecal.simulate(vector["input"])
    assert list(found.site.values) == vector["columns"] and list(found.time.values) == vector["time_h"]
    expected = numpy.array(vector["levels_ng_per_mL"])
    assert numpy.all(abs(found.csf.values - expected) <= vector["tolerance"] * expected.max(axis=0))


@pytest.mark.parametrize("vector", vectors("titrate"))
def test_titrate(vector):
    found = thecal.titrate(vector["input"])
    for key, value in vector["output"].items():
        assert ([day["dose"] for day in found["schedule"]] if key == "doses" else found[key]) == value

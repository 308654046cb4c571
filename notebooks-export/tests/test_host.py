"""What the package does to the process that loads it: nothing. And what survives a fork, a pickle and a missing library."""

import concurrent.futures
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
import time

import pandas
import pytest

import thecal

FRAME = pandas.DataFrame(
    {"patient_id": ["a", "b"], "drug": "morphine", "dose": [60, 30], "unit": "mg", "frequency": "bid", "opioid_days": 30})
SCENARIO = {
    "drug": "morphine", "catheter": {"tip": "T10"}, "program": [{"at": "0 h", "rate": "1 mg/day"}], "cells": 60,
    "output": {"every": "6 h", "until": "1 day", "at": ["tip"]}}


def ids(frame):
    return list(thecal.convert(frame)["patient_id"])


def wrong(_):
    thecal.simulate("drug: morphine\ncatheter: {tip: Q9}\n")


@pytest.mark.parametrize("values, dtype", [
    (["NA", "0001"], object), (["-17", "@x"], object), ([1, 17], "int64"), ([-17, 3], "Int32"), (["nan ", "=1+1"], object),
    (["a", "b"], "category"), ([1.5, 2.5], "float64"),
])
def test_ids_and_carried_columns_come_back_as_they_went_in(values, dtype):
    frame = FRAME.assign(patient_id=pandas.Series(values, dtype=dtype), ward=pandas.Series(values, dtype=dtype))
    frame["start"] = pandas.Series(values, dtype=dtype)  # a name that clashes with one of the result
    found = thecal.convert(frame)
    for name, original in (("patient_id", "patient_id"), ("ward", "ward"), ("input_start", "start")):
        pandas.testing.assert_series_equal(found[name], frame[original], check_names=False)
    assert found["start"].dtype == "float64" and list(found["rows"]) == [1, 1]


def test_a_frame_of_any_index_with_missing_values_keeps_its_order():
    frame = pandas.concat([FRAME, FRAME.assign(patient_id=["c", "d"], drug=[None, "zzz"])])
    frame.index = [7, 7, 3, 1]
    found = thecal.convert(frame)
    assert list(found["patient_id"]) == ["a", "b", "c", "d"] and list(found["status"]) == ["ok", "ok", "error", "error"]
    assert found["start"].isna().tolist() == [False, False, True, True]


def test_dates_flags_and_numbers_are_cells():
    frame = FRAME.assign(frail=[True, False], age_years=[70.0, float("nan")], fill_date=pandas.Timestamp("2026-01-01"))
    found = thecal.convert(frame)
    assert list(found["status"]) == ["review", "ok"] and found["start"].tolist()[0] < 0.4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_goes_on_calling(tmp_path):
    ids(FRAME)
    thecal.simulate(SCENARIO)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.map_async(ids, [FRAME] * 4)
        assert found.get(timeout=60) == [["a", "b"]] * 4
        levels = pool.map_async(thecal.simulate, [SCENARIO] * 2).get(timeout=60)
    assert all(level.equals(thecal.simulate(SCENARIO)) for level in levels)


def test_errors_survive_a_pickle_and_a_pool():
    error = pickle.loads(pickle.dumps(thecal.ThecalError(65, "line 3")))
    assert (error.code, str(error), type(error)) == (65, "line 3", thecal.ThecalError)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        with pytest.raises(thecal.ThecalError) as caught:
            pool.submit(wrong, 0).result(timeout=120)
    assert caught.value.code == 65 and "program" in str(caught.value)


#: A program that can do without: an ImportError like any other, which carries a code.
CAUGHT = """
try:
    import thecal
except ImportError as error:
    print(error.code, type(error).__mro__[1].__name__, "apt-get install" in str(error))
"""


def test_a_missing_library_says_what_to_install(tmp_path):
    fake = tmp_path / "libthecal.so"
    source = tmp_path / "empty.c"
    source.write_text("")
    commands = [["cc", "-shared", "-o", str(tmp_path / "libnetcdf.so.19"), "-Wl,-soname,libnetcdf.so.19", str(source)],
                ["cc", "-shared", "-o", str(fake), "-Wl,--no-as-needed", str(source), str(tmp_path / "libnetcdf.so.19")]]
    try:
        for command in commands:
            subprocess.run(command, check=True)
    except FileNotFoundError:
        pytest.skip("no C compiler here")
    # The library that it needs is there for nobody.
    renamed = fake.read_bytes().replace(b"libnetcdf.so.19", b"libnetcdf.so.77")
    fake.write_bytes(renamed)
    found = subprocess.run([sys.executable, "-c", "import thecal"], capture_output=True, text=True,
                           env={**os.environ, "THECAL_LIBRARY": str(fake)})
    assert "LibraryError" in found.stderr and "apt-get install libnetcdf19" in found.stderr
    caught = subprocess.run([sys.executable, "-c", CAUGHT], capture_output=True, text=True,
                            env={**os.environ, "THECAL_LIBRARY": str(fake)})
    assert caught.stdout == "66 ThecalError True\n", caught.stderr
    gone = subprocess.run([sys.executable, "-c", "import thecal"], capture_output=True, text=True,
                          env={**os.environ, "THECAL_LIBRARY": str(tmp_path / "none.so")})
    assert "make wheel" in gone.stderr


def test_the_environment_and_the_descriptors_of_the_process_stay(tmp_path):
    before = dict(os.environ)
    ids(FRAME)
    open_files = len(os.listdir("/proc/self/fd")) if pathlib.Path("/proc/self/fd").exists() else 0
    for _ in range(50):
        ids(FRAME)
    assert dict(os.environ) == before
    if open_files:
        assert len(os.listdir("/proc/self/fd")) == open_files


def test_a_million_cells_take_seconds():
    frame = pandas.concat([FRAME] * 10_000, ignore_index=True)
    frame["patient_id"] = range(len(frame))
    start = time.process_time()
    found = thecal.convert(frame)
    assert len(found) == len(frame) and time.process_time() - start < 60

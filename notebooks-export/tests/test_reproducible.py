"""Which bytes are the same on every processor, and how far the others may lie apart.

OpenBLAS has a kernel for each generation of processors, and each sums in an order of its own. Here it is told to take
another one than this processor's.
"""

import os
import pathlib
import subprocess

import numpy
import pandas
import pytest

COMMAND = os.environ.get("THECAL", "thecal")
EXAMPLES = pathlib.Path(os.environ.get("THECAL_EXAMPLES", pathlib.Path(__file__).parents[2] / "Data/examples"))
#: What differs between kernels, as a share of the largest level at a site: README.md says the same.
TOLERANCE = 1e-11
KERNELS = ["Prescott", "Nehalem", "Sandybridge", "Haswell", "SkylakeX"]
NEEDS = {"Sandybridge": " avx ", "Haswell": " avx2 ", "SkylakeX": " avx512dq "}


def supported(kernel):
    flags = pathlib.Path("/proc/cpuinfo")
    return flags.exists() and NEEDS.get(kernel, " sse3 ").strip().replace("sse3", "pni") in flags.read_text().split()


def run(kernel, *arguments):
    found = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True,
                           env={**os.environ, "OPENBLAS_CORETYPE": kernel})
    assert found.returncode in (0, 1), found.stderr
    return found.stdout


pytestmark = pytest.mark.skipif(os.uname().machine != "x86_64", reason="kernels of x86-64")


@pytest.fixture(params=KERNELS)
def kernel(request):
    if not supported(request.param):
        pytest.skip(f"this processor has no {request.param}")
    return request.param


@pytest.mark.parametrize("call", [
    ("convert", EXAMPLES / "clinic.csv", "--quiet"), ("convert", EXAMPLES / "clinic.csv", "--format", "jsonl", "--quiet"),
    ("pump", "refill", "--device", "synchromed_2", "--fill", "40 mL", "--drug", "morphine", "--concentration", "25 mg/mL",
     "--dose", "10 mg/day", "--alarm", "2 mL", "--date", "2026-01-01", "--json"), ("tables", "--json"), ("check-data", "--json"),
], ids=lambda call: " ".join(str(word) for word in call[:2] if not isinstance(word, pathlib.Path)))
def test_what_is_decimal_arithmetic_has_the_same_bytes_everywhere(kernel, call):
    assert run(kernel, *call) == run("Prescott", *call) != b""


def test_levels_lie_within_what_is_stated(kernel, tmp_path):
    frames = []
    for name in ("Prescott", kernel):
        path = tmp_path / f"{name}-{len(frames)}.csv"
        run(name, "simulate", EXAMPLES / "morphine-bolus.yaml", "-o", path, "--quiet")
        frames.append(pandas.read_csv(path))
    scale = frames[0].max()
    assert ((frames[0] - frames[1]).abs().max() <= TOLERANCE * scale).all()
    again = tmp_path / "again.csv"
    run(kernel, "simulate", EXAMPLES / "morphine-bolus.yaml", "-o", again, "--quiet")
    assert numpy.array_equal(pandas.read_csv(again).values, frames[1].values, equal_nan=True)  # one kernel, the same bits

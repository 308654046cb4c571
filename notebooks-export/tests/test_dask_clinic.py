"""A clinic on a cluster of processes, one of which is killed in mid-run: every byte is that of one machine."""

import os
import signal

import pandas
import pytest

import thecal

distributed = pytest.importorskip("distributed")
frames = pytest.importorskip("dask.dataframe")

NAMES = [
    "MORPHINE SULFATE ER 60 MG TABLET", "GABAPENTIN 300 MG CAPSULE", "oxyCODONE-acetaminophen 5-325 mg tablet",
    "72 HR fentanyl 0.025 MG/HR Transdermal System", "HYDROmorphone 4 mg tablet", "apixaban 5 mg tablet", "no such thing 5 mg"]
SIGS = [
    "Take 1 tablet by mouth twice daily", "1 capsule tid", "1-2 tabs q4-6h prn", "apply 1 patch every 72 hours", "1 tab q4h",
    "1 tab\nevery 12 hours", "as directed"]


def export(patients):
    """Medicines of a hospital that nobody is: three a patient, some of them twice, some with a line break in a cell."""
    rows = [
        (f"{100_000 + k // 3}", NAMES[k % 7 if k % 11 else (k - 1) % 7], SIGS[k % 7 if k % 11 else (k - 1) % 7], "7B" if k % 2 else "")
        for k in range(3 * patients)]
    return pandas.DataFrame(rows, columns=["Pt MRN", "Drug Name", "Directions", "Ward"])


def text(frame):
    """The bytes of a frame's table."""
    return frame.to_csv(index=False).encode()


@pytest.mark.parametrize("partitions", [1, 3, 13, 50])
def test_parts_give_the_bytes_of_one_machine(partitions):
    table = export(40)
    whole = thecal.intake(table)
    assert text(thecal.intake(frames.from_pandas(table, npartitions=partitions, sort=False)).compute()) == text(whole)
    many = thecal.convert(frames.from_pandas(whole, npartitions=partitions, sort=False)).compute()
    assert text(many) == text(thecal.convert(whole))


def test_the_column_of_the_patients_is_found_as_the_reader_finds_it():
    table = export(5).rename(columns={"Pt MRN": "Kunde"})[["Ward", "Directions", "Kunde", "Drug Name"]]
    whole = thecal.intake(table, map={"Kunde": "patient_id"})
    parts = thecal.intake(frames.from_pandas(table, npartitions=4, sort=False), map={"Kunde": "patient_id"})
    assert text(parts.compute()) == text(whole)
    with pytest.raises(thecal.ThecalError, match="patient_id"):
        thecal.intake(frames.from_pandas(table, npartitions=4, sort=False))


def fatal(part, once):
    """The part, but the first time that it is asked for, when its worker dies in the middle of the run."""
    if not once.exists():
        once.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def test_a_lost_worker_changes_no_byte(tmp_path):
    dask = pytest.importorskip("dask")
    table = export(3_000)
    whole = thecal.intake(table)
    size = len(table) // 24
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, \
            distributed.Client(cluster) as client:
        workers = set(client.run(os.getpid).values())
        parts = [dask.delayed(table[at:at + size]) for at in range(0, len(table), size)]
        parts[12] = dask.delayed(fatal)(parts[12], tmp_path / "once")
        clinic = frames.from_delayed(parts, meta=table[:0], verify_meta=False)
        assert text(thecal.intake(clinic).compute()) == text(whole)
        assert int((tmp_path / "once").read_text()) in workers
        (tmp_path / "once").unlink()
        assert text(thecal.convert(thecal.intake(clinic)).compute()) == text(thecal.convert(whole))
        assert (tmp_path / "once").exists()

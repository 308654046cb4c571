"""What hospitals export, read in Python as on the command line."""

import pandas
import pytest

import thecal

EXPORT = pandas.DataFrame({
    "MRN": ["1", "1", "2"],
    "Drug Name": ["MORPHINE SULFATE ER 60 MG TABLET", "GABAPENTIN 300 MG CAPSULE", "OXYCODONE 5 MG TABLET"],
    "Sig": ["1 tablet twice daily", "1 capsule tid", "1-2 tabs q4-6h prn"]})


def test_a_frame_is_read_row_by_row():
    found = thecal.intake(EXPORT)
    assert list(found["intake"]) == ["read", "skip", "ask"]
    assert found["dose"][0] == 60 and found["frequency"][0] == "bid"
    assert found["cns_depressants"][1] == "yes" and "at most 60 mg/day" in found["reason"][2]


def test_a_bundle_is_read():
    request = {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": {"reference": "Patient/7"},
        "medicationCodeableConcept": {"text": "hydromorphone 4 mg tablet"}, "dosageInstruction": [{"text": "1 tab q4h"}]}
    found = thecal.intake({"resourceType": "Bundle", "entry": [{"resource": request}]})
    assert list(found["patient_id"]) == ["7"] and found["dose"][0] == 4 and found["frequency"][0] == "q4h"
    assert thecal.intake({"resourceType": "Bundle"}).empty


def test_what_cannot_be_read_is_an_error_with_its_place():
    with pytest.raises(thecal.ThecalError, match="line 1, column 2") as problem:
        thecal.intake("{,}\n")
    assert problem.value.code == 65
    with pytest.raises(thecal.ThecalError) as problem:
        thecal.intake(EXPORT, as_of="03/04/2026")
    assert problem.value.code == 64


def test_what_is_read_converts():
    rows = thecal.convert(thecal.intake(EXPORT)).set_index("patient_id")
    assert rows["status"]["1"] == "review" and "READ_FROM_TEXT" in rows["codes"]["1"]
    assert rows["status"]["2"] == "error" and rows["start"].isna()["2"]


def test_partitions_give_the_rows_of_one_machine():
    frames = pytest.importorskip("dask.dataframe")
    many = pandas.concat([EXPORT.assign(MRN=f"{k}-" + EXPORT["MRN"]) for k in range(40)], ignore_index=True)
    found = thecal.intake(frames.from_pandas(many, npartitions=7)).compute().reset_index(drop=True)
    one = thecal.intake(many)
    pandas.testing.assert_frame_equal(found, one, check_dtype=False)  # Dask has a type of texts of its own


@pytest.mark.parametrize("partitions", [2, 7, 40])
def test_a_patient_on_two_partitions_is_one_patient(partitions):
    frames = pytest.importorskip("dask.dataframe")
    lines = [(f"p{k // 3}", drug, 10 + k, "mg", "bid", 30)
             for k, drug in enumerate(["morphine", "oxycodone", "hydrocodone"] * 20)]
    table = pandas.DataFrame(lines, columns=["patient_id", "drug", "dose", "unit", "frequency", "opioid_days"])
    one = thecal.convert(table)
    many = thecal.convert(frames.from_pandas(table, npartitions=partitions, sort=False)).compute().reset_index(drop=True)
    pandas.testing.assert_frame_equal(many, one, check_dtype=False)  # Dask has a type of texts of its own


def test_a_patient_who_is_split_is_refused():
    frames = pytest.importorskip("dask.dataframe")
    table = pandas.DataFrame({
        "patient_id": ["a", "b", "c", "a"], "drug": "morphine", "dose": 10, "unit": "mg", "frequency": "bid"})
    with pytest.raises(thecal.ThecalError, match="do not stand together"):
        thecal.convert(frames.from_pandas(table, npartitions=4, sort=False))

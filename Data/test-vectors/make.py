#!/usr/bin/env python3
"""Writes the test vectors from the command line: make.py THECAL; with --check, fails if one is not current.

A vector is a call, its input and what comes out. Texts are exact. Numbers of a simulation are the shortest that read
back; another processor may round its sums differently, so they hold within `tolerance` of the largest of a column.
"""

import csv
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
TOLERANCE = 1e-9
PLANS = {
    "label": "drug: baclofen\nindication: spasticity_spinal\nage_years: 40\nscreening: {bolus: 50 mcg, effect: 6 h}\n"
             "target: {dose: 300 mcg/day}\ndays: 10\n",
    "refused": "drug: baclofen\ntarget: {dose: 300 mcg/day}\n",
    "ziconotide": "drug: ziconotide\npsychosis_history: no\ntarget: {dose: 6 mcg/day}\ndays: 14\n",
}
SCENARIOS = {
    "bolus": "drug: morphine\ncatheter: {tip: L3}\nprogram: [{at: 0 h, bolus: 0.25 mg}]\ncells: 100\n"
             "output: {every: 4 h, until: 1 day, at: [tip, L3, cranial]}\n",
    "infusion": "drug: baclofen\ncatheter: {tip: T10}\nprogram: [{at: 0 h, rate: 400 mcg/day}]\ncells: 100\n"
                "output: {every: 12 h, until: 3 day, at: [tip, L4, T4, C2, cranial]}\n",
}


def main():
    command = pathlib.Path(sys.argv[1]).resolve()
    work = pathlib.Path(tempfile.mkdtemp())

    def run(*arguments):
        return subprocess.run([command, *map(str, arguments)], capture_output=True, text=True).stdout

    vectors = {"convert": [], "simulate": [], "titrate": []}
    table = (EXAMPLES / "clinic.csv").read_text()
    (work / "t.csv").write_text(table)
    for kind in ("csv", "jsonl"):
        vectors["convert"].append({"name": f"clinic as {kind}", "format": kind, "input": table,
                                   "output": run("convert", work / "t.csv", "--format", kind, "--quiet")})
    for name, text in SCENARIOS.items():
        (work / "s.yaml").write_text(text)
        rows = list(csv.reader(io.StringIO(run("simulate", work / "s.yaml"))))
        columns = [c.removesuffix("_ng_per_mL") for c in rows[0][1:]]
        vectors["simulate"].append({
            "name": name, "input": text, "columns": columns, "tolerance": TOLERANCE,
            "time_h": [float(r[0]) for r in rows[1:]], "levels_ng_per_mL": [[float(v) for v in r[1:]] for r in rows[1:]]})
    for name, text in PLANS.items():
        (work / "p.yaml").write_text(text)
        answer = json.loads(run("titrate", work / "p.yaml", "--json"))
        kept = {k: answer[k] for k in ("status", "codes", "start", "start_unit", "days_to_target")}
        kept["doses"] = [day["dose"] for day in answer["schedule"]]
        vectors["titrate"].append({"name": name, "input": text, "output": kept})
    stale = []
    for call, list_ in vectors.items():
        path = HERE / f"{call}.json"
        if "--check" in sys.argv:
            old = json.loads(path.read_text())
            if not alike(old, list_):
                stale.append(path.name)
        else:
            path.write_text(json.dumps(list_, indent=1) + "\n")
    if stale:
        sys.exit(f"not current: {', '.join(stale)}; run make vectors")


def alike(a, b):
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(alike(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, float) or isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6)
    return a == b


main()

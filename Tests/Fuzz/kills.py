#!/usr/bin/env python3
"""Kills each job that writes a file at moments that nobody chose (SIGKILL and SIGTERM by turns), so many times each. An output
is then complete, as an undisturbed run writes it, or what stood there before; nothing else is left in the folder but the journal
of a sweep and, after SIGKILL, the hidden file of a workbook or NetCDF file, whose library writes by name; and a sweep that is
resumed after all its kills ends with the bytes of one that was let run.
usage: kills.py THECAL [KILLS for each job] [SEED]
"""

import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

SCENARIO = """drug: morphine
catheter: {tip: T10}
program: [{at: 0 h, rate: 1 mg/day}]
cells: 100
output: {every: 1 h, until: 2 day, at: [tip, L4, cranial]}
"""
SPEC = """scenario: scenario.yaml
design: {method: saltelli, samples: 600, seed: 1}
parameters:
  spinal_fraction: {uniform: {low: 0.05, high: 0.5}}
  loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
outputs: [csf, steady, auc]
"""
OLD = b"what stood here before\n"
#: The job, its output, and whether what it has done is kept.
JOBS = [
    (("convert", "clinic.csv", "--quiet", "-o", "clinic.out.csv"), "clinic.out.csv"),
    (("convert", "clinic.csv", "--quiet", "--format", "xlsx", "-o", "clinic.xlsx"), "clinic.xlsx"),
    (("convert", "clinic.csv", "--quiet", "--report", "clinic.html", "-o", "other.jsonl", "--format", "jsonl"), "clinic.html"),
    (("intake", "export.csv", "-o", "intake.csv"), "intake.csv"),
    (("simulate", "long.yaml", "--quiet", "-o", "levels.csv"), "levels.csv"),
    (("sweep", "spec.yaml", "--quiet", "--threads", "1", "-o", "sweep.nc"), "sweep.nc"),
    (("merge", "part1.nc", "part2.nc", "--quiet", "-o", "merged.nc"), "merged.nc"),
    (("sweep", "spec.yaml", "--quiet", "--threads", "1", "--resume", "-o", "resumed.nc"), "resumed.nc"),
]


def prepared(folder, thecal):
    """What the jobs read."""
    rows = "".join(f"P{k},oxycodone,{k % 300 + 1}.{k % 7},mg,q6h,{k}\n" for k in range(40_000))
    (folder / "clinic.csv").write_text("patient_id,drug,dose,unit,frequency,opioid_days\n" + rows)
    orders = "".join(f"{k},oxycodone {5 + k % 4 * 5} mg tablet,{1 + k % 2} tab q{4 + k % 3 * 2}h\n" for k in range(20_000))
    (folder / "export.csv").write_text("MRN,Drug,Sig\n" + orders)
    (folder / "scenario.yaml").write_text(SCENARIO)
    (folder / "long.yaml").write_text(SCENARIO.replace("cells: 100", "cells: 800").replace("every: 1 h", "every: 0.05 h"))
    (folder / "spec.yaml").write_text(SPEC)
    for part in (1, 2):
        subprocess.run([thecal, "sweep", "spec.yaml", "--quiet", "--shard", f"{part}/2", "-o", f"part{part}.nc"], cwd=folder,
                       check=True)


def ended(process):
    return process.wait() in (0, 1)


def main():
    thecal, kills = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 100
    choose = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepared(folder, thecal)
        for arguments, output in JOBS:
            path = folder / output
            resumes = "--resume" in arguments
            before = set(folder.iterdir())
            whole_run = [word for word in arguments if word != "--resume"]
            start = time.monotonic()
            if not ended(subprocess.Popen([thecal, *whole_run], cwd=folder)):
                sys.exit(f"{arguments} does not run undisturbed")
            length = time.monotonic() - start
            whole = path.read_bytes()
            made = set(folder.iterdir()) - before
            killed = finished = 0
            if resumes:
                path.unlink()
            for k in range(kills):
                if not resumes:
                    path.write_bytes(OLD)
                process = subprocess.Popen([thecal, *arguments], cwd=folder, stderr=subprocess.DEVNULL)
                time.sleep(choose.uniform(0, length * (0.3 if resumes else 1.1)))
                process.send_signal(signal.SIGTERM if k % 2 else signal.SIGKILL)
                if ended(process):
                    finished += 1
                else:
                    killed += 1
                found = path.read_bytes() if path.exists() else None
                if found not in ((None, whole) if resumes else (OLD, whole)):
                    wrong += 1
                    print(f"{output}: neither what stood there nor whole after kill {k}")
                strange = {p for p in set(folder.iterdir()) - before - made if not p.name.endswith(".sweep")}
                by_name = output.endswith((".xlsx", ".nc")) and k % 2 == 0
                if any(not (by_name and p.name.startswith(".thecal-")) for p in strange):
                    wrong += 1
                    print(f"{output}: {sorted(p.name for p in strange)} left by kill {k}")
                for one in strange:
                    one.unlink()
                if resumes and found is not None:
                    path.unlink()
            if resumes:
                if not ended(subprocess.Popen([thecal, *arguments], cwd=folder)) or path.read_bytes() != whole:
                    wrong += 1
                    print(f"{output}: not the bytes of an undisturbed run")
            print(f"{arguments[0]} to {output}: {killed} killed, {finished} had finished", flush=True)
            if killed < kills // 4:
                wrong += 1
                print(f"{output}: too few were killed to show anything")
            for one in set(folder.iterdir()) - before:
                one.unlink()
    print(f"{len(JOBS)} jobs, {kills} kills each: {wrong} faults")
    sys.exit(1 if wrong else 0)


main()

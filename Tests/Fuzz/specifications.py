#!/usr/bin/env python3
"""Numbers and words that nobody would write, in every place of a specification of each kind, and the model is run: each call ends
with an exit code of the command line, never with a signal, and no answer holds a number that is none.

First each place of each specification with each value, one by one; then two or three places at once, as the seed says. With COUNT
below the number of the first, a part of them spread evenly. usage: specifications.py THECAL COUNT [SEED]
"""

import copy
import os
import random
import re
import subprocess
import sys
import tempfile

import yaml

SCENARIO = {
    "drug": "morphine", "catheter": {"tip": "T10"}, "cells": 60,
    "program": [{"at": "0 h", "rate": "1 mg/day"}, {"at": "6 h", "bolus": "0.1 mg", "volume": "0.2 mL"}, {"at": "1 day", "rate": "0.5 mg/day"}],
    "parameters": {
        "height": "172 cm", "area_lumbosacral": 1, "area_cervical": 1, "production": "0.35 mL/min", "spinal_fraction": 0.34,
        "dispersion_c1": "0.67 cm2/s", "dispersion_sac": "0.014 cm2/s", "cranial_volume": "180 mL", "loss": "3e-5 1/s",
        "cranial_loss_ratio": 0.5, "bolus_sigma": "3 cm", "rate_sigma": "0.5 cm", "heart_rate": "70 1/min", "stroke_volume": "0.6 mL"},
    "output": {"every": "6 h", "until": "2 day", "at": ["tip", "L4", "dermatome T10", "45 cm", "cranial"]},
}
BESIDE = {
    **SCENARIO, "plasma": "morphine_iv_olofsen2010",
    "parameters": {
        "cord": {"permeability": "0.001 cm2/s", "partition": 2, "loss": "1e-5 1/s", "area": "0.5 cm2"},
        "epidural": {"permeability": "0.001 cm2/s", "partition": 2, "loss": "1e-4 1/s", "area": "1 cm2"}},
    "systemic": [
        {"model": "morphine_oral_ir_oosten2017", "dose": "20 mg", "every": "6 h", "times": 4, "at": "1 h", "steady": True},
        {"model": "iv2", "set": {"CL": "60 L/h", "V": "100 L", "Q": "50 L/h", "V2": "120 L"}, "rate": "1 mg/h", "for": "3 h"}],
    "output": {"times": ["0 h", "1 h", "3 h", "20 h"], "at": ["tip", "plasma"]},
}
HEAVY = {**SCENARIO, "program": [{"at": "0 h", "bolus": "0.2 mg"}],
         "parameters": {"baricity": {"flow": "20 mL/h", "toward": "sac", "limit": "10 mcg/mL"}}}
SWEEP = {
    "scenario": SCENARIO, "design": {"method": "sobol", "samples": 8, "seed": 3},
    "parameters": {
        "height": {"uniform": {"low": "150 cm", "high": "190 cm"}}, "loss": {"lognormal": {"median": "3e-5 1/s", "cv": 0.4}},
        "dispersion_c1": {"lognormal": {"median": "0.67 cm2/s", "gsd": 2}, "truncate": ["0.01 cm2/s", "9 cm2/s"]},
        "cranial_volume": {"normal": {"mean": "180 mL", "sd": "30 mL"}}, "catheter.tip": {"values": ["L3", "T10"]},
        "program[0].rate": {"values": ["1 mg/day", "2 mg/day"]}},
    "correlation": [["loss", "dispersion_c1", 0.5]],
    "outputs": ["steady", "peak", "auc", "aumc", "average", "time_to_peak", "half_life", "time_above:100 ng/mL", "lumbar_cisternal_ratio"],
}
INJECTED = {**SWEEP, "scenario": {**SCENARIO, "program": [{"at": "0 h", "bolus": "0.2 mg"}]}, "correlation": [],
            "parameters": {"loss": {"lognormal": {"median": "3e-5 1/s", "cv": 0.4}}, "program[0].bolus": {"normal": {"mean": "0.2 mg", "sd": "0.02 mg"}}}, "outputs": ["auc", "peak", "risk:respiratory_depression"]}
FIT = {
    "scenario": {**SCENARIO, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "output": {"every": "1 h", "until": "1 day", "at": ["L3"]}},
    "data": [{"subject": "A", "time": "1 h", "site": "L3", "value": "3000 ng/mL"}, {"subject": "A", "time_h": 4, "distance": "40 cm", "value": "900 ng/mL"},
             {"subject": "B", "time": "2 h", "site": "L3", "value_ng_per_mL": 2000}, {"subject": "B", "time": "9 h", "site": "L3", "value": "50 ng/mL", "below": True}],
    "estimate": ["loss", "dispersion_sac"], "error": {"proportional": 0.3},
    "prior": {"loss": {"lognormal": {"median": "3e-5 1/s", "cv": 0.4}}}, "random": ["loss"],
}
PATIENT = {"drug": "morphine", "indication": "noncancer", "age_years": 54, "weight_kg": 70, "opioid_days": 90, "residual_mme": 10, "monitored": True}
TITRATE = {
    **PATIENT, "medications": ["morphine oral 60 mg bid"], "catheter": {"tip": "T10"}, "segment": "T11", "pump": "SynchroMed II",
    "concentration": "2 mg/mL", "target": {"dose": "0.8 mg/day"}, "protocol": "optimal", "ceiling": "2 mg/day", "start": "0.2 mg/day",
    "limits": [{"level": "2 mcg/mL", "at": "cranial"}], "baseline": 7, "days": 28, "first_day": "2026-02-02",
    "observations": [{"day": 0, "dose": "0.2 mg/day", "pain": 7}, {"day": 3, "dose": "0.3 mg/day", "pain": 6}, {"day": 6, "dose": "0.4 mg/day", "pain": 4}],
    "population": {"samples": 4, "seed": 1, "exceeding": 0.1},
}
BACLOFEN = {"drug": "baclofen", "indication": "spasticity_spinal", "age_years": 40, "screening": {"bolus": "50 mcg", "effect": "6 h"},
            "catheter": {"tip": "T10"}, "target": {"level": "600 ng/mL", "at": "T10"}, "protocol": "optimal", "limits": [{"level": "160 ng/mL", "at": "cranial"}]}
TRIAL = {**PATIENT, "opioid_tolerant": True, "catheter": {"tip": "L1"}, "segment": "T11", "ceiling": "0.5 mg/day",
         "trial": {"method": "continuous", "step": "0.1 mg/day", "every": "2 h", "total": "1 mg", "result": {"rate": "0.3 mg/day", "relief": 0.6}}}
DOSES = {**TRIAL, "trial": {"method": "multiple", "doses": ["0.1 mg", "0.2 mg"], "interval": "24 h", "result": {"bolus": "0.2 mg", "relief": 0.6}}}
TIMELINE = {
    "drug": "morphine", "catheter": {"tip": "T10"}, "program": [{"at": "0 h", "rate": "0.2 mg/day"}, {"at": "2 day", "bolus": "0.02 mg", "volume": "0.1 mL"}, {"at": "4 day", "rate": "0.3 mg/day"}],
    "medications": [{"take": "morphine oral 20 mg q6h", "wean": {"by": "25 %", "every": "3 day", "from": "1 day"}}, {"take": "fentanyl transdermal 25 mcg/h q72h", "until": "6 day"}],
    "output": {"every": "6 h", "until": "14 day", "at": ["tip", "plasma"]}, "cells": 60,
}
PLAN = {
    **PATIENT, "patient_id": "A-17", "medications": ["morphine oral 60 mg bid"], "catheter": {"tip": "T10"}, "pump": "SynchroMed II",
    "concentration": "2 mg/mL", "fill": {"volume": "20 mL", "stock": "10 mg/mL", "vial": "20 mL", "date": "2026-01-05", "alarm": "2 mL", "overfill": "1 mL",
                                         "sample": "1 mL", "max_interval": "90 day"},
    "path": {"tubing": "0.2 mL", "length": "60 cm", "per_length": "0.0022 mL/cm"}, "target": {"dose": "0.8 mg/day"}, "days": 28,
    "breakthrough": ["morphine oral 10 mg q4h"],
}
STROKES = {**PLAN, "pump": "Prometra II", "concentration": "25 mg/mL", "start": "0.2 mg/day", "fill": {**PLAN["fill"], "stock": "25 mg/mL"}}
SPECIFICATIONS = [("simulate", SCENARIO), ("simulate", BESIDE), ("simulate", HEAVY), ("sweep", SWEEP), ("sweep", INJECTED), ("fit", FIT), ("titrate", TITRATE),
                  ("titrate", BACLOFEN), ("titrate", TRIAL), ("titrate", DOSES), ("timeline", TIMELINE), ("plan", PLAN), ("plan", STROKES)]
NUMBERS = ["0", "-1", "1e-300", "1e-30", "1e-12", "1e-6", "0.001", "0.999999999999", "1", "7", "1000", "1e6", "1e12", "1e18", "1e30", "1e300", "9" * 40,
           "0.0000000000000000001", "1.00000000000000000001", "nan", "inf", ""]
WORDS = [None, True, [], {}, "", "é" * 300, "baclofen", "ziconotide", "fentanyl", "2026-02-30", "0001-01-01", "9999-12-31", "C1", "S5", "0 cm", "1e9 cm", "{",
         "line\nline", "%s%n", "steady", "-", "morphine oral 20 mg 0.00000000000000000000000001"]
GOOD = {0, 1, 64, 65, 66, 73, 74}
NO_NUMBER = re.compile(r"(?<![A-Za-z_])(?:[+-]?nan|[+-]?inf)(?![A-Za-z_])")
SECONDS = 300  # a fit of points that no person has may take a minute of a core


def places(value, path=()):
    """The path of every value that holds no others, and of every list and table."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], (*path, index))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def variants(value):
    """What may stand in the place of `value`: each number with the unit of it, and words."""
    if isinstance(value, (dict, list)):
        return [None, True, [], {}, "word", 0]
    number, _, unit = str(value).partition(" ")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) or number.replace(".", "").replace("e-", "").isdigit()
    return ([f"{n} {unit}".strip() if unit else n for n in NUMBERS] if is_number else []) + WORDS


def replaced(specification, path, value):
    changed = copy.deepcopy(specification)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def call(thecal, kind, specification):
    """What is wrong with the answer to a specification, None where nothing is; and whether the models ran."""
    with tempfile.TemporaryDirectory() as folder:
        # A number that is written as text is read as YAML reads it, bare.
        text = re.sub(r"'([-+.0-9e]+)'", r"\1", yaml.safe_dump(specification, allow_unicode=True, width=10_000))
        with open(f"{folder}/x.yaml", "w") as file:
            file.write(text)
        # A plan, a course and a titration are printed; the others are files.
        rest = {"sweep": ["--output", "x.csv"], "fit": ["--output", "x.json"], "simulate": ["--output", "x.csv"]}.get(kind, ["--json"])
        try:
            found = subprocess.run([thecal, kind, "x.yaml", *rest], cwd=folder, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"{SECONDS} s", False
        if found.returncode not in GOOD:
            return f"code {found.returncode}: {found.stderr[-300:].decode(errors='replace')}", False
        answer = found.stdout.decode(errors="replace")
        try:
            with open(f"{folder}/{rest[-1]}") as file:
                answer += file.read()
        except OSError:
            pass
        if NO_NUMBER.search(answer):
            return f"no number in the answer: {NO_NUMBER.search(answer)}", True
        return None, found.returncode == 0


def main():
    # The calls run in folders of their own.
    thecal, count, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    single = [(kind, which, path, value) for which, (kind, specification) in enumerate(SPECIFICATIONS)
              for path in places(specification) for value in variants(at(specification, path))]
    findings, ran = 0, 0
    for which, (kind, specification) in enumerate(SPECIFICATIONS):
        problem, answered = call(thecal, kind, specification)
        if problem or not answered:
            findings += 1
            print(f"finding: specification {which} of {kind} is not answered: {problem}", flush=True)
    chosen = [single[k * len(single) // count] for k in range(count)] if count < len(single) else single
    work = [(kind, replaced(SPECIFICATIONS[which][1], path, value), f"{path} = {value!r}") for kind, which, path, value in chosen]
    choose = random.Random(seed)
    for _ in range(count - len(single)):
        kind, specification = choose.choice(SPECIFICATIONS)
        said = []
        for _ in range(choose.randint(2, 3)):
            path = choose.choice(list(places(specification)))
            value = choose.choice(variants(at(specification, path)))
            specification = replaced(specification, path, value)
            said.append(f"{path} = {value!r}")
        work.append((kind, specification, "; ".join(said)))
    for kind, specification, said in work:
        problem, answered = call(thecal, kind, specification)
        ran += answered
        if problem:
            findings += 1
            print(f"finding: {kind}: {said}: {problem}", flush=True)
    print(f"{len(work)} specifications of {len(single)} single ones, seed {seed}: {ran} answered, {findings} findings")
    sys.exit(1 if findings or ran < len(work) // 20 else 0)


main()

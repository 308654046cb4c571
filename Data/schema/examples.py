#!/usr/bin/env python3
"""Holds the YAML examples against the schemas of `thecal schema`. Needs `jsonschema` and `PyYAML` (PyPI).

Usage: examples.py THECAL
"""

import json
import pathlib
import subprocess
import sys

import yaml
from jsonschema import Draft202012Validator

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"
KIND_OF = {
    "candidate.yaml": "candidate", "fit.yaml": "fit", "patient.yaml": "plan", "morphine-bolus.yaml": "simulate", "sweep-scenario.yaml": "simulate",
    "sweep.yaml": "sweep", "timeline.yaml": "timeline", "titration.yaml": "titrate", "trial.yaml": "titrate",
}


def read(path):
    """A file as JSON has it: a day is text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text()), default=str))


def main(program):
    problems = 0
    for path in sorted(EXAMPLES.glob("*.yaml")):
        kind = KIND_OF.get(path.name)
        if kind is None:
            print(f"{path.name}: name its kind in {pathlib.Path(__file__).name}", file=sys.stderr)
            problems += 1
            continue
        schema = json.loads(subprocess.run([program, "schema", kind], check=True, capture_output=True).stdout)
        Draft202012Validator.check_schema(schema)
        for error in Draft202012Validator(schema).iter_errors(read(path)):
            place = ".".join(str(part) for part in error.absolute_path)
            print(f"{path.name}: {place}: {error.message[:300]}", file=sys.stderr)
            problems += 1
    sys.exit(1 if problems else 0)


main(sys.argv[1])

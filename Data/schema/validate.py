#!/usr/bin/env python3
"""Holds every data file against its JSON Schema. Needs `jsonschema` (PyPI)."""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

DATA = pathlib.Path(__file__).resolve().parent.parent
SCHEMA_OF = [  # the first pattern that fits
    ("drugs/*.json", "drug"),
    ("products/*.json", "products"),
    ("tables/oral-equivalents/*.json", "oral-equivalents"),
    ("tables/ratios/*.json", "ratio"),
    ("tables/intrathecal-ratios.json", "intrathecal-ratios"),
    ("rules/*.json", "rules"),
    ("devices/catheters.json", "catheters"),
    ("devices/*.json", "device"),
    ("stability/in-*.json", "stability"),
    ("stability/*.json", "rules"),
    ("incidence/event-rates.json", "event-rates"),
    ("incidence/*.json", "incidence"),
    ("anatomy/*.json", "anatomy"),
    ("transport/*.json", "transport"),
    ("kinetics/csf-uptake.json", "csf-uptake"),
    ("kinetics/*.json", "kinetics"),
    ("protocols/candidate.json", "candidate"),
    ("protocols/*.json", "rules"),
    ("response/fits.json", "fits"),
    ("response/*.json", "rules"),
    ("references.json", "references"),
    ("manifest.json", "manifest"),
]


def main():
    schemas = {path.name: json.loads(path.read_text()) for path in (DATA / "schema").glob("*.schema.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items())
    problems = 0
    for path in sorted(DATA.rglob("*.json")):
        name = path.relative_to(DATA)
        kind = next((kind for pattern, kind in SCHEMA_OF if name.match(pattern)), None)
        if kind is None:
            continue  # not ours: schemas, examples, other folders
        schema = schemas[f"{kind}.schema.json"]
        Draft202012Validator.check_schema(schema)
        for error in Draft202012Validator(schema, registry=registry).iter_errors(json.loads(path.read_text())):
            place = ".".join(str(part) for part in error.absolute_path)
            print(f"Data/{name}: {place}: {error.message[:300]}", file=sys.stderr)
            problems += 1
    sys.exit(1 if problems else 0)


main()

#!/usr/bin/env python3
"""Gathers the licences of everything that a wheel will hold: licences.py LIBRARY TARGET_FOLDER."""

import pathlib
import shutil
import sys

import parts


def main():
    library, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(parts.ROOT / "LICENSE", target / "thecal.txt")
    for name, *_ in parts.inside():
        if text := parts.licence_text(name):
            (target / f"{name}.txt").write_text(text)
    for package in parts.beside(library):
        found = pathlib.Path("/usr/share/doc") / package / "copyright"
        if found.exists():
            shutil.copy(found, target / f"debian-{package}.txt")


main()

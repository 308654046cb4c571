#!/usr/bin/env python3
"""Mutation by schemata: every mutant of mutants.json in one build, chosen by THECAL_MUTANT when the tests run.

Each original expression becomes `(_thecalMutant == N ? (mutant) : (original))` in a copy of the tree, which is built once.
The baseline runs every filter without a mutant; then each mutant runs against the tests that concern it. A test that fails or a
process that dies kills it; a mutant that runs too long is killed as well. Exit 1 below 95 % killed, or where a mutant survives
that is not in the list of survivors with its reason.

A removal switches off one rule in every place where it stands, and runs the table of hazards: each cell of the table that a rule
answers for must fail without it. Exit 1 where a cell passes without its rule, or where no removal answers for a cell.

usage: mutate.py [--only ID …] [--check] [--no-build]
"""
import argparse
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / "out" / "mutation"
LEAST = 0.95
SWITCH = "_thecalMutant"
READER = """import Glibc

/// The mutant that this process runs; zero for none.
let %s: Int = getenv("THECAL_MUTANT").flatMap { Int(String(cString: $0)) } ?? 0
""" % SWITCH
# The copy builds only what the tests of the mutants need.
TRIM = """
var kept: Set = %s
var before = 0
while kept.count != before {
  before = kept.count
  for target in package.targets where kept.contains(target.name) {
    for dependency in target.dependencies {
      switch dependency {
      case .targetItem(let name, _), .byNameItem(let name, _): kept.insert(name)
      default: break
      }
    }
  }
}
package.targets.removeAll { !kept.contains($0.name) }
// The table of hazards runs the program.
package.products.removeAll { $0.name != "thecal" || !kept.contains("ThecalCommand") }
"""
TABLE = "No command lets a hazard pass"
SERVED = "over HTTP"  # in the name of the test that asks the server for the same cells
SKIPPED = {".git", ".build", "out", ".venv", "__pycache__", "notebooks-export", "Benchmarks"}
DEADLINE = 300  # seconds for one mutant: the slowest filter takes a tenth of it


def places(mutants):
    """Where each mutant's expression stands: {file: {(start, end): [mutant]}}."""
    found = {}
    for mutant in mutants:
        text = (ROOT / mutant["file"]).read_text()
        if text.count(mutant["find"]) != 1:
            sys.exit(f"{mutant['id']}: {mutant['find']!r} stands {text.count(mutant['find'])} times in {mutant['file']}")
        if mutant["find"].count(mutant["original"]) != 1:
            sys.exit(f"{mutant['id']}: {mutant['original']!r} must stand once in {mutant['find']!r}")
        start = text.index(mutant["find"]) + mutant["find"].index(mutant["original"])
        span = (start, start + len(mutant["original"]))
        found.setdefault(mutant["file"], {}).setdefault(span, []).append(mutant)
    return found


def mutated(text, spans):
    """The text with every mutant behind the switch; spans may lie within each other, the outer one keeps the inner."""
    def build(start, end, inside):
        # The outermost spans of this stretch, each with those that lie within it.
        result, at = [], start
        outer = []
        for span in sorted(inside, key=lambda s: (s[0], -s[1])):
            if outer and span[0] < outer[-1][1]:
                if span[1] > outer[-1][1]:
                    sys.exit(f"mutants overlap: {text[span[0]:span[1]]!r}")
                continue
            outer.append(span)
        for span in outer:
            within = {s: m for s, m in inside.items() if s != span and span[0] <= s[0] and s[1] <= span[1]}
            original = build(span[0], span[1], within)
            choice = "".join(f"{SWITCH} == {m['number']} ? ({m['mutant']}) : " for m in inside[span])
            result += [text[at:span[0]], f"({choice}({original}))"]
            at = span[1]
        return "".join(result) + text[at:end]

    return build(0, len(text), spans)


def parses(found):
    """Whether every file reads as Swift with its mutants in: a piece of an expression that is none is found without a build."""
    broken = []
    with tempfile.TemporaryDirectory() as folder:
        for file, spans in found.items():
            path = pathlib.Path(folder) / file.replace("/", "+")
            path.write_text(mutated((ROOT / file).read_text(), spans))
            done = subprocess.run(["swiftc", "-frontend", "-parse", str(path)], capture_output=True, text=True)
            if done.returncode != 0:
                broken.append(f"{file} with its mutants:\n{done.stderr[:1_500]}")
    print("\n".join(broken), end="")
    return not broken


def write(path, data):
    """Writes only what differs, so that the next build compiles only that."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def copy(found, tests):
    kept = set()
    for folder, names, files in os.walk(ROOT):
        base = pathlib.Path(folder)
        names[:] = [n for n in names if n not in SKIPPED and not (base / n).is_symlink()]
        for name in files:
            source = base / name
            relative = source.relative_to(ROOT)
            kept.add(relative)
            data = source.read_bytes()
            if str(relative) in found:
                data = mutated(data.decode(), found[str(relative)]).encode()
            if str(relative) == "Package.swift":
                data += (TRIM % json.dumps(sorted(tests))).encode()
            write(COPY / relative, data)
    for module in {pathlib.Path(file).parts[1] for file in found}:
        relative = pathlib.Path("Sources") / module / "MutantSwitch.swift"
        kept.add(relative)
        write(COPY / relative, READER.encode())
    for folder in ("Sources", "Tests", "Data"):
        for path in (COPY / folder).rglob("*"):
            if path.is_file() and path.relative_to(COPY) not in kept:
                path.unlink()
    # The packages that the build depends on are fetched already.
    for name in ("checkouts", "repositories", "artifacts", "workspace-state.json"):
        source, target = ROOT / ".build" / name, COPY / ".build" / name
        if source.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target, **({"symlinks": True} if source.is_dir() else {}))


def build():
    command = ["swift", "build", "--build-tests", "--package-path", str(COPY)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout[-12_000:])
        sys.exit("the mutated copy does not build")


def run(filters, number):
    """Whether the tests that match one of `filters` pass with this mutant, and what failed first."""
    binary = next((COPY / ".build" / "debug").glob("*.xctest"))
    # Without colours, whose codes would stand between the mark of a failure and its name.
    environment = dict(os.environ, THECAL_MUTANT=str(number), NO_COLOR="1")
    command = [str(binary), "--testing-library", "swift-testing"]
    for pattern in filters:
        command += ["--filter", pattern]
    try:
        done = subprocess.run(
            command, cwd=COPY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            errors="replace", timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        return False, "ran too long"
    count = re.search(r"Test run with (\d+) tests?", done.stdout)
    if number == 0 and (count is None or int(count.group(1)) == 0):
        sys.exit(f"no test matches {filters}")
    first = re.search(r"✘ Test (.*?) recorded", done.stdout) or re.search(r"(Fatal error.*|✘ Test .*)", done.stdout)
    return done.returncode == 0, first.group(1) if first else f"exit {done.returncode}"


def listed(book):
    """The mutants, the removals, and every place of both with the number that switches it."""
    mutants, removals = book["mutants"], book["removals"]
    spots = []
    for number, entry in enumerate(mutants + removals, 1):
        entry["number"] = number
        for place in entry.get("places", [entry]):
            place.update(number=number, id=entry["id"])
            spots.append(place)
    return mutants, removals, spots


def cells(output, mark):
    """The cells of the table that lines with `mark` name: command.hazard, and http.command.hazard where the server was asked."""
    found = set()
    for line in output.splitlines():
        if mark in line and (cell := re.search(r"cell → (\w+\.\w+)", line)):
            found.add(("http." if SERVED in line else "") + cell.group(1))
    return found


def table(number):
    """The cells that ran, and those that failed."""
    binary = next((COPY / ".build" / "debug").glob("*.xctest"))
    environment = dict(os.environ, THECAL_MUTANT=str(number), NO_COLOR="1")
    done = subprocess.run(
        [str(binary), "--testing-library", "swift-testing", "--filter", TABLE], cwd=COPY, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", timeout=DEADLINE)
    return cells(done.stdout, "started"), cells(done.stdout, "recorded an issue")


def answers(removal, cell):
    """Whether the rule that is removed is the one that answers for a cell."""
    name = cell.removeprefix("http.")
    return any(fnmatch.fnmatch(name, pattern) for pattern in removal["cells"])


def check_removals(removals, are_all):
    """Runs the table without each rule; the number of faults. Where not all are run, the cells of those that are must fail."""
    every, failing = table(0)
    if not every or failing:
        sys.exit(f"the table of hazards fails without a removal: {sorted(failing)}")
    if not are_all:
        every = {cell for cell in every if any(answers(removal, cell) for removal in removals)}
    shown, faults = set(), 0
    for removal in removals:
        begun = time.monotonic()
        own = {cell for cell in every if answers(removal, cell)}
        _, failing = table(removal["number"])
        shown |= own & failing
        print(
            f"removal  {removal['id']:34} {time.monotonic() - begun:5.1f} s  {len(own & failing)} of its {len(own)} cells fail, "
            f"{len(failing - own)} others; not {', '.join(sorted(own - failing)) or 'one passes'}", flush=True)
    for cell in sorted(every - shown):
        faults += 1
        print(f"cell that passes without its rule: {cell}")
    print(f"{len(shown)} of {len(every)} cells fail without their own rule")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], help="ids of mutants")
    parser.add_argument("--check", action="store_true", help="only look whether every mutant finds its place and reads as Swift")
    parser.add_argument("--no-build", action="store_true", help="run what was built before")
    options = parser.parse_args()
    book = json.loads((ROOT / "Tests" / "Mutation" / "mutants.json").read_text())
    (mutants, removals, spots), survivors = listed(book), {entry["id"]: entry["reason"] for entry in book["survivors"]}
    ids = [entry["id"] for entry in mutants + removals]
    if len(set(ids)) != len(ids) or set(survivors) - {mutant["id"] for mutant in mutants}:
        sys.exit("an id stands twice, or a survivor is no mutant")
    found = places(spots)
    for file, spans in found.items():
        mutated((ROOT / file).read_text(), spans)
    print(f"{len(mutants)} mutants and {len(removals)} removals in {len(found)} files")
    if options.check:
        sys.exit(0 if parses(found) else 1)
    if not options.no_build:
        copy(found, {target for mutant in mutants for target in mutant["filter"]} | {"ThecalCommandTests"})
        build()
    chosen = [mutant for mutant in mutants if not options.only or mutant["id"] in options.only]
    removed = [removal for removal in removals if not options.only or removal["id"] in options.only]
    faults = check_removals(removed, len(removed) == len(removals)) if removed else 0
    for filters in sorted({tuple(mutant["filter"]) for mutant in chosen}):
        passes, first = run(filters, 0)
        if not passes:
            sys.exit(f"without a mutant {', '.join(filters)} fails: {first}")
    killed, failures = 0, []
    for mutant in chosen:
        begun = time.monotonic()
        passes, first = run(mutant["filter"], mutant["number"])
        killed += not passes
        verdict = "SURVIVED" if passes else "killed"
        print(f"{verdict:8} {mutant['id']:34} {time.monotonic() - begun:5.1f} s  {'' if passes else first}", flush=True)
        if passes and mutant["id"] not in survivors:
            failures.append(mutant["id"])
        if not passes and mutant["id"] in survivors:
            print(f"         {mutant['id']} is listed as a survivor and was killed: take it off the list")
    share = killed / len(chosen) if chosen else 1
    if chosen:
        print(f"{killed} of {len(chosen)} killed, {100 * share:.1f} %")
    for identifier in failures:
        print(f"unexplained survivor: {identifier}")
    for identifier, reason in survivors.items():
        print(f"known survivor: {identifier}: {reason}")
    if faults or failures or share < LEAST:
        sys.exit(1)


if __name__ == "__main__":
    main()

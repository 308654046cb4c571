#!/usr/bin/env python3
"""How long the command takes before it has done anything: startup.py THECAL THRESHOLDS

CPU time as a ratio to a process that does nothing either, so that the machine's speed and load do not count; and the number of
libraries that are loaded, which is the same everywhere.
"""

import json
import resource
import subprocess
import sys

ROUNDS = 25


def cpu(*command):
    """Milliseconds of CPU, the lower decile of many: what else the machine does adds, a clock that stood still takes away."""
    readings = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        readings.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1e3 * sorted(readings)[ROUNDS // 10]


def main():
    thecal, thresholds = sys.argv[1], json.load(open(sys.argv[2]))
    reference = cpu(sys.executable, "-I", "-S", "-c", "pass")
    libraries = len(subprocess.run(["ldd", thecal], capture_output=True, text=True).stdout.splitlines())
    version = cpu(thecal, "--version")
    conversion = cpu(thecal, "convert", "--medication", "oxycodone oral 20 mg q6h", "--opioid-days", "30", "--json")
    found = {"libraries": libraries, "version": version / reference, "conversion": conversion / reference}
    print(f"start-up: {libraries} libraries; --version {version:.1f} ms of CPU, one conversion {conversion:.1f} ms "
          f"(an idle Python {reference:.1f} ms)")
    slow = [name for name, value in found.items() if value > thresholds[name]["limit"]]
    for name in slow:
        print(f"{name}: {found[name]:.2f} is above {thresholds[name]['limit']}", file=sys.stderr)
    sys.exit(1 if slow else 0)


main()

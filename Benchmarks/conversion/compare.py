#!/usr/bin/env python3
"""Converts a million patients beside pandas, which merely reads and writes the same file.

Run by `make bench`, or by hand from the project's venv:

    .venv/bin/python Benchmarks/conversion/compare.py [--rows 1000000] [--rounds 5] [--thecal PATH]

The two programs take turns, so that a busy machine slows both. Three promises are held on a file in which regimens
come back, as in a clinic; on one in which hardly any does, the two on memory are, and the time is printed:

- `thecal convert` on two threads is faster than pandas (median of the ratios);
- its peak memory stays under 150 MB;
- from half of the patients to all of them, it grows by at most 32 bytes for each patient more.

Exit code 1 says that one was broken.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEAK_MB = 150
GROWTH_BYTES = 32
SEED = 20261121

HEADER = (
    "patient_id,drug,route,dose,unit,frequency,indication,opioid_days,age_years,weight_kg,frail,sleep_apnea,"
    "cns_depressants,ward\n"
)
PANDAS = "import pandas, sys; pandas.read_csv(sys.argv[1]).to_csv(sys.argv[2], index=False)"

# Name, route, unit, strengths that are sold, frequencies, how often it is met in a pain clinic.
MEDICINES = [
    ("morphine", "oral", "mg", [10, 15, 30, 60, 100], ["bid", "tid", "q4h"], 25),
    ("oxycodone", "oral", "mg", [5, 10, 20, 40, 80], ["bid", "q6h", "q4h"], 25),
    ("hydromorphone", "oral", "mg", [2, 4, 8], ["q6h", "q4h"], 12),
    ("fentanyl", "transdermal", "mcg/h", [12, 25, 50, 75, 100], ["q72h"], 12),
    ("tramadol", "oral", "mg", [50, 100], ["tid", "qid"], 8),
    ("tapentadol", "oral", "mg", [50, 100, 200], ["bid"], 6),
    ("oxymorphone", "oral", "mg", [5, 10, 20], ["bid"], 3),
    ("methadone", "oral", "mg", [5, 10, 20], ["tid"], 3),
    ("baclofen", "oral", "mg", [10, 20], ["tid", "qid"], 6),
]


def write_clinic(path, rows, varied):
    """Patients with one medicine each: by strengths that are sold, or, varied, with hardly two alike."""
    chance = random.Random(SEED)
    weights = [medicine[-1] for medicine in MEDICINES]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER)
        for start in range(0, rows, 10_000):
            lines = []
            for i, medicine in enumerate(chance.choices(MEDICINES, weights, k=min(10_000, rows - start))):
                drug, route, unit, strengths, frequencies, _ = medicine
                number = chance.random()
                if varied:
                    # Weighed to a tenth, as liquid medicines are, for patients described in full.
                    dose = f"{chance.choice(strengths) * (0.5 + number):.1f}"
                    facts = (
                        f"{chance.choice(('cancer', 'noncancer'))},{chance.randrange(900)},"
                        f"{chance.randrange(18, 95)},{chance.randrange(400, 1_200) / 10},"
                        f"{chance.choice(('yes', 'no', ''))},{chance.choice(('yes', 'no', ''))},"
                        f"{chance.choice(('yes', 'no'))},W{chance.randrange(40)}"
                    )
                else:
                    dose = chance.choice(strengths)
                    facts = f"{'cancer' if number < 0.3 else 'noncancer'},{30 if number < 0.8 else ''},,,,,,Pain"
                lines.append(
                    f"P{start + i:07d},{drug},{route},{dose},{unit},{chance.choice(frequencies)},{facts}\n"
                )
            file.writelines(lines)


def run(command):
    """Runs `command`; seconds, and the most memory it held, in bytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    # 1 says that some patients were refused, which a clinic with methadone in it must expect.
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def measure(name, folder, options, varied):
    """Both programs in turn on one kind of file; the promises that were broken."""
    whole, half, out = folder / "clinic.csv", folder / "half.csv", folder / "out.csv"
    write_clinic(whole, options.rows, varied)
    write_clinic(half, options.rows // 2, varied)
    convert = [options.thecal, "convert", "--threads", "2", "--quiet", "-o", out]
    pandas = [sys.executable, "-c", PANDAS, whole, folder / "pandas.csv"]
    times, peers, peaks = [], [], []
    for turn in range(options.rounds):
        seconds, peak = run(convert + [whole])
        peer, peer_peak = run(pandas)
        times.append(seconds)
        peers.append(peer)
        peaks.append(peak)
        print(f"  {name} {turn + 1}: thecal {seconds:.2f} s, pandas {peer:.2f} s", flush=True)
    small = statistics.median(run(convert + [half])[1] for _ in range(3))
    ratio = statistics.median(a / b for a, b in zip(times, peers))
    peak = max(peaks)
    growth = (statistics.median(peaks) - small) / (options.rows - options.rows // 2)
    rate = options.rows / statistics.median(times)
    promises = [
        (f"time / pandas' {ratio:.2f} ({rate:,.0f} patients/s)", ratio < 1, "below 1"),
        (f"peak memory {peak / 1e6:.0f} MB (pandas {peer_peak / 1e6:.0f} MB)", peak < PEAK_MB * 1e6, f"below {PEAK_MB}"),
        (f"growth {growth:.1f} bytes per patient", growth <= GROWTH_BYTES, f"at most {GROWTH_BYTES}"),
    ]
    if varied:
        # Only a file in which regimens come back is promised to be faster; this figure is for information.
        print(f"  {name}: {promises[0][0]}, no promise")
        promises = promises[1:]
    for text, kept, bound in promises:
        print(f"{'pass' if kept else 'FAIL'}  {name}: {text}, {bound}")
    return sum(not kept for _, kept, _ in promises)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--thecal", type=Path, default=ROOT / ".build/release/thecal")
    options = parser.parse_args()
    if not options.thecal.exists():
        sys.exit(f"{options.thecal} is not there: swift build -c release")
    try:
        import pandas
    except ImportError:
        sys.exit("pandas is not there: run this with .venv/bin/python, after .venv/bin/pip install pandas")
    print(f"{options.rows:,} patients, {options.rounds} rounds, pandas {pandas.__version__}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        broken = measure("repetitive", Path(folder), options, varied=False)
        broken += measure("varied", Path(folder), options, varied=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()

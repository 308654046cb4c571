#!/usr/bin/env python3
"""Flags that nobody would write, to every command that takes quantities, dates, counts or words: each call ends with an exit
code of the command line, never with a signal. Everything follows from the seed. usage: commands.py THECAL CALLS [SEED]
"""

import random
import subprocess
import sys

#: Each command with flags that are right; one to three of the values are then replaced.
COMMANDS = [
    "pump refill --device|synchromed_2 --fill|40 mL --concentration|25 mg/mL --dose|10 mg/day --date|2026-01-01 --alarm|2 mL "
    "--drug|morphine --bolus|0.2 mg --boluses-per-day|3 --residual|1.4 mL --accuracy|14.5 % --max-interval|180 days",
    "pump choose --dose|2 mg/day --interval|90 days --reservoir|40 mL --drug|morphine --device|synchromed_2",
    "pump prime --device|synchromed_2 --concentration|10 mg/mL --dose|1 mg/day --drug|morphine --length|60 cm --per-length|0.0022 mL/cm "
    "--tubing|0.199 mL",
    "pump bridge --old|10 mg/mL --new|20 mg/mL --old-dose|5 mg/day --new-dose|6 mg/day --path|0.4 mL --drug|morphine --mixing|20 %",
    "pump compound --volume|20 mL --drug|morphine 10 mg/mL from 25 mg/mL --overfill|1 mL --sample|1 mL --graduation|0.1 mL",
    "pump flex --device|synchromed_2 --concentration|1 mg/mL --step|00:00 0.5 mL/day --step|08:00 1 mL/day --bolus|12:00 0.1 mL over 30 min "
    "--days|mon,tue --otherwise|0.4 mL/day --drug|morphine",
    "pump washout --device|synchromed_2 --rinse|10 mL --times|3 --old|20 mg/mL --new|10 mg/mL --fill|20 mL --drug|morphine",
    "pump wean --drug|baclofen --from|400 mcg/day --to|0 mcg/day --per-step|10 % --every|2 days --concentration|500 mcg/mL "
    "--date|2026-01-01 --device|synchromed_2",
    "pump battery --device|synchromed_2 --implanted|2020-02-29 --flow|0.5 mL/day --alarmed|2026-01-01 --as-of|2026-02-01",
    "pump interruption --drug|baclofen --dose|300 mcg/day --for|36 h --delay|2 h --reason|mri",
    "pump ptm --dose|1 mg/day --concentration|1 mg/mL --bolus|0.1 mg --lockout|2 h --max-per-day|6 --duration|5 min "
    "--device|synchromed_2 --drug|morphine",
    "pump pocket-fill --volume|18 mL --concentration|20 mg/mL --drug|morphine",
    "pump flush --concentration|10 mg/mL --length|60 cm --per-length|0.0022 mL/cm --drug|morphine --device|synchromed_2",
    "pump admix --drug|morphine 10 mg/mL --drug|bupivacaine 20 mg/mL --primary|morphine --dose|4 mg/day --bolus|0.2 mg",
    "pump admix --want|morphine 4 mg/day --want|clonidine 60 mcg/day --flow|0.4 mL/day --fill|20 mL --interval|60 days --alarm|2 mL",
    "pump discrepancy --previous|40 mL --flow|0.25 mL/day --days|60 --found|24 mL --extra|0.5 mL --drug|morphine --dose|5 mg/day "
    "--device|synchromed_2 --cause|unknown",
    "pump discrepancy --previous|40 mL --flow|0.25 mL/day --days|60 --found|24 mL --history|-",
    "pump list - --as-of|2026-02-01",
    "risk --drug|morphine --dose|0.3 mg --regimen|single --patients|3 --seed|1",
    "risk --drug|baclofen --dose|300 mcg/day --regimen|continuous --patients|3 --tip|T10",
    "convert --medication|oxycodone oral 20 mg q6h --medication|morphine oral 15 mg bid --opioid-days|30 --age-years|70 "
    "--residual-mme|10",
    "explain-ratio morphine --tip|T10 --at|C2 --samples|20 --seed|1",
    "pk --model|oral2 --set|CL=10 --set|V=50 --set|Q=5 --set|V2=80 --set|KA=1 --events|- --population|2 --omega|CL=30 %",
    "diary -",
]
EVENTS = b"ID,TIME,AMT,EVID,ADDL,II,SS,RATE,MDV\n1,0,%a,1,%a,%a,%a,0,1\n1,%a,0,0,0,0,0,0,0\n"
DIARY = b"date,time,pain,dose\n2026-01-01,08:00,%a,0.4 mg/day\n%a,09:00,4,%a mg/day\n2026-01-03,%a,4,0.4 mg/day\n"
CLINIC = (b"patient_id,drug,concentration,dose,fill,fill_date,device\nA,morphine,%a mg/mL,%a mg/day,%a mL,2026-01-01,synchromed_2\n"
          b"B,baclofen,2000 mcg/mL,%a mcg/day,20 mL,%a,\n")
HISTORY = b"previous,flow,days,found,extra\n%a mL,%a mL/day,%a,%a mL,%a mL\n40 mL,0.25 mL/day,30,32 mL,\n20 mL,1 mL/day,-%a day,1 mL,10 mL\n"
NUMBERS = ["0", "-1", "1e-300", "1e300", "1e30", "1e-30", "9" * 19, "9" * 40, "9223372036854775807", "0.0000000000000000001",
           "1e18", "nan", "inf", "", "1/3", "1,5", "0.1", "7", "1e5"]
WORDS = ["", "é" * 300, "morphine", "baclofen", "ziconotide", "fentanyl", "bupivacaine", "vincristine", "0001-01-01", "9999-12-31",
         "2200-12-31", "1900-01-01", "01/02/9223372036854775807", "24:00", "00:00", "25:61 1 mL/day", "single", "continuous",
         "synchromed_3", "prometra_2", "C1", "S5", "mon,mon", "CL=0", "CL=1e300", "V=1e-300", "F=2", "CL=-1 %", "{", "\n", "%s%n"]
GOOD = set([*range(0, 2), 64, 65, 66, 73, 74])


def changed(value, choose):
    number, _, unit = value.partition(" ")
    if choose.random() < 0.6:
        name, equals, inner = number.partition("=")
        return f"{name}={choose.choice(NUMBERS)}" if equals else f"{choose.choice(NUMBERS)} {unit}".rstrip()
    if choose.random() < 0.5:
        try:
            return f"{float(number) * 10.0 ** choose.choice([-12, -6, -3, 3, 6, 12]):.15g} {unit}".rstrip()
        except ValueError:
            pass
    return choose.choice(WORDS)


def call(seed):
    """The arguments and the standard input of one seed."""
    choose = random.Random(seed)
    parts = choose.choice(COMMANDS)
    words, flags = [], []
    for part in parts.split(" --"):
        name, bar, value = part.partition("|")
        if bar:
            flags.append([f"--{name}", value])
        else:
            head = name.split(" ")
            if words:
                head[0] = f"--{head[0]}"
            words += head
    for _ in range(choose.randint(1, 3)):
        if flags:
            flag = choose.choice(flags)
            flag[1] = changed(flag[1], choose)
    if choose.random() < 0.15 and flags:
        flags.remove(choose.choice(flags))
    texts = {"pk": EVENTS, "diary": DIARY, "list": CLINIC, "discrepancy": HISTORY}
    text = next((texts[word] for word in words if word in texts), b"")
    while b"%a" in text:
        text = text.replace(b"%a", choose.choice(NUMBERS + ["10", "12", "1"]).encode(), 1)
    arguments = words + [f"{name}={value}" for name, value in flags]
    if words[0] in ("pump", "risk", "diary", "convert") and choose.random() < 0.5:
        arguments.append("--json")
    return arguments, text


def main():
    thecal, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    findings, answered = 0, 0
    for k in range(seed, seed + count):
        arguments, text = call(k)
        try:
            found = subprocess.run([thecal, *arguments], input=text, capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            findings += 1
            print(f"finding {k}: two minutes in {arguments}", flush=True)
            continue
        except ValueError:  # a NUL is no argument
            continue
        answered += found.returncode in (0, 1)
        if found.returncode not in GOOD:
            findings += 1
            print(f"finding {k}: {found.returncode} from {arguments} {text!r}\n{found.stderr[-300:].decode(errors='replace')}", flush=True)
    print(f"{count} calls from seed {seed}: {answered} answered, {findings} findings")
    sys.exit(1 if findings or answered < count // 20 else 0)


main()

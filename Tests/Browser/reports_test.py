#!/usr/bin/env python3
"""The pages and the workbook that commands write, as a pharmacist opens, prints and signs them.

    reports_test.py PROGRAM [FOLDER]
"""

import csv
import datetime
import math
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time
import unicodedata

import openpyxl
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driven
from driven import HOSTILE, browser, check, legible, printed, quiet, sized, squeezed

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Data" / "examples"
MILLIMETER = 96 / 25.4  # in CSS pixels
SHEET = ((210 - 28) * MILLIMETER, (297 - 32) * MILLIMETER)  # A4 without its margins
OPENS_WITHIN = 2.0  # seconds, for ten thousand patients

BUNDLE = """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"MedicationRequest","id":"m1","status":"active",
"intent":"order","medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1049621",
"display":"Oxycodone Hydrochloride 5 MG Oral Tablet"}],"text":"Oxycodone 5 mg tablet"},"subject":{"reference":"Patient/f7","display":"Ada"},
"dosageInstruction":[{"text":"1 tablet as needed for pain","asNeededBoolean":true,"timing":{"repeat":{"frequency":1,"period":6,"periodUnit":"h"}},
"doseAndRate":[{"doseQuantity":{"value":1,"unit":"tablet"}}]}]}}]}"""

# Page: what is asked of the program, with {page} for the file.
REPORTS = {
    "report-convert": "convert {examples}/clinic.csv -o out.csv --quiet --report {page}",
    "report-plan": "plan {examples}/patient.yaml --page {page}",
    "report-intake": "intake {examples}/hospital.csv -o out.csv --quiet --report {page}",
    "report-fhir": "intake bundle.json -o out.csv --quiet --report {page}",
    "report-titrate": "titrate {examples}/titration.yaml --page {page}",
    "report-trial": "titrate {examples}/trial.yaml --page {page}",
    "report-refill": "pump refill --fill '40 mL' --concentration '10 mg/mL' --dose '4 mg/day' --date 2026-01-01 --drug morphine --page {page}",
    "report-bridge": "pump bridge --old '500 mcg/mL' --new '2000 mcg/mL' --old-dose '200 mcg/day' --new-dose '200 mcg/day' --path '0.331 mL' --page {page}",
}


def run(program, command, folder):
    done = subprocess.run([pathlib.Path(program).resolve(), *shlex.split(command)], cwd=folder, capture_output=True, text=True)
    if done.returncode > 1:
        raise SystemExit(f"{command}: {done.stderr}")


def written(program, folder):
    (folder / "bundle.json").write_text(BUNDLE)
    for name, command in REPORTS.items():
        run(program, command.format(examples=EXAMPLES, page=f"{name}.html"), folder)


def lines_of_print(driver):
    """The rows that a print must not tear, each with the patient of its card; only what is taller than half a sheet may go on."""
    return driver.execute_script("""
      return [...document.querySelectorAll('tr')].filter((r) => !r.querySelector('table') && !r.closest('thead') && r.getBoundingClientRect().height < arguments[0])
        .map((r) => [r.innerText, (r.closest('article')?.querySelector('thead th')?.firstChild.textContent || '').trim()])""", SHEET[1] / 2)


def prints(driver, name, folder, patient=None):
    """As many sheets as the page is long, each numbered, no row torn, the patient on each."""
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    sized(driver, round(SHEET[0]), round(SHEET[1]))
    height = driver.execute_script("return document.documentElement.getBoundingClientRect().height")
    rows = lines_of_print(driver)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    pdf, pages = printed(driver)
    (folder / f"{name}.pdf").write_bytes(pdf)
    pages = [squeezed(unicodedata.normalize("NFKC", page)) for page in pages]
    least = math.ceil(height / SHEET[1])
    # What is not torn leaves room at the foot of a sheet, and the head comes again on each.
    most = math.ceil(least * 1.35) + 1
    check(least <= len(pages) <= most, f"{name}: {len(pages)} sheets, expected {least} to {most}")
    check(all(f"Page{i + 1}of{len(pages)}" in page for i, page in enumerate(pages)), f"{name}: every sheet has its number")
    torn = 0
    for text, owner in rows:
        text = squeezed(unicodedata.normalize("NFKC", text))
        where = [page for page in pages if text in page]
        if not where:
            torn += 1
            print("    torn:", text[:100])
        elif owner and not any(squeezed(owner) in page for page in where):
            raise SystemExit(f"{name}: a sheet does not name {owner}")
    check(rows and not torn, f"{name}: none of {len(rows)} rows is torn, each stands with its patient")
    if patient:
        check(all(patient in page for page in pages), f"{name}: {patient} stands on every sheet")


def report_pages(program, out):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        written(program, folder)
        sheets = {name: (folder / f"{name}.html").read_text().split("<style>")[1].split("</style>")[0] for name in REPORTS}
        check(len(set(sheets.values())) == 1, f"{len(sheets)} reports have one sheet of style")
        for scheme in ["light", "dark"]:
            driver = browser(1280, 1000, scheme)
            try:
                for name in REPORTS:
                    driver.get(f"file://{folder}/{name}.html")
                    legible(driver, f"{name}-{scheme}", out)
                    ground = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
                    if (ground == "rgb(255, 255, 255)") != (scheme == "light"):
                        raise SystemExit(f"{name} is {ground} in {scheme}")
                    signed = driver.find_elements(By.CSS_SELECTOR, ".sign div")
                    if len(signed) != 2:
                        raise SystemExit(f"{name} has {len(signed)} places to sign")
                    if scheme == "light":
                        prints(driver, name, out, {"report-plan": "PatientA-17"}.get(name))
                check(True, f"reports, {scheme}: {driven.WIDTHS} px without overflow, contrast at least 4.5, two signatures")
                quiet(driver, f"file://{folder}", f"reports, {scheme}")
            finally:
                driver.quit()
        driver = browser(1280, 1000)
        try:
            plan_has_its_parts(driver, folder)
            intake_is_ordered(driver, folder)
        finally:
            driver.quit()


def plan_has_its_parts(driver, folder):
    driver.get(f"file://{folder}/report-plan.html")
    text = driver.find_element(By.TAG_NAME, "body").text
    for part in ["Conversion, start and limit", "Filling", "Priming", "First refill", "Titration", "Medicines beside the pump", "Risks of the first dose",
                 "Emergency card", "Too much", "Sudden lack", "Label of the syringe", "Compounding record", "Lot", "Expiry", "Beyond-use date", "Filter", "Initials"]:
        if part not in text:
            raise SystemExit(f"the plan has no '{part}'")
    check(driver.find_elements(By.CSS_SELECTOR, "figure svg"), "the plan has conversion, filling, refill, curve, weaning, card, label and record")


def intake_is_ordered(driver, folder):
    driver.get(f"file://{folder}/report-intake.html")
    tags = [tag.text for tag in driver.find_elements(By.CSS_SELECTOR, "td .tag")]
    check(tags == sorted(tags, key=["ask", "read", "skip"].index) and set(tags) == {"ask", "read", "skip"}, "an intake has its questions first, then what was read and skipped")
    check("oxyCODONE" in driver.find_element(By.TAG_NAME, "body").text, "an intake writes names in tall letters")
    driver.get(f"file://{folder}/report-fhir.html")
    source = driver.find_element(By.CSS_SELECTOR, "td.source").text
    check("{" not in source and "1 every 6 h" in source and "Ada (Patient/f7)" in source and "dose quantity 1 tablet" in source,
          f"FHIR stands there in words: {source[:90]}")


def spent(driver):
    """Seconds of a core that the busiest page of the browser has had: what a wait comes to where nothing else runs."""
    family, most = {driver.service.process.pid}, 0
    stats = {}
    for place in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            stats[int(place.parent.name)] = place.read_text().rpartition(")")[2].split(), (place.parent / "cmdline").read_bytes()
        except OSError:
            pass  # it has ended meanwhile
    for _ in stats:
        grown = family | {pid for pid, (fields, _) in stats.items() if int(fields[1]) in family}
        if grown == family:
            break
        family = grown
    for pid in family:
        if pid in stats and b"--type=renderer" in stats[pid][1]:
            thread = (pathlib.Path("/proc") / str(pid) / "task" / str(pid) / "stat").read_text().rpartition(")")[2].split()
            most = max(most, (int(thread[11]) + int(thread[12])) / os.sysconf("SC_CLK_TCK"))
    return most


def ten_thousand(program):
    """A report of ten thousand patients, from the address to its picture and the end of loading."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        with open(folder / "many.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow("patient_id,drug,route,dose,unit,frequency,opioid_days,age_years".split(","))
            for number in range(10_000):
                drug, dose = [("morphine", 30 + number % 90), ("oxycodone", 5 + number % 60), ("hydromorphone", 2 + number % 14)][number % 3]
                table.writerow([f"N{number:05}", drug, "oral", dose, "mg", "bid", 30, 40 + number % 50])
        run(program, "convert many.csv -o out.csv --quiet --report many.html", folder)
        best = math.inf, math.inf
        for _ in range(3):
            driver = browser(1280, 1000)
            try:
                begin, before = time.perf_counter(), spent(driver)
                driver.get(f"file://{folder}/many.html")
                painted = driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))")
                best = min(best, (spent(driver) - before, time.perf_counter() - begin))
                cards = driver.execute_script("return document.querySelectorAll('article.card').length")
            finally:
                driver.quit()
        check(painted and cards == 10_000, f"a report holds {cards} patients ({(folder / 'many.html').stat().st_size / 1e6:.0f} MB)")
        check(0 < best[0] < OPENS_WITHIN, f"it opens in {best[0]:.2f} s of a core ({best[1]:.2f} s beside what else this machine does)")


def hostile(program, out):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        with open(folder / "in.csv", "w", newline="") as file:
            csv.writer(file).writerows([["patient_id", "drug", "route", "dose", "unit", "frequency", "opioid_days"],
                                        *([name, "morphine", "oral", 60, "mg", "bid", 30] for name in HOSTILE)])
        with open(folder / "export.csv", "w", newline="") as file:
            csv.writer(file).writerows([["MRN", "Drug Name", "Sig"], *([name, "MORPHINE 15 MG TABLET", f"take 1 tablet twice daily {name[:60]}"] for name in HOSTILE)])
        run(program, "convert in.csv -o out.csv --quiet --report convert.html", folder)
        run(program, "intake export.csv -o out.csv --quiet --report intake.html", folder)
        driver = browser(360, 1000)
        try:
            for page, place in [("convert", "article thead th"), ("intake", "tbody td:nth-child(2)")]:
                driver.get(f"file://{folder}/{page}.html")
                texts = [driver.execute_script("return arguments[0].textContent", one) for one in driver.find_elements(By.CSS_SELECTOR, place)]
                check(all(any(name.strip() in text for text in texts) for name in HOSTILE), f"hostile names are text, whole, in the page of {page}")
                made = driver.execute_script("return document.querySelectorAll('script, img').length")
                wide = driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
                check(made == 0 and wide, f"no markup came of them, and nothing overflows, in the page of {page}")
            quiet(driver, f"file://{folder}", "hostile names in reports")
        finally:
            driver.quit()


def workbook(program):
    """What a spreadsheet makes of the workbook: types, wrapping, colors, print, hidden proof."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        (folder / "in.csv").write_text(
            "patient_id,drug,route,dose,unit,frequency,opioid_days,reservoir,concentration,fill_date,alarm_volume\n"
            "P1,morphine,oral,60,mg,bid,30,40 mL,2 mg/mL,2026-01-01,2 mL\n"
            "P2,methadone,oral,20,mg,tid,30,,,,\n=1+1,morphine,oral,\"1,500\",mg,bid,30,,,,\n")
        run(program, "convert in.csv -o out.xlsx --quiet", folder)
        sheet = openpyxl.load_workbook(folder / "out.xlsx").active
        columns = {cell.value: cell.column_letter for cell in sheet[1]}
        check(isinstance(sheet[f"{columns['refill_by']}2"].value, datetime.datetime) and "yy" in sheet[f"{columns['refill_by']}2"].number_format, "the workbook's days are days")
        check(sheet[f"{columns['estimate']}2"].value == 0.4 and sheet[f"{columns['patient_id']}4"].data_type != "f", "its numbers are numbers, its text is text")
        check(sheet.column_dimensions[columns["message"]].width >= 40, "its messages have room")
        message = sheet[f"{columns['message']}4"]
        style = message.alignment if message.has_style else None
        check(bool(style and style.wrap_text), "its long texts are wrapped")
        colored = {str(rules.sqref): [rule.formula[0] for rule in rules.rules] for rules in sheet.conditional_formatting}
        words = {word.strip('"') for words in colored.values() for word in words}
        check(words == {"ok", "review", "blocked", "error"} and all(place.startswith(columns["status"]) for place in colored), "its statuses have colors")
        setup = sheet.page_setup
        check(setup.orientation == "landscape" and str(setup.paperSize) == "9" and sheet.sheet_properties.pageSetUpPr.fitToPage
              and sheet.print_title_rows == "$1:$1" and "Page" in sheet.oddFooter.right.text and sheet.freeze_panes == "A2",
              "it is set up to print: A4 across, as wide as the sheet, its head on every page, numbered")
        check(all(sheet.column_dimensions[columns[name]].hidden for name in ["engine", "data", "row_sha256"]), "engine, data and digest are hidden")


def main(program, folder):
    folder.mkdir(parents=True, exist_ok=True)
    workbook(program)
    report_pages(program, folder)
    hostile(program, folder)
    ten_thousand(program)
    print(f"{driven.checks} checks hold")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "out/browser"))

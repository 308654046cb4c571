#!/usr/bin/env python3
"""The page in a browser: Debian's chromium, its driver and Selenium.

    page_test.py PROGRAM [FOLDER]

Every check prints a line; the first that does not hold ends the test with 1. Pictures go to FOLDER, for eyes.
"""

import csv
import io
import json
import pathlib
import sys
import urllib.request

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driven
from driven import HOSTILE, browser, check, click, legible, press, printed, quiet, said, wait
from served import ask, served

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Data" / "examples"


def opened(driver, address, room="patient"):
    driver.get(f"{address}/#{room}")
    if room != "patient":
        driver.refresh()
    wait(driver, lambda d: d.execute_script("return document.documentElement.dataset.ready") == "yes", "the page is ready")


def fill(driver, element, text):
    """Puts a text into a field as pasting it would."""
    driver.execute_script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", element, text)


def cards(driver, within="#cards"):
    return driver.find_elements(By.CSS_SELECTOR, f"{within} article.card")


def one_patient(driver, address, command):
    opened(driver, address)
    result = "#patient-result article.card"
    wait(driver, lambda d: "0.2 mg/day" in said(d, result), "a result for the example")
    check(True, "one patient: oxycodone 20 mg q6h starts at 0.2 mg/day")
    field = driver.find_element(By.CSS_SELECTOR, "#patient-form input")
    field.clear()
    field.send_keys("morphine oral 60 mg bid")
    wait(driver, lambda d: "0.4 mg/day" in said(d, result), "the result follows what is typed")
    check(True, "one patient: the result follows what is typed")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("morphine oral 1,500 mg bid")
    wait(driver, lambda d: "1,500' has more than one reading" in said(d, f"{result}.error"), "a bad number is an error")
    check("no dose" in said(driver, result), "one patient: a number that reads two ways has no dose")
    details = driver.find_elements(By.CSS_SELECTOR, "#patient-result details")
    check(True, f"one patient: {len(details)} derivations with an error")
    named = driver.execute_script("return document.activeElement.getAttribute('aria-describedby')")
    check(bool(named), "a field names its help for a screen reader")


def clinic(driver, address, program, folder):
    opened(driver, address, "clinic")
    table = (EXAMPLES / "clinic.csv").read_text()
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"), table)
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: cards(d), "the results of the example clinic")
    status, answer = ask(address, "/v1/convert", table.encode(), "text/csv", "text/csv")
    expected = (EXAMPLES / "clinic.expected.csv").read_bytes()
    check(answer == expected, "the example clinic: the bytes of the command line")
    rows = json.loads(ask(address, "/v1/convert", table.encode(), "text/csv")[1])
    shown = cards(driver)
    check(len(shown) == min(len(rows), 100), f"the example clinic: {len(shown)} of {len(rows)} cards")
    order = [next(name for name in ["error", "blocked", "review", "ok"] if name in card.get_attribute("class").split()) for card in shown]
    check(order == sorted(order, key=["error", "blocked", "review", "ok"].index), "what needs a decision stands first")
    boxes = driver.find_elements(By.CSS_SELECTOR, "#clinic-result .toggle input")
    for box in boxes:
        if box.get_attribute("value") != "blocked":
            click(driver, box)
    blocked = [row for row in rows if row["status"] == "blocked"]
    check(len(cards(driver)) == len(blocked), f"the filter leaves {len(blocked)} blocked")
    for box in boxes:
        if not box.is_selected():
            click(driver, box)
    search = driver.find_element(By.CSS_SELECTOR, "#clinic-result input[type=search]")
    search.send_keys("P02")
    check(len(cards(driver)) == len([row for row in rows if "p02" in json.dumps([row["patient_id"], row["drugs"], row["target_drug"], " ".join(row["codes"]), row["message"]]).lower()]), "the search finds P02")
    summary = driver.find_element(By.CSS_SELECTOR, "#cards details summary")
    click(driver, summary)
    wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#cards ol.steps li"), "the derivation opens")
    click(driver, driver.find_element(By.CSS_SELECTOR, "#cards ol.steps button.link"))
    wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#cards .source"), "a source opens in place")
    check(len(driver.find_element(By.CSS_SELECTOR, "#cards .source").text) > 30, "a derivation names its source, which opens in place")
    check(bool(driver.find_elements(By.CSS_SELECTOR, "#cards svg[role=img][aria-label*='limit']")), "start and limit are drawn against the estimate")
    search.send_keys(Keys.CONTROL, "a", Keys.DELETE)
    pdf, sheets = printed(driver)
    (folder / "clinic.pdf").write_bytes(pdf)
    check(len(rows) / 6 <= len(sheets) <= len(rows), f"{len(rows)} results print on {len(sheets)} pages")
    check(all(f"{number + 1}of{len(sheets)}" in sheet for number, sheet in enumerate(sheets)), "each of them has its number")
    quiet(driver, address, "the example clinic")


def intake(driver, address):
    opened(driver, address, "clinic")
    export = (EXAMPLES / "hospital.csv").read_text()
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"), export)
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: d.find_elements(By.ID, "intake-title"), "the preview of the intake")
    rows = json.loads(ask(address, "/v1/intake", export.encode(), "text/csv")[1])
    asked = [row for row in rows if row["intake"] == "ask"]
    lines = driver.find_elements(By.CSS_SELECTOR, "#intake tbody tr:not(.section)")
    titles = [title.text.split(" (")[0] for title in driver.find_elements(By.CSS_SELECTOR, "#intake tr.section")]
    check(titles == ["Questions", "Read", "Skipped"], "an intake has its questions first, then what was read and skipped")
    check("oxyCODONE" in driver.find_element(By.ID, "intake").text, "an intake writes names in tall letters")
    check(len(lines) == len(rows) and asked, f"the intake shows {len(rows)} medicines, {len(asked)} asked")
    first = lines[0]
    check(asked[0]["source_text"].split(",")[0][:10] in first.text, "what is asked stands first, beside its source text")
    field = first.find_element(By.CSS_SELECTOR, "input[data-column=dose]")
    field.clear()
    field.send_keys("1,500")
    press(driver, "Use this answer", "#intake tbody tr:nth-child(2)")
    wait(driver, lambda d: first.find_elements(By.CSS_SELECTOR, ".notice"), "an answer that cannot be read is refused")
    check("1,500" in first.find_element(By.CSS_SELECTOR, ".notice").text, "an answer that reads two ways is refused, and says why")
    for column, value in [("drug", "oxycodone"), ("route", "oral"), ("dose", "5"), ("unit", "mg"), ("frequency", "q6h")]:
        field = first.find_element(By.CSS_SELECTOR, f"input[data-column={column}]")
        field.clear()
        field.send_keys(value)
    press(driver, "Use this answer", "#intake tbody tr:nth-child(2)")
    wait(driver, lambda d: "answered" in first.text, "the answer counts")
    check("oxyCODONE oral 5 mg q6h" in first.text, "an intake question is answered in place")
    press(driver, "Convert", "#intake")
    wait(driver, lambda d: cards(d), "the results of the export")
    mine = [card for card in cards(driver) if asked[0]["patient_id"] in card.text]
    check(bool(mine), "the patient whose medicine was asked has a result")
    columns(driver, address)
    quiet(driver, address, "intake")


def columns(driver, address):
    """An export with a column whose name says nothing: the pharmacist says what it holds."""
    opened(driver, address, "clinic")
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"),
         "MRN,Medication,Ward's column: 1,Dose Unit,Freq,Route\nK1,MORPHINE SULFATE IR,15,mg,q6h,PO\n")
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#intake details.more"), "the columns that were not read")
    check("1 asked" in driver.find_element(By.ID, "intake-title").text, "without its dose a medicine is asked for")
    click(driver, driver.find_element(By.CSS_SELECTOR, "#intake details.more summary"))
    label = driver.find_element(By.CSS_SELECTOR, "#intake details.more label")
    check(label.text == "Ward's column: 1", "a column that was not read is named")
    Select(driver.find_element(By.ID, label.get_attribute("for"))).select_by_value("dose")
    press(driver, "Read again", "#intake")
    wait(driver, lambda d: "0 asked, 1 read" in d.find_element(By.ID, "intake-title").text, "the export is read again")
    check("morphine oral 15 mg qid" in driver.find_element(By.ID, "intake").text, "what it holds is said in place, and the export read by it")


def table(header, rows):
    text = io.StringIO()
    csv.writer(text).writerows([header.split(","), *rows])
    return text.getvalue()


def hostile(driver, address):
    opened(driver, address, "clinic")
    area = "#clinic-source textarea"
    fill(driver, driver.find_element(By.CSS_SELECTOR, area), table("patient_id,drug,route,dose,unit,frequency,opioid_days",
                                                                   [[name, "morphine", "oral", 60, "mg", "bid", 30] for name in HOSTILE]))
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: len(cards(d)) == len(HOSTILE), "a card for each hostile name")
    named(driver, "#cards h3 bdi", "cards")
    fill(driver, driver.find_element(By.CSS_SELECTOR, area), table("MRN,Drug Name,Sig", [[name, "MORPHINE 15 MG TABLET", "take 1 tablet twice daily"] for name in HOSTILE]))
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: d.find_elements(By.ID, "intake-title"), "an intake of hostile names")
    named(driver, "#intake td:nth-child(2) bdi", "an intake")
    opened(driver, address, "refills")
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#refills-source textarea"), table(
        "patient_id,drug,concentration,dose,fill,fill_date", [[name, "morphine", "10 mg/mL", "4 mg/day", "40 mL", "2026-01-01"] for name in HOSTILE]))
    press(driver, "List", "#refills-source")
    wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#refills-result tbody tr"), "refills of hostile names")
    named(driver, "#refills-result td:first-child bdi", "refills")
    opened(driver, address, "plan")
    area = driver.find_element(By.CSS_SELECTOR, "#plan-form textarea")
    fill(driver, area, area.get_attribute("value").replace("patient_id: A-17", "patient_id: " + json.dumps(HOSTILE[1])))
    press(driver, "Compute", "#plan")
    wait(driver, lambda d: HOSTILE[1] in report(d)[0], "a plan of a hostile name", 60)
    check(plain(driver) and not report(driver)[1], "a hostile name is text in a plan")
    for room, field in [("risk", "#risk-form input[name=drug]"), ("patient", "#patient-form input")]:
        opened(driver, address, room)
        fill(driver, driver.find_element(By.CSS_SELECTOR, field), HOSTILE[0])
        if room == "risk":
            press(driver, "Compute", "#risk")
        wait(driver, lambda d: any("<script>" in one.text for one in d.find_elements(By.CSS_SELECTOR, f"#{room} .notice")), f"{room} with a hostile drug")
        check(plain(driver), f"a hostile drug is text in {room}")
    quiet(driver, address, "hostile names")


def report(driver):
    """The text of the report that the page shows in its frame, how much markup it has that it must not have, and its height beside the frame's."""
    return driver.execute_script("""
      const frame = document.querySelector('iframe.report[data-ready]'), page = frame?.contentDocument;
      if (!page) return ['', 0, [0, 1]];
      return [page.body.innerText, page.querySelectorAll('script, img, [onerror]').length, [page.documentElement.scrollHeight, frame.clientHeight]];""")


def plan_is_the_report(driver, address):
    """What the frame shows is what the server gives, which is what the command line writes, laid out by its own style, without a bar to scroll."""
    plan = (EXAMPLES / "patient.yaml").read_bytes()
    page = ask(address, "/v1/plan", plan, "application/yaml", "text/html")[1].decode()
    same = driver.execute_script("""
      const shown = document.querySelector('iframe.report').contentDocument.documentElement.outerHTML;
      return shown === new DOMParser().parseFromString(arguments[0], 'text/html').documentElement.outerHTML""", page)
    check(same, "the plan in its frame is the report of the command line")
    text, _, heights = report(driver)
    check(all(part in text for part in ["Emergency card", "Label of the syringe", "Compounding record", "Checked independently by"]), "with card, label, record and signatures")
    check(heights[0] <= heights[1], "a plan is shown whole")
    border = driver.execute_script("return getComputedStyle(document.querySelector('iframe.report').contentDocument.querySelector('.label')).borderTopWidth")
    check(border == "2px", "a report has its own style under the policy of the page")


def plain(driver):
    """No markup came of a text, and the page is no wider than its window."""
    return driver.execute_script("""
      return !document.querySelectorAll('main script, main [onerror], main img:not([src^="blob:"])').length && document.documentElement.scrollWidth <= innerWidth""")


def named(driver, place, where):
    texts = driver.execute_script("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", place)
    check(sorted(texts) == sorted(name.strip() for name in HOSTILE), f"hostile names are text, whole, in {where}: markup, quotes, right-to-left, 10,000 characters")
    check(plain(driver), f"no markup came of them in {where}, and nothing overflows")


def pump(driver, address):
    opened(driver, address, "pump")
    tools = driver.find_elements(By.CSS_SELECTOR, "#pump-tool option")
    check(len(tools) == 15, f"{len(tools)} pump tools")
    for tool in [option.get_attribute("value") for option in tools]:
        Select(driver.find_element(By.ID, "pump-tool")).select_by_value(tool)
        check(len(driver.find_elements(By.CSS_SELECTOR, "#pump-form input")) > 3, f"{tool} has a form")
    Select(driver.find_element(By.ID, "pump-tool")).select_by_value("/v1/pump/refill")
    for name, value in [("fill", "40 mL"), ("concentration", "10 mg/mL"), ("dose", "4 mg/day"), ("date", "2026-01-01")]:
        driver.find_element(By.CSS_SELECTOR, f"#pump-form input[name={name}]").send_keys(value)
    wait(driver, lambda d: "2026-03-26" in d.find_element(By.ID, "pump-result").text, "the refill date of the contract")
    check(True, "a refill is answered as the command line does: 2026-03-26")
    press(driver, "Worksheet for a second check", "#pump-result")
    wait(driver, lambda d: "independent recheck" in d.find_element(By.ID, "pump-result").text, "the worksheet")
    check(True, "the worksheet for a second check")
    quiet(driver, address, "pump tools")


def models(driver, address, folder):
    opened(driver, address, "plan")
    press(driver, "Compute", "#plan")
    wait(driver, lambda d: "Plan for A-17" in report(d)[0], "plan is computed", 120)
    plan_is_the_report(driver, address)
    for room, words in [("titrate", "Schedule"), ("levels", "Answer"), ("risk", "Effects")]:
        opened(driver, address, room)
        press(driver, "Compute", f"#{room}")
        wait(driver, lambda d: words in d.find_element(By.ID, f"{room}-result").text, f"{room} is computed", 120)
        wait(driver, lambda d: d.execute_script(f"return document.querySelector('#{room}-result figure img')?.naturalWidth > 100"), f"{room} is drawn", 60)
        check(True, f"{room}: result and plot")
    counts = json.loads(ask(address, "/v1/risk", b'{"drug":"morphine","dose":"0.5 mg/day","regimen":"continuous"}', "application/json")[1])["effects"][0]["counts"]
    shown = driver.find_element(By.CSS_SELECTOR, "#risk-result .panel tbody tr").text
    check(counts and all(f"{one['events']} of {one['n']}, {one['source']}" in shown for one in counts), "risk: what was counted stands beside each share, with its source")
    quiet(driver, address, "models")


def by_keyboard(driver, address):
    opened(driver, address)
    reached = set()
    for _ in range(40):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        reached.add(driver.execute_script("const e = document.activeElement; return e.tagName + (e.name || e.textContent || e.ariaLabel || '').slice(0, 12)"))
    check(any("Skip" in one for one in reached) and any(one.startswith("INPUT") for one in reached) and any("Clinic" in one for one in reached), f"the keyboard reaches {len(reached)} controls")
    driver.find_element(By.ID, "tab-clinic").send_keys(Keys.ENTER)
    wait(driver, lambda d: d.find_element(By.ID, "clinic").is_displayed(), "the room of a clinic")
    for _ in range(3):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        if driver.switch_to.active_element.tag_name == "textarea":
            break
    ActionChains(driver).send_keys("patient_id,drug,dose,unit,frequency,opioid_days\nK,morphine,60,mg,bid,30\n").perform()
    for _ in range(3):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        if driver.switch_to.active_element.text == "Read":
            break
    ActionChains(driver).send_keys(Keys.ENTER).perform()
    wait(driver, lambda d: cards(d), "a result without a mouse")
    check("0.4 mg/day" in cards(driver)[0].text, "a clinic is converted by keyboard alone")
    nameless = driver.execute_script("""
      return [...document.querySelectorAll('input, select, textarea, button, a')].filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 80))""")
    check(not nameless, f"every control has a name {nameless[:3] if nameless else ''}")


def answered(driver, address):
    """Every room with something in it, by its name."""
    clinic = (EXAMPLES / "clinic.csv").read_text()
    pumps = "patient_id,drug,concentration,dose,fill,fill_date\n" + "".join(
        f"R{day:02},morphine,10 mg/mL,4 mg/day,40 mL,2026-01-{day:02}\n" for day in range(1, 9))

    def given(room, text, button, shown):
        opened(driver, address, room)
        fill(driver, driver.find_element(By.CSS_SELECTOR, f"#{room}-source textarea"), text)
        press(driver, button, f"#{room}-source")
        wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, shown), f"{room} has its answer")

    opened(driver, address)
    wait(driver, lambda d: cards(d, "#patient-result"), "a card")
    yield "patient"
    given("clinic", clinic, "Read", "#cards article")
    yield "clinic"
    given("clinic", (EXAMPLES / "hospital.csv").read_text(), "Read", "#intake-title")
    yield "intake"
    opened(driver, address, "pump")
    Select(driver.find_element(By.ID, "pump-tool")).select_by_value("/v1/pump/refill")
    for name, value in [("fill", "40 mL"), ("concentration", "10 mg/mL"), ("dose", "4 mg/day"), ("date", "2026-01-01")]:
        fill(driver, driver.find_element(By.CSS_SELECTOR, f"#pump-form input[name={name}]"), value)
    wait(driver, lambda d: "2026-03-26" in d.find_element(By.ID, "pump-result").text, "a refill")
    press(driver, "Worksheet for a second check", "#pump-result")
    wait(driver, lambda d: "independent recheck" in d.find_element(By.ID, "pump-result").text, "the worksheet")
    yield "pump"
    given("refills", pumps, "List", "#refills-result tbody tr")
    yield "refills"
    for room in ["titrate", "plan", "levels", "risk"]:
        opened(driver, address, room)
        press(driver, "Compute", f"#{room}")
        wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, f"#{room}-result figure img, #{room}-result iframe[data-ready]"), f"{room} is drawn", 120)
        yield room
    opened(driver, address, "tables")
    click(driver, driver.find_element(By.CSS_SELECTOR, "#tables summary"))
    wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, "#tables article"), "a table is shown")
    yield "tables"


def looks(address, folder):
    for scheme in ["light", "dark"]:
        driver = browser(1280, 1000, scheme)
        try:
            rooms = 0
            for room in answered(driver, address):
                theme = driver.execute_script("return document.documentElement.dataset.theme")
                if theme != scheme:
                    raise SystemExit(f"the theme is {theme}, not {scheme}")
                legible(driver, f"{room}-{scheme}", folder)
                rooms += 1
            check(rooms == 10, f"{scheme}: {rooms} rooms with their answers at {driven.WIDTHS} px, nothing overflows, contrast at least 4.5")
            quiet(driver, address, f"every room, {scheme}")
        finally:
            driver.quit()


def policy(address):
    with urllib.request.urlopen(address + "/") as response:
        allowed = response.headers["Content-Security-Policy"]
    check("default-src 'none'" in allowed and "unsafe" not in allowed, f"the policy of the page: {allowed}")


def main(program, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with served(program) as address:
        policy(address)
        driver = browser(1280, 1000)
        try:
            one_patient(driver, address, program)
            clinic(driver, address, program, folder)
            intake(driver, address)
            hostile(driver, address)
            pump(driver, address)
            models(driver, address, folder)
            by_keyboard(driver, address)
            quiet(driver, address, "the page as a whole")
        except BaseException:
            driver.save_screenshot(str(folder / "failure.png"))
            raise
        finally:
            driver.quit()
        looks(address, folder)
    print(f"{driven.checks} checks hold")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "out/browser"))

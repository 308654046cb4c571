#!/usr/bin/env python3
"""The page in a browser: Debian's chromium, its driver and Selenium.

    page_test.py PROGRAM [FOLDER]

Every check prints a line; the first that does not hold ends the test with 1. Pictures go to FOLDER, for eyes.
"""

import base64
import json
import pathlib
import re
import subprocess
import sys

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from served import ask, served

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "Data" / "examples"
HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "O'Brien \"the\" & Söhne", "محمد ‮abc", "x" * 10_000]
checks = 0


def check(holds, words):
    global checks
    if not holds:
        raise SystemExit(f"does not hold: {words}")
    checks += 1
    print(f"  {words}")


def browser(width, height, scheme="light"):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", f"--window-size={width},{height}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    return driver


def wait(driver, condition, words, seconds=30):
    WebDriverWait(driver, seconds).until(condition, words)


def opened(driver, address, room="patient"):
    driver.get(f"{address}/#{room}")
    if room != "patient":
        driver.refresh()
    wait(driver, lambda d: d.execute_script("return document.documentElement.dataset.ready") == "yes", "the page is ready")


def fill(driver, element, text):
    """Puts a text into a field as pasting it would."""
    driver.execute_script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", element, text)


def click(driver, element):
    """Clicks where a person would, once it is in the middle of the window."""
    for _ in range(2):
        # Cards are laid out when they come near: the second time the place is the right one.
        driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def press(driver, text, within="body"):
    for button in driver.find_elements(By.CSS_SELECTOR, f"{within} button"):
        if button.text == text and button.is_displayed():
            click(driver, button)
            return
    raise SystemExit(f"there is no button '{text}' in {within}")


def cards(driver, within="#cards"):
    return driver.find_elements(By.CSS_SELECTOR, f"{within} article.card")


def pages(driver):
    """Pages of the print as PDF."""
    pdf = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})["data"])
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf)), pdf


def quiet(driver, address, words):
    """No error on the console, and no request to anywhere else."""
    errors = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE" and "status of 4" not in entry["message"]]
    check(not errors, f"no error on the console: {words} {errors[:2] if errors else ''}")
    asked = set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.add(message["params"]["request"]["url"])
    outside = [url for url in asked if not url.startswith((address, "blob:", "data:", "about:", "chrome"))]
    check(not outside, f"no request outside: {words} {outside[:3] if outside else ''}")


def one_patient(driver, address, command):
    opened(driver, address)
    wait(driver, lambda d: cards(d, "#patient-result"), "a result for the example")
    check("0.2 mg/day" in cards(driver, "#patient-result")[0].text, "one patient: oxycodone 20 mg q6h starts at 0.2 mg/day")
    field = driver.find_element(By.CSS_SELECTOR, "#patient-form input")
    field.clear()
    field.send_keys("morphine oral 60 mg bid")
    wait(driver, lambda d: cards(d, "#patient-result") and "0.4 mg/day" in cards(d, "#patient-result")[0].text, "the result follows what is typed")
    check(True, "one patient: the result follows what is typed")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("morphine oral 1,500 mg bid")
    wait(driver, lambda d: cards(d, "#patient-result") and "error" in cards(d, "#patient-result")[0].get_attribute("class"), "a bad number is an error")
    check("no dose" in cards(driver, "#patient-result")[0].text, "one patient: a number that reads two ways has no dose")
    details = driver.find_elements(By.CSS_SELECTOR, "#patient-result details")
    check(True, f"one patient: {len(details)} derivations with an error")
    said = driver.execute_script("return document.activeElement.getAttribute('aria-describedby')")
    check(bool(said), "a field names its help for a screen reader")


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
    count, pdf = pages(driver)
    (folder / "clinic.pdf").write_bytes(pdf)
    check(len(rows) / 6 <= count <= len(rows), f"{len(rows)} results print on {count} pages")
    quiet(driver, address, "the example clinic")


def intake(driver, address):
    opened(driver, address, "clinic")
    export = (EXAMPLES / "hospital.csv").read_text()
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"), export)
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: d.find_elements(By.ID, "intake-title"), "the preview of the intake")
    rows = json.loads(ask(address, "/v1/intake", export.encode(), "text/csv")[1])
    asked = [row for row in rows if row["intake"] == "ask"]
    lines = driver.find_elements(By.CSS_SELECTOR, "#intake tbody tr")
    check(len(lines) == len(rows) and asked, f"the intake shows {len(rows)} medicines, {len(asked)} asked")
    first = lines[0]
    check(asked[0]["source_text"].split(",")[0][:10] in first.text, "what is asked stands first, beside its source text")
    for column, value in [("dose", "5"), ("unit", "mg"), ("frequency", "q6h")]:
        field = first.find_element(By.CSS_SELECTOR, f"input[data-column={column}]")
        field.clear()
        field.send_keys(value)
    press(driver, "Use this answer", "#intake tbody tr:first-child")
    check("answered" in driver.find_element(By.CSS_SELECTOR, "#intake tbody tr").text, "an intake question is answered in place")
    press(driver, "Convert", "#intake")
    wait(driver, lambda d: cards(d), "the results of the export")
    mine = [card for card in cards(driver) if asked[0]["patient_id"] in card.text]
    check(bool(mine), "the patient whose medicine was asked has a result")
    quiet(driver, address, "intake")


def hostile(driver, address):
    opened(driver, address, "clinic")
    rows = ["patient_id,drug,route,dose,unit,frequency,opioid_days"]
    for name in HOSTILE:
        rows.append('"' + name.replace('"', '""') + '",morphine,oral,60,mg,bid,30')
    fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"), "\n".join(rows) + "\n")
    press(driver, "Read", "#clinic-source")
    wait(driver, lambda d: len(cards(d)) == len(HOSTILE), "a card for each hostile name")
    titles = [driver.execute_script("return arguments[0].querySelector('h3 bdi').textContent", card) for card in cards(driver)]
    check(sorted(titles) == sorted(name.strip() for name in HOSTILE), "hostile names are text, whole: markup, quotes, right-to-left, 10,000 characters")
    check(not driver.execute_script("return document.querySelectorAll('#cards script, #cards img').length"), "no markup came of them")
    check(driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), "a name of 10,000 characters does not widen the page")
    quiet(driver, address, "hostile names")


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
    for room, words in [("titrate", "Schedule"), ("levels", "Answer"), ("risk", "Effects")]:
        opened(driver, address, room)
        press(driver, "Compute", f"#{room}")
        wait(driver, lambda d: words in d.find_element(By.ID, f"{room}-result").text, f"{room} is computed", 120)
        wait(driver, lambda d: d.find_elements(By.CSS_SELECTOR, f"#{room}-result figure img, #{room}-result .notice"), f"{room} is drawn", 60)
        check(driver.execute_script(f"const i = document.querySelector('#{room}-result figure img'); return i && i.naturalWidth > 100"), f"{room}: result and plot")
    quiet(driver, address, "models")


def by_keyboard(driver, address):
    opened(driver, address)
    reached = set()
    for _ in range(40):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(driver.execute_script("const e = document.activeElement; return e.tagName + (e.name || e.textContent || e.ariaLabel || '').slice(0, 12)"))
    check(any("Skip" in one for one in reached) and any(one.startswith("INPUT") for one in reached) and any("Clinic" in one for one in reached), f"the keyboard reaches {len(reached)} controls")
    nameless = driver.execute_script("""
      return [...document.querySelectorAll('input, select, textarea, button, a')].filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 80))""")
    check(not nameless, f"every control has a name {nameless[:3] if nameless else ''}")


def contrast(driver):
    """The least contrast of text that is shown, by WCAG 2."""
    return driver.execute_script("""
      const part = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
      const parse = (c) => c.match(/[\\d.]+/g).map(Number);
      const light = (c) => { const [r, g, b] = parse(c); return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
      let least = [99, ''];
      for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length || e.closest('svg')) continue;
        let at = e, ground = 'rgba(0, 0, 0, 0)';
        while (at && parse(ground)[3] === 0) { ground = getComputedStyle(at).backgroundColor; if (parse(ground).length === 3) break; at = at.parentElement; }
        const [a, b] = [light(getComputedStyle(e).color), light(ground)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 90)];
      }
      return least;""")


def looks(address, folder):
    table = (EXAMPLES / "clinic.csv").read_text()
    for scheme in ["light", "dark"]:
        for width in [360, 768, 1280]:
            driver = browser(width, 1000, scheme)
            try:
                for room in ["patient", "clinic", "pump", "refills", "titrate", "risk", "tables"]:
                    opened(driver, address, room)
                    if room == "clinic":
                        fill(driver, driver.find_element(By.CSS_SELECTOR, "#clinic-source textarea"), table)
                        press(driver, "Read", "#clinic-source")
                        wait(driver, lambda d: cards(d), "cards")
                        driver.execute_script("document.querySelector('#clinic-result').scrollIntoView()")
                    if room == "patient":
                        wait(driver, lambda d: cards(d, "#patient-result"), "a card")
                    dark = driver.execute_script("return document.documentElement.dataset.theme")
                    if dark != scheme:
                        raise SystemExit(f"the theme is {dark}, not {scheme}")
                    wide = driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
                    if wide[0] > wide[1]:
                        raise SystemExit(f"{room} overflows at {width}: {wide}")
                    ratio, where = contrast(driver)
                    if ratio < 4.5:
                        raise SystemExit(f"contrast {ratio:.2f} in {room}, {scheme}: {where}")
                    driver.save_screenshot(str(folder / f"{room}-{width}-{scheme}.png"))
            finally:
                driver.quit()
            check(True, f"{scheme}, {width} px: nothing overflows, contrast at least 4.5")


def main(program, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with served(program) as address:
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
    print(f"{checks} checks hold")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "out/browser"))

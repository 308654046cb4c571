"""A browser for the checks: Debian's chromium, its driver and Selenium. The first check that does not hold ends a test with 1."""

import base64
import io
import json
import re

import pypdf
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "O'Brien \"the\" & Söhne", "محمد ‮abc", "x" * 10_000]
WIDTHS = [360, 768, 1280]
checks = 0


def check(holds, words):
    global checks
    if not holds:
        raise SystemExit(f"does not hold: {words}")
    checks += 1
    print(f"  {words}", flush=True)


def browser(width, height, scheme="light"):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", f"--window-size={width},{height}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    sized(driver, width, height)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    return driver


def sized(driver, width, height=1000):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def wait(driver, condition, words, seconds=30):
    # A page that draws a part anew replaces its elements: one found just before is looked for again.
    replaced = [NoSuchElementException, StaleElementReferenceException]
    WebDriverWait(driver, seconds, ignored_exceptions=replaced).until(condition, words)


def click(driver, element):
    """Clicks where a person would, once it is in the middle of the window."""
    for _ in range(2):
        # Cards are laid out when they come near: the second time the place is the right one.
        driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def press(driver, text, within="body"):
    """Clicks the button that says `text`, as soon as it is there and may be used."""
    def pressed(d):
        for button in d.find_elements(By.CSS_SELECTOR, f"{within} button"):
            if button.text == text and button.is_displayed() and button.is_enabled():
                click(d, button)
                return True
        return False
    wait(driver, pressed, f"there is no button '{text}' in {within}")


def said(driver, place):
    """The text at a place, in one step: what is looked for first and read later may have been replaced in between."""
    return driver.execute_script("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText).join('\\n')", place)


def squeezed(text):
    """A text without its white space, which a print lays out anew."""
    return re.sub(r"\s+", "", text)


def printed(driver):
    """The print as PDF, and the text of each of its pages, squeezed."""
    pdf = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})["data"])
    return pdf, [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


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


def legible(driver, name, folder):
    """At each width nothing overflows and every text has the contrast of WCAG's AA; a picture of each, for eyes."""
    for width in WIDTHS:
        sized(driver, width)
        wide = driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        if wide[0] > wide[1]:
            raise SystemExit(f"{name} overflows at {width}: {wide}")
        driver.save_screenshot(str(folder / f"{name}-{width}.png"))
    ratio, where = contrast(driver)
    if ratio < 4.5:
        raise SystemExit(f"contrast {ratio:.2f} in {name}: {where}")
    sized(driver, WIDTHS[-1])

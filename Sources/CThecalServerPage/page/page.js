// The page: forms from the interface's own description, answers as they come. Every text is set as text, never as markup.

const statuses = ["error", "blocked", "review", "ok"];
const frame = ["status", "codes", "message", "sources", "unverified"];
let token = "";
let tallNames = {};

// --- building

/** An element; `attributes` with `on…` are listeners. Children are texts or elements. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

const byId = (id) => document.getElementById(id);
const abbreviations = { cns: "CNS", csf: "CSF", mme: "MME", nca: "NCA", auc: "AUC", aumc: "AUMC", kkt: "KKT", ec50: "EC50", ml: "mL" };
const words = (name) => String(name).replace(/[-_]/g, " ").replace(/\b[a-z0-9]+\b/g, (word) => abbreviations[word] || word).replace(/^./, (letter) => letter.toUpperCase());
/** Text of unknown direction, which must not turn what stands beside it. */
const foreign = (text) => el("bdi", { dir: "auto" }, String(text));
/** Text with each name of a medicine in the capitals that keep it apart from look-alikes; ids with an underscore stay as they are. */
const tall = (text) => (String(text).includes("_") ? String(text) : String(text).replace(/\p{L}+/gu, (word) => (Object.hasOwn(tallNames, word.toLowerCase()) ? tallNames[word.toLowerCase()] : word)));
const tag = (status) => el("span", { class: `tag ${status === "skip" ? "skip-tag" : status}` }, status);
let counter = 0;
const fresh = () => `f${++counter}`;

function notice(text, isBad = true) {
  return el("p", { class: isBad ? "notice bad" : "notice", role: isBad ? "alert" : "status" }, tall(text));
}

// --- asking

class Refused extends Error {
  constructor(answer, status) {
    super(answer.message || `The server answers with ${status}.`);
    this.answer = answer;
    this.status = status;
  }
}

/** Asks the server; the response, or `Refused` with what it says. */
async function ask(path, { type, accept = "application/json", body, query, signal } = {}) {
  const address = new URL(path, location.href);
  for (const [name, value] of query || []) address.searchParams.append(name, value);
  const headers = { Accept: accept };
  if (type) headers["Content-Type"] = type;
  if (token) headers.Authorization = `Bearer ${token}`;
  const method = body === undefined ? "GET" : "POST";
  const response = await fetch(address, { method, headers, body, signal });
  if (response.status === 401) {
    await askForToken();
    return ask(path, { type, accept, body, query, signal });
  }
  if (response.ok) return response;
  let answer = {};
  try { answer = await response.json(); } catch { /* no words came with it */ }
  throw new Refused(answer, response.status);
}

function askForToken() {
  const dialog = byId("token");
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      token = byId("token-value").value;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
}

const json = async (path, options) => (await ask(path, options)).json();

async function download(name, path, options) {
  const blob = await (await ask(path, options)).blob();
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** A button that does something slow, and says what went wrong beside itself. */
function action(text, work, kind = "") {
  const button = el("button", { type: "button", class: kind }, text);
  button.addEventListener("click", async () => {
    button.disabled = true;
    button.parentElement.parentElement?.querySelector(":scope > .notice")?.remove();
    try { await work(); } catch (error) { button.parentElement.after(notice(error.message)); }
    button.disabled = false;
  });
  return button;
}

// --- forms

/** A form for a schema: what must be given, then the rest. `read()` gives the body. */
function schemaForm(form, schema, changed, { first = [], examples = {} } = {}) {
  const readers = [];
  const fields = Object.entries(schema.properties).map(([name, one]) => {
    const isNeeded = (schema.required || []).includes(name) || first.includes(name);
    return { name, isNeeded, element: field(name, one, isNeeded, changed, readers, examples[name]) };
  });
  const needed = fields.filter((one) => one.isNeeded).map((one) => one.element);
  const rest = fields.filter((one) => !one.isNeeded).map((one) => one.element);
  form.replaceChildren(...needed);
  if (rest.length) {
    form.append(el("details", { class: "more", open: needed.length === 0 }, el("summary", {}, `More (${rest.length})`), rest));
  }
  return () => Object.fromEntries(readers.map((read) => read()).filter(([, value]) => value !== null));
}

function field(name, schema, isNeeded, changed, readers, example) {
  const id = fresh();
  const help = el("p", { class: "help", id: `${id}-help` }, schema.description || "");
  const common = { id, name, "aria-describedby": `${id}-help`, oninput: changed };
  if (schema.type === "boolean") {
    const box = el("input", { type: "checkbox", ...common });
    readers.push(() => [name, box.checked ? true : null]);
    return el("div", { class: "field check" }, box, el("label", { for: id }, words(name)), help);
  }
  if (schema.type === "array") return manyField(name, schema, changed, readers, example);
  let input;
  if (schema.enum) {
    input = el("select", common, el("option", { value: "" }, isNeeded ? "Choose" : ""),
      schema.enum.map((value) => el("option", { value }, value)));
  } else {
    input = el("input", { type: "text", placeholder: schema.default || "", ...common, "aria-required": isNeeded ? "true" : null });
    if (example) input.value = example;
  }
  if (example) input.value = example;
  readers.push(() => [name, input.value.trim() === "" ? null : input.value.trim()]);
  return el("div", { class: "field" }, el("label", { for: id }, words(name)), input, help);
}

/** A flag that may be given more than once: a line each. */
function manyField(name, schema, changed, readers, example) {
  const id = fresh();
  const list = el("div", {});
  const inputs = () => [...list.querySelectorAll("input")];
  function add(value = "") {
    const number = inputs().length + 1;
    const input = el("input", { type: "text", "aria-label": `${words(name)} ${number}`, "aria-describedby": `${id}-help`, oninput: changed });
    input.value = value;
    const remove = el("button", { type: "button", class: "plain", "aria-label": `Remove ${name} ${number}` }, "×");
    const pair = el("div", { class: "pair" }, input, remove);
    remove.addEventListener("click", () => {
      pair.remove();
      if (!inputs().length) add();
      inputs()[0].focus();
      changed();
    });
    list.append(pair);
    return input;
  }
  for (const value of [].concat(example || "")) add(value);
  const more = el("button", { type: "button", onclick: () => add().focus() }, `Add ${name}`);
  readers.push(() => {
    const values = inputs().map((input) => input.value.trim()).filter(Boolean);
    return [name, values.length ? values : null];
  });
  return el("fieldset", { class: "field" }, el("legend", {}, words(name)), list, more,
    el("p", { class: "help", id: `${id}-help` }, schema.description || ""));
}

/** Calls `work` a moment after the last change, and forgets answers that come too late. */
function following(work) {
  let timer;
  let running;
  return () => {
    clearTimeout(timer);
    running?.abort();
    timer = setTimeout(() => {
      running = new AbortController();
      work(running.signal);
    }, 350);
  };
}

// --- answers

const number = (value) => (value === null || value === undefined ? "" : String(value));
const amount = (value, unit) => (value === null || value === undefined ? "none" : `${value} ${unit || ""}`.trim());

/** Estimate, start and limit on one line: where the start stands in the range, and how far the limit is. */
function rangePicture(row) {
  const { estimate_low: low, estimate_high: high, estimate, start, max_daily: limit, start_unit: unit } = row;
  if (start === null && low === null) return null;
  const values = [low, high, estimate, start, limit].filter((value) => typeof value === "number" && value > 0);
  if (values.length < 2) return null;
  const [least, most] = [Math.min(...values) / 1.5, Math.max(...values) * 1.5];
  const x = (value) => 12 + (576 * Math.log(value / least)) / Math.log(most / least);
  const said = `Estimate ${amount(estimate, unit)}, range ${low} to ${high}; start ${amount(start, unit)}; limit ${amount(limit, unit)}; logarithmic scale`;
  const picture = svg("svg", { viewBox: "0 0 600 74", class: "range", role: "img", "aria-label": said });
  const label = (value, text, y) => {
    const place = x(value);
    const anchor = place < 90 ? "start" : place > 510 ? "end" : "middle";
    picture.append(svg("text", { x: place, y, "text-anchor": anchor }, text));
  };
  picture.append(svg("line", { x1: 12, x2: 588, y1: 40, y2: 40, class: "axis" }));
  if (low && high) {
    picture.append(svg("rect", { x: x(low), y: 33, width: Math.max(x(high) - x(low), 3), height: 14, rx: 3, class: "band" }));
    label(Math.sqrt(low * high), low === high ? `estimate ${low}` : `estimates ${low} to ${high}`, 66);
  }
  if (estimate) picture.append(svg("line", { x1: x(estimate), x2: x(estimate), y1: 30, y2: 50, class: "middle" }));
  if (limit) {
    picture.append(svg("line", { x1: x(limit), x2: x(limit), y1: 24, y2: 56, class: "limit" }));
    label(limit, `limit ${limit}`, 18);
  }
  if (start) {
    const place = x(start);
    picture.append(svg("path", { d: `M${place} 50 l-7 -9 l7 -9 l7 9 z`, class: "start" }));
    label(start, `start ${start}`, 18);
  }
  return picture;
}

/** A button for a source that shows the document in place. */
function sourceButton(id) {
  const place = el("span", {});
  const button = el("button", { type: "button", class: "link", "aria-expanded": "false" }, id);
  button.addEventListener("click", async () => {
    if (place.firstChild) {
      place.replaceChildren();
      button.setAttribute("aria-expanded", "false");
      return;
    }
    try {
      const found = await json(`/v1/cite/${encodeURIComponent(id)}`);
      const authors = (found.authors || []).join(", ");
      place.replaceChildren(el("p", { class: "source" },
        `${authors}${found.year ? ` (${found.year})` : ""}. ${found.title}. ${found.journal || ""} `,
        found.url ? el("span", { class: "mono" }, found.url) : "", found.note ? ` ${found.note}` : ""));
      button.setAttribute("aria-expanded", "true");
    } catch (error) { place.replaceChildren(notice(error.message)); }
  });
  return el("span", {}, button, place);
}

function derivation(row) {
  const details = el("details", {}, el("summary", {}, "Derivation, step by step"));
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("ol")) return;
    details.append(el("ol", { class: "steps" }, row.derivation.map((step) => el("li", {},
      el("strong", {}, step.quantity), ": ", step.arithmetic,
      step.figures.map((figure) => el("div", { class: "quiet" },
        `${figure.value} ${figure.unit}, `, sourceButton(figure.source), `, ${figure.locator}${figure.verified ? "" : " (not verified)"}`))))));
  });
  return details;
}

/** One result of a conversion. Where it is no row of a table it has no name, and what it lacks is called as in the form. */
function card(row, name = row.patient_id) {
  const target = tall(row.target_drug || "no drug of a pump");
  const facts = [
    ["Start", row.start === null ? "no dose" : amount(row.start, row.start_unit), "first"],
    ["Estimate", row.estimate === null ? "none" : `${amount(row.estimate, row.estimate_unit)} (${number(row.estimate_low)} to ${number(row.estimate_high)})`],
    ["Limit", amount(row.max_daily, row.max_daily_unit)],
    ["Morphine equivalent", row.oral_mme_mg_per_day === null ? "none" : `${row.oral_mme_mg_per_day} mg/day by mouth`],
  ];
  if (row.flow_mL_per_day !== null) facts.push(["Flow", `${row.flow_mL_per_day} mL/day`]);
  if (row.refill_by) facts.push(["Refill by", row.refill_by]);
  const title = el("h3", {}, name ? [foreign(name), ": "] : null, target);
  return el("article", { class: `card ${row.status} sign` },
    el("header", {}, title, tag(row.status)),
    row.codes.length ? el("ul", { class: "chips", "aria-label": "Codes" }, row.codes.map((code) => el("li", {}, code))) : null,
    el("p", { class: "message" }, foreign(name ? row.message : spoken(row.message))),
    el("dl", { class: "facts" }, facts.map(([term, text, kind]) => el("div", { class: kind || null }, el("dt", {}, term), el("dd", {}, text)))),
    rangePicture(row),
    el("p", { class: "quiet" }, "Takes ", foreign(tall(row.drugs || "nothing that could be read")), row.start_basis ? `; start by ${row.start_basis}` : ""),
    row.derivation?.length ? derivation(row) : null);
}

/** Any answer of a tool: what it says, then its figures, lists as tables. */
function answerView(answer) {
  // A figure and its unit are one line: start, start_unit.
  const measured = (key, value) => (typeof value === "number" && answer[`${key}_unit`] ? amount(Number(value.toPrecision(4)), answer[`${key}_unit`]) : value);
  const values = Object.entries(answer).filter(([key]) => !frame.includes(key) && !(key.endsWith("_unit") && key.slice(0, -5) in answer))
    .map(([key, value]) => [key, measured(key, value)]);
  const plain = values.filter(([, value]) => !Array.isArray(value) && (typeof value !== "object" || value === null));
  const lists = courses(values.filter(([, value]) => Array.isArray(value) && value.length));
  const objects = values.filter(([, value]) => value && typeof value === "object" && !Array.isArray(value));
  return el("article", { class: `card ${answer.status} sign` },
    el("header", {}, el("h2", {}, "Answer"), tag(answer.status)),
    answer.codes?.length ? el("ul", { class: "chips", "aria-label": "Codes" }, answer.codes.map((code) => el("li", {}, code))) : null,
    answer.message ? el("p", { class: "message" }, foreign(answer.message)) : null,
    plain.length ? el("div", { class: "scroll" }, el("table", {}, el("tbody", {}, plain.filter(([, value]) => value !== null).map(([key, value]) =>
      el("tr", {}, el("th", { scope: "row" }, words(key)), el("td", {}, foreign(told(key, value)))))))) : null,
    objects.map(([key, value]) => el("details", {}, el("summary", {}, words(key)), listTable([value]))),
    lists.map(([key, value]) => {
      const table = listTable(value);
      return value.length > 12 ? el("details", {}, el("summary", {}, `${words(key)} (${value.length})`), table) : [el("h3", {}, words(key)), table];
    }),
    answer.unverified?.length ? el("details", {}, el("summary", {}, "Figures that nobody has read in their source"), el("ul", {}, answer.unverified.map((one) => el("li", {}, cell(one))))) : null,
    answer.sources?.length ? el("details", {}, el("summary", {}, `Sources (${answer.sources.length})`), el("ul", {}, answer.sources.map((id) => el("li", {}, sourceButton(id))))) : null);
}

const isDate = (value) => /^\d{4}-\d\d-\d\d$/.test(value);
/** A text in which ids of words, `restore_previous`, are words. */
const spoken = (text) => String(text).replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (id) => id.replaceAll("_", " "));

/** Long lists of numbers that belong together, as a course over time has them, are one table. */
function courses(lists) {
  const isLong = ([, value]) => value.length > 12 && value.every((one) => one === null || typeof one === "number");
  const long = lists.filter(isLong);
  if (long.length < 2 || long.some(([, value]) => value.length !== long[0][1].length)) return lists;
  const rows = long[0][1].map((_, index) => Object.fromEntries(long.map(([key, value]) => [key, value[index]])));
  return [["course", rows], ...lists.filter((one) => !isLong(one))];
}

function cell(value, key = "") {
  if (value === null || value === undefined) return "";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.map((one) => cell(one, key)).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([name, one]) => `${words(name)} ${cell(one, name)}`).join("; ");
  return /^id$|source|table/.test(key) ? String(value) : spoken(value);
}

/** A value for people: figures to four digits, as in text; names of patients are not touched. */
function told(key, value) {
  if (key === "patient_id") return String(value ?? "");
  return tall(cell(typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value, key));
}

function listTable(list) {
  if (typeof list[0] !== "object" || list[0] === null) return el("ul", {}, list.map((one) => el("li", {}, foreign(told("", one)))));
  const columns = Array.isArray(list[0]) ? list[0].map((_, index) => index) : [...new Set(list.flatMap(Object.keys))];
  const head = Array.isArray(list[0]) ? null : el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col" }, words(column)))));
  return el("div", { class: "scroll", tabindex: "0" }, el("table", { class: "stack" }, head, el("tbody", {}, list.map((one) =>
    el("tr", {}, columns.map((column) => el("td", { "data-label": head ? words(column) : null, class: typeof one[column] === "number" || isDate(one[column]) ? "number" : null }, foreign(told(column, one[column])))))))));
}

async function picture(path, options, caption) {
  const blob = await (await ask(path, { ...options, accept: "image/svg+xml" })).blob();
  return el("figure", {}, el("img", { src: URL.createObjectURL(blob), alt: caption }), el("figcaption", { class: "quiet" }, caption));
}

/** A report as a page of its own, the bytes of the command line; the policy lets no script run in it. */
async function report(path, options, title) {
  const blob = await (await ask(path, { ...options, accept: "text/html" })).blob();
  const frame = el("iframe", { class: "report", title, sandbox: "allow-same-origin allow-modals", src: URL.createObjectURL(blob) });
  const fit = () => { frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`; };
  frame.addEventListener("load", () => {
    frame.dataset.ready = "yes";
    fit();
    new ResizeObserver(fit).observe(frame.contentDocument.body);
  });
  return frame;
}

// --- one patient

function patientRoom(interface_) {
  const schema = interface_.paths["/v1/convert"].post.requestBody.content["application/json"].schema;
  const place = byId("patient-result");
  const follow = following(async (signal) => {
    const body = read();
    if (!body.medication) return place.replaceChildren(notice("Write a medicine to begin.", false));
    try {
      const options = { type: "application/json", accept: "application/x-ndjson", body: JSON.stringify(body), signal };
      const text = await (await ask("/v1/convert", options)).text();
      const rows = text.trim().split("\n").map((line) => JSON.parse(line));
      place.replaceChildren(...rows.map((row) => card(row, "")),
        el("p", { class: "buttons" }, action("Print", async () => print())));
    } catch (error) {
      if (error.name !== "AbortError") place.replaceChildren(notice(error.message));
    }
  });
  const read = schemaForm(byId("patient-form"), schema, follow, {
    first: ["medication", "to", "indication", "opioid-days", "age-years"], examples: { medication: ["oxycodone oral 20 mg q6h"], "opioid-days": "30" },
  });
  byId("patient-form").addEventListener("submit", (event) => event.preventDefault());
  follow();
}

// --- a clinic

/** A place to paste, drop or choose a text. */
function sourceBox(place, label, title, work, extra = []) {
  const id = fresh();
  const area = el("textarea", { id, spellcheck: "false", "aria-describedby": `${id}-help` });
  const file = el("input", { type: "file", id: `${id}-file`, "aria-label": "Choose a file" });
  const box = el("div", { class: "drop" }, el("label", { for: id }, label), area,
    el("p", { class: "help", id: `${id}-help` }, "Paste here, drop a file, or choose one. CSV, TSV, FHIR R4 as JSON or NDJSON."), file);
  let bytes = null;
  const take = async (chosen) => {
    if (!chosen) return;
    bytes = chosen;
    area.value = (await chosen.text()).slice(0, 200000);
  };
  area.addEventListener("input", () => { bytes = null; });
  file.addEventListener("change", () => take(file.files[0]));
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); box.classList.remove("over"); take(event.dataTransfer.files[0]); });
  place.replaceChildren(box, el("div", {}, el("p", { class: "buttons" }, action(title, () => work(bytes || area.value, area.value), "main"), extra)));
}

const mediaType = (text) => (/^\s*[[{]/.test(text) ? "application/fhir+json" : text.split("\n", 1)[0].includes("\t") ? "text/tab-separated-values" : "text/csv");

const quoted = (value) => `"${String(value ?? "").replaceAll('"', '""')}"`;
/** Rows as the table that convert reads. */
function asTable(rows) {
  const columns = Object.keys(rows[0] || {}).filter((key) => !frame.includes(key) && key !== "source_words");
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function clinicRoom(interface_) {
  const map = interface_.paths["/v1/intake"].post.parameters.find((one) => one.name === "map");
  const columns = map.schema.items.pattern.match(/\((.*)\)/)[1].split("|");
  const read = async (body, text, meanings = []) => {
    if (!text.trim()) throw new Error("There is nothing to read yet.");
    const type = mediaType(text);
    const response = await ask("/v1/intake", { type, body, query: meanings.map((one) => ["map", one]) });
    byId("clinic-result").replaceChildren();
    byId("intake").replaceChildren();
    if (response.headers.get("Thecal-Input") === "table") return showResults(body, type);
    const unread = (response.headers.get("Thecal-Unread") || "").split(",").filter(Boolean).map(decodeURIComponent);
    showIntake(await response.json(), unreadView(unread, columns, (more) => read(body, text, [...meanings, ...more])));
  };
  sourceBox(byId("clinic-source"), "Table or export", "Read", read);
}

/** The columns that were not read, each with a place to say what it holds. */
function unreadView(unread, columns, again) {
  if (!unread.length) return null;
  const choices = unread.map((header) => {
    const id = fresh();
    const choice = el("select", { id }, el("option", { value: "" }, "nothing that is needed"), columns.map((column) => el("option", { value: column }, words(column))));
    return { header, choice, element: el("div", { class: "field" }, el("label", { for: id }, foreign(header)), choice) };
  });
  return el("details", { class: "more" }, el("summary", {}, `Columns that were not read (${unread.length})`),
    el("p", { class: "help" }, "Where one of them holds what is asked below, say so."),
    el("div", { class: "grid" }, choices.map((one) => one.element)),
    el("div", {}, el("p", { class: "buttons" }, action("Read again", () => again(choices.filter((one) => one.choice.value).map((one) => `${one.header}=${one.choice.value}`))))));
}

/** Every medicine beside its source, the questions first, with a place for the answer. */
function showIntake(rows, unread) {
  const sections = [["ask", "Questions"], ["read", "Read"], ["skip", "Skipped"]];
  const counts = Object.fromEntries(sections.map(([kind]) => [kind, rows.filter((row) => row.intake === kind).length]));
  const head = ["", "Patient", "Source", "Read as"];
  const bodies = sections.filter(([kind]) => counts[kind]).map(([kind, title]) => el("tbody", {},
    el("tr", { class: "section" }, el("th", { scope: "rowgroup", colspan: head.length }, `${title} (${counts[kind]})`)),
    rows.filter((row) => row.intake === kind).map(intakeLine)));
  const convert = action("Convert", async () => showResults(asTable(rows), "text/csv"), "main");
  byId("intake").replaceChildren(el("div", { class: "panel" },
    el("h2", { tabindex: "-1", id: "intake-title" }, `${rows.length} medicines: ${counts.ask} asked, ${counts.read} read, ${counts.skip} skipped`),
    el("p", { class: "help" }, "Compare each with its source. What is asked makes its patient an error until it is answered or left out."), unread,
    el("table", { class: "stack answers" }, el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))), bodies),
    el("div", {}, el("p", { class: "buttons" }, convert))));
  byId("intake-title").focus();
}

/** What a row of an intake is read as. */
function reading(row) {
  const said = [row.drug, row.route, row.dose, row.unit, row.frequency].filter((part) => part !== null && part !== "").join(" ");
  return [foreign(tall(said)), row.reason ? el("p", { class: "help" }, foreign(tall(row.reason))) : null];
}

function intakeLine(row) {
  const state = el("td", {}, tag(row.intake));
  const said = el("div", {}, reading(row));
  const meaning = el("td", { "data-label": "Read as" }, said);
  if (row.intake === "ask") meaning.append(answerFields(row, state, said));
  return el("tr", {}, state, el("td", { "data-label": "Patient", class: "name" }, foreign(row.patient_id ?? "")),
    el("td", { "data-label": "Source", class: "mono name" }, `${row.source_line}: `, foreign(row.source_words ?? "")), meaning);
}

/** Fields for the answer to a question; an answer counts when the rules of a clinic's table can read it. */
function answerFields(row, state, said) {
  const inputs = ["drug", "route", "dose", "unit", "frequency"].map((column) => {
    const id = fresh();
    const input = el("input", { type: "text", id, "data-column": column });
    input.value = row[column] ?? "";
    return { column, input, element: el("div", {}, el("label", { for: id }, words(column)), input) };
  });
  const settle = (change, text) => {
    Object.assign(row, change, { code: "", reason: "" });
    state.replaceChildren(tag(row.intake), el("span", { class: "help", role: "status" }, ` ${text}`));
    said.replaceChildren(...reading(row).filter(Boolean));
  };
  const use = action("Use this answer", async () => {
    const answer = { intake: "read", code: "", reason: "", ...Object.fromEntries(inputs.map(({ column, input }) => [column, input.value.trim()])) };
    const [result] = await json("/v1/convert", { type: "text/csv", body: asTable([{ ...row, ...answer }]) });
    if (result?.status === "error") throw new Error(result.message);
    settle(answer, "answered");
  });
  return el("div", {}, el("div", { class: "inputs" }, inputs.map((one) => one.element)),
    el("p", { class: "buttons" }, use, el("button", { type: "button", onclick: () => settle({ intake: "skip" }, "left out") }, "Leave it out")));
}

async function showResults(body, type) {
  const rows = await json("/v1/convert", { type, body });
  const order = (row) => statuses.indexOf(row.status);
  const sorted = rows.map((row, index) => ({ row, index })).sort((a, b) => order(a.row) - order(b.row) || a.index - b.index).map((one) => one.row);
  const list = el("div", { id: "cards" });
  const shown = el("p", { role: "status", class: "quiet" });
  const boxes = statuses.map((status) => {
    const box = el("input", { type: "checkbox", value: status, checked: true });
    return el("label", { class: "toggle" }, box, `${status} (${rows.filter((row) => row.status === status).length})`);
  });
  const search = el("input", { type: "search", id: fresh(), placeholder: "patient, drug or code" });
  const more = el("button", { type: "button" }, "Show 100 more");
  let [found, count] = [sorted, 100];
  const draw = () => {
    list.replaceChildren(...found.slice(0, count).map((row) => card(row)));
    more.hidden = found.length <= count;
    shown.textContent = `${Math.min(count, found.length)} of ${found.length} shown, ${rows.length} in all; what needs a decision stands first`;
  };
  const filter = () => {
    const wanted = boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
    const text = search.value.trim().toLowerCase();
    found = sorted.filter((row) => wanted.includes(row.status)
      && (!text || [row.patient_id, row.drugs, row.target_drug, row.codes.join(" "), row.message].join(" ").toLowerCase().includes(text)));
    count = 100;
    draw();
  };
  boxes.forEach((label) => label.firstChild.addEventListener("change", filter));
  search.addEventListener("input", filter);
  more.addEventListener("click", () => { count += 100; draw(); });
  addEventListener("beforeprint", () => { count = found.length; draw(); });
  const save = (name, accept) => () => download(name, "/v1/convert", { type, body, accept });
  const title = el("h2", { tabindex: "-1" }, `${rows.length} result${rows.length === 1 ? "" : "s"}`);
  byId("clinic-result").replaceChildren(
    el("div", { class: "panel no-print" }, title,
      el("div", {}, el("p", { class: "buttons" }, action("CSV", save("conversion.csv", "text/csv")), action("Workbook", save("conversion.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        action("Page to sign", save("conversion.html", "text/html")), action("Print", async () => print()))),
      el("div", { class: "filters" }, el("fieldset", {}, el("legend", {}, "Show"), boxes), el("div", { class: "search" }, el("label", { for: search.id }, "Search"), search)), shown),
    list, el("p", { class: "buttons" }, more));
  draw();
  title.focus();
}

// --- pump tools

function pumpRoom(interface_) {
  const tools = Object.entries(interface_.paths).filter(([path, one]) => path.startsWith("/v1/pump/") && one.post?.requestBody.content["application/json"]);
  const choice = byId("pump-tool");
  choice.append(...tools.map(([path, one]) => el("option", { value: path }, `${words(path.slice(9))}: ${one.post.summary}`)));
  const place = byId("pump-result");
  const use = () => {
    const path = choice.value;
    const schema = interface_.paths[path].post.requestBody.content["application/json"].schema;
    byId("pump-about").textContent = schema.description || "";
    let read = () => ({});
    const follow = following(async (signal) => {
      const body = read();
      const missing = (schema.required || []).filter((name) => body[name] === undefined);
      if (missing.length) return place.replaceChildren(notice(`Still needed: ${missing.map(words).join(", ")}.`, false));
      const options = { type: "application/json", body: JSON.stringify(body) };
      try {
        const answer = await json(path, { ...options, signal });
        const sheet = el("div", {});
        place.replaceChildren(answerView(answer), el("div", {}, el("p", { class: "buttons" },
          action("Worksheet for a second check", async () => {
            const text = await (await ask(path, { ...options, accept: "text/plain", body: JSON.stringify({ ...body, worksheet: true }) })).text();
            sheet.replaceChildren(...text.split("\f").map((part) => el("article", { class: "card" }, el("pre", {}, part.trim()))));
          }),
          action("Page to sign", () => download("pump.html", path, { ...options, accept: "text/html" })), action("Print", async () => print()))), sheet);
      } catch (error) {
        if (error.name !== "AbortError") place.replaceChildren(notice(error.message));
      }
    });
    const shown = { ...schema, properties: Object.fromEntries(Object.entries(schema.properties).filter(([name]) => name !== "worksheet")) };
    read = schemaForm(byId("pump-form"), shown, follow, { first: ["drug"] });
    place.replaceChildren(notice("The answer follows what you type.", false));
  };
  choice.addEventListener("change", use);
  byId("pump-form").addEventListener("submit", (event) => event.preventDefault());
  use();
}

// --- refills

function refillsRoom() {
  const day = el("input", { type: "text", id: fresh(), placeholder: "2026-01-31" });
  const asOf = el("span", {}, el("label", { for: day.id }, "Count from (today if empty)"), day);
  sourceBox(byId("refills-source"), "Pumps of the clinic", "List", async (body, text) => {
    if (!text.trim()) throw new Error("There is nothing to read yet.");
    const query = day.value.trim() ? [["as-of", day.value.trim()]] : [];
    const options = { type: "text/csv", body, query };
    const rows = await json("/v1/pump/list", options);
    const columns = ["patient_id", "refill_by", "days_left", "status", "drugs", "message"];
    byId("refills-result").replaceChildren(el("div", { class: "panel" },
      el("h2", {}, `${rows.length} pumps, the soonest first`),
      el("div", {}, el("p", { class: "buttons" }, action("CSV", () => download("refills.csv", "/v1/pump/list", { ...options, accept: "text/csv" })),
        action("Calendar", () => download("refills.ics", "/v1/pump/list", { ...options, accept: "text/calendar" })), action("Print", async () => print()))),
      el("table", { class: "stack" }, el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, words(name))))),
        el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((name) => el("td", { "data-label": words(name), class: name === "patient_id" ? "name" : isDate(row[name]) ? "number" : null }, name === "status" ? tag(row.status) : foreign(told(name, row[name]))))))))));
  }, [asOf]);
}

// --- titration, levels

function yamlRoom(name, path, example, label, caption, downloads) {
  const id = fresh();
  const area = el("textarea", { id, spellcheck: "false", rows: "14" });
  area.value = example;
  const place = byId(`${name}-result`);
  const compute = action("Compute", async () => {
    place.replaceChildren();
    const options = { type: "application/yaml", body: area.value };
    const answer = await json(path, options);
    place.replaceChildren(answerView(answer));
    if (!["ok", "review"].includes(answer.status)) return;
    place.append(el("div", {}, el("p", { class: "buttons" }, downloads.map(([text, file, accept]) => action(text, () => download(file, path, { ...options, accept }))), action("Print", async () => print()))));
    try { place.prepend(await picture(path, options, caption)); } catch (error) { place.append(notice(error.message, false)); }
  }, "main");
  byId(`${name}-form`).replaceChildren(el("label", { for: id }, label), area, el("div", {}, el("p", { class: "buttons" }, compute)));
  byId(`${name}-form`).addEventListener("submit", (event) => event.preventDefault());
}

// --- plan

function planRoom(example) {
  const id = fresh();
  const area = el("textarea", { id, spellcheck: "false", rows: "22" });
  area.value = example;
  const place = byId("plan-result");
  const compute = action("Compute", async () => {
    place.replaceChildren();
    const options = { type: "application/yaml", body: area.value };
    const frame = await report("/v1/plan", options, "The plan, as it is printed and signed");
    place.replaceChildren(
      el("div", {}, el("p", { class: "buttons" },
        action("Page to sign", () => download("plan.html", "/v1/plan", { ...options, accept: "text/html" })),
        action("JSON", () => download("plan.json", "/v1/plan", options)), action("Print", async () => frame.contentWindow.print()))),
      frame);
  }, "main");
  byId("plan-form").replaceChildren(el("label", { for: id }, "Patient (YAML)"), area, el("div", {}, el("p", { class: "buttons" }, compute)));
  byId("plan-form").addEventListener("submit", (event) => event.preventDefault());
}

// --- risk

function riskRoom(interface_) {
  const schema = interface_.paths["/v1/risk"].post.requestBody.content["application/json"].schema;
  const place = byId("risk-result");
  const read = schemaForm(byId("risk-form"), schema, () => {}, { examples: { drug: "morphine", dose: "0.5 mg/day", regimen: "continuous" } });
  const compute = action("Compute", async () => {
    place.replaceChildren();
    const options = { type: "application/json", body: JSON.stringify(read()) };
    const answer = await json("/v1/risk", options);
    place.replaceChildren(riskView(answer));
    try { place.prepend(await picture("/v1/risk", options, "Incidence and the window of doses against dose, or what was counted")); } catch (error) { place.append(notice(error.message, false)); }
  }, "main");
  byId("risk-form").prepend(el("div", {}, el("p", { class: "buttons" }, compute)));
  byId("risk-form").addEventListener("submit", (event) => event.preventDefault());
}

function riskView(answer) {
  const percent = (value) => (value === null || value === undefined ? "" : `${Number((value * 100).toPrecision(2))} %`);
  const effects = answer.effects || [];
  const rest = { ...answer };
  delete rest.effects;
  const columns = ["Effect", "Probability", "Counts", "Counted in", "Says"];
  const counts = (one) => (one.counts.length
    ? one.counts.map((count) => el("div", {}, `${count.events} of ${count.n}, `, sourceButton(count.source)))
    : one.sources.map((id) => el("div", {}, sourceButton(id))));
  return el("div", {}, answerView(rest), effects.length ? el("div", { class: "panel" }, el("h2", {}, "Effects, the gravest first"),
    el("table", { class: "stack" }, el("thead", {}, el("tr", {}, columns.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, effects.map((one) => {
        const interval = one.low === null ? "" : ` (${percent(one.low)} to ${percent(one.high)})`;
        const cells = [`${words(one.effect)} (${one.direction})`, one.probability === null ? "no figure" : percent(one.probability) + interval, counts(one),
          one.population.includes(one.tolerance) ? one.population : [one.population, one.tolerance].filter(Boolean).join(", "), one.message || ""];
        return el("tr", {}, cells.map((told, index) => el("td", { "data-label": columns[index] }, Array.isArray(told) ? told : foreign(told))));
      })))) : null);
}

// --- tables

async function tablesRoom() {
  const place = byId("tables-list");
  const list = await json("/v1/tables");
  const tables = list.tables || [];
  place.replaceChildren(...tables.map((table) => {
    const details = el("details", { class: "panel" }, el("summary", {}, `${table.id}: ${table.title || table.name || ""}`));
    details.addEventListener("toggle", async () => {
      if (!details.open || details.querySelector("article")) return;
      try { details.append(answerView(await json(`/v1/tables/${encodeURIComponent(table.id)}`))); } catch (error) { details.append(notice(error.message)); }
    });
    return details;
  }));
}

// --- the house

const rooms = [["patient", "Patient"], ["clinic", "Clinic"], ["pump", "Pump"], ["refills", "Refills"], ["titrate", "Titration"], ["plan", "Plan"], ["levels", "Levels"], ["risk", "Risk"], ["tables", "Sources"]];

function show() {
  const wanted = location.hash.slice(1);
  const room = rooms.some(([id]) => id === wanted) ? wanted : "patient";
  for (const [id, title] of rooms) {
    byId(id).hidden = id !== room;
    const link = byId(`tab-${id}`);
    if (id === room) {
      link.setAttribute("aria-current", "page");
      document.title = `${title} · Thecal`;
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function themeButton() {
  const button = byId("theme");
  const set = (isDark) => {
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(isDark));
  };
  set(matchMedia("(prefers-color-scheme: dark)").matches);
  button.addEventListener("click", () => set(document.documentElement.dataset.theme !== "dark"));
}

async function begin() {
  themeButton();
  byId("tabs").append(...rooms.map(([id, title]) => el("li", {}, el("a", { id: `tab-${id}`, href: `#${id}` }, title))));
  addEventListener("hashchange", () => { show(); byId("main").focus(); });
  show();
  try {
    const example = async (name) => (await ask(`/examples/${name}.yaml`, { accept: "application/yaml" })).text();
    const description = await json("/openapi.json");
    tallNames = await json("/v1/names");
    const [titration, patient, scenario] = await Promise.all(["titration", "patient", "morphine-bolus"].map(example));
    patientRoom(description);
    clinicRoom(description);
    pumpRoom(description);
    refillsRoom();
    yamlRoom("titrate", "/v1/titrate", titration, "Plan (YAML)", "Dose, level, effect and risk over the days",
      [["CSV", "titration.csv", "text/csv"], ["Page to print", "titration.html", "text/html"]]);
    yamlRoom("levels", "/v1/simulate", scenario, "Scenario (YAML)", "Levels over time and along the spine", [["CSV", "levels.csv", "text/csv"]]);
    planRoom(patient);
    riskRoom(description);
    await tablesRoom();
  } catch (error) {
    byId("main").prepend(notice(`The server cannot be asked: ${error.message}`));
  }
  document.documentElement.dataset.ready = "yes";
}

begin();

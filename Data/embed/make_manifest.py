#!/usr/bin/env python3
"""Writes what follows from the data files, so that nothing has to be kept in step by hand:

  references.bib      the bibliography of references.json
  manifest.json       version, size and SHA-256 of every data file
  embed/thecal_data.c the table of files that the compiler embeds

`--check` writes nothing and fails if one of them is not current, or a JSON file is not in the house format.
"""

import hashlib
import json
import pathlib
import re
import sys

VERSION = "2026.11.0"
DATA = pathlib.Path(__file__).resolve().parent.parent
NOT_EMBEDDED = {"embed", "schema", "examples", "test-vectors"}  # code, descriptions of the data, input for demonstrations
LINE = 200
ENTRY = {
    "label": "manual", "guideline": "article", "paper": "article", "table": "misc", "manual": "manual",
    "leaflet": "misc", "notice": "misc", "derivation": "misc", "design": "misc",
}


def layout(value, indent=0, lead=0):
    """JSON with two spaces of indentation, in which an object or array stays on one line where it fits."""
    flat = json.dumps(value, ensure_ascii=True)
    if not isinstance(value, (dict, list)) or not value:
        return flat
    if isinstance(value, dict):
        flat = "{ " + flat[1:-1] + " }"
    if indent and indent + lead + len(flat) < LINE:
        return flat
    pad = "\n" + " " * (indent + 2)
    if isinstance(value, dict):
        keys = [json.dumps(key) + ": " for key in value]
        items = [key + layout(item, indent + 2, len(key)) for key, item in zip(keys, value.values())]
        return "{" + pad + ("," + pad).join(items) + "\n" + " " * indent + "}"
    return "[" + pad + ("," + pad).join(layout(item, indent + 2) for item in value) + "\n" + " " * indent + "]"


def author(name):
    """A person as BibTeX sorts people; anything else in braces, as one name."""
    person = re.fullmatch(r"(.+) ([A-Z]{1,3})", name)
    return name if name == "others" else f"{person[1]}, {person[2]}" if person else "{" + name + "}"


def bibliography(sources):
    """BibTeX of the sources, in their order."""
    text = "% Every source of the data files, written by embed/make_manifest.py from references.json.\n"
    for source in sources:
        fields = {"title": "{" + source["title"] + "}"}
        if source["authors"]:
            fields["author"] = " and ".join(map(author, source["authors"]))
        fields.update((key, str(source[key])) for key in ("year", "journal", "doi", "url") if source.get(key))
        if "pmid" in source:
            fields["note"] = "PMID " + source["pmid"]
        kind = ENTRY[source["kind"]] if source["kind"] != "paper" or "journal" in source else "misc"
        lines = [f"  {key} = {{{value}}}" for key, value in fields.items()]
        text += f"\n@{kind}{{{source['id']},\n" + ",\n".join(lines) + "\n}\n"
    return text


def table(names):
    """The C file that embeds the files named."""
    text = "// Written by make_manifest.py. Touching a data file rebuilds this one: #embed is a dependency.\n"
    text += '#include "thecal_data.h"\n\n'
    for number, name in enumerate(names):
        text += f"static const unsigned char file_{number}[] = {{\n#embed \"../{name}\"\n}};\n"
    text += "\nstatic const thecal_data_file files[] = {\n"
    for number, name in enumerate(names):
        text += f'    {{"{name}", file_{number}, sizeof file_{number}}},\n'
    text += "};\n\nsize_t thecal_data_file_count(void) { return sizeof files / sizeof files[0]; }\n"
    text += "\nthecal_data_file thecal_data_file_at(size_t index) { return files[index]; }\n"
    return text


def main(check):
    stale = []

    def put(path, text):
        data = text.encode("ascii")
        if not path.exists() or path.read_bytes() != data:
            stale.append(str(path.relative_to(DATA)))
            if not check:
                path.write_bytes(data)

    for path in sorted(DATA.rglob("*.json")):
        if path.name != "manifest.json":
            put(path, layout(json.loads(path.read_text())) + "\n")
    put(DATA / "references.bib", bibliography(json.loads((DATA / "references.json").read_text())["sources"]))

    names = sorted(
        str(path.relative_to(DATA)) for pattern in ("*.json", "*.bib") for path in DATA.rglob(pattern)
        if path.relative_to(DATA).parts[0] not in NOT_EMBEDDED and path.name != "manifest.json")
    files = []
    for name in names:
        data = (DATA / name).read_bytes()
        files.append({"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    put(DATA / "manifest.json", layout({"version": VERSION, "files": files}) + "\n")
    put(DATA / "embed" / "thecal_data.c", table(names + ["manifest.json"]))
    if check and stale:
        sys.exit("not current, run Data/embed/make_manifest.py: " + ", ".join(stale))


main(check="--check" in sys.argv[1:])

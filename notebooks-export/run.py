#!/usr/bin/env python3
"""Makes the notebooks from their sources, runs them, and exports them to HTML; `thecal` must be on the path and
its library built (`make shared`), or named by THECAL_LIBRARY.

Names after the options choose some of them. With --check nothing is written, and the key figures that each notebook leaves behind are compared with those on
record (figures.json). A notebook's source is a Python file with cells marked `# %%` and `# %% [markdown]`.
"""

import json
import math
import os
import pathlib
import sys
import tempfile

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE / "notebooks" / "figures.json"


def cells(source):
    found, kind, lines = [], "code", []

    def close():
        text = "\n".join(lines).strip("\n")
        if text and kind == "markdown":
            found.append(nbformat.v4.new_markdown_cell("\n".join(l.removeprefix("#").removeprefix(" ") for l in lines).strip()))
        elif text:
            found.append(nbformat.v4.new_code_cell(text))

    for line in source.splitlines():
        if line.startswith("# %%"):
            close()
            kind, lines = ("markdown" if "[markdown]" in line else "code"), []
        else:
            lines.append(line)
    close()
    for number, cell in enumerate(found):
        cell["id"] = f"cell-{number}"
    return found


def main():
    is_check = "--check" in sys.argv
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    figures, problems = {}, []
    # Notebooks that import thecal take the package beside them, with the library that was built.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE / "src"), os.environ.get("PYTHONPATH")]))
    os.environ.setdefault("THECAL_LIBRARY", str(HERE.parent / ".build" / "release" / "libThecalC.so"))
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    for source in sorted((HERE / "notebooks").glob("*.py")):
        if named and source.stem not in named:
            continue
        notebook = nbformat.v4.new_notebook(cells=cells(source.read_text()))
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        with tempfile.TemporaryDirectory() as work:
            os.environ["THECAL_FIGURES"] = str(pathlib.Path(work) / "figures.json")
            os.environ["THECAL_EXAMPLES"] = str(HERE.parent / "Data" / "examples")
            NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": work}}).execute()
            figures[source.stem] = json.loads(pathlib.Path(os.environ["THECAL_FIGURES"]).read_text())
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            # Warnings name folders of the machine that ran it.
            if "outputs" in cell:
                cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
        if is_check:
            for name, value in figures[source.stem].items():
                known = record.get(source.stem, {}).get(name)
                if known is None or not math.isclose(value, known, rel_tol=1e-3, abs_tol=1e-6):
                    problems.append(f"{source.stem}: {name} is {value}, on record {known}")
        else:
            nbformat.write(notebook, source.with_suffix(".ipynb"))
            page, _ = HTMLExporter().from_notebook_node(notebook)
            (HERE / "html" / f"{source.stem}.html").write_text(page)
        print(f"{source.stem}: {len(figures[source.stem])} key figures")
    if problems:
        sys.exit("\n".join(problems))
    if not is_check:
        RECORD.write_text(json.dumps({**record, **figures} if named else figures, indent=1) + "\n")


main()

#!/usr/bin/env python3
"""Writes REFERENCE.md, a page of every function of the package from what stands in its source; --check compares."""

import ast
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "src" / "thecal"


def declarations():
    """Every function and class by name, from all files."""
    found = {}
    for path in sorted(SOURCE.glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found[(path.stem, node.name)] = node
    return found


def entry(name, node, level):
    """Heading, signature and words of a declaration."""
    text = ast.get_docstring(node) or ""
    lines = [f"{'#' * level} `{name}`", ""]
    if isinstance(node, ast.FunctionDef):
        arguments = ast.unparse(node.args)
        for first in ("self, ", "self"):
            arguments = arguments.removeprefix(first)
        result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        lines += ["```python", f"{name}({arguments}){result}", "```", ""]
    lines += [text, ""]
    if isinstance(node, ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.FunctionDef) and (child.name == "__init__" or not child.name.startswith("_")):
                inner = name if child.name == "__init__" else f"{name}.{child.name}"
                lines += entry(inner, child, level + 1)
    return lines


def page():
    """The page."""
    known = declarations()
    top = ast.parse((SOURCE / "__init__.py").read_text())
    lines = ["# Every function of the Python package", "", ast.get_docstring(top), ""]
    origin = {
        alias.asname or alias.name: node.module for node in top.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    for name in sorted(origin, key=str.lower):
        lines += entry(f"thecal.{name}", known[(origin[name], name)], 2)
    module = ast.parse((SOURCE / "operators.py").read_text())
    lines += ["## `thecal.operators`", "", ast.get_docstring(module), ""]
    for (stem, name), node in known.items():
        if stem == "operators" and not name.startswith("_"):
            lines += entry(f"thecal.operators.{name}", node, 3)
    return "\n".join(lines).rstrip() + "\n"


def main():
    target = HERE / "REFERENCE.md"
    if "--check" in sys.argv:
        if target.read_text() != page():
            sys.exit("REFERENCE.md is not what the source says: run notebooks-export/reference.py")
    else:
        target.write_text(page())


if __name__ == "__main__":
    main()

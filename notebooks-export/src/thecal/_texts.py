"""What a person hands over as text, path or dictionary, and the files that it names."""

from __future__ import annotations

import datetime
import io
import json
import os
import pathlib
from collections.abc import Mapping
from typing import Any, TypeAlias, Union

import pandas

from ._library import DATA, NO_INPUT, Result, ThecalError, encoded

#: What a column of texts is. Before pandas 3, "str" would make words of missing values.
TEXT: Any = "str" if int(pandas.__version__.split(".")[0]) >= 3 else object

#: YAML as text, the path of a file with it, or the same as a dictionary.
Source: TypeAlias = Union[str, "os.PathLike[str]", Mapping[str, Any]]


def _plain(value: Any) -> Any:
    """What JSON has no word for: numbers of numpy, paths, days as a reader of YAML gives them."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a scenario")


def read(path: str | os.PathLike[str]) -> str:
    """The text of a file."""
    try:
        return pathlib.Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ThecalError(NO_INPUT, f"{os.fspath(path)}: no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ThecalError(DATA, f"{os.fspath(path)}: cannot be read as text: {error}") from error


def table(source: Any) -> str:
    """The CSV of a frame, of the text of a table, or of the file at a path."""
    if isinstance(source, pandas.DataFrame):
        return str(source.to_csv(index=False))
    if isinstance(source, str) and "\n" in source:
        return source
    return read(source)


def frame(text: str, ids: str) -> pandas.DataFrame:
    """The table that a call gives as CSV, with the column `ids` as it was written."""
    return pandas.read_csv(io.StringIO(text), dtype={ids: TEXT}, keep_default_na=False, na_values=[""])


def yaml(source: Source) -> tuple[str, pathlib.Path | None]:
    """The YAML of `source`, and the folder in which files that it names may lie."""
    if isinstance(source, Mapping):
        try:
            return json.dumps(source, default=_plain, allow_nan=False), None
        except (TypeError, ValueError) as error:
            raise ThecalError(DATA, f"this dictionary is no scenario: {error}") from error
    if isinstance(source, str) and ("\n" in source or ": " in source):
        return source, None
    return read(source), pathlib.Path(source).resolve().parent


def named_files(text: str, folder: pathlib.Path | None) -> dict[str, str]:
    """The files that `text` names, from `folder` and below it; a text without a folder names none."""
    if folder is None:
        return {}
    source = encoded(text)
    files = {}
    for name in json.loads(Result("files", source, len(source)).text):
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise ThecalError(DATA, f"'{name}' lies outside the folder of the file that names it")
        files[name] = read(path)
    return files

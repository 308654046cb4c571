"""The C library, as `thecal.h` describes it."""

from __future__ import annotations

import ctypes
import os
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy

OK, BLOCKED, USAGE, DATA, NO_INPUT = 0, 1, 64, 65, 66


class ThecalError(Exception):
    """A call that gave no answer. `code` is that of the command line: 64 usage, 65 data, 66 no file, 73 and 74 output."""

    code: int

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code

    def __str__(self) -> str:
        return str(self.args[1])


class LibraryError(ThecalError, ImportError):
    """The native library, or one that it needs, cannot be loaded: what `import thecal` fails with. `code` is 66."""


#: Debian packages that hold the libraries which the library itself needs.
PACKAGES = {
    "libnettle": "libnettle8", "liblapacke": "liblapacke", "libopenblas": "libopenblas0",
    "libxlsxwriter": "libxlsxwriter4", "libcsv": "libcsv3", "libnetcdf": "libnetcdf19", "libstdc++": "libstdc++6",
}


def _explained(path: pathlib.Path, error: OSError) -> LibraryError:
    """The error that a library cannot be loaded, with what to install."""
    missing = re.match(r"(lib[\w+.-]+?)\.so[.\d]*: cannot open shared object", str(error))
    if missing is None:
        return LibraryError(NO_INPUT, f"{path} cannot be loaded: {error}")
    package = PACKAGES.get(missing[1].split("-")[0], missing[1])
    return LibraryError(
        NO_INPUT, f"{path} needs {missing[1]}, which is not installed: `apt-get install {package}` on Debian and Ubuntu, or install "
        "the wheel that `make wheel` leaves in dist/, which brings it along")


def _load() -> ctypes.CDLL:
    here = pathlib.Path(__file__).resolve().parent
    named = os.environ.get("THECAL_LIBRARY")
    path = pathlib.Path(named) if named else here / "lib" / "libthecal.so"
    if not path.exists():
        raise LibraryError(NO_INPUT, f"{path} is missing: build the wheel with `make wheel`, or set THECAL_LIBRARY")
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        raise _explained(path, error) from error


class _File(ctypes.Structure):
    """`thecal_file`."""

    _fields_ = [("name", ctypes.c_char_p), ("text", ctypes.c_char_p), ("length", ctypes.c_size_t)]


_library = _load()
_status = ctypes.c_int32
_handle = ctypes.c_void_p
_size = ctypes.c_size_t
_text = ctypes.c_char_p
_texts = ctypes.POINTER(ctypes.c_char_p)
_files = ctypes.POINTER(_File)
_out = ctypes.POINTER(_handle)
_sizes = ctypes.POINTER(_size)
_progress = ctypes.CFUNCTYPE(None, ctypes.c_void_p, _size, _size)


def _declare(name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(_library, f"thecal_{name}")
    function.restype, function.argtypes = result, list(arguments)
    return function


_version = _declare("version", _text)
_data_version = _declare("data_version", _text)
_message = _declare("message", _text, _handle)
_get_text = _declare("text", _status, _handle, ctypes.POINTER(ctypes.c_void_p), _sizes)
_shape = _declare("shape", _status, _handle, _sizes, _sizes)
_column = _declare("column_name", _status, _handle, _size, ctypes.POINTER(_text))
_cells = _declare("cells", _status, _handle, ctypes.POINTER(ctypes.c_void_p), _sizes)
_first_row = _declare("first_row", _status, _handle, _size, _sizes)
_times = _declare("times_h", _status, _handle, ctypes.c_void_p, _size)
_levels = _declare("levels_ng_per_mL", _status, _handle, ctypes.c_void_p, _size)
_free = _declare("free", None, _handle)
_converter_new = _declare("converter_new", _status, _texts, _size, _text, _text, _out, _out)
_converter_free = _declare("converter_free", None, _handle)
_calls = {
    "converter_convert": _declare("converter_convert", _status, _handle, _texts, _size, _out),
    "converter_part": _declare("converter_part", _status, _handle, _texts, _size, _size, _out),
    "intake": _declare("intake", _status, _text, _size, _text, _text, _texts, _size, _out),
    "intake_part": _declare("intake_part", _status, _text, _size, _text, _text, _texts, _size, _size, _out),
    "simulate": _declare("simulate", _status, _text, _size, _out),
    "titrate": _declare("titrate", _status, _text, _size, _files, _size, _out),
    "fit": _declare("fit", _status, _text, _size, _files, _size, _out),
    "candidate": _declare("candidate", _status, _text, _size, _out),
    "pump": _declare("pump", _status, _text, _texts, _size, _out),
    "pump_list": _declare("pump_list", _status, _text, _size, _text, _text, _out),
    "risk": _declare("risk", _status, _texts, _size, _out),
    "plan": _declare("plan", _status, _text, _size, _out),
    "timeline": _declare("timeline", _status, _text, _size, _out),
    "pk": _declare(
        "pk", _status, _text, _texts, _size, _texts, _size, ctypes.c_int32, ctypes.c_uint64, _text, _size, _out),
    "explain_ratio": _declare(
        "explain_ratio", _status, _text, _text, _text, ctypes.c_int32, ctypes.c_uint64, _out),
    "cite": _declare("cite", _status, _text, _out),
    "files": _declare("files", _status, _text, _size, _out),
    "sweep_watched": _declare(
        "sweep_watched", _status, _text, _size, _files, _size, _text, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32,
        ctypes.c_int32, _progress, ctypes.c_void_p, _out),
    "merge": _declare("merge", _status, _texts, _size, _text, _out),
    "sensitivity": _declare("sensitivity", _status, _text, _out),
}


def version() -> str:
    """The version of the engine."""
    return str(_version().decode())


def data_version() -> str:
    """The version of the data."""
    return str(_data_version().decode())


def encoded(text: str) -> bytes:
    """UTF-8 that ends at no NUL but its own."""
    try:
        found = text.encode()
    except UnicodeEncodeError as error:
        raise ThecalError(DATA, f"this is no text that UTF-8 has: {error}") from error
    if b"\0" in found:
        raise ThecalError(DATA, f"a text holds a NUL: {text[:60]!r}")
    return found


def text_list(texts: Iterable[str]) -> tuple[Any, int]:
    """Texts as C has a list of them, and their number."""
    found = [encoded(text) for text in texts]
    return (ctypes.c_char_p * len(found))(*found), len(found)


def flag_list(flags: Mapping[str, Any]) -> tuple[Any, int]:
    """Arguments of Python as long flags of the command line: a switch is True, a flag that is repeated a list."""
    return text_list(word for name, value in flags.items() for word in _words(name.rstrip("_").replace("_", "-"), value))


def _words(name: str, value: Any) -> Iterator[str]:
    if value is None or value is False:
        return
    if value is True:
        yield name
    elif isinstance(value, (list, tuple)):
        yield from (f"{name}={item}" for item in value)
    else:
        yield f"{name}={os.fspath(value) if isinstance(value, os.PathLike) else value}"


def file_list(files: Mapping[str, str]) -> tuple[Any, int]:
    """Files by name as C has a list of them, and their number."""
    found = [(encoded(name), encoded(text)) for name, text in files.items()]
    return (_File * len(found))(*[_File(name, text, len(text)) for name, text in found]), len(found)


def watcher(tell: Callable[[Any, int, int], None] | None) -> Any:
    """A function as C calls one that is told how far the work is; nobody for None. It lives as long as what is returned."""
    return _progress(tell) if tell is not None else _progress()


class Result:
    """What a call made; freed with this object."""

    def __init__(self, name: str, *arguments: Any) -> None:
        self._handle = _handle()
        self.status: int = _calls[name](*arguments, ctypes.byref(self._handle))
        if self.status not in (OK, BLOCKED):
            raise ThecalError(self.status, self.message)

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            _free(self._handle)

    @property
    def message(self) -> str:
        """What went wrong or should be known."""
        return str(_message(self._handle).decode())

    @property
    def text(self) -> str:
        """The text of the result."""
        start, length = ctypes.c_void_p(), _size()
        _get_text(self._handle, ctypes.byref(start), ctypes.byref(length))
        return ctypes.string_at(start, length.value).decode() if start.value else ""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        names, name = [], _text()
        for k in range(self.shape[1]):
            _column(self._handle, k, ctypes.byref(name))
            names.append((name.value or b"").decode())
        return names

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = _size(), _size()
        _shape(self._handle, ctypes.byref(rows), ctypes.byref(columns))
        return rows.value, columns.value

    def arrays(self) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
        """Times (h), shape (rows,), and levels (ng/mL), shape (rows, columns): written by the library in place."""
        rows, columns = self.shape
        times, levels = numpy.empty(rows), numpy.empty((rows, columns))
        _times(self._handle, times.ctypes.data, times.size)
        _levels(self._handle, levels.ctypes.data, levels.size)
        return times, levels

    def cells(self) -> list[list[str]]:
        """The cells of a conversion, column by column."""
        start, length = ctypes.c_void_p(), _size()
        _cells(self._handle, ctypes.byref(start), ctypes.byref(length))
        width = self.shape[1]
        texts = ctypes.string_at(start, length.value).decode().split("\0")[:-1] if length.value else []
        return [texts[k::width] for k in range(width)]

    def first_rows(self) -> list[int]:
        """For each row of a conversion, the row of the input on which its patient begins."""
        first, found = _size(), []
        for row in range(self.shape[0]):
            _first_row(self._handle, row, ctypes.byref(first))
            found.append(first.value)
        return found


class Converter:
    """A converter of rows with the same columns; freed with this object."""

    def __init__(self, columns: list[str], mme_table: str | None = None, ratio_table: str | None = None) -> None:
        self._handle, problem = _handle(), _handle()
        names, count = text_list(columns)
        tables = [None if table is None else encoded(table) for table in (mme_table, ratio_table)]
        status = _converter_new(names, count, *tables, ctypes.byref(self._handle), ctypes.byref(problem))
        message = _message(problem).decode()
        _free(problem)
        if status != OK:
            raise ThecalError(status, message)

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            _converter_free(self._handle)

    def convert(self, cells: list[bytes | None], rows: int, before: int = 0) -> Result:
        """The results for `rows` rows of `cells`, row by row, of a table that has `before` rows before them."""
        return Result("converter_part", self._handle, (ctypes.c_char_p * len(cells))(*cells), rows, before)

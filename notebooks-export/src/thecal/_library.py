"""The C library, as `thecal.h` describes it."""

from __future__ import annotations

import ctypes
import os
import pathlib

OK, BLOCKED = 0, 1


class ThecalError(Exception):
    """A call that gave no answer. `code` is that of the command line: 64 usage, 65 data, 66 no file, 73 and 74 output."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code


def _load() -> ctypes.CDLL:
    here = pathlib.Path(__file__).resolve().parent
    named = os.environ.get("THECAL_LIBRARY")
    path = pathlib.Path(named) if named else here / "lib" / "libthecal.so"
    if not path.exists():
        raise ImportError(f"{path} is missing: build the wheel with `make wheel`, or set THECAL_LIBRARY")
    return ctypes.CDLL(str(path))


_library = _load()
_handle = ctypes.c_void_p
_size = ctypes.c_size_t
_text = ctypes.c_char_p
_result = ctypes.POINTER(_handle)


def _declare(name, result, *arguments):
    function = getattr(_library, name)
    function.restype, function.argtypes = result, list(arguments)
    return function


_version = _declare("thecal_version", _text)
_data_version = _declare("thecal_data_version", _text)
_message = _declare("thecal_message", _text, _handle)
_get_text = _declare("thecal_text", ctypes.c_int32, _handle, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(_size))
_shape = _declare("thecal_shape", ctypes.c_int32, _handle, ctypes.POINTER(_size), ctypes.POINTER(_size))
_column = _declare("thecal_column_name", ctypes.c_int32, _handle, _size, ctypes.POINTER(_text))
_times = _declare("thecal_times_h", ctypes.c_int32, _handle, ctypes.c_void_p, _size)
_levels = _declare("thecal_levels_ng_per_mL", ctypes.c_int32, _handle, ctypes.c_void_p, _size)
_free = _declare("thecal_free", None, _handle)
_calls = {
    "convert": _declare("thecal_convert", ctypes.c_int32, _text, _size, _text, _result),
    "simulate": _declare("thecal_simulate", ctypes.c_int32, _text, _size, _result),
    "titrate": _declare("thecal_titrate", ctypes.c_int32, _text, _size, _result),
    "candidate": _declare("thecal_candidate", ctypes.c_int32, _text, _size, _result),
    "risk": _declare("thecal_risk", ctypes.c_int32, _text, _text, _text, ctypes.c_int32, ctypes.c_uint64, _result),
    "sweep": _declare(
        "thecal_sweep", ctypes.c_int32, _text, _text, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32,
        _result),
}


def version() -> str:
    """The version of the engine."""
    return _version().decode()


def data_version() -> str:
    """The version of the data."""
    return _data_version().decode()


class Result:
    """What a call made; freed with this object."""

    def __init__(self, name: str, *arguments):
        self._handle = _handle()
        self.status = _calls[name](*arguments, ctypes.byref(self._handle))
        if self.status not in (OK, BLOCKED):
            raise ThecalError(self.status, self.message)

    def __del__(self):
        if getattr(self, "_handle", None):
            _free(self._handle)

    @property
    def message(self) -> str:
        """What went wrong or should be known."""
        return _message(self._handle).decode()

    @property
    def text(self) -> str:
        """The text of the result."""
        start, length = ctypes.c_void_p(), _size()
        _get_text(self._handle, ctypes.byref(start), ctypes.byref(length))
        return ctypes.string_at(start, length.value).decode()

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a simulation."""
        names, name = [], _text()
        for k in range(self.shape[1]):
            _column(self._handle, k, ctypes.byref(name))
            names.append(name.value.decode())
        return names

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of a simulation."""
        rows, columns = _size(), _size()
        _shape(self._handle, ctypes.byref(rows), ctypes.byref(columns))
        return rows.value, columns.value

    def arrays(self):
        """Times (h), shape (rows,), and levels (ng/mL), shape (rows, columns): written by the library in place."""
        import numpy

        rows, columns = self.shape
        times, levels = numpy.empty(rows), numpy.empty((rows, columns))
        _times(self._handle, times.ctypes.data, times.size)
        _levels(self._handle, levels.ctypes.data, levels.size)
        return times, levels

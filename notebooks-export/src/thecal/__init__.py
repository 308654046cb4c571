"""Intrathecal pumps: oral regimens to pump doses, with a source for every number.

Every function computes in the native library with the lock of Python released, and gives the same numbers, bit for
bit, as the command line. Not a cleared medical device.
"""

from ._library import ThecalError, data_version, version
from ._calls import candidate, convert, risk, simulate, titrate
from ._sweep import sweep

__version__ = version()
__all__ = [
    "ThecalError", "candidate", "convert", "data_version", "risk", "simulate", "sweep", "titrate", "version",
]

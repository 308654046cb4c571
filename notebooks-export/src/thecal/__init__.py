"""Intrathecal pumps: oral regimens to pump doses, with a source for every number.

Every function computes in the native library with the lock of Python released, and gives the same numbers, bit for
bit, as the command line. YAML may be given as text, as the path of a file, or as a dictionary; a text names no files,
and a file names files in its own folder alone. Not a cleared medical device.
"""

from ._calls import candidate, cite, explain_ratio, fit, pk, plan, risk, simulate, timeline, titrate
from ._convert import convert
from ._intake import intake
from ._library import ThecalError, data_version, version
from ._model import Model
from ._pump import pump, refills
from ._sweep import merge, sensitivity, sweep

__version__ = version()
__all__ = [
    "Model", "ThecalError", "candidate", "cite", "convert", "data_version", "explain_ratio", "fit", "intake", "merge", "pk",
    "plan", "pump", "refills", "risk", "sensitivity", "simulate", "sweep", "timeline", "titrate", "version",
]

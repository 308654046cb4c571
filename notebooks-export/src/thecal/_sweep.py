"""Sweeps, on this machine or on the workers of a Dask cluster."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

import xarray

from ._library import BLOCKED, Result, ThecalError, encoded, file_list, text_list, watcher
from ._texts import Source, named_files, yaml


#: What is told how much is done, and of how much.
Progress = Callable[[int, int], None]


def _shard(
    spec: str, files: dict[str, str], output: str, shard: int, shards: int, threads: int, progress: Progress | None = None
) -> str:
    """Computes one part; what a killed worker has left is gone on from, and a finished part of this sweep is kept."""
    text = encoded(spec)
    raised: list[BaseException] = []

    def tell(_: Any, done: int, of: int) -> None:
        # What a listener throws must not be lost in the library: the sweep goes on, and it is thrown at the end.
        if progress is not None and not raised:
            try:
                progress(done, of)
            except BaseException as error:
                raised.append(error)

    result = Result(
        "sweep_watched", text, len(text), *file_list(files), encoded(output), shard, shards, threads, 1,
        watcher(tell if progress else None), None)
    if raised:
        raise raised[0]
    if result.text:  # a refusal by the clinical rules, and no file
        raise ThecalError(BLOCKED, result.message)
    return output


def sweep(
    spec: Source, *, client: Any = None, shards: int | None = None, folder: str | os.PathLike[str] | None = None,
    threads: int | None = None, progress: Progress | None = None,
) -> xarray.Dataset:
    """The samples of the sweep that `spec` (text, path or dictionary) specifies, over `sample`, `time` (h) and `site`.

    With a Dask `client` the sweep is cut into `shards` (four per worker unless said), one task each, computed in the
    native library on the workers; `folder` must be one that all of them see. A worker that is lost is replaced, and
    goes on from what it left: no sample is lost and no bit differs. Without a client everything is computed here, by
    `threads` threads. The dataset reads from the files in `folder` (a new temporary one unless given); files that are
    there already are used again where they are parts of this very sweep (`spec_sha256`), and written anew where not.
    `progress(done, of)` is called as the work goes on, with numbers of samples, or of parts where there are several.

    Raises:
        ThecalError: the specification is unusable (code 65), the clinical rules refuse a dose (1), or the files cannot be
            written (73, 74).
    """
    text, base = yaml(spec)
    files = named_files(text, base)
    place = pathlib.Path(folder) if folder else pathlib.Path(tempfile.mkdtemp(prefix="thecal-sweep-"))
    place.mkdir(parents=True, exist_ok=True)
    if client is None:
        count, width = shards or 1, threads or os.cpu_count() or 1
    else:
        count, width = shards or max(1, 4 * len(client.scheduler_info()["workers"])), threads or 1
    parts = [(str(place / f"part-{k:05d}-of-{count:05d}.nc"), k, count, width) for k in range(1, count + 1)]
    paths = []
    if client is None:
        for part in parts:
            paths.append(_shard(text, files, *part, progress if count == 1 else None))
            if progress is not None and count > 1:
                progress(len(paths), count)
    else:
        futures = [client.submit(_shard, text, files, *part, pure=False) for part in parts]
        if progress is not None:
            from importlib import import_module

            distributed: Any = import_module("distributed")
            for done, _ in enumerate(distributed.as_completed(futures), 1):
                progress(done, count)
        paths = client.gather(futures)
    if len(paths) == 1:
        return xarray.open_dataset(paths[0], decode_timedelta=False)  # hours, as `simulate` has them
    return xarray.open_mfdataset(paths, combine="nested", concat_dim="sample", data_vars="minimal", coords="minimal",
                                 compat="override", combine_attrs="drop_conflicts", decode_timedelta=False)


def merge(parts: Iterable[str | os.PathLike[str]], output: str | os.PathLike[str]) -> xarray.Dataset:
    """Joins the files `parts`, the shards of one sweep in any order, to the file `output`, and opens it.

    Raises:
        ThecalError: parts are missing, double or of several sweeps (code 65).
    """
    Result("merge", *text_list(os.fspath(part) for part in parts), encoded(os.fspath(output)))
    return xarray.open_dataset(os.fspath(output), decode_timedelta=False)


def sensitivity(sweep: str | os.PathLike[str]) -> dict[str, Any]:
    """Which parameter of the sweep in a file weighs how much, as the object of `thecal sensitivity --json`.

    Raises:
        ThecalError: the file is no sweep with a design for it (code 65), or not there (66).
    """
    found: dict[str, Any] = json.loads(Result("sensitivity", encoded(os.fspath(sweep))).text)
    return found

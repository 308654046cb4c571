"""Sweeps, on this machine or on the workers of a Dask cluster."""

from __future__ import annotations

import os
import pathlib
import tempfile
from typing import Any

import xarray

from ._library import Result


def _shard(spec: str, output: str, shard: int, shards: int, threads: int) -> str:
    """Computes one part; what a killed worker has left is gone on from, and a finished part is kept."""
    if not pathlib.Path(output).exists():
        Result("sweep", spec.encode(), output.encode(), shard, shards, threads, 1)
    return output


def sweep(
    spec: str | os.PathLike, *, client: Any = None, shards: int | None = None, folder: str | os.PathLike | None = None,
    threads: int | None = None,
) -> xarray.Dataset:
    """The samples of the sweep that the file `spec` specifies, as a dataset over `sample`, `time` (h) and `site`.

    With a Dask `client` the sweep is cut into `shards` (four per worker unless said), one task each, computed in the
    native library on the workers; `folder` must be one that all of them see. A worker that is lost is replaced, and
    goes on from what it left: no sample is lost and no bit differs. Without a client everything is computed here, by
    `threads` threads. The dataset reads from the files in `folder` (a new temporary one unless given).

    Raises:
        ThecalError: the specification is unusable (code 65), or the files cannot be written (73, 74).
    """
    spec = str(pathlib.Path(spec).resolve())
    folder = pathlib.Path(folder) if folder else pathlib.Path(tempfile.mkdtemp(prefix="thecal-sweep-"))
    folder.mkdir(parents=True, exist_ok=True)
    if client is None:
        shards = shards or 1
        paths = [
            _shard(spec, str(folder / f"part-{k:05d}-of-{shards:05d}.nc"), k, shards, threads or os.cpu_count() or 1)
            for k in range(1, shards + 1)
        ]
    else:
        shards = shards or max(1, 4 * len(client.scheduler_info()["workers"]))
        futures = [
            client.submit(
                _shard, spec, str(folder / f"part-{k:05d}-of-{shards:05d}.nc"), k, shards, threads or 1, pure=False)
            for k in range(1, shards + 1)
        ]
        paths = client.gather(futures)
    if len(paths) == 1:
        return xarray.open_dataset(paths[0])
    return xarray.open_mfdataset(paths, combine="nested", concat_dim="sample", data_vars="minimal", coords="minimal",
                                 compat="override", combine_attrs="drop_conflicts")

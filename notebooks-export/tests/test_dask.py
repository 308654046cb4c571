"""A sweep on a cluster of processes, one of which is killed in mid-run: nothing is lost, and no bit differs."""

import os
import pathlib
import signal
import threading
import time

import numpy
import pytest

import thecal

distributed = pytest.importorskip("distributed")
EXAMPLES = pathlib.Path(os.environ.get("THECAL_EXAMPLES", pathlib.Path(__file__).parents[2] / "Data/examples"))


def test_a_lost_worker_loses_nothing(tmp_path):
    (tmp_path / "sc.yaml").write_text((EXAMPLES / "sweep-scenario.yaml").read_text())
    spec = tmp_path / "spec.yaml"
    text = (EXAMPLES / "sweep.yaml").read_text().replace("sweep-scenario.yaml", "sc.yaml")
    spec.write_text(text.replace("samples: 256", "samples: 2000").replace("[steady", "[csf, steady"))
    one = thecal.sweep(spec, folder=tmp_path / "one")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, \
            distributed.Client(cluster) as client:
        victim = next(iter(client.run(os.getpid).values()))
        killed = threading.Timer(0.6, lambda: os.kill(victim, signal.SIGKILL))
        killed.start()
        many = thecal.sweep(spec, client=client, shards=12, folder=tmp_path / "many")
        killed.join()
        deadline = time.time() + 30
        while victim in client.run(os.getpid).values() and time.time() < deadline:
            time.sleep(0.2)
        assert victim not in client.run(os.getpid).values()
    assert many.sizes["sample"] == one.sizes["sample"] == 12_000
    for name in ("csf", "steady", "loss"):
        assert numpy.array_equal(one[name].values, many[name].values, equal_nan=True)

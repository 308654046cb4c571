"""Fits, Jacobians, likelihoods and the operators of samplers, against differences and each other."""

import pathlib
import pickle
import subprocess
import sys
import threading

import numpy
import pandas
import pytest

import thecal
from thecal import operators

SCENARIO = {
    "drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "cells": 60,
    "output": {"every": "2 h", "until": "12 h", "at": ["L3", "cranial"]}}
KEYS = ["loss", "dispersion_sac", "program[0].bolus"]
POINTS = [
    {"time": "1 h", "site": "L3", "value": "4228 ng/mL"}, {"time": "8 h", "site": "L3", "value": "500 ng/mL"},
    {"time": "24 h", "site": "L3", "value": "50 ng/mL", "below": "yes"}]
SPECIFICATION = {"scenario": SCENARIO, "data": POINTS, "estimate": ["loss", "cranial_volume"], "error": {"proportional": "30 %"}}


def measured():
    model = thecal.Model(SCENARIO, KEYS)
    data = model.levels([model.values])[0] * 1.2
    data[0] = numpy.nan
    return model, data


def test_a_fit_says_what_it_knows_and_what_not():
    found = thecal.fit(SPECIFICATION)
    assert found["converged"] and found["n"] == 3 and found["n_below"] == 1
    loss, volume = found["estimates"]
    assert loss["low"] < loss["value"] < loss["high"] and loss["identifiable"] and loss["unit"] == "1/s"
    assert not volume["identifiable"] and [volume["low"], volume["high"]] == [volume["prior"]["low"], volume["prior"]["high"]]


def test_measurements_may_be_a_frame():
    frame = pandas.DataFrame(POINTS)
    assert thecal.fit({key: value for key, value in SPECIFICATION.items() if key != "data"}, frame) == thecal.fit(SPECIFICATION)


def test_a_fit_reads_files_beside_it(tmp_path):
    import json
    (tmp_path / "s.yaml").write_text(json.dumps(SCENARIO))
    pandas.DataFrame(POINTS).to_csv(tmp_path / "points.csv", index=False)
    (tmp_path / "fit.yaml").write_text(json.dumps({**SPECIFICATION, "scenario": "s.yaml", "data": "points.csv"}))
    assert thecal.fit(tmp_path / "fit.yaml") == thecal.fit(SPECIFICATION)


def test_an_error_names_line_and_key_and_pickles():
    with pytest.raises(thecal.ThecalError) as error:
        thecal.fit({**SPECIFICATION, "estimate": ["lost"]})
    assert error.value.code == 65 and "estimate[0]" in str(error.value)
    copy = pickle.loads(pickle.dumps(error.value))
    assert (copy.code, str(copy)) == (65, str(error.value))


def test_the_jacobian_is_that_of_differences_and_of_the_adjoint():
    model, _ = measured()
    center = model.values * 1.03
    jacobian = model.gradient([center])[0]
    assert jacobian.shape == (len(model.times_h), 2, 3)
    levels = model.levels([center])[0]
    for k in range(3):
        sets = numpy.tile(center, (4, 1))
        sets[:, k] *= 1 + 2e-6 * numpy.array([-2, -1, 1, 2])
        low, down, up, high = model.levels(sets)
        difference = (low - 8 * down + 8 * up - high) / (12 * 2e-6 * center[k])
        numpy.testing.assert_allclose(jacobian[..., k], difference, rtol=0, atol=1e-8 * levels.max() / center[k])
    weights = numpy.random.default_rng(1).standard_normal(levels.shape)
    numpy.testing.assert_allclose(
        numpy.einsum("ts,tsk->k", weights, jacobian), model.gradient([center], weights)[0], rtol=1e-9)


def test_the_likelihood_is_that_of_numpy_and_of_scipy():
    model, data = measured()
    sets = model.values * numpy.array([[1.0, 1, 1], [1.2, 0.8, 1.1]])
    below = numpy.zeros(data.shape, dtype=bool)
    below[-1, -1] = True
    found = model.loglikelihood(sets, data, sigma=0.3, below=below)
    special = pytest.importorskip("scipy.special")
    r = (numpy.log(data) - numpy.log(model.levels(sets))) / 0.3
    exact = -0.5 * r**2 - numpy.log(data) - numpy.log(0.3 * numpy.sqrt(2 * numpy.pi))
    exact = numpy.where(below, special.log_ndtr(r), exact)
    numpy.testing.assert_allclose(found, numpy.nansum(exact, axis=(1, 2)), rtol=1e-12)


def test_python_goes_on_while_levels_are_computed():
    model = thecal.Model({**SCENARIO, "cells": 400}, KEYS, threads=1)
    sets = numpy.tile(model.values, (4_000, 1))
    work = threading.Thread(target=lambda: model.levels(sets))
    counted = 0
    work.start()
    while work.is_alive():
        counted += 1
        work.join(0)
    assert counted > 100


def test_two_threads_share_one_model():
    model, _ = measured()
    sets = model.values * numpy.linspace(0.9, 1.1, 400)[:, None]
    expected, found = model.levels(sets), {}
    threads = [threading.Thread(target=lambda k=k: found.update({k: model.levels(sets)})) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((found[k] == expected).all() for k in range(4))


def test_emcee_gets_posteriors_of_many_sets():
    pytest.importorskip("emcee")
    model, data = measured()
    posterior = operators.for_emcee(
        model, data, sigma=0.3, log_prior=lambda sets: numpy.where(sets[:, 0] > 0, 0.0, -numpy.inf))
    sets = numpy.array([model.values, -model.values])
    values = posterior(sets)
    assert values[0] == model.loglikelihood(sets[:1], data, sigma=0.3)[0] and values[1] == -numpy.inf


def test_pymc_gets_value_and_gradient(monkeypatch):
    monkeypatch.setenv("PYTENSOR_FLAGS", "cxx=")
    pytest.importorskip("pymc")
    import pytensor
    import pytensor.tensor as tensor
    model, data = measured()
    theta = tensor.dvector()
    value = operators.for_pymc(model, data, sigma=0.3)(theta)
    call = pytensor.function([theta], [value, tensor.grad(value, theta)], mode="FAST_COMPILE")
    values, slopes = model.loglikelihood([model.values], data, sigma=0.3, gradient=True)
    found = call(model.values)
    assert found[0] == values[0] and (found[1] == slopes[0]).all()


def test_jax_gets_value_and_gradient():
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    model, data = measured()
    function = operators.for_jax(model, data, sigma=0.3)
    values, slopes = model.loglikelihood([model.values], data, sigma=0.3, gradient=True)
    value, slope = jax.jit(jax.value_and_grad(function))(jax.numpy.asarray(model.values))
    assert value == values[0] and (numpy.asarray(slope) == slopes[0]).all()
    many = jax.vmap(function)(jax.numpy.asarray([model.values, model.values]))
    assert (numpy.asarray(many) == values[0]).all()


def test_the_reference_page_is_what_the_source_says():
    script = pathlib.Path(__file__).resolve().parents[1] / "reference.py"
    if not script.exists():
        pytest.skip("the page lies in the repository alone")
    subprocess.run([sys.executable, script, "--check"], check=True)


def test_every_function_is_described():
    for name in thecal.__all__:
        assert getattr(thecal, name).__doc__, name

"""A model with free parameters, against simulations and differences."""

import numpy
import pytest

import thecal

SCENARIO = {
    "drug": "morphine", "catheter": {"tip": "L3"},
    "program": [{"at": "0 h", "bolus": "0.25 mg"}, {"at": "0 h", "rate": "1 mg/day"}],
    "cells": 60, "output": {"every": "2 h", "until": "12 h", "at": ["tip", "L4", "cranial"]},
}
KEYS = ["loss", "dispersion_sac", "catheter.tip", "program[1].rate"]


def test_levels_are_those_of_a_simulation():
    model = thecal.Model(SCENARIO, KEYS)
    alone = thecal.simulate(SCENARIO)
    levels = model.levels([model.values])[0]
    assert model.sites == list(alone["site"].values)
    numpy.testing.assert_allclose(levels, alone["csf"].transpose("time", "site").values, rtol=0, atol=1e-8 * levels.max())


def test_threads_change_nothing():
    one, many = thecal.Model(SCENARIO, KEYS, threads=1), thecal.Model(SCENARIO, KEYS, threads=3)
    sets = one.values * numpy.linspace(0.95, 1.05, 40)[:, None]
    assert (one.levels(sets) == many.levels(sets)).all()


def test_gradient_is_that_of_differences():
    model = thecal.Model(SCENARIO, KEYS)
    data = model.levels([model.values])[0] * 1.1
    data[0] = numpy.nan
    center = model.values * 1.02
    _, found = model.loglikelihood([center], data, sigma=0.3, gradient=True)
    steps = 1e-6 * center
    sets = numpy.concatenate([center + numpy.diag(steps), center - numpy.diag(steps)])
    values = model.loglikelihood(sets, data, sigma=0.3)
    difference = (values[: len(center)] - values[len(center):]) / (2 * steps)
    numpy.testing.assert_allclose(found[0], difference, rtol=1e-5, atol=1e-6 * numpy.abs(found[0] * center).max() / center.min())


def test_a_set_that_cannot_be_computed_is_named():
    model = thecal.Model(SCENARIO, KEYS)
    bad = model.values.copy()
    bad[2] = 90
    levels = model.levels([model.values, bad])
    assert numpy.isfinite(levels[0]).all() and numpy.isnan(levels[1]).all()
    assert "outside the canal" in model.failures[1]
    data = numpy.where(levels[0] > 0, levels[0], numpy.nan)
    assert model.loglikelihood([bad], data, sigma=0.3)[0] == -numpy.inf


def test_a_wrong_key_is_an_error():
    with pytest.raises(thecal.ThecalError) as error:
        thecal.Model(SCENARIO, ["lost"])
    assert error.value.code == 65

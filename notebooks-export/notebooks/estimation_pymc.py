# %% [markdown]
# # Published levels and PyMC
#
# The two means of Nordberg 1984 once more (see the notebook with emcee): the likelihood as an Op of PyTensor, whose gradient comes
# from the same call of the native library, sampled by NUTS.
# %%
import json
import os
import pathlib

import matplotlib.pyplot as plt
import numpy
import pandas
import pymc

import thecal
from thecal.operators import for_pymc

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
points = pandas.read_csv(examples / "nordberg1984.csv")
points
# %%
names = ["loss", "dispersion_sac"]
scenario = {"drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "cells": 120,
            "output": {"every": "1 h", "until": "12 h", "at": ["L3"]}}
fit = thecal.fit({"scenario": scenario, "data": points.drop(columns=["source", "locator", "read"]).to_dict("records"),
                  "estimate": names, "error": {"proportional": "30 %"}, "random": "none"})
fit["message"]
# %%
sigma = numpy.sqrt(numpy.log1p(0.3**2))
medians = numpy.array([estimate["prior"]["median"] for estimate in fit["estimates"]])
spreads = numpy.array([numpy.log(e["prior"]["high"] / e["prior"]["median"]) / 1.959963984540054 for e in fit["estimates"]])
measured = []
for dose, level in zip(points.dose, [4228.0, 10447.0]):
    model = thecal.Model({**scenario, "program": [{"at": "0 h", "bolus": dose}]}, names, threads=1)
    data = numpy.full((len(model.times_h), 1), numpy.nan)
    data[1, 0] = level
    measured.append((model, data))
likelihoods = [for_pymc(model, data, sigma=sigma) for model, data in measured]
with pymc.Model() as posterior:
    z = pymc.Normal("z", 0, 1, shape=2)
    theta = medians * pymc.math.exp(spreads * z)
    pymc.Potential("likelihood", sum(likelihood(theta) for likelihood in likelihoods))
    draws = pymc.sample(
        800, tune=400, chains=2, cores=1, random_seed=1, progressbar=False, compute_convergence_checks=False)
scores = draws.posterior["z"].values.reshape(-1, 2)
# %%
figure, panels = plt.subplots(1, 2, figsize=(11, 4))
for panel, name, values, estimate in zip(panels, names, (medians * numpy.exp(spreads * scores)).T, fit["estimates"]):
    panel.hist(values, bins=50, density=True, color="#56B4E9", label="NUTS")
    panel.axvline(estimate["value"], color="#D55E00", lw=2.5, label="mode")
    panel.set_xlabel(f"{name} ({estimate['unit']})")
    panel.spines[["top", "right"]].set_visible(False)
panels[0].legend()
plt.tight_layout()
# %%
for k, estimate in enumerate(fit["estimates"]):
    mode = numpy.log(estimate["value"] / medians[k]) / spreads[k]
    assert abs(numpy.median(scores[:, k]) - mode) < 0.3 * scores[:, k].std()
    assert abs(scores[:, k].std() / estimate["shrinkage"] - 1) < 0.2
key = {f"mode of {e['parameter']}": e["value"] for e in fit["estimates"]}
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

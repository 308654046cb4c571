# %% [markdown]
# # Published levels, a fit, and emcee
#
# Nordberg 1984 gives two means of morphine in lumbar CSF one hour after 0.25 and 0.50 mg. `thecal.fit` finds the mode and its
# intervals; emcee draws from the same posterior, in normal scores of the priors, with the likelihood of the native library.
# Two means one hour after a dose say little: much of what is seen below is the prior.
# %%
import json
import os
import pathlib

import emcee
import matplotlib.pyplot as plt
import numpy
import pandas

import thecal
from thecal.operators import for_emcee

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
points = pandas.read_csv(examples / "nordberg1984.csv")
points
# %%
names = ["loss", "dispersion_sac"]
scenario = {"drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "cells": 120,
            "output": {"every": "1 h", "until": "12 h", "at": ["L3"]}}
fit = thecal.fit({"scenario": scenario, "data": points.drop(columns=["source", "locator", "read"]).to_dict("records"),
                  "estimate": names, "error": {"proportional": "30 %"}, "random": "none"})
pandas.DataFrame(fit["estimates"])[["parameter", "value", "unit", "low", "high", "interval", "shrinkage"]]
# %% [markdown]
# ## The same posterior for a sampler
#
# A model for each dose; a sampler walks in normal scores, where the priors of both parameters are standard normal.
# %%
sigma = numpy.sqrt(numpy.log1p(0.3**2))
medians = numpy.array([estimate["prior"]["median"] for estimate in fit["estimates"]])
spreads = numpy.array([numpy.log(e["prior"]["high"] / e["prior"]["median"]) / 1.959963984540054 for e in fit["estimates"]])
parts = []
for dose, level in zip(points.dose, [4228.0, 10447.0]):
    model = thecal.Model({**scenario, "program": [{"at": "0 h", "bolus": dose}]}, names)
    data = numpy.full((len(model.times_h), 1), numpy.nan)
    data[1, 0] = level
    parts.append(for_emcee(model, data, sigma=sigma))


def log_posterior(scores):
    theta = medians * numpy.exp(spreads * numpy.clip(scores, -8, 8))
    return sum(part(theta) for part in parts) - 0.5 * (scores**2).sum(axis=1)


random = numpy.random.default_rng(1)
sampler = emcee.EnsembleSampler(32, 2, log_posterior, vectorize=True)
sampler.random_state = numpy.random.RandomState(1).get_state()
sampler.run_mcmc(0.1 * random.standard_normal((32, 2)), 1500)
scores = sampler.get_chain(discard=300, flat=True)
theta = medians * numpy.exp(spreads * scores)
# %%
figure, panels = plt.subplots(1, 2, figsize=(11, 4))
for panel, name, values, estimate in zip(panels, names, theta.T, fit["estimates"]):
    panel.hist(values, bins=60, density=True, color="#56B4E9", label="emcee")
    panel.axvline(estimate["value"], color="#D55E00", lw=2.5, label="mode")
    for end in ("low", "high"):
        panel.axvline(estimate[end], color="#D55E00", ls="--", lw=1.5)
    panel.set_xlabel(f"{name} ({estimate['unit']})")
    panel.spines[["top", "right"]].set_visible(False)
panels[0].legend()
plt.tight_layout()
# %%
# The draws lie where the fit says: within a tenth of a posterior standard deviation, which is what so many draws can tell.
for k, estimate in enumerate(fit["estimates"]):
    mode = numpy.log(estimate["value"] / medians[k]) / spreads[k]
    assert abs(numpy.median(scores[:, k]) - mode) < 0.25 * scores[:, k].std()
    assert abs(scores[:, k].std() / estimate["shrinkage"] - 1) < 0.15
key = {f"mode of {e['parameter']}": e["value"] for e in fit["estimates"]}
key.update({f"shrinkage of {e['parameter']}": e["shrinkage"] for e in fit["estimates"]})
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

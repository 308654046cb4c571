# %% [markdown]
# # A population, and what was measured
#
# Four hundred people drawn from the shipped populations are given 0.25 mg of morphine at L3. The fan is what the model expects to
# see in them, without an error of measurement; the point is the mean that Nordberg 1984 found one hour after that dose, and its
# standard error. Before anything is estimated, does the model know the measured world?
# %%
import json
import os
import pathlib

import matplotlib.pyplot as plt
import numpy
import pandas

import thecal

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
points = pandas.read_csv(examples / "nordberg1984.csv")
people = thecal.sweep({
    "scenario": {
        "drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "cells": 200,
        "output": {"every": "15 min", "until": "24 h", "at": ["L3", "T10", "cranial"]}},
    "design": {"method": "latin", "samples": 400, "seed": 1}, "distributions": "default", "outputs": ["csf"]})
people
# %%
shares = [0.05, 0.25, 0.5, 0.75, 0.95]
fan = people.csf.quantile(shares, dim="sample")
hours = people.time.values.astype(float)
figure, panels = plt.subplots(1, 3, figsize=(13, 4.5), sharey=True)
for panel, site in zip(panels, people.site.values):
    low, lower, median, upper, high = numpy.clip(fan.sel(site=site).values, 1, None)
    panel.fill_between(hours, low, high, color="#56B4E9", alpha=0.35, lw=0, label="5 to 95 %")
    panel.fill_between(hours, lower, upper, color="#0072B2", alpha=0.6, lw=0, label="25 to 75 %")
    panel.plot(hours, median, color="black", lw=2.5, label="median")
    panel.axvline(0, color="#009E73", lw=2.5, ls=":", label="0.25 mg")
    panel.set_title(str(site))
    panel.set_xlabel("Time (h)")
    panel.spines[["top", "right"]].set_visible(False)
panels[0].errorbar(1, 4228, yerr=361, fmt="o", ms=9, capsize=4, color="#D55E00", label="Nordberg 1984")
panels[0].set_yscale("log")
panels[0].set_ylim(10, None)
panels[0].set_ylabel("Morphine in CSF (ng/mL)")
panels[0].legend()
plt.tight_layout()
# %% [markdown]
# ## What the two means teach
#
# A fit moves the loss and the dispersion of the sac as far as two means can, and says how far that is.
# %%
fit = thecal.fit({
    "scenario": {"drug": "morphine", "catheter": {"tip": "L3"}, "program": [{"at": "0 h", "bolus": "0.25 mg"}], "cells": 120,
                 "output": {"every": "1 h", "until": "12 h", "at": ["L3"]}},
    "data": points.drop(columns=["source", "locator", "read"]).to_dict("records"),
    "estimate": ["loss", "dispersion_sac"], "error": {"proportional": "30 %"}, "random": "none"})
pandas.DataFrame(fit["estimates"])[["parameter", "value", "unit", "low", "high", "shrinkage"]]
# %%
at_one = people.csf.sel(site="L3", time=people.time[4])
key = {f"{round(100 * share)} % at L3 after 1 h": float(at_one.quantile(share)) for share in (0.05, 0.5, 0.95)}
key["share of people below the measured mean"] = float((at_one < 4228).mean())
key["people without levels"] = int((people.failure.values != "").sum())
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

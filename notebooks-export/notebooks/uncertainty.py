# %% [markdown]
# # What we do not know, and what it does to a titration
#
# Two hundred and fifty-six base points of a Saltelli design over four parameters of the transport model: which of them
# decides the level, and how far apart two people with the same pump are. Then a titration, by label and optimal, with
# a limit on what reaches the head.
# %%
import json
import os
import pathlib
import subprocess

import matplotlib.pyplot as plt
import numpy
import xarray

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
subprocess.run(["thecal", "sweep", examples / "sweep.yaml", "-o", "sweep.nc", "--quiet"], check=True)
answer = subprocess.run(
    ["thecal", "sensitivity", "sweep.nc", "--result", "steady_L4", "--result", "steady_cranial", "--json"],
    capture_output=True, text=True, check=True)
results = {result["result"]: result["weights"] for result in json.loads(answer.stdout)["results"]}
sweep = xarray.open_dataset("sweep.nc")
sweep
# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5))
names = [weight["parameter"] for weight in results["steady_L4"]]
for offset, (result, color) in zip([-0.2, 0.2], [("steady_L4", "#0072B2"), ("steady_cranial", "#D55E00")]):
    total = [weight["total"] for weight in results[result]]
    value = numpy.array([t["value"] for t in total])
    error = numpy.array([[t["value"] - t["low"] for t in total], [t["high"] - t["value"] for t in total]])
    left.barh(numpy.arange(4) + offset, value, 0.38, xerr=error, color=color, label=result.replace("steady_", "at "))
left.set_yticks(range(4), names)
left.set_xlabel("Total Sobol index, 95 % interval")
left.legend()
for site, color in [("L4", "#0072B2"), ("cranial", "#D55E00")]:
    right.hist(sweep.steady.sel(site=site), bins=40, histtype="step", lw=2.5, color=color, label=site)
right.set_xlabel("Steady morphine at 1 mg/day (ng/mL)")
right.set_ylabel("Samples")
right.legend()
for axes in (left, right):
    axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()
# %% [markdown]
# The loss from CSF outweighs everything else: a patient's own level, or their own response, teaches more than any
# average. The same dose gives levels that differ severalfold.
#
# ## Titration: label and optimal
#
# Baclofen to 600 ng/mL at T10, once without and once with a limit on the cranial pool.
# %%
plans = {}
base = (examples / "titration.yaml").read_text()
for name, text in {
    "label": base.replace("protocol: optimal", "protocol: label"),
    "optimal": base,
    "optimal, at most 110 ng/mL in the head": base.replace("level: 160", "level: 110"),
}.items():
    pathlib.Path("p.yaml").write_text(text)
    plans[name] = json.loads(subprocess.run(["thecal", "titrate", "p.yaml", "--json"], capture_output=True, text=True).stdout)
figure, axes = plt.subplots(1, 2, figsize=(12, 4.2))
for (name, plan), color, dash in zip(plans.items(), ["#0072B2", "#D55E00", "#009E73"], ["-", "--", "-."]):
    days = [day["day"] for day in plan["schedule"]][:21]
    axes[0].step(days, [day["dose"] for day in plan["schedule"]][:21], dash, where="post", color=color, lw=2.5, label=name)
    axes[1].plot(days, [day["level"] for day in plan["schedule"]][:21], dash, color=color, lw=2.5)
axes[0].set_ylabel("Dose (mcg/day)")
axes[1].set_ylabel("Level at T10 (ng/mL)")
axes[0].legend()
for ax in axes:
    ax.set_xlabel("Day")
    ax.set_ylim(0, None)
    ax.spines[["top", "right"]].set_visible(False)
plt.tight_layout()
# %%
key = {f"total index of {w['parameter']} for L4": w["total"]["value"] for w in results["steady_L4"]}
key["median level at L4"] = float(sweep.steady.sel(site="L4").median())
key["90th over 10th percentile at L4"] = float(sweep.steady.sel(site="L4").quantile(0.9) / sweep.steady.sel(site="L4").quantile(0.1))
key["days to target, optimal"] = plans["optimal"]["days_to_target"]
key["last dose with the lower limit"] = plans["optimal, at most 110 ng/mL in the head"]["schedule"][-1]["dose"]
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

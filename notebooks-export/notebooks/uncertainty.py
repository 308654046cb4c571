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

import distributed
import matplotlib.pyplot as plt
import numpy
import pandas
import yaml

import thecal

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster, \
        distributed.Client(cluster) as client:
    thecal.sweep(examples / "sweep.yaml", client=client, shards=4, folder="parts").close()
sweep = thecal.merge(sorted(pathlib.Path("parts").glob("*.nc")), "sweep.nc")
results = {result["result"]: result["weights"] for result in thecal.sensitivity("sweep.nc")["results"]}
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
base = yaml.safe_load((examples / "titration.yaml").read_text())
plans = {
    "label": thecal.titrate({**base, "protocol": "label"}), "optimal": thecal.titrate(base),
    "optimal, at most 110 ng/mL in the head": thecal.titrate({**base, "limits": [{"level": "110 ng/mL", "at": "cranial"}]})}
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
# %% [markdown]
# ## What the optimal plan gains
#
# Days until the goal is reached, for six goals, by the largest steps that label or consensus allow and by the plan that is proven to
# be the soonest within the same rules.
# %%
pain = {"indication": "noncancer", "opioid_tolerant": True, "monitored": True}
goals = {
    "baclofen, 600 ng/mL at T10": base, "baclofen, cerebral, 600 ng/mL at T10": {**base, "indication": "spasticity_cerebral"},
    "morphine, 1 mg/day": {"drug": "morphine", **pain, "target": {"dose": "1 mg/day"}, "days": 60},
    "hydromorphone, 0.5 mg/day": {"drug": "hydromorphone", **pain, "target": {"dose": "0.5 mg/day"}, "days": 60},
    "ziconotide, 9.6 mcg/day": {"drug": "ziconotide", "indication": "noncancer", "psychosis_history": False,
                                "target": {"dose": "9.6 mcg/day"}, "days": 90},
    "ziconotide, 9.6 mcg/day, slow protocol": {"drug": "ziconotide", "indication": "noncancer", "psychosis_history": False,
                                               "slow": True, "target": {"dose": "9.6 mcg/day"}, "days": 120}}
rows = []
for name, goal in goals.items():
    label, optimal = (thecal.titrate({**goal, "protocol": protocol}) for protocol in ("label", "optimal"))
    given = [sum(day["dose"] for day in plan["schedule"][:label["days_to_target"]]) for plan in (label, optimal)]
    rows.append({"goal": name, "days, label": label["days_to_target"], "days, optimal": optimal["days_to_target"],
                 "days gained": label["days_to_target"] - optimal["days_to_target"],
                 "drug given by then, optimal over label": round(given[1] / given[0], 3)})
gained = pandas.DataFrame(rows).set_index("goal")
gained
# %% [markdown]
# No day is gained: whoever raises by the largest step as soon as the rules allow is already the soonest, and the optimal plan is the
# proof of it. What the plan adds is the limit on a level: above, the dose stops where the head would get too much, and the page says
# that the goal is not reached. Days are gained only by rules that allow more, and those are the prescriber's to choose.
# %%
key = {f"total index of {w['parameter']} for L4": w["total"]["value"] for w in results["steady_L4"]}
key["median level at L4"] = float(sweep.steady.sel(site="L4").median())
key["90th over 10th percentile at L4"] = float(sweep.steady.sel(site="L4").quantile(0.9) / sweep.steady.sel(site="L4").quantile(0.1))
key["days to target, label"] = plans["label"]["days_to_target"]
key["days to target, optimal"] = plans["optimal"]["days_to_target"]
key["days gained by the optimal plans"] = int(gained["days gained"].sum())
key["last dose with the lower limit"] = plans["optimal, at most 110 ng/mL in the head"]["schedule"][-1]["dose"]
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

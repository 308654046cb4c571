# %% [markdown]
# # Where the drug goes, and where the catheter should end
#
# The same infusion of baclofen with the tip at different levels: how the level along the spine follows the tip, what is
# left of it at the segments of the arms, and what reaches the head.
# %%
import json
import os
import pathlib

import matplotlib.pyplot as plt
import numpy

import thecal

levels = ["C2", "C5", "T2", "T4", "T6", "T8", "T10", "T12", "L2", "L4"]
tips = {"C5": "#CC79A7", "T4": "#009E73", "T10": "#0072B2", "L3": "#D55E00"}
sweep = thecal.sweep({
    "scenario": {
        "drug": "baclofen", "catheter": {"tip": "T10"}, "program": [{"at": "0 h", "rate": "400 mcg/day"}],
        "output": {"every": "1 h", "until": "1 day", "at": [*levels, "cranial"]}},
    "design": {"method": "grid"}, "parameters": {"catheter.tip": {"values": list(tips)}}, "outputs": ["steady"]})
steady = sweep.steady.to_pandas().T.set_axis(list(tips), axis=1)
steady.round(0)
# %%
figure, axes = plt.subplots(figsize=(9, 6))
for (tip, color), dash in zip(tips.items(), ["-", "--", "-.", ":"]):
    axes.plot(steady[tip][levels], range(len(levels)), dash, color=color, lw=3, label=f"tip at {tip}")
axes.set_yticks(range(len(levels)), levels)
axes.invert_yaxis()
axes.set_xlabel("Baclofen in CSF at 400 mcg/day (ng/mL)")
axes.set_ylabel("Vertebral level")
axes.legend()
axes.spines[["top", "right"]].set_visible(False)
# %% [markdown]
# The tip decides who gets the drug: from L3 to C5 the level at C5 rises severalfold, and so does what reaches the
# cranial pool. The model under-predicts levels close to the tip.
#
# ## After one injection
#
# 0.25 mg of morphine at L3, as the example scenario has it: the peak travels up within hours, and the head sees its own
# peak hours after the injection, which is when late respiratory depression is watched for.
# %%
examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
bolus = thecal.simulate(examples / "morphine-bolus.yaml")
hours = bolus.time
figure, axes = plt.subplots(figsize=(9, 4.5))
for site, color in zip(bolus.site.values, ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]):
    values = bolus.csf.sel(site=site)
    if not numpy.isnan(values).all():
        axes.plot(hours, values, lw=2.5, color=color, label=str(site))
axes.set_yscale("log")
axes.set_ylim(1, None)
axes.set_xlabel("Time (h)")
axes.set_ylabel("Morphine in CSF (ng/mL)")
axes.legend()
axes.spines[["top", "right"]].set_visible(False)
# %%
cranial = bolus.csf.sel(site="cranial")
key = {f"T10 level, tip at {tip}": float(steady[tip]["T10"]) for tip in tips}
key |= {f"cranial level, tip at {tip}": float(steady[tip]["cranial"]) for tip in tips}
key["hour of the cranial peak"] = float(hours[int(cranial.values.argmax())])
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

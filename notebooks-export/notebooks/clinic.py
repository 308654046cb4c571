# %% [markdown]
# # A clinic in one batch
#
# The example clinic converted by `thecal.convert`, and what a pharmacist would look at first: who has a start, who is
# refused and why, and how far the published ratios disagree for the same patient.
# %%
import json
import os
import pathlib
import subprocess

import matplotlib.pyplot as plt
import pandas

import thecal

examples = pathlib.Path(os.environ["THECAL_EXAMPLES"])
clinic = thecal.convert(pandas.read_csv(examples / "clinic.csv", dtype=str, keep_default_na=False))
clinic[["patient_id", "status", "codes", "target_drug", "oral_mme_mg_per_day", "start", "start_unit"]].head(12)
# %% [markdown]
# ## Status and reasons
#
# A row that is blocked or in error has no dose at all. The codes say why; the same row often has several.
# %%
colors = {"ok": "#009E73", "review": "#E69F00", "blocked": "#D55E00", "error": "#CC79A7"}
counts = clinic["status"].value_counts().reindex(colors).fillna(0)
reasons = clinic["codes"].dropna().str.split(";").explode().value_counts().head(12)[::-1]
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5), width_ratios=[1, 2])
left.bar(counts.index, counts.values, color=list(colors.values()))
left.set_title("Patients by status")
left.spines[["top", "right"]].set_visible(False)
right.barh(reasons.index, reasons.values, color="#0072B2")
right.set_title("Most frequent reasons")
right.spines[["top", "right"]].set_visible(False)
plt.tight_layout()
# %% [markdown]
# ## How far the ratios disagree
#
# For an opioid the estimate is a range: it spans the published ratios from which one may start in that setting. The
# start is the least of all candidates, and lies at or below the low end.
# %%
intrathecal = clinic["ratio_table"] != "sylvester_2004"  # that table goes back from intrathecal to oral
opioids = clinic[(clinic["target_drug"] == "morphine") & clinic["estimate"].notna() & intrathecal].sort_values("estimate")
figure, axes = plt.subplots(figsize=(10, 0.42 * len(opioids) + 1.5))
places = range(len(opioids))
axes.hlines(places, opioids["estimate_low"], opioids["estimate_high"], color="#56B4E9", lw=6, label="estimates by ratio")
axes.plot(opioids["estimate"], places, "|", color="#0072B2", ms=16, mew=3, label="300 : 1")
axes.plot(opioids["start"], places, "o", color="#D55E00", label="start on day 1")
axes.set_yticks(places, opioids["patient_id"])
axes.set_xscale("log")
axes.set_xlabel("Intrathecal morphine (mg/day)")
axes.legend(loc="lower right")
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()
# %% [markdown]
# ## The worst risks at those starts
#
# `--risk` adds the most harmful effects on record for the start, with the population they were counted in. They are not
# this patient's probabilities: nobody has measured those.
# %%
subprocess.run(["thecal", "convert", examples / "clinic.csv", "-o", "risk.csv", "--risk", "--quiet"])
risks = pandas.read_csv("risk.csv", dtype={"patient_id": str})
pandas.set_option("display.max_colwidth", 110)
risks.loc[risks["start"].notna(), ["patient_id", "target_drug", "start", "risk_over_1", "risk_under_1"]].head(8)
# %%
key = {f"patients {status}": int(n) for status, n in counts.items()}
key["sum of starts, morphine, mg/day"] = float(opioids["start"].sum())
key["widest range, high over low"] = float((opioids["estimate_high"] / opioids["estimate_low"]).max())
pathlib.Path(os.environ["THECAL_FIGURES"]).write_text(json.dumps(key))

// Written by Tests/References/logistic.py; do not edit.

/// Parameters, probability and quantile of `scipy.stats.beta`.
let betaQuantiles: [(Double, Double, Double, Double)] = [
  (0.5, 0.5, 0.025, 0.001541333133436012),
  (2.5, 245.5, 0.025, 0.0016863226855210385),
  (7.5, 73.5, 0.975, 0.16411223076983272),
  (109.5, 321.5, 0.5, 0.2536796222773234),
  (5000.5, 12.5, 0.01, 0.9955838986194877),
]

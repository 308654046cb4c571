/// The most probable parameters of the models of exposure, by scipy. Written by Tests/References/exposure_models.py.
let exposureModelReference: [(drug: String, effect: String, estimate: [Double])] = [
  ("baclofen", "ashworth", [-2.52644835, -1.755174894, 4.003690236, -0.366512924, -1.009792617]),
  ("morphine", "respiratory_depression", [7.392109481, -0.356681212, -6.849717579, -1.124310694]),
  ("morphine", "relief", [-1.273789023, -1.150163243, 4.903731763, -0.152055135, -0.566898236]),
]

/// The most probable parameters of the models of exposure, by scipy. Written by Tests/References/exposure_models.py.
let exposureModelReference: [(drug: String, effect: String, estimate: [Double])] = [
  ("baclofen", "ashworth", [-2.526448349, -1.755174896, 4.003690235, -0.366512922, -1.009792611]),
  ("morphine", "respiratory_depression", [7.392109495, -0.356681199, -6.849717508, -1.124310757]),
  ("morphine", "relief", [-1.098309289, -1.203147634, 4.914941461, -0.145291441, -0.426335745]),
]

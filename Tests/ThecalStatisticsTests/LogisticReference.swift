// Written by Tests/References/logistic.py; do not edit.

/// A logistic fit by `statsmodels`, or with Firth's penalty by `scipy.optimize`; the interval at the first dose is
/// that of the profile likelihood.
struct LogisticReference {
  let name: String, isFirth: Bool
  let doses: [Double], events: [Double], n: [Double]
  let intercept: Double, slope: Double, low: Double, high: Double
}

let logisticReferences = [
  LogisticReference(
    name: "gehling", isFirth: false, doses: [0.15, 0.5], events: [2.0, 7.0], n: [247.0, 80.0],
    intercept: -0.9262357997787504, slope: 2.0461938417877885, low: 0.0013509567766537718,
    high: 0.024792130349490932),
  LogisticReference(
    name: "gehling", isFirth: true, doses: [0.15, 0.5], events: [2.0, 7.0], n: [247.0, 80.0],
    intercept: -0.9555721143688275, slope: 1.9141826112886, low: 0.00213175243476205, high: 0.0279386149378735
  ),
  LogisticReference(
    name: "pruritus_treated", isFirth: false, doses: [0.1, 0.25], events: [4.0, 12.0], n: [30.0, 28.0],
    intercept: 2.1089991246216333, slope: 1.72884003880482, low: 0.04342830484345236,
    high: 0.28309327880108853),
  LogisticReference(
    name: "pruritus_treated", isFirth: true, doses: [0.1, 0.25], events: [4.0, 12.0], n: [30.0, 28.0],
    intercept: 1.9848749396855654, slope: 1.6320535927651982, low: 0.051286648781280066,
    high: 0.29521777060730425),
  LogisticReference(
    name: "four_doses", isFirth: false, doses: [0.05, 0.1, 0.2, 0.4], events: [1.0, 3.0, 9.0, 14.0],
    n: [40.0, 38.0, 41.0, 25.0],
    intercept: 1.9360196051076384, slope: 1.9282018261924851, low: 0.005005714804494886,
    high: 0.06338574790216699),
  LogisticReference(
    name: "four_doses", isFirth: true, doses: [0.05, 0.1, 0.2, 0.4], events: [1.0, 3.0, 9.0, 14.0],
    n: [40.0, 38.0, 41.0, 25.0],
    intercept: 1.851714416055616, slope: 1.8570098527834753, low: 0.005932905243998624,
    high: 0.06915594025629088),
  LogisticReference(
    name: "separated", isFirth: true, doses: [0.1, 0.2, 0.4], events: [0.0, 0.0, 5.0], n: [20.0, 20.0, 20.0],
    intercept: 2.320270160300868, slope: 3.6861486297201727, low: 1.497996828046564e-07,
    high: 0.05507295284069951),
  LogisticReference(
    name: "never", isFirth: true, doses: [0.1, 0.4], events: [0.0, 0.0], n: [30.0, 10.0],
    intercept: -2.339702468585704, slope: 0.7692099617784777, low: 0.00012940144878527087,
    high: 0.10397286769670437),
]

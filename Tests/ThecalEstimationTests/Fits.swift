import Glibc
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalEstimation

/// A request from a specification in which scenario and measurements stand.
func request(_ yaml: String, scenario: String? = nil, data: String? = nil) throws -> EstimationRequest {
  try FitScenario(yaml: yaml, file: "fit.yaml").request(scenario: scenario, data: data).request
}

/// Morphine at L3, 60 cells; `data` are the rows of measurements.
func specification(
  _ data: String, estimate: String, more: String = "", program: String = "{at: 0 h, bolus: 0.25 mg}"
)
  -> String
{
  """
  scenario:
    drug: morphine
    catheter: {tip: L3}
    program: [\(program)]
    cells: 60
    output: {every: 1 h, until: 1 day, at: [L3]}
  data:
  \(data)
  estimate: [\(estimate)]
  error: {proportional: 30 %}
  \(more)
  """
}

/// A standard normal number, by Box and Muller.
func normal(_ random: inout SeededGenerator) -> Double {
  let (a, b) = (Double.random(in: 1e-300...1, using: &random), Double.random(in: 0...1, using: &random))
  return (-2 * log(a)).squareRoot() * cos(2 * Double.pi * b)
}

/// Levels of morphine at two sites for these parameters, and measurements of them with a residual of 30 %.
struct Simulated {
  let times = [1.0, 2, 4, 8, 12, 20]
  let sites = ["L3", "T10"]
  private let model: TransportModel

  init(free: [String]) throws {
    let yaml = specification(
      "  - {time: 1 h, site: L3, value: 1 ng/mL}", estimate: free.map { "\"\($0)\"" }.joined(separator: ", "),
      more:
        "prior: {\(free.filter { $0.contains("[") }.map { "\"\($0)\": {lognormal: {median: 1 mg, gsd: 2}}" }.joined(separator: ", "))}"
    )
    let subject = try request(yaml).subjects[0]
    model = try TransportModel(
      subject.input.showing([.level("L3"), .level("T10")]), free: request(yaml).free, times: times)
  }

  /// The rows for one person whose parameters are `values`.
  func rows(_ values: [Double], subject: String = "1", _ random: inout SeededGenerator) -> String {
    let levels = SubjectLikelihood.levels([values], model)[0]
    return times.indices.flatMap { t in
      sites.indices.map { s in
        let value = levels[t * 2 + s] * exp(0.29356037920852385 * normal(&random))
        return "  - {subject: \"\(subject)\", time: \(times[t]) h, site: \(sites[s]), value: \(value) ng/mL}"
      }
    }.joined(separator: "\n")
  }
}

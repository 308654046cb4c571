import CThecal
import Testing
import Thecal

@testable import ThecalCInterface

private let modelled = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.1 mg}, {at: 0 h, rate: 1 mg/day}]
  cells: 40
  output: {every: 6 h, until: 12 h, at: [tip, cranial]}
  """

private let keys = ["loss", "program[1].rate"]

/// A model with two free parameters, and its description.
private func made(_ yaml: String = modelled, _ free: [String] = keys) -> (
  thecal_status, OpaquePointer?, OpaquePointer?
) {
  var (model, result): (OpaquePointer?, OpaquePointer?)
  let bytes = Array(yaml.utf8CString)
  let status = withCells(free) { thecal_model_new(bytes, bytes.count - 1, $0, free.count, &model, &result) }
  return (status, model, result)
}

@Suite struct `A model that C holds` {
  @Test func `gives the levels and gradients that Swift gives`() throws {
    let (status, model, description) = made()
    defer {
      thecal_free(description)
      thecal_model_free(model)
    }
    #expect(status == 0)
    let swift = try TransportModel(SimulationScenario(yaml: modelled, file: "s"), free: keys)
    var theta = swift.values
    theta[0] *= 1.2
    var (one, other) = (Array(repeating: 0.0, count: swift.size), Array(repeating: 0.0, count: swift.size))
    var result: OpaquePointer?
    #expect(thecal_model_levels(model, theta, 1, 2, &one, one.count, &result) == 0)
    thecal_free(result)
    theta.withUnsafeBufferPointer { theta in
      other.withUnsafeMutableBufferPointer { _ = swift.levels(theta, rows: 1, into: $0) }
    }
    #expect(one == other && one[0] > 0)
    var gradient = [0.0, 0.0]
    let weights = Array(repeating: 1.0, count: swift.size)
    #expect(thecal_model_gradient(model, theta, 1, 1, weights, &gradient, 2, &result) == 0)
    thecal_free(result)
    // The levels are linear in the rate: what it gains per mg/day is what the infusion alone gives.
    var more = theta
    more[1] += 1
    #expect(thecal_model_levels(model, more, 1, 1, &other, other.count, &result) == 0)
    thecal_free(result)
    let gain = zip(other, one).reduce(0) { $0 + $1.0 - $1.1 }
    #expect(abs(gradient[1] / gain - 1) < 1e-9 && gradient[0] < 0)
  }

  @Test func `says what it is, and refuses what the rules refuse`() throws {
    let (_, model, description) = made()
    let facts = words(description)
    for part in [
      #""drug":"morphine""#, #"{"key":"loss","unit":"1/s","value":0.00003}"#,
      #""key":"program[1].rate","unit":"mg/day","value":1"#,
      #""error_bound":"#, #""sources":["#,
    ] {
      #expect(facts.contains(part), "\(part) in \(facts)")
    }
    thecal_free(description)
    thecal_model_free(model)
    // Vincristine in cerebrospinal fluid kills.
    let never = modelled.replacing("drug: morphine", with: "drug: vincristine")
    let refused = made(never)
    #expect(refused.0 == 1 && refused.1 == nil && words(refused.2).contains("NEVER_INTRATHECAL"))
    let simulated = called { thecal_simulate(never, never.utf8.count, $0) }
    var (rows, columns) = (1, 1)
    #expect(simulated.0 == 1 && words(simulated.1).contains("NEVER_INTRATHECAL"))
    #expect(thecal_shape(simulated.1, &rows, &columns) == 0 && rows == 0)
    thecal_free(refused.2)
    thecal_free(simulated.1)
  }

  @Test func `says what is wrong with a key, a size and a handle`() {
    let (status, model, result) = made(modelled, ["lost"])
    #expect(status == 65 && model == nil)
    #expect(String(cString: thecal_message(result)).contains("did you mean 'loss'"))
    thecal_free(result)
    let (_, held, description) = made()
    var levels = [0.0]
    var answer: OpaquePointer?
    #expect(thecal_model_levels(held, [1, 1], 1, 1, &levels, 1, &answer) == 64)
    thecal_free(answer)
    thecal_model_free(held)
    #expect(thecal_model_levels(held, [1, 1], 1, 1, &levels, 6, &answer) == 64)
    thecal_free(answer)
    thecal_free(description)
    thecal_model_free(nil)
  }

  @Test func `names the sets that it cannot compute`() {
    let (_, model, description) = made()
    var levels = Array(repeating: 0.0, count: 12)
    var result: OpaquePointer?
    #expect(thecal_model_levels(model, [3e-5, 1, -1, 1], 2, 1, &levels, 12, &result) == 1)
    #expect(String(cString: thecal_message(result)).contains("set 1: loss"))
    #expect(levels[..<6].allSatisfy { $0.isFinite } && levels[6...].allSatisfy { $0.isNaN })
    thecal_free(result)
    thecal_free(description)
    thecal_model_free(model)
  }
}

@Suite struct `A model that C holds, and its likelihood` {
  @Test func `give the Jacobian, likelihood and gradient that Swift gives`() throws {
    let (_, model, description) = made()
    defer {
      thecal_free(description)
      thecal_model_free(model)
    }
    let swift = try TransportModel(SimulationScenario(yaml: modelled, file: "s"), free: keys)
    let theta = swift.values
    var result: OpaquePointer?
    var jacobian = Array(repeating: 0.0, count: swift.size * 2)
    #expect(thecal_model_jacobian(model, theta, 1, 1, &jacobian, jacobian.count, &result) == 0)
    thecal_free(result)
    var gradient = [0.0, 0.0]
    let weights = Array(repeating: 1.0, count: swift.size)
    #expect(thecal_model_gradient(model, theta, 1, 1, weights, &gradient, 2, &result) == 0)
    thecal_free(result)
    for k in 0..<2 {
      let sum = stride(from: k, to: jacobian.count, by: 2).reduce(0) { $0 + jacobian[$1] }
      #expect(abs(sum / gradient[k] - 1) < 1e-9)
    }
    var data = Array(repeating: Double.nan, count: swift.size)
    (data[2], data[3]) = (2_000, 50)
    var below = Array(repeating: UInt8(0), count: swift.size)
    below[3] = 1
    var (value, alone) = ([0.0], [0.0])
    #expect(thecal_model_loglikelihood(model, theta, 1, 1, data, below, 0.3, &value, &gradient, &result) == 0)
    thecal_free(result)
    #expect(thecal_model_loglikelihood(model, theta, 1, 1, data, below, 0.3, &alone, nil, &result) == 0)
    thecal_free(result)
    let points = [
      MeasuredLevels.Point(index: 2, value_ng_per_mL: 2_000),
      .init(index: 3, value_ng_per_mL: 50, isBelow: true),
    ]
    var expected = [0.0]
    theta.withUnsafeBufferPointer { theta in
      expected.withUnsafeMutableBufferPointer {
        _ = swift.logLikelihood(theta, rows: 1, of: MeasuredLevels(points, sigma: 0.3), into: $0)
      }
    }
    #expect(value == expected && alone == expected && gradient.allSatisfy { $0.isFinite && $0 != 0 })
  }

  @Test func `say what is wrong with data and sizes`() {
    let (_, model, description) = made()
    defer {
      thecal_free(description)
      thecal_model_free(model)
    }
    var (values, result): ([Double], OpaquePointer?) = ([0], nil)
    let data = Array(repeating: -1.0, count: 6)
    #expect(thecal_model_loglikelihood(model, [3e-5, 1], 1, 1, data, nil, 0.3, &values, nil, &result) == 64)
    #expect(String(cString: thecal_message(result)).contains("data[0]"))
    thecal_free(result)
    #expect(thecal_model_loglikelihood(model, [3e-5, 1], 1, 1, nil, nil, 0.3, &values, nil, &result) == 64)
    thecal_free(result)
    #expect(thecal_model_jacobian(model, [3e-5, 1], 1, 1, &values, 1, &result) == 64)
    thecal_free(result)
  }

  @Test func `are what a fit in YAML rests on`() {
    let yaml =
      "{scenario: {\(modelled.replacing("\n", with: ", ").replacing("  ", with: ""))}, "
      + "data: [{time: 6 h, site: L3, value: 1000 ng/mL}], estimate: [loss], error: {proportional: 30 %}}"
    var result: OpaquePointer?
    #expect(
      thecal_fit(yaml, yaml.utf8.count, nil, 0, &result) == 0, "\(String(cString: thecal_message(result)))")
    var (text, length): (UnsafePointer<CChar>?, Int) = (nil, 0)
    #expect(thecal_text(result, &text, &length) == 0)
    #expect(text.map { String(cString: $0) }?.contains("\"converged\":true") == true)
    thecal_free(result)
    #expect(thecal_fit("data: x", 7, nil, 0, &result) == 65)
    thecal_free(result)
  }
}

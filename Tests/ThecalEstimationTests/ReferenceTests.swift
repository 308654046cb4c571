import Glibc
import Testing
import ThecalScenario
import _ThecalTestSupport

@testable import ThecalEstimation

/// Made-up measurements; what scipy makes of them stands below. Source: `Tests/References/fit.py`.
private let measured = """
    - {time: 1 h, site: L3, value: 4000 ng/mL}
    - {time: 2 h, site: L3, value: 2100 ng/mL}
    - {time: 4 h, site: L3, value: 1500 ng/mL}
    - {time: 8 h, site: L3, value: 380 ng/mL}
    - {time: 4 h, site: T10, value: 900 ng/mL}
    - {time: 8 h, site: T10, value: 600 ng/mL}
    - {time: 12 h, site: cranial, value: 150 ng/mL}
    - {time: 24 h, site: cranial, value: 30 ng/mL, below: yes}
  """

/// The ends of the profile of the loss, 1/h.
private let profile = [0.06748203799452472, 0.14652137261865705]

private let estimated = "loss, dispersion_c1, dispersion_sac, spinal_fraction"

@Suite struct `scipy and Thecal` {
  @Test func `find the same mode, curvature and profile`() throws {
    let found = try Estimation(request(specification(measured, estimate: estimated)))
    #expect(found.isConverged && found.points.count == 8)
    // Modes in 1/s, cm2/s and as a share; scipy's in 1/h and cm2/h.
    let modes = [
      0.10556484800342215 / 3_600, 2148.210101477392 / 3_600, 49.75404798497753 / 3_600, 0.18741198711136303,
    ]
    for (estimate, mode) in zip(found.estimates, modes) { #expect(abs(estimate.value / mode - 1) < 1e-5) }
    #expect(abs(found.objective + 11.851880453921634) < 1e-7)
    let deviations = [0.4981914956193304, 0.5263259017883144, 0.5033533011546957, 0.7881182167222034]
    for (estimate, deviation) in zip(found.estimates, deviations) {
      #expect(abs(estimate.shrinkage / deviation - 1) < 2e-4, "\(estimate.parameter)")
    }
    let levels = [
      3619.4047071301143, 2572.253373786149, 1387.534257114183, 489.2811032114828, 853.3466591836516,
      364.86837464617986, 140.0181272916123, 25.25651278000987,
    ]
    for (point, level) in zip(found.points, levels) {
      #expect(abs(point.prediction_ng_per_mL / level - 1) < 1e-5)
    }
    #expect(found.points.last?.residual == nil)
    let loss = found.estimates[0]
    #expect(loss.interval == .profile)
    let ends = [loss.low * 3_600, loss.high * 3_600]
    for (end, expected) in zip(ends, profile) { #expect(abs(end / expected - 1) < 1e-4) }
  }
}

@Suite struct `The likelihood of measured levels` {
  private func model() throws -> TransportModel {
    let asked = try request(specification(measured, estimate: estimated))
    return try SubjectLikelihood(asked.subjects[0], asked).model
  }

  private func points(_ model: TransportModel) -> MeasuredLevels {
    MeasuredLevels(
      (0..<model.size).map {
        MeasuredLevels.Point(index: $0, value_ng_per_mL: 50 + Double($0 * 37 % 100), isBelow: $0 % 4 == 1)
      }, sigma: 0.3)
  }

  @Test func `has the gradient that differences have, on any number of threads`() throws {
    let model = try model()
    let data = points(model)
    let center = model.values
    func logs(_ sets: [[Double]], threads: Int = 1) -> (values: [Double], gradient: [Double]) {
      var values = Array(repeating: 0.0, count: sets.count)
      var gradient = Array(repeating: 0.0, count: sets.count * center.count)
      sets.flatMap { $0 }.withUnsafeBufferPointer { theta in
        values.withUnsafeMutableBufferPointer { values in
          gradient.withUnsafeMutableBufferPointer {
            _ = model.logLikelihood(
              theta, rows: sets.count, of: data, into: values, gradient: $0, threads: threads)
          }
        }
      }
      return (values, gradient)
    }
    let found = logs([center])
    for k in center.indices {
      let step = 1e-5 * center[k]
      let sets = [-2.0, -1, 1, 2].map { factor -> [Double] in
        var set = center
        set[k] += factor * step
        return set
      }
      let f = logs(sets).values
      let difference = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)
      #expect(abs(found.gradient[k] / difference - 1) < 1e-6, "\(model.parameters[k].key)")
    }
    let many = (0..<20).map { row in center.map { $0 * (1 + 0.01 * Double(row)) } }
    #expect(logs(many, threads: 2) == logs(many) && logs(many).values[0] == found.values[0])
    var alone = Array(repeating: 0.0, count: 1)
    center.withUnsafeBufferPointer { theta in
      alone.withUnsafeMutableBufferPointer { _ = model.logLikelihood(theta, rows: 1, of: data, into: $0) }
    }
    #expect(alone == found.values)
  }

  @Test func `is the density of the measurements`() {
    // A level of 90 measured as 100 with a residual of 0.3, and a level of 90 said to lie below 100; by hand.
    let value = MeasuredLevels([.init(index: 0, value_ng_per_mL: 100)], sigma: 0.3)
    let r = log(100.0 / 90) / 0.3
    let density = exp(-r * r / 2) / (100 * 0.3 * (2 * Double.pi).squareRoot())
    #expect(abs(value.logLikelihood(value.misfit([90]).value) - log(density)) < 1e-13)
    let below = MeasuredLevels([.init(index: 0, value_ng_per_mL: 100, isBelow: true)], sigma: 0.3)
    #expect(abs(below.logLikelihood(below.misfit([90]).value) - log(erfc(-r / 2.0.squareRoot()) / 2)) < 1e-13)
    #expect(below.misfit([0]).value == 0 && value.logLikelihood(value.misfit([0]).value) == -.infinity)
  }
}

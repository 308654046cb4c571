import ThecalTransport

/// The measurements of one person beside the model that predicts them.
struct SubjectLikelihood: Sendable {
  let subject: EstimationRequest.Subject
  let model: TransportModel
  let data: MeasuredLevels

  init(_ subject: EstimationRequest.Subject, _ request: EstimationRequest) throws(EstimationProblem) {
    self.subject = subject
    let times = Set(subject.points.map(\.time_h)).sorted()
    var sites: [CanalSite] = []
    for point in subject.points where !sites.contains(point.site) { sites.append(point.site) }
    let input = subject.input.showing(sites)
    do throws(InputProblem) { model = try TransportModel(input, free: request.free, times: times) } catch {
      throw .input(subject: subject.name, error)
    }
    data = MeasuredLevels(
      subject.points.map { point in
        MeasuredLevels.Point(
          index: (times.firstIndex(of: point.time_h) ?? 0) * sites.count
            + (sites.firstIndex(of: point.site) ?? 0),
          value_ng_per_mL: point.value_ng_per_mL, isBelow: point.isBelow)
      }, sigma: request.sigma)
  }

  /// Minus the logarithm of the likelihood of the logarithms at each of several sets, and its gradients; infinite where
  /// there are no levels.
  func misfits(_ sets: [[Double]]) -> (
    values: [Double], gradients: [[Double]], failures: [TransportModel.Failure]
  ) {
    let count = model.parameters.count
    var values = Array(repeating: 0.0, count: sets.count)
    var gradient = Array(repeating: 0.0, count: sets.count * count)
    let failures = sets.flatMap { $0 }.withUnsafeBufferPointer { theta in
      values.withUnsafeMutableBufferPointer { values in
        gradient.withUnsafeMutableBufferPointer {
          model.logLikelihood(theta, rows: sets.count, of: data, into: values, gradient: $0)
        }
      }
    }
    let constant = data.logLikelihood(0)
    var gradients = sets.indices.map { row in gradient[(row * count)..<((row + 1) * count)].map { -$0 } }
    // Where the adjoint does not go (tissue, plasma, drift), differences do.
    for row in sets.indices where values[row].isFinite && !gradients[row].allSatisfy(\.isFinite) {
      gradients[row] = differences(sets[row])
    }
    return (values.map { constant - $0 }, gradients, failures)
  }

  private func differences(_ set: [Double]) -> [Double] {
    let steps = set.map { max(abs($0), .leastNormalMagnitude) * Self.step }
    let sets = set.indices.flatMap { k in
      [1.0, -1].map { sign in
        var other = set
        other[k] += sign * steps[k]
        return other
      }
    }
    let found = levels(sets).map { data.misfit($0).value }
    return set.indices.map { (found[2 * $0] - found[2 * $0 + 1]) / (2 * steps[$0]) }
  }

  /// The levels of several sets, by time and site.
  func levels(_ sets: [[Double]]) -> [[Double]] { Self.levels(sets, model) }

  /// The levels of several sets of a model, by time and site.
  static func levels(_ sets: [[Double]], _ model: TransportModel) -> [[Double]] {
    var levels = Array(repeating: 0.0, count: sets.count * model.size)
    sets.flatMap { $0 }.withUnsafeBufferPointer { theta in
      levels.withUnsafeMutableBufferPointer { _ = model.levels(theta, rows: sets.count, into: $0) }
    }
    return sets.indices.map { Array(levels[($0 * model.size)..<(($0 + 1) * model.size)]) }
  }

  private static let step = 1e-4
}

extension TransportInput {
  /// The same with other sites.
  func showing(_ sites: [CanalSite]) -> TransportInput {
    var other = TransportInput(
      drug: drug, tip: tip, schedule: schedule, parameters: parameters, cells: cells, rows: rows,
      sites: sites)
    (other.systemic, other.plasma) = (systemic, plasma)
    return other
  }
}

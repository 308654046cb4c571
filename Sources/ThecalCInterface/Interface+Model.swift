public import CThecal
import Thecal

/// A model that C holds.
final class HeldModel: Sendable {
  let model: TransportModel
  /// What the model is, as one JSON object.
  private let facts: String

  init(_ job: ModelJob) { (model, facts) = (job.model, job.answer.json) }

  /// What the model is, and the levels of its scenario.
  func described() -> CallResult {
    var levels = Array(repeating: 0.0, count: model.size)
    model.values.withUnsafeBufferPointer { theta in
      levels.withUnsafeMutableBufferPointer { _ = model.levels(theta, rows: 1, into: $0) }
    }
    return CallResult(text: facts, times: model.times_h, names: model.siteNames, levels: levels)
  }
}

/// Sets that one call may have.
private let mostSets = 1 << 32

/// Prepares a model. The header says the rest.
@c @implementation
public func thecal_model_new(
  _ scenario: UnsafePointer<CChar>!, _ length: Int, _ free_keys: UnsafePointer<UnsafePointer<CChar>?>!,
  _ count: Int, _ model: UnsafeMutablePointer<OpaquePointer?>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    guard let model else { throw CallFailure(status: usage, message: "model is null") }
    model.pointee = nil
    let yaml = try text(scenario, length, "scenario")
    let keys = try words(free_keys, count, "free_keys")
    let held: HeldModel
    do throws(SimulationProblem) {
      held = HeldModel(try ModelJob(yaml: yaml, named: "scenario", free: keys))
    } catch {
      return try Calls.refused(error)
    }
    model.pointee = Handles.hold(held)
    return (0, held.described())
  }
}

/// The levels of many sets. The header says the rest.
@c @implementation
public func thecal_model_levels(
  _ model: OpaquePointer!, _ theta: UnsafePointer<Double>!, _ rows: Int, _ threads: Int32,
  _ levels: UnsafeMutablePointer<Double>!, _ count: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    let held = try modelHeld(model, theta, rows, threads, isReady: levels != nil, count) { $0.size }
    let failures = held.levels(
      UnsafeBufferPointer(start: theta, count: rows * held.parameters.count), rows: rows,
      into: UnsafeMutableBufferPointer(start: levels, count: count), threads: Int(threads))
    return outcome(failures)
  }
}

/// The gradients of many sets. The header says the rest.
@c @implementation
public func thecal_model_gradient(
  _ model: OpaquePointer!, _ theta: UnsafePointer<Double>!, _ rows: Int, _ threads: Int32,
  _ weights: UnsafePointer<Double>!, _ gradient: UnsafeMutablePointer<Double>!, _ count: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    let held = try modelHeld(model, theta, rows, threads, isReady: weights != nil && gradient != nil, count) {
      $0.parameters.count
    }
    let (size, list) = (held.size, SharedNumbers(weights))
    let failures = held.gradient(
      UnsafeBufferPointer(start: theta, count: count), rows: rows,
      into: UnsafeMutableBufferPointer(start: gradient, count: count), threads: Int(threads)
    ) { row, _ in list.numbers(row * size, size) }
    return outcome(failures)
  }
}

/// The Jacobians of many sets. The header says the rest.
@c @implementation
public func thecal_model_jacobian(
  _ model: OpaquePointer!, _ theta: UnsafePointer<Double>!, _ rows: Int, _ threads: Int32,
  _ jacobian: UnsafeMutablePointer<Double>!, _ count: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    let held = try modelHeld(model, theta, rows, threads, isReady: jacobian != nil, count) {
      $0.size * $0.parameters.count
    }
    let failures = held.jacobian(
      UnsafeBufferPointer(start: theta, count: rows * held.parameters.count), rows: rows,
      into: UnsafeMutableBufferPointer(start: jacobian, count: count), threads: Int(threads))
    return outcome(failures)
  }
}

/// The likelihoods of many sets. The header says the rest.
@c @implementation
public func thecal_model_loglikelihood(
  _ model: OpaquePointer!, _ theta: UnsafePointer<Double>!, _ rows: Int, _ threads: Int32,
  _ data: UnsafePointer<Double>!, _ below: UnsafePointer<UInt8>!, _ sigma: Double,
  _ values: UnsafeMutablePointer<Double>!, _ gradient: UnsafeMutablePointer<Double>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    let held = try modelHeld(model, theta, rows, threads, isReady: data != nil && values != nil, rows) { _ in
      1
    }
    guard sigma > 0, sigma.isFinite else {
      throw CallFailure(status: usage, message: "sigma must be above zero")
    }
    var points: [MeasuredLevels.Point] = []
    for k in 0..<held.size where !data[k].isNaN {
      guard data[k] > 0, data[k].isFinite else {
        throw CallFailure(status: usage, message: "data[\(k)] must be above zero, or NaN for none")
      }
      points.append(.init(index: k, value_ng_per_mL: data[k], isBelow: below != nil && below[k] != 0))
    }
    let size = rows * held.parameters.count
    let failures = held.logLikelihood(
      UnsafeBufferPointer(start: theta, count: size), rows: rows, of: MeasuredLevels(points, sigma: sigma),
      into: UnsafeMutableBufferPointer(start: values, count: rows),
      gradient: gradient == nil ? nil : UnsafeMutableBufferPointer(start: gradient, count: size),
      threads: Int(threads))
    return outcome(failures)
  }
}

/// Frees a model. The header says the rest.
@c @implementation
public func thecal_model_free(_ model: OpaquePointer!) { Handles.release(model, HeldModel.self) }

/// Numbers of the caller, which several threads read.
private struct SharedNumbers: @unchecked Sendable {
  // Only read, and for the length of the call alone.
  private let start: UnsafePointer<Double>

  init(_ start: UnsafePointer<Double>) { self.start = start }

  func numbers(_ first: Int, _ count: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: start + first, count: count))
  }
}

/// The model behind a handle, where the arrays of a call are as they should be: the largest has `count` numbers, so many
/// for each row as `perRow` says.
private func modelHeld(
  _ handle: OpaquePointer?, _ theta: UnsafePointer<Double>?, _ rows: Int, _ threads: Int32, isReady: Bool,
  _ count: Int, _ perRow: (TransportModel) -> Int
) throws -> TransportModel {
  guard let held: HeldModel = Handles.find(handle) else {
    throw CallFailure(status: usage, message: "this is no model, or one that was freed")
  }
  guard theta != nil, isReady, (1...mostSets).contains(rows), (1...1_024).contains(threads),
    rows.multipliedReportingOverflow(by: perRow(held.model)) == (count, false)
  else {
    throw CallFailure(
      status: usage, message: "an array is null or of the wrong size, or threads is not between 1 and 1024")
  }
  return held.model
}

/// Sets that could not be computed, as a table.
private func outcome(_ failures: [TransportModel.Failure]) -> (thecal_status, CallResult) {
  guard let first = failures.first else { return (0, CallResult()) }
  // Reasons hold keys, numbers and units; a quotation mark would end the cell.
  let lines = failures.map { failure in
    "\(failure.row),\"\(String(failure.reason.map { $0 == "\"" ? "'" : $0 }))\"\n"
  }
  return (
    thecal_status(THECAL_BLOCKED),
    CallResult(message: "set \(first.row): \(first.reason)", text: "row,reason\n" + lines.joined())
  )
}

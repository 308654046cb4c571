import Dispatch
import ThecalTabular

/// Some whole patients, and what has become of them.
final class WorkUnit: @unchecked Sendable {
  // Written by the reader before it is handed over, by one worker until `done`, and by the writer after that.
  var batch = RowBatch()
  var made = ConvertedUnit()
  let done = DispatchSemaphore(value: 0)
}

/// Converts units one after another, on a thread of its own or on that of the caller.
final class BatchWorker: @unchecked Sendable {
  private let queue: DispatchQueue?
  private var converter: UnitConverter  // touched on `queue` alone

  /// A worker with the caller's thread: a process that was forked has none of the others.
  init(_ converter: UnitConverter) {
    queue = nil
    self.converter = converter
  }

  init(_ number: Int, _ converter: UnitConverter) {
    queue = DispatchQueue(label: "thecal.batch.\(number)")
    self.converter = converter
  }

  /// Converts `unit` on the worker's thread and signals when that is done.
  func submit(_ unit: WorkUnit) {
    guard let queue else {
      unit.made = converter.convert(unit.batch)
      unit.done.signal()
      return
    }
    queue.async {
      unit.made = self.converter.convert(unit.batch)
      unit.done.signal()
    }
  }
}

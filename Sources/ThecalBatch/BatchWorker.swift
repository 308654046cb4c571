import Dispatch
import ThecalConversion
import ThecalFormulary
import ThecalTabular

/// Some whole patients, and what has become of them.
final class WorkUnit: @unchecked Sendable {
  // Written by the reader before it is handed over, by one worker until `done`, and by the writer after that.
  var batch = RowBatch()
  var bytes: [UInt8] = []
  var table: [[String]] = []
  var results: [ReportRow] = []
  var summary = BatchSummary()
  let done = DispatchSemaphore(value: 0)
}

/// Converts units one after another on a thread of its own.
final class BatchWorker: @unchecked Sendable {
  private let queue: DispatchQueue
  private var patients: PatientConverter
  private var encoder: RowEncoder
  private let column: Int
  private let collects: Bool
  private let remembers: Bool
  private var memory: ResultMemory

  init(_ number: Int, _ patients: PatientConverter, _ encoder: RowEncoder, collects: Bool) {
    queue = DispatchQueue(label: "thecal.batch.\(number)")
    self.patients = patients
    self.encoder = encoder
    self.collects = collects
    memory = ResultMemory(
      patients.format, toleranceDays: Formulary.embedded.opioidTolerance.minimumDays.value)
    remembers = encoder.format == .csv && !collects
    column = encoder.layout.position(of: .patientID)
  }

  /// Converts `unit` on the worker's thread and signals when that is done.
  func submit(_ unit: WorkUnit) {
    queue.async {
      self.convert(unit)
      unit.done.signal()
    }
  }

  private func convert(_ unit: WorkUnit) {
    var start = 0
    while start < unit.batch.count {
      let end = endOfPatient(unit.batch, from: start)
      if remembers, end == start + 1, patients.isPlain(unit.batch, row: start) {
        convertPlain(unit, row: start)
        start = end
        continue
      }
      for result in patients.convert(unit.batch, rows: start..<end) {
        encoder.write(result, unit.batch)
        note(result, unit)
      }
      start = end
    }
    unit.bytes = encoder.takeBytes()
    unit.table = encoder.takeTable()
  }

  /// A patient with one readable line: from memory where the same regimen was met before.
  private func convertPlain(_ unit: WorkUnit, row: Int) {
    let pays = memory.pays
    let entry = pays ? memory.recall(unit.batch, row: row, encoder.layout) : nil
    if let entry, !unit.summary.notes(entry.status) {
      unit.summary.add(entry.status)
      return encoder.write(entry, unit.batch, row: row)
    }
    for result in patients.convert(unit.batch, rows: row..<row + 1) {
      encoder.write(result, unit.batch)
      note(result, unit)
      if pays && entry == nil && result.conversion.isPlaceless {
        memory.remember(encoder.entry(result.conversion.status))
      }
    }
  }

  /// The row after the last one with the id of `row`; lines without an id stand alone.
  private func endOfPatient(_ batch: borrowing RowBatch, from row: Int) -> Int {
    let id = batch.range(row: row, column: column)
    var end = row + 1
    while end < batch.count, !id.isEmpty,
      batch.bytes[batch.range(row: end, column: column)].elementsEqual(batch.bytes[id])
    { end += 1 }
    return end
  }

  private func note(_ result: PatientResult, _ unit: WorkUnit) {
    let status = result.conversion.status
    unit.summary.add(status)
    if unit.summary.notes(status) {
      let words = result.conversion.notices.filter { $0.status == status }.map(\.text).joined(separator: " ")
      let patient = String(decoding: unit.batch.bytes[result.id], as: UTF8.self)
      unit.summary.note(.init(patient: patient, target: result.target, status: status, message: words))
    }
    if collects {
      unit.results.append(
        ReportRow(result, patient: String(decoding: unit.batch.bytes[result.id], as: UTF8.self)))
    }
  }
}

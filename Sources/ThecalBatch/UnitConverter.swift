import ThecalConversion
import ThecalDosing
import ThecalTabular

/// What some patients have become.
struct ConvertedUnit {
  /// Rows of the input.
  var rows = 0
  var bytes: [UInt8] = []
  var table: [[String]] = []
  /// For each row of `table`, the row of the batch on which its patient begins.
  var firstRows: [Int] = []
  var results: [ReportRow] = []
  var summary = BatchSummary()
}

/// Converts whole patients and lays the results out; remembers words and regimens it has met.
struct UnitConverter {
  private var patients: PatientConverter
  private var encoder: RowEncoder
  private var memory = ResultMemory()
  private var made = ConvertedUnit()
  private let column: Int
  private let collects: Bool
  private let remembers: Bool

  /// With `collects`, results are kept as they are beside the bytes they become.
  init(_ patients: PatientConverter, _ encoder: RowEncoder, collects: Bool) {
    self.patients = patients
    self.encoder = encoder
    self.collects = collects
    remembers = encoder.format == .csv && !collects && !encoder.hasRisks
    column = encoder.layout.position(of: .patientID)
  }

  /// Converts every patient of `batch`.
  mutating func convert(_ batch: RowBatch) -> ConvertedUnit {
    made = ConvertedUnit()
    made.rows = batch.count
    var (start, words): (Int, [UInt8]) = (0, [])
    while start < batch.count {
      let end = endOfPatient(batch, from: start)
      let orphans = end..<endOfOrphans(batch, from: end)
      let next = orphans.isEmpty || !hasID(batch, start) ? nil : end
      convert(patients.read(batch, rows: start..<end, next: next), batch, &words)
      for row in orphans {
        convert(patients.read(batch, rows: row..<row + 1, above: next == nil ? nil : start), batch, &words)
      }
      start = orphans.upperBound
    }
    made.bytes = encoder.takeBytes()
    made.table = encoder.takeTable()
    return made
  }

  /// One patient: from memory where the same was read before.
  private mutating func convert(
    _ reading: PatientReading, _ batch: borrowing RowBatch, _ words: inout [UInt8]
  ) {
    guard remembers, memory.pays, reading.hasKey else {
      for result in patients.convert(reading, batch) { write(result, batch) }
      return
    }
    let key = reading.key
    let entry = memory.recall(key)
    if let entry, !made.summary.notes(entry.status) {
      made.summary.add(entry.status)
      patients.spell(reading.medicines, batch, into: &words)
      return encoder.write(entry, batch, row: reading.rows.lowerBound, words: words.span)
    }
    for result in patients.convert(reading, batch) {
      write(result, batch)
      if entry == nil && result.conversion.isPlaceless { memory.remember(encoder.entry(result), for: key) }
    }
  }

  private func hasID(_ batch: borrowing RowBatch, _ row: Int) -> Bool {
    !batch.identifier(row: row, column: column).isEmpty
  }

  /// The row after the last one with the id of `row`; lines without an id stand alone.
  private func endOfPatient(_ batch: borrowing RowBatch, from row: Int) -> Int {
    let id = batch.identifier(row: row, column: column)
    var end = row + 1
    while end < batch.count, !id.isEmpty, batch.equals(id, batch.identifier(row: end, column: column)) {
      end += 1
    }
    return end
  }

  /// The row after the last one from `row` on that has no id.
  private func endOfOrphans(_ batch: borrowing RowBatch, from row: Int) -> Int {
    var end = row
    while end < batch.count, !hasID(batch, end) { end += 1 }
    return end
  }

  private mutating func write(_ result: PatientResult, _ batch: borrowing RowBatch) {
    encoder.write(result, batch)
    if encoder.format == .xlsx { made.firstRows.append(result.firstRow) }
    let status = result.conversion.status
    made.summary.add(status)
    if made.summary.notes(status) {
      let grave = result.conversion.findings.all.filter { $0.severity.status == status }
      let patient = String(decoding: batch.bytes[result.id], as: UTF8.self)
      made.summary.note(.init(patient: patient, target: result.target, status: status, findings: grave))
    }
    if collects {
      made.results.append(ReportRow(result, patient: String(decoding: batch.bytes[result.id], as: UTF8.self)))
    }
  }
}

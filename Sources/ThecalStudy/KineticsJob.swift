public import ThecalKinetics
import ThecalTabular

/// An event table on its way to levels, one subject at a time: memory does not grow with their number, nor with that
/// of the people drawn.
public struct KineticsJob: Sendable {
  private let study: KineticStudy

  /// Events that are given to the people of `study`.
  public init(_ study: KineticStudy) { self.study = study }

  /// Writes a row per reading of the table at `path` (`-` for standard input) to `output`, complete or not at all: ID,
  /// the number of the person where people are drawn, TIME, the amount in each compartment (mg), the levels CP and, as
  /// the drug, of its metabolites (mg/L), and the columns that pass through.
  ///
  /// Returns the number of rows.
  @discardableResult
  public func write(events path: String, to output: String) throws(SimulationProblem) -> Int {
    try explaining(nameOfInput(path)) {
      var reader = try CSVReader(path: path)
      let file = try AtomicFile(path: output, inputs: path == "-" ? [] : [path])
      let count = try copy(&reader) { bytes in try file.write(&bytes) }
      try file.commit()
      return count
    }
  }

  /// The same rows for a table in memory, as CSV.
  public func rows(events: [UInt8]) throws(SimulationProblem) -> [UInt8] {
    try explaining("events") {
      var reader = try CSVReader(bytes: events, path: "events")
      var rows: [UInt8] = []
      _ = try copy(&reader) { bytes in
        rows += bytes.bytes
        bytes.removeAll()
      }
      return rows
    }
  }

  private func explaining<Result>(
    _ name: String, _ body: () throws -> Result
  ) throws(SimulationProblem) -> Result {
    do { return try body() } catch let error as TabularError {
      throw SimulationProblem(error)
    } catch let error as DosingError {
      throw SimulationProblem(.events(table: name, error))
    } catch let error as RowFault {
      throw SimulationProblem(message: "\(name):\(error.line): \(error.message)", exitCode: 65)
    } catch {
      throw SimulationProblem(message: "\(name): \(error)", exitCode: 65)
    }
  }

  /// Reads subject after subject and hands their rows to `flush`, a million bytes at a time.
  private func copy(_ reader: inout CSVReader, _ flush: (inout ByteWriter) throws -> Void) throws -> Int {
    let table = try EventTable(header: reader.header, line: reader.headerLine)
    var writer = LevelWriter(study: study, passing: table.passing.map(\.name))
    var subject = SubjectLines()
    var batch = RowBatch()
    while try reader.nextBatch(into: &batch, maxRows: 4_096) {
      for row in 0..<batch.count where !batch.isBlank(row: row) {
        let line = batch.line(row: row)
        let cells = try cells(of: batch, row: row, columns: reader.header.count)
        let id = try table.subject(cells, line: line)
        if id != subject.id, !subject.records.isEmpty {
          try writer.write(subject, flush: flush)
          subject = SubjectLines()
        }
        subject.id = id
        let record = try table.record(cells, line: line)
        subject.records.append(record)
        if record.event == .observation { subject.passing.append(table.passing.map { cells[$0.place] }) }
      }
    }
    if !subject.records.isEmpty { try writer.write(subject, flush: flush) }
    try flush(&writer.rows.output)
    return writer.count
  }

  /// The cells of a row, as many as the header has. One more than that, and something has shifted.
  private func cells(of batch: RowBatch, row: Int, columns: Int) throws -> [String] {
    let line = batch.line(row: row)
    let problems = batch.problems(row: row).subtracting(.invalidUTF8)
    guard problems.isEmpty else {
      throw RowFault(line: line, message: "the row " + problems.messages.joined(separator: "; "))
    }
    for extra in columns..<max(columns, batch.fieldCount(row: row)) {
      guard batch.range(row: row, column: extra).isEmpty else {
        throw RowFault(
          line: line, message: "more cells than the header has columns; is there a decimal comma?")
      }
    }
    return (0..<columns).map { batch.string(row: row, column: $0) }
  }
}

/// A row that is no row.
private struct RowFault: Error {
  let line: Int
  let message: String
}

/// The lines of one subject, and the passing cells of their readings.
private struct SubjectLines {
  var id = ""
  var records: [DosingRecord] = []
  var passing: [[String]] = []
}

/// Turns the levels of subjects into rows.
private struct LevelWriter {
  private let study: KineticStudy
  var rows = CSVWriter(capacity: 2 << 20)
  private(set) var count = 0

  init(study: KineticStudy, passing: [String]) {
    self.study = study
    let amounts = (1...study.typical.model.compartments).map { "A\($0)" }
    rows.appendRow(
      ["ID"] + (study.isRandom ? ["SAMPLE"] : []) + ["TIME"] + amounts + ["CP"]
        + study.metabolites.map { "CP_\($0.name)" } + passing)
  }

  mutating func write(_ subject: SubjectLines, flush: (inout ByteWriter) throws -> Void) throws {
    let compartments = study.typical.model.compartments
    try study.run(subject: subject.id, subject.records) { number, person, batch, place in
      let readings = batch.plan.readings
      let turned = try study.metabolites.map { try $0.levels(subject.records, in: person) }
      for reading in readings.indices {
        let record = subject.records[readings[reading]]
        append(subject.id)
        if study.isRandom { rows.appendNumber(number) }
        rows.appendNumber(record.time_h)
        for compartment in 1...compartments {
          try append(batch.amount(in: compartment, reading: reading, person: place), of: record)
        }
        try append(batch.level(reading: reading, person: place), of: record)
        for levels in turned { try append(levels[reading], of: record) }
        for cell in subject.passing[reading] { append(cell) }
        rows.endRow()
      }
      count += readings.count
      if rows.output.count >= 1 << 20 { try flush(&rows.output) }
    }
  }

  /// An amount or a level, which must have stayed within the range of a double.
  private mutating func append(_ value: Double, of record: DosingRecord) throws {
    guard value.isFinite else {
      throw RowFault(line: record.line, message: "no level here: the doses or parameters are too extreme")
    }
    rows.appendNumber(value)
  }

  /// A cell as it was read: a number stays one.
  private mutating func append(_ cell: String) {
    if let number = Double(cell), number.isFinite { rows.appendNumber(cell) } else { rows.appendText(cell) }
  }
}

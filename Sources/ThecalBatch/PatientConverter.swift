import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// The result for one patient and one drug of the pump.
struct PatientResult {
  let id: Range<Int>
  let firstRow: Int
  let lines: Int
  let echo: String
  let target: String
  let patient: Patient
  var conversion: Conversion
  var pump = PumpResult()
}

/// What the pump columns are filled with.
struct PumpResult {
  var flow: Flow?
  var refillBy: CalendarDate?
}

/// Turns the lines of a patient into results; one for each thread, because it remembers words.
struct PatientConverter {
  let converter: Converter
  let explaining: Bool
  let format: NumberFormat
  private var lines: LineReader
  private var facts: FactsReader
  private let layout: InputLayout
  private let split: Set<[UInt8]>

  init(
    _ options: BatchOptions, converter: Converter, formulary: Formulary = .embedded, layout: InputLayout,
    split: Set<[UInt8]>
  ) {
    format = NumberFormat(decimalComma: options.decimalComma)
    self.converter = converter
    self.layout = layout
    self.split = split
    explaining = options.explains || options.format == .jsonl
    lines = LineReader(formulary, layout, format)
    facts = FactsReader(layout, format)
  }

  /// Reads the patient on `rows`.
  mutating func read(_ batch: borrowing RowBatch, rows: Range<Int>) -> PatientReading {
    var medicines: [MedicineLine] = []
    medicines.reserveCapacity(rows.count)
    for row in rows { medicines.append(lines.read(batch, row: row)) }
    let record = facts.read(batch, rows: rows)
    let problems = findProblems(batch, rows, medicines, record)
    return PatientReading(rows: rows, medicines: medicines, record: record, problems: problems)
  }

  /// The results for a patient, one for each drug of the pump, in order of first appearance.
  func convert(_ reading: PatientReading, _ batch: borrowing RowBatch) -> [PatientResult] {
    var results: [PatientResult] = []
    for target in reading.targets {
      let mine = reading.medicines.filter { $0.target == target || ($0.target.isEmpty && results.isEmpty) }
      results.append(result(batch, reading, target, mine))
    }
    warnOfSeveralTargets(&results)
    return results
  }

  /// Replaces `words` by the medicines of `lines` as they were written.
  func spell(_ lines: [MedicineLine], _ batch: borrowing RowBatch, into words: inout [UInt8]) {
    words.removeAll(keepingCapacity: true)
    for (i, line) in lines.enumerated() {
      if i > 0 { words.append(contentsOf: "; ".utf8) }
      self.lines.appendWords(line, batch, to: &words)
    }
  }

  /// Two opioids for one pump: each result covers a part of what the patient takes, and both at once are an overdose.
  private func warnOfSeveralTargets(_ results: inout [PatientResult]) {
    let opioids = results.indices.filter {
      Formulary.embedded.drug(named: results[$0].target)?.kind == .opioid
    }
    guard opioids.count > 1 else { return }
    for i in opioids where results[i].conversion.status < .blocked {
      results[i].conversion.add(Finding(ReadingTopic.severalTargets, .severalTargets))
    }
  }

  /// Everything unreadable about a patient: one bad line spoils all of its results.
  private func findProblems(
    _ batch: borrowing RowBatch, _ rows: Range<Int>, _ medicines: [MedicineLine], _ record: PatientRecord
  ) -> [Finding] {
    var problems = medicines.flatMap(\.problems) + record.problems
    let id = batch.range(row: rows.lowerBound, column: layout.position(of: .patientID))
    if id.isEmpty {
      problems.insert(.cell(.blank, .missingField, batch.line(row: rows.lowerBound), .patientID), at: 0)
    } else if !split.isEmpty, split.contains(Array(batch.bytes[id])) {
      problems.insert(
        .cell(.notConsecutive, .notConsecutive, batch.line(row: rows.lowerBound), .patientID), at: 0)
    }
    if medicines.count > 1 {
      for line in medicines.dropFirst() where line.targetRoute != medicines[0].targetRoute {
        problems.append(.cell(.conflicting, .conflictingValues, line.line, .targetRoute))
      }
      let spelled = medicines.map { words(of: [$0], batch) }
      for (i, line) in medicines.enumerated() {
        if let first = spelled[..<i].firstIndex(of: spelled[i]) {
          problems.append(
            .row(.duplicateMedicine, .duplicateRow, line.line, [.number(ExactNumber(medicines[first].line))]))
        }
      }
    }
    return problems
  }

  private func words(of lines: [MedicineLine], _ batch: borrowing RowBatch) -> String {
    var words: [UInt8] = []
    spell(lines, batch, into: &words)
    return string(words.span)
  }

  private func result(
    _ batch: borrowing RowBatch, _ reading: PatientReading, _ target: String, _ mine: [MedicineLine]
  ) -> PatientResult {
    let record = reading.record
    let conversion =
      reading.problems.isEmpty
      ? converter.convert(reading.request(target, mine), explaining: explaining)
      : Conversion(unreadable: reading.problems)
    var result = PatientResult(
      id: batch.range(row: reading.rows.lowerBound, column: layout.position(of: .patientID)),
      firstRow: reading.rows.lowerBound, lines: mine.count, echo: words(of: mine, batch), target: target,
      patient: record.patient, conversion: conversion)
    if !record.pump.isEmpty && mine[0].targetRoute == .intrathecal { result.fillPump(record.pump) }
    return result
  }
}

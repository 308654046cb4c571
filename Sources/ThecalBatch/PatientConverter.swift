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
  private var spoiled = SpoiledIdentifier()

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
  ///
  /// - Parameters:
  ///   - next: The row behind them, where it has a medicine and no id: what the patient takes is not known whole.
  ///   - above: The row of the patient above, for rows that have no id.
  mutating func read(
    _ batch: borrowing RowBatch, rows: Range<Int>, next: Int? = nil, above: Int? = nil
  ) -> PatientReading {
    var medicines: [MedicineLine] = []
    medicines.reserveCapacity(rows.count)
    var skipped: [SkippedMedicine] = []
    for row in rows {
      let line = lines.read(batch, row: row)
      if let medicine = line.skipped, line.problems.isEmpty { skipped.append(medicine) }
      if line.skipped == nil || !line.problems.isEmpty || (row == rows.upperBound - 1 && medicines.isEmpty) {
        medicines.append(line)
      }
    }
    var record = facts.read(batch, rows: rows)
    record.patient.count(skipped)
    var problems = idProblems(batch, rows.lowerBound, next, above)
    for line in medicines where !line.problems.isEmpty { problems += line.problems }
    if !record.problems.isEmpty { problems += record.problems }
    if medicines.count > 1 { problems += contradictions(medicines, batch) }
    return PatientReading(
      rows: rows, medicines: medicines, skipped: skipped, record: record, problems: problems)
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
    if results.count < 2 { return }
    let opioids = results.indices.filter {
      Formulary.embedded.drug(named: results[$0].target)?.kind == .opioid
    }
    guard opioids.count > 1 else { return }
    for i in opioids where results[i].conversion.status < .blocked {
      results[i].conversion.add(Finding(ReadingTopic.severalTargets, .severalTargets))
    }
  }

  /// What is wrong with the id of a patient, and with whose line it may be.
  private mutating func idProblems(
    _ batch: borrowing RowBatch, _ row: Int, _ next: Int?, _ above: Int?
  ) -> [Finding] {
    let (line, column) = (batch.line(row: row), layout.position(of: .patientID))
    let id = batch.identifier(row: row, column: column)
    if id.isEmpty {
      guard let above else { return [.cell(.blank, .missingField, line, .patientID)] }
      let patient = string(batch.bytes.span.extracting(batch.identifier(row: above, column: column)))
      return [
        .cell(
          .noIDBelow, .missingField, line, .patientID,
          [.text(patient), .number(ExactNumber(batch.line(row: above)))])
      ]
    }
    var problems = Finding.identifier(
      spoiled.faults(of: id, in: batch), string(batch.bytes.span.extracting(id)), line)
    if !split.isEmpty, split.contains(Array(batch.bytes[id])) {
      problems.append(.cell(.notConsecutive, .notConsecutive, line, .patientID))
    }
    if let next {
      problems.append(
        .cell(
          .nextLineWithoutID, .missingField, line, .patientID, [.number(ExactNumber(batch.line(row: next)))]))
    }
    return problems
  }

  /// Lines of one patient that cannot both be meant.
  private mutating func contradictions(_ medicines: [MedicineLine], _ batch: borrowing RowBatch) -> [Finding]
  {
    var problems: [Finding] = []
    for line in medicines.dropFirst() where line.targetRoute != medicines[0].targetRoute {
      problems.append(.cell(.conflicting, .conflictingValues, line.line, .targetRoute))
    }
    // The same drug, route and daily amount is the same medicine twice, in whatever words it stands there, unless both lines
    // state a form and the forms differ: an extended tablet and an immediate one of the same amount are two medicines.
    var seen: [(amount: DailyAmount, medicine: Medicine, line: MedicineLine)] = []
    for line in medicines {
      guard let medicine = line.medicine else { continue }
      let amount = DailyAmount(of: medicine)
      for other in seen
      where other.medicine.drug == medicine.drug && other.medicine.route == medicine.route
        && other.amount == amount
      {
        if let form = lines.form(line, batch), let second = lines.form(other.line, batch), form != second {
          continue
        }
        problems.append(
          .row(.duplicateMedicine, .duplicateRow, line.line, [.number(ExactNumber(other.line.line))]))
        break
      }
      seen.append((amount, medicine, line))
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
    var conversion =
      !reading.problems.isEmpty
      ? Conversion(unreadable: reading.problems)
      : reading.hasNothing
        ? Conversion(unreadable: [Finding(ReadingTopic.nothingToConvert, .skipped, .note)])
        : converter.convert(reading.request(target, mine), explaining: explaining)
    for medicine in reading.skipped { conversion.add(medicine.finding) }
    for line in mine { for note in line.notes { conversion.add(note) } }
    var result = PatientResult(
      id: batch.range(row: reading.rows.lowerBound, column: layout.position(of: .patientID)),
      firstRow: reading.rows.lowerBound, lines: mine.count, echo: words(of: mine, batch), target: target,
      patient: record.patient, conversion: conversion)
    if !record.pump.isEmpty && mine[0].targetRoute == .intrathecal { result.fillPump(record.pump) }
    return result
  }
}

extension Patient {
  /// Takes in what medicines that are not converted say.
  fileprivate mutating func count(_ skipped: [SkippedMedicine]) {
    if skipped.contains(where: \.isDepressant) { cnsDepressants = true }
    if skipped.contains(where: \.isAnticoagulant) { anticoagulant = true }
  }
}

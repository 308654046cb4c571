import ThecalConversion
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
  let facts: PatientFacts
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

  /// The results for the patient on `rows`, one for each drug of the pump, in order of first appearance.
  mutating func convert(_ batch: borrowing RowBatch, rows: Range<Int>) -> [PatientResult] {
    var medicines: [MedicineLine] = []
    medicines.reserveCapacity(rows.count)
    for row in rows { medicines.append(lines.read(batch, row: row)) }
    let record = facts.read(batch, rows: rows)
    let problems = findProblems(batch, rows, medicines, record)
    var results: [PatientResult] = []
    for target in targets(medicines) {
      let mine = medicines.filter { $0.target == target || ($0.target.isEmpty && results.isEmpty) }
      results.append(result(batch, rows, target, mine, record, problems))
    }
    warnOfSeveralTargets(&results)
    return results
  }

  /// Whether `row` is whole, has an id, and stands with the other lines of its patient.
  func isPlain(_ batch: borrowing RowBatch, row: Int) -> Bool {
    let id = batch.range(row: row, column: layout.position(of: .patientID))
    return !id.isEmpty && batch.problems(row: row).isEmpty && batch.fieldCount(row: row) == layout.count
      && (split.isEmpty || !split.contains(Array(batch.bytes[id])))
  }

  /// Two opioids for one pump: each result covers a part of what the patient takes, and both at once are an overdose.
  private func warnOfSeveralTargets(_ results: inout [PatientResult]) {
    let opioids = results.indices.filter {
      Formulary.embedded.drug(named: results[$0].target)?.kind == .opioid
    }
    guard opioids.count > 1 else { return }
    for i in opioids where results[i].conversion.status < .blocked {
      results[i].conversion.add(.severalTargets())
    }
  }

  /// The drugs asked for; where no line could be read so far, one result without a drug.
  private func targets(_ medicines: [MedicineLine]) -> [String] {
    if medicines.count == 1 { return [medicines[0].target] }
    let named = medicines.map(\.target).filter { !$0.isEmpty }
    return named.isEmpty ? [""] : named.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Everything unreadable about a patient: one bad line spoils all of its results.
  private func findProblems(
    _ batch: borrowing RowBatch, _ rows: Range<Int>, _ medicines: [MedicineLine], _ record: PatientRecord
  ) -> [Notice] {
    var problems = medicines.flatMap(\.notices) + record.notices
    let id = batch.range(row: rows.lowerBound, column: layout.position(of: .patientID))
    if id.isEmpty {
      problems.insert(.missing(batch.line(row: rows.lowerBound), .patientID), at: 0)
    } else if !split.isEmpty, split.contains(Array(batch.bytes[id])) {
      problems.insert(.notConsecutive(batch.line(row: rows.lowerBound)), at: 0)
    }
    if medicines.count > 1 {
      for line in medicines.dropFirst() where line.targetRoute != medicines[0].targetRoute {
        problems.append(.conflicting(line.line, .targetRoute))
      }
      for (i, line) in medicines.enumerated() {
        if let first = medicines[..<i].first(where: { $0.echo == line.echo && !$0.echo.isEmpty }) {
          problems.append(.duplicate(line.line, of: first.line))
        }
      }
    }
    return problems
  }

  private func result(
    _ batch: borrowing RowBatch, _ rows: Range<Int>, _ target: String, _ mine: [MedicineLine],
    _ record: PatientRecord,
    _ problems: [Notice]
  ) -> PatientResult {
    var conversion: Conversion
    if problems.isEmpty {
      let medicines = mine.compactMap { line in
        line.amount.map { Medicine(drug: line.drug, route: line.route, amount: $0, line: line.line) }
      }
      let request = ConversionRequest(
        medicines: medicines, target: target, targetRoute: mine[0].targetRoute, facts: record.facts)
      conversion = converter.convert(request, explaining: explaining)
    } else {
      conversion = Conversion(unreadable: problems)
    }
    var result = PatientResult(
      id: batch.range(row: rows.lowerBound, column: layout.position(of: .patientID)),
      firstRow: rows.lowerBound,
      lines: mine.count, echo: mine.count == 1 ? mine[0].echo : mine.map(\.echo).joined(separator: "; "),
      target: target,
      facts: record.facts, conversion: conversion)
    if !record.pump.isEmpty && mine[0].targetRoute == .intrathecal { result.fillPump(record.pump) }
    return result
  }
}

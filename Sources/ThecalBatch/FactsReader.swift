import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// What the columns about a patient say, and what is wrong with them.
struct PatientRecord {
  var patient = Patient()
  var pump = PumpCells()
  var problems: [Finding] = []
}

/// The pump columns, as far as they are filled.
struct PumpCells: Hashable {
  var device: String?
  var reservoir: Volume?
  var concentration: Concentration?
  var fillDate: CalendarDate?
  var alarmVolume: Volume?

  /// Whether any of them is filled.
  var isEmpty: Bool {
    device == nil && reservoir == nil && concentration == nil && fillDate == nil && alarmVolume == nil
  }
}

/// Reads the cells that describe a patient, from the first of its lines that fills them.
struct FactsReader {
  let layout: InputLayout
  let format: NumberFormat
  private let present: [InputColumn]
  /// Days on a dose beyond which a number is a slip: more than a century.
  static let mostDays = ExactNumber(40_000)
  /// An age beyond which a number is a slip.
  static let mostYears = ExactNumber(120)
  /// A weight beyond which a number is a slip.
  static let mostKilograms = ExactNumber(500)
  private var words = InternTable<YesNo>()
  private var indications = InternTable<Indication?>()

  init(_ layout: InputLayout, _ format: NumberFormat) {
    self.layout = layout
    self.format = format
    present = InputColumn.facts.filter { layout.position(of: $0) >= 0 }
  }

  /// Reads the facts on `rows`, which belong to one patient.
  mutating func read(_ batch: borrowing RowBatch, rows: Range<Int>) -> PatientRecord {
    var record = PatientRecord()
    for column in present {
      let position = layout.position(of: column)
      guard let row = rows.first(where: { !batch.range(row: $0, column: position).isEmpty }) else { continue }
      for other in (row + 1)..<max(rows.upperBound, row + 1) where conflict(batch, row, other, position) {
        record.problems.append(.cell(.conflicting, .conflictingValues, batch.line(row: other), column))
      }
      read(column, batch, row: row, into: &record)
    }
    return record
  }

  /// Whether two lines of a patient say different things; a blank says nothing.
  private func conflict(_ batch: borrowing RowBatch, _ a: Int, _ b: Int, _ column: Int) -> Bool {
    let (left, right) = (batch.range(row: a, column: column), batch.range(row: b, column: column))
    if right.isEmpty || batch.fieldCount(row: b) != layout.count { return false }
    return batch.string(row: a, column: column).lowercased()
      != batch.string(row: b, column: column).lowercased()
      && !(left.isEmpty)
  }

  private mutating func read(
    _ column: InputColumn, _ batch: borrowing RowBatch, row: Int, into record: inout PatientRecord
  ) {
    let cell = FactCell(
      column: column, line: batch.line(row: row),
      range: batch.range(row: row, column: layout.position(of: column)))
    switch column {
    case .frail: record.patient.frail = yesNo(cell, batch, &record)
    case .sleepApnea: record.patient.sleepApnea = yesNo(cell, batch, &record)
    case .cnsDepressants: record.patient.cnsDepressants = yesNo(cell, batch, &record)
    case .psychosisHistory: record.patient.psychosisHistory = yesNo(cell, batch, &record)
    case .screeningResponse: record.patient.screeningResponse = yesNo(cell, batch, &record)
    case .anticoagulant:
      record.patient.anticoagulant = yesNo(cell, batch, &record, .notAnticoagulant) {
        YesNo(anticoagulant: $0)
      }
    case .pregnancy: record.patient.pregnancy = yesNo(cell, batch, &record)
    case .renal:
      let format = format
      record.patient.renal = yesNo(cell, batch, &record, .notRenal) { YesNo(renal: $0, format) }
    case .allergy: record.patient.allergy = string(batch.bytes.span.extracting(cell.range))
    case .indication: record.patient.indication = indication(cell, batch, &record)
    case .opioidDays: record.patient.opioidDays = number(cell, batch, upTo: FactsReader.mostDays, &record)
    case .ageYears: record.patient.ageYears = number(cell, batch, upTo: FactsReader.mostYears, &record)
    case .weight:
      if let weight = number(cell, batch, upTo: FactsReader.mostKilograms, &record) {
        if weight > .zero {
          record.patient.weight = BodyWeight(weight, .kilograms)
        } else {
          record.problems.append(cell.problem(.notAboveZero, .badNumber))
        }
      }
    case .residualEquivalent: record.patient.residualEquivalent = number(cell, batch, upTo: 100_000, &record)
    default: readQuantity(cell, string(batch.bytes.span.extracting(cell.range)), &record)
    }
  }

  private mutating func yesNo(_ cell: FactCell, _ batch: borrowing RowBatch, _ record: inout PatientRecord)
    -> Bool?
  {
    answer(
      words.value(for: batch.bytes.span.extracting(cell.range), make: { YesNo($0) }), .notYesOrNo, cell,
      &record)
  }

  /// A fact that more than yes and no can tell.
  private func yesNo(
    _ cell: FactCell, _ batch: borrowing RowBatch, _ record: inout PatientRecord, _ topic: ReadingTopic,
    _ read: (String) -> YesNo
  ) -> Bool? {
    answer(read(string(batch.bytes.span.extracting(cell.range))), topic, cell, &record)
  }

  private func answer(
    _ word: YesNo, _ topic: ReadingTopic, _ cell: FactCell, _ record: inout PatientRecord
  ) -> Bool? {
    switch word {
    case .yes: return true
    case .no: return false
    case .unreadable:
      record.problems.append(cell.problem(topic, .badValue))
      return nil
    }
  }

  private mutating func indication(
    _ cell: FactCell, _ batch: borrowing RowBatch, _ record: inout PatientRecord
  ) -> Indication? {
    let found = indications.value(for: batch.bytes.span.extracting(cell.range)) {
      Indication(rawValue: $0.lowercased())
    }
    if found == nil {
      record.problems.append(
        cell.problem(.notOneOf, .badValue, [.list(Indication.allCases.map { .text($0.rawValue) })]))
    }
    return found
  }

  private func number(
    _ cell: FactCell, _ batch: borrowing RowBatch, upTo limit: ExactNumber, _ record: inout PatientRecord
  ) -> ExactNumber? {
    do {
      let value = try NumberReader(format).read(batch.bytes.span.extracting(cell.range))
      if value <= limit { return value }
      record.problems.append(cell.problem(.tooLarge, .badNumber, [.number(value), .number(limit)]))
    } catch {
      record.problems.append(
        error.finding(cell.line, cell.column, string(batch.bytes.span.extracting(cell.range))))
    }
    return nil
  }

  private func readQuantity(_ cell: FactCell, _ text: String, _ record: inout PatientRecord) {
    switch cell.column {
    case .screeningBolus:
      if let bolus = quantity(cell, text, Mass.self, &record) {
        record.patient.screening = Screening(bolus: bolus, effect: record.patient.screening?.effect)
      }
    case .screeningEffect:
      let effect = quantity(cell, text, Time.self, &record)
      if record.patient.screening != nil {
        record.patient.screening?.effect = effect
      } else {
        record.problems.append(cell.problem(.effectWithoutBolus, .missingField))
      }
    case .reservoir: record.pump.reservoir = quantity(cell, text, Volume.self, &record)
    case .concentration: record.pump.concentration = quantity(cell, text, Concentration.self, &record)
    case .alarmVolume: record.pump.alarmVolume = quantity(cell, text, Volume.self, &record)
    case .fillDate:
      do { record.pump.fillDate = try CalendarDate(reading: text) } catch {
        record.problems.append(cell.problem(.badDate, .badDate, [.text(text), .text(error.explanation)]))
      }
    default: record.pump.device = text
    }
  }

  /// A quantity above zero with its unit.
  private func quantity<D>(
    _ cell: FactCell, _ text: String, _: Quantity<D>.Type, _ record: inout PatientRecord
  ) -> Quantity<D>? {
    var reading = format
    reading.exponents = false
    do {
      let value = try Quantity<D>(reading: text, format: reading)
      if value > .zero { return value }
      record.problems.append(cell.problem(.notAboveZero, .badNumber))
    } catch {
      let isUnit = if case .number = error { false } else { true }
      record.problems.append(
        cell.problem(.badQuantity, isUnit ? .badUnit : .badNumber, [.text(error.explanation)]))
    }
    return nil
  }
}

/// A cell about a patient, and where it stands.
private struct FactCell {
  let column: InputColumn
  let line: Int
  let range: Range<Int>

  func problem(_ topic: ReadingTopic, _ code: Code, _ evidence: [Evidence] = []) -> Finding {
    .cell(topic, code, line, column, evidence)
  }
}

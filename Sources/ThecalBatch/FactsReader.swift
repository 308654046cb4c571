import ThecalConversion
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// What the columns about a patient say, and what is wrong with them.
struct PatientRecord {
  var facts = PatientFacts()
  var pump = PumpCells()
  var notices: [Notice] = []
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
        record.notices.append(.conflicting(batch.line(row: other), column))
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
    case .frail: record.facts.frail = yesNo(cell, batch, &record)
    case .sleepApnea: record.facts.sleepApnea = yesNo(cell, batch, &record)
    case .cnsDepressants: record.facts.cnsDepressants = yesNo(cell, batch, &record)
    case .psychosisHistory: record.facts.psychosisHistory = yesNo(cell, batch, &record)
    case .screeningResponse: record.facts.screeningResponse = yesNo(cell, batch, &record)
    case .anticoagulant: record.facts.anticoagulant = yesNo(cell, batch, &record)
    case .pregnancy: record.facts.pregnancy = yesNo(cell, batch, &record)
    case .renal: record.facts.renal = yesNo(cell, batch, &record)
    case .allergy: record.facts.allergy = string(batch.bytes.span.extracting(cell.range))
    case .indication: record.facts.indication = indication(cell, batch, &record)
    case .opioidDays: record.facts.opioidDays = number(cell, batch, upTo: FactsReader.mostDays, &record)
    case .ageYears: record.facts.ageYears = number(cell, batch, upTo: FactsReader.mostYears, &record)
    case .weight:
      record.facts.weight = number(cell, batch, upTo: FactsReader.mostKilograms, &record).map {
        BodyWeight($0, .kilograms)
      }
    case .residualEquivalent: record.facts.residualEquivalent = number(cell, batch, upTo: 100_000, &record)
    default: readQuantity(cell, string(batch.bytes.span.extracting(cell.range)), &record)
    }
  }

  private mutating func yesNo(_ cell: FactCell, _ batch: borrowing RowBatch, _ record: inout PatientRecord)
    -> Bool?
  {
    switch words.value(for: batch.bytes.span.extracting(cell.range), make: YesNo.init) {
    case .yes: return true
    case .no: return false
    case .unreadable:
      record.notices.append(cell.problem(.badValue, "write yes or no"))
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
      record.notices.append(
        cell.problem(.badValue, "write \(Indication.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
    return found
  }

  private func number(
    _ cell: FactCell, _ batch: borrowing RowBatch, upTo limit: ExactNumber, _ record: inout PatientRecord
  ) -> ExactNumber? {
    do {
      let value = try NumberReader(format).read(batch.bytes.span.extracting(cell.range))
      if value <= limit { return value }
      record.notices.append(cell.problem(.badNumber, "\(value) is above \(limit)"))
    } catch {
      record.notices.append(
        error.notice(cell.line, cell.column, string(batch.bytes.span.extracting(cell.range))))
    }
    return nil
  }

  private func readQuantity(_ cell: FactCell, _ text: String, _ record: inout PatientRecord) {
    switch cell.column {
    case .screeningBolus:
      if let bolus = quantity(cell, text, Mass.self, &record) {
        record.facts.screening = Screening(bolus: bolus, effect: record.facts.screening?.effect)
      }
    case .screeningEffect:
      let effect = quantity(cell, text, Time.self, &record)
      if record.facts.screening != nil {
        record.facts.screening?.effect = effect
      } else {
        record.notices.append(cell.problem(.missingField, "it says nothing without screening_bolus"))
      }
    case .reservoir: record.pump.reservoir = quantity(cell, text, Volume.self, &record)
    case .concentration: record.pump.concentration = quantity(cell, text, Concentration.self, &record)
    case .alarmVolume: record.pump.alarmVolume = quantity(cell, text, Volume.self, &record)
    case .fillDate:
      do { record.pump.fillDate = try CalendarDate(reading: text) } catch {
        record.notices.append(cell.problem(.badDate, "'\(text)' \(error.explanation)"))
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
      record.notices.append(cell.problem(.badNumber, "it must be above zero"))
    } catch {
      let isUnit = if case .number = error { false } else { true }
      record.notices.append(cell.problem(isUnit ? .badUnit : .badNumber, error.explanation))
    }
    return nil
  }
}

/// A cell about a patient, and where it stands.
private struct FactCell {
  let column: InputColumn
  let line: Int
  let range: Range<Int>

  func problem(_ code: ConversionCode, _ what: String) -> Notice { .field(code, line, column, what) }
}

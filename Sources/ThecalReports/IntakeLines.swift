public import ThecalDosing
public import ThecalIntake
import ThecalQuantities
import ThecalTabular

/// Medicines as rows of a clinic's table, or as JSON Lines.
struct IntakeLines {
  /// The columns that every table has; those of the patient that the export has stand behind `anticoagulant`.
  static let columns = [
    "patient_id", "drug", "route", "dose", "unit", "frequency", "indication", "age_years", "cns_depressants",
    "anticoagulant",
  ]
  /// What the reading adds.
  static let added = ["intake", "code", "reason", "source_line", "source_text"]

  /// The rows so far.
  var output = ByteWriter()
  private let asJSON: Bool
  private var csv = CSVWriter()
  private var json = JSONWriter()
  private var hasHeader = false

  init(asJSON: Bool) { self.asJSON = asJSON }

  mutating func append(_ medicine: IntakeMedicine) {
    if asJSON { return appendJSON(medicine) }
    beginTable(medicine.factColumns)
    for cell in [medicine.patient, medicine.drug, medicine.route] { csv.appendText(cell) }
    if let dose = medicine.dose { csv.appendNumber(dose.plainText) } else { csv.appendEmpty() }
    for cell in [medicine.unit, medicine.frequency, medicine.indication?.rawValue ?? ""] {
      csv.appendText(cell)
    }
    if let age = medicine.ageYears { csv.appendNumber(age) } else { csv.appendEmpty() }
    for name in ["cns_depressants", "anticoagulant"] + Self.extra(medicine) {
      csv.appendText(medicine.fact(name))
    }
    for cell in [
      medicine.outcome.rawValue, medicine.codes.map(\.name).joined(separator: ";"), medicine.reason,
    ] {
      csv.appendText(cell)
    }
    csv.appendNumber(medicine.line)
    csv.appendText(medicine.text)
    csv.endRow()
    flush()
  }

  /// The columns of the patient beside those that every table has.
  private static func extra(_ medicine: IntakeMedicine) -> [String] {
    medicine.factColumns.filter { !columns.contains($0) }
  }

  private mutating func beginTable(_ facts: [String]) {
    if hasHeader { return }
    hasHeader = true
    csv.appendRow(Self.columns + facts.filter { !Self.columns.contains($0) } + Self.added)
  }

  private mutating func flush() {
    let bytes = csv.output.bytes
    output.append(bytes.span)
    csv.output.removeAll()
  }

  /// Writes the header of a table without rows.
  mutating func finish() {
    if asJSON { return }
    beginTable([])
    flush()
  }

  private mutating func appendJSON(_ medicine: IntakeMedicine) {
    json.beginObject()
    for (key, cell) in [("patient_id", medicine.patient), ("drug", medicine.drug), ("route", medicine.route)]
    { text(key, cell) }
    json.key("dose")
    if let dose = medicine.dose { json.number(verbatim: dose.plainText) } else { json.null() }
    for (key, cell) in [("unit", medicine.unit), ("frequency", medicine.frequency)] { text(key, cell) }
    text("indication", medicine.indication?.rawValue ?? "")
    json.key("age_years")
    if let age = medicine.ageYears { json.number(age) } else { json.null() }
    for name in ["cns_depressants", "anticoagulant"] + Self.extra(medicine) {
      text(name, medicine.fact(name))
    }
    text("intake", medicine.outcome.rawValue)
    text("code", medicine.codes.map(\.name).joined(separator: ";"))
    text("reason", medicine.reason)
    json.key("source_line")
    json.number(medicine.line)
    text("source_text", medicine.text)
    text("source_words", medicine.sourceWords)
    json.key("status")
    json.string(medicine.status.rawValue)
    json.key("codes")
    json.beginArray()
    for code in medicine.codes { json.string(code.name) }
    json.endArray()
    json.key("message")
    json.string(medicine.reason)
    json.key("sources")
    json.beginArray()
    json.endArray()
    json.endObject()
    json.endLine()
    let bytes = json.output.bytes
    output.append(bytes.span)
    json.output.removeAll()
  }

  private mutating func text(_ key: String, _ cell: String) {
    json.key(key)
    if cell.isEmpty { json.null() } else { json.string(cell) }
  }
}

extension IntakeMedicine {
  /// Why the medicine is read, asked or skipped, in words.
  public var reason: String { findings.map(\.text).joined(separator: " ") }

  /// What may be done with it: `review` where it was read, for somebody must compare it with its source.
  public var status: Status {
    switch outcome {
    case .read: .review
    case .ask: .error
    case .skip: .ok
    }
  }

  /// What stands in a column about the patient.
  func fact(_ name: String) -> String {
    if name == "cns_depressants" && isDepressant || name == "anticoagulant" && isAnticoagulant {
      return "yes"
    }
    return facts[name] ?? ""
  }
}

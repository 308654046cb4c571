import ThecalDosing

/// One medicine as an export writes it, cell by cell.
struct MedicineSource: Hashable, Sendable {
  /// The cells that are read.
  enum Field: String, CaseIterable, Sendable {
    case patientID = "patient_id"
    case name, code, strength, dose, unit, form, frequency
    case perDay = "per_day"
    case prn, maximum, route, sig, start, stop, status, indication
    case birthDate = "birth_date"
    case ageYears = "age_years"
  }

  /// What stands in the cells, without blanks around it.
  var cells: [Field: String] = [:]
  /// Further names of the medicine, for a first one that is not known.
  var otherNames: [String] = []
  /// Codes of the medicine beside the one in its cell.
  var codes: [String] = []
  /// Readings of the dose that were made from data and from text, each a list of one or none; nil where the cells hold it.
  var readings: [[SigReading]]?
  /// Why it is no order that counts.
  var skipping: Finding?
  /// Columns of `convert` that the export has.
  var facts: [String: String] = [:]
  /// The line of the source, counted from 1.
  var line = 0
  /// What the row rests on, for the reader.
  var text = ""
  /// What was found before the words were read.
  var findings: [Finding] = []

  /// What stands in a cell; blank where there is none.
  subscript(field: Field) -> String {
    get { cells[field] ?? "" }
    set { cells[field] = newValue.trimmed }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}

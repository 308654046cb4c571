import ThecalDosing

/// One medicine as an export writes it, cell by cell.
struct MedicineSource: Hashable, Sendable {
  /// The cells that are read.
  enum Field: Int, CaseIterable, Sendable {
    case patientID, name, code, strength, dose, unit, form, frequency, perDay, prn, maximum, route, sig
    case start, stop, status, indication, birthDate, ageYears

    /// The field that the vocabulary of headers calls `column`.
    init?(column: String) {
      guard let place = Self.columns.firstIndex(of: column) else { return nil }
      self.init(rawValue: place)
    }

    static let columns = [
      "patient_id", "name", "code", "strength", "dose", "unit", "form", "frequency", "per_day", "prn",
      "maximum", "route", "sig", "start", "stop", "status", "indication", "birth_date", "age_years",
    ]
  }

  /// What stands in the cells, without blanks around it, by the place of the field.
  private var cells = [String](repeating: "", count: Field.allCases.count)
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
    get { cells[field.rawValue] }
    set { cells[field.rawValue] = newValue.trimmed }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    // Most cells have none, which their bytes say at once: what is no blank of ASCII and below 128 is none.
    if let first = utf8.first, let last = utf8.last, 33..<128 ~= first, 33..<128 ~= last { return self }
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}

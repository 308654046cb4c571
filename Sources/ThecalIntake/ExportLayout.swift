/// Which column of an export holds what.
struct ExportLayout: Sendable {
  /// Places of the cells that are read; of names there may be several.
  private(set) var fields: [(field: MedicineSource.Field, columns: [Int])] = []
  /// Places of the cells that a person compares with the reading.
  private(set) var textColumns: [Int] = []
  /// Columns of `convert` that the export has: name and place.
  private(set) var facts: [(name: String, column: Int)] = []
  /// Headers that are not read, as written.
  private(set) var unread: [String] = []
  /// What each header was taken for, in the order of the file.
  private(set) var taken: [(header: String, column: String)] = []

  /// Why a header cannot be used.
  enum Problem: Error, Hashable {
    case missing(String)
    case unknownColumn(String)
    case noSuchHeader(String)
  }

  /// Reads a header; `map` says what a column holds where its name does not.
  init(_ header: [String], _ names: HeaderNames, map: [String: String]) throws(Problem) {
    var chosen = Dictionary(map.sorted { $0.key < $1.key }.map { (HeaderNames.key($0.key), $0.value) }) {
      first, _ in first
    }
    for (place, name) in header.enumerated() {
      let mapped = chosen.removeValue(forKey: HeaderNames.key(name))
      guard let column = mapped ?? names.column(name) else {
        if !name.isEmpty { unread.append(name) }
        continue
      }
      try take(column, name, place)
    }
    if let left = chosen.keys.sorted().first {
      throw .noSuchHeader(map.keys.first { HeaderNames.key($0) == left } ?? left)
    }
    textColumns =
      ([.name, .strength, .form, .dose, .unit, .route, .frequency, .prn, .sig] as [MedicineSource.Field])
      .flatMap(columns)
    if columns(of: .patientID).isEmpty { throw .missing("patient_id") }
    if columns(of: .name).isEmpty && columns(of: .code).isEmpty { throw .missing("drug") }
  }

  /// The places of a cell; none where the export does not have it.
  func columns(of field: MedicineSource.Field) -> [Int] {
    fields.first { $0.field == field }?.columns ?? []
  }

  /// Cells that an export may have in several columns; what any of them says counts.
  static let several: Set<MedicineSource.Field> = [.name, .prn, .sig, .indication]

  private mutating func take(_ column: String, _ header: String, _ place: Int) throws(Problem) {
    let column = column == "drug" ? "name" : column
    if let field = MedicineSource.Field(column: column) {
      if let known = fields.firstIndex(where: { $0.field == field }) {
        guard Self.several.contains(field) else { unread.append(header); return }
        fields[known].columns.append(place)
      } else {
        fields.append((field, [place]))
      }
    } else if column == "never" {
      unread.append(header)
      return
    } else if ClinicColumns.facts.contains(column) {
      if facts.contains(where: { $0.name == column }) { unread.append(header); return }
      facts.append((column, place))
    } else {
      throw .unknownColumn(column)
    }
    taken.append((header, column))
  }
}

/// Columns of a clinic's table, as `convert` reads them.
enum ClinicColumns {
  /// Columns about the patient that an export may have under the same name.
  static let facts = [
    "target_drug", "target_route", "opioid_days", "weight_kg", "frail", "sleep_apnea", "cns_depressants",
    "psychosis_history", "screening_bolus", "screening_effect", "screening_response", "residual_mme", "pump",
    "reservoir", "concentration", "fill_date", "alarm_volume", "anticoagulant", "pregnancy", "allergy",
    "renal",
  ]
}

import ThecalDosing
import ThecalFormulary
import ThecalIntake
import ThecalPump
import ThecalQuantities
import ThecalTabular

/// Where the columns of a refill list stand.
struct RefillListColumns {
  /// The columns that are read, by their names.
  enum Column: String, CaseIterable {
    case patient = "patient_id"
    case drug, concentration, dose, fill
    case fillDate = "fill_date"
    case device
    case alarm = "alarm_volume"
    case residual, accuracy, bolus
    case bolusesPerDay = "boluses_per_day"
    case maxInterval = "max_interval"
    case stability, filling

    /// The names that are read, as ``HeaderNames`` compares them; patient and drug are called as in an export.
    private var names: [String] {
      let vocabulary = Formulary.embedded.productVocabulary
      let entries =
        switch self {
        case .patient: vocabulary.headers.filter { $0.column == rawValue }
        case .drug: vocabulary.headers.filter { $0.column == "name" }
        default: vocabulary.refillHeaders.filter { $0.column == rawValue }
        }
      return entries.flatMap(\.words).map(HeaderNames.key)
    }

    /// Where it stands in a header of these `keys`: under its own name, else under the first of its names.
    func position(in keys: [String]) -> Int? {
      if let own = keys.firstIndex(of: HeaderNames.key(rawValue)) { return own }
      let names = Set(names)
      return keys.firstIndex { names.contains($0) }
    }

    /// Whether a list cannot do without it.
    var isNeeded: Bool {
      switch self {
      case .patient, .drug, .concentration, .dose, .fill, .fillDate: true
      default: false
      }
    }
  }

  private let positions: [Column: Int]
  /// Units that headers state for bare numbers below them: `Conc (mg/mL)`.
  private let units: [Column: String]
  private let width: Int
  /// The names of the columns that are not read.
  let unknown: [String]

  init(_ header: [String], of path: String) throws(BatchProblem) {
    let keys = header.map(HeaderNames.key)
    var positions: [Column: Int] = [:]
    for column in Column.allCases { positions[column] = column.position(in: keys) }
    let missing = Column.allCases.filter { $0.isNeeded && positions[$0] == nil }.map(\.rawValue)
    guard missing.isEmpty else {
      throw .refused(path: path, reason: "the columns \(missing.joined(separator: ", ")) are missing")
    }
    self.positions = positions
    units = positions.compactMapValues { Self.unit(of: header[$0]) }
    width = header.count
    let known = Set(positions.values)
    unknown = header.indices.filter { !known.contains($0) }.map {
      header[$0].isEmpty ? "(no name)" : header[$0]
    }
  }

  /// What stands in brackets at the end of a header; nil where there is nothing.
  private static func unit(of header: String) -> String? {
    guard let end = header.lastIndex(where: { !$0.isWhitespace }), header[end] == ")",
      let start = header.lastIndex(of: "(")
    else { return nil }
    let unit = header[header.index(after: start)..<end]
    return unit.isEmpty ? nil : String(unit)
  }

  /// A line as it was written.
  func line(_ batch: borrowing RowBatch, _ row: Int) -> RefillListLine {
    var cells: [Column: String] = [:]
    let count = batch.fieldCount(row: row)
    for (column, position) in positions where position < count {
      if column == .patient {
        cells[column] = String(
          decoding: batch.bytes[batch.identifier(row: row, column: position)], as: UTF8.self)
        if cells[column]?.isEmpty ?? true { cells[column] = nil }
        continue
      }
      let text = batch.string(row: row, column: position)
      guard !text.isEmpty else { continue }
      let isBare = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 || $0 == 44 }
      cells[column] = isBare ? [text, units[column]].compactMap(\.self).joined(separator: " ") : text
    }
    var problems: [Finding] = []
    let number = batch.line(row: row)
    if count != width {
      problems.append(
        Finding(
          ReadingTopic.fieldCount, .badText, nil, [.number(ExactNumber(count)), .number(ExactNumber(width))],
          at: Place(line: number)))
    }
    if batch.problems(row: row).contains(.invalidUTF8) { problems.append(.row(.notUTF8, .badText, number)) }
    var spoiled = SpoiledIdentifier()
    if let id = cells[.patient] { problems += Finding.identifier(spoiled.faults(of: id), id, number) }
    return RefillListLine(number: number, cells: cells, problems: problems)
  }
}

/// A line of a refill list: one drug of one pump.
struct RefillListLine {
  let number: Int
  let cells: [RefillListColumns.Column: String]
  let problems: [Finding]

  /// The id, as it is compared: without invisible characters at its ends.
  var patient: String { cells[.patient] ?? "" }
}

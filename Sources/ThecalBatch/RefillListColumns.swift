import ThecalDosing
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

    /// Other names that are read.
    var aliases: [String] {
      switch self {
      case .fill: ["reservoir", "fill_volume", "volume"]
      case .device: ["pump"]
      case .alarm: ["alarm"]
      case .fillDate: ["date", "filled_on"]
      default: []
      }
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
  private let width: Int
  /// The names of the columns that are not read.
  let unknown: [String]

  init(_ header: [String], of path: String) throws(BatchProblem) {
    let names = header.map { $0.lowercased().replacing(" ", with: "_") }
    var positions: [Column: Int] = [:]
    for column in Column.allCases {
      positions[column] = names.firstIndex { $0 == column.rawValue || column.aliases.contains($0) }
    }
    let missing = Column.allCases.filter { $0.isNeeded && positions[$0] == nil }.map(\.rawValue)
    guard missing.isEmpty else {
      throw .refused(path: path, reason: "the columns \(missing.joined(separator: ", ")) are missing")
    }
    self.positions = positions
    width = header.count
    let known = Set(positions.values)
    unknown = header.indices.filter { !known.contains($0) }.map {
      header[$0].isEmpty ? "(no name)" : header[$0]
    }
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
      if !text.isEmpty { cells[column] = text }
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
    if let id = cells[.patient], spoiled.isSpoiled(Array(id.utf8).span) {
      problems.append(.cell(.spoiledID, .badId, number, "patient_id", [.text(id)]))
    }
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

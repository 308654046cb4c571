import ThecalDosing
import ThecalTabular

/// The columns of a result, in the order in which they are written.
package enum OutputColumn: String, CaseIterable {
  case patientID = "patient_id"
  case rows, status, codes, message, drugs
  case targetDrug = "target_drug"
  case indication
  case oralMilligramsPerDay = "oral_mg_per_day"
  case equivalent = "oral_mme_mg_per_day"
  case equivalentTable = "mme_table"
  case ratioTable = "ratio_table"
  case ratio
  case low = "estimate_low"
  case estimate
  case high = "estimate_high"
  case estimateUnit = "estimate_unit"
  case start
  case startUnit = "start_unit"
  case startBasis = "start_basis"
  case maxDaily = "max_daily"
  case maxDailyUnit = "max_daily_unit"
  case opioidClass = "opioid_class"
  case flow = "flow_mL_per_day"
  case refillBy = "refill_by"
  case engine, data
  case digest = "row_sha256"

  /// Whether its cells are numbers.
  var isNumber: Bool {
    switch self {
    case .rows, .oralMilligramsPerDay, .equivalent, .ratio, .low, .estimate, .high, .start, .maxDaily, .flow:
      true
    default: false
    }
  }

  /// Whether its cells are days.
  var isDate: Bool { self == .refillBy }

  /// Its place in a workbook: what a person reads is wide enough for words, what proves the row is there and hidden.
  func sheetColumn(_ title: String) -> WorkbookWriter.Column {
    switch self {
    case .message: .init(title, width: 60)
    case .drugs: .init(title, width: 30)
    case .codes: .init(title, width: 24)
    case .status: .init(title, colors: Self.colors)
    case .engine, .data, .digest: .init(title, isHidden: true)
    default: .init(title)
    }
  }

  /// The colors of the statuses, those of the pages. Source: Okabe and Ito, darkened for white letters.
  private static let colors: [WorkbookWriter.Column.Color] = [
    .init(Status.ok.rawValue, 0x00664B), .init(Status.review.rawValue, 0x8A5A00),
    .init(Status.blocked.rawValue, 0xB03A00), .init(Status.error.rawValue, 0x5B2A6E),
  ]
}

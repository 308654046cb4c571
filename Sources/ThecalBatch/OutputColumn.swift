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
}

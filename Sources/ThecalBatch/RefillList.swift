public import ThecalDosing
public import ThecalPump
public import ThecalQuantities
import ThecalTabular

/// The patients of a clinic who have a pump: when each must be refilled, the soonest first.
///
/// One line for each drug of a pump; the lines of a patient stand together. The first line of a patient is the drug that is
/// programmed; the others share its flow. The day is that of ``RefillPlan``, by the same rules as a single refill.
public struct RefillList: Sendable {
  /// A patient and the refill.
  public struct Row: Sendable {
    /// The patient's id, without blanks around it.
    public let patient: String
    /// The line of the input on which the patient begins.
    public let line: Int
    /// The plan; nil where the lines cannot be read.
    public let plan: RefillPlan?
    /// What was found, in the plan and in the lines.
    public let findings: Findings

    /// The last day on which to refill; nil where there is none.
    public var refillBy: CalendarDate? { findings.isRefused ? nil : plan?.refillBy }
  }

  /// The rows: those with a day, the soonest first, then those that need reading again, in the order of the input.
  public let rows: [Row]
  /// Columns of the input that are not read.
  public let unknownColumns: [String]
  /// The day that is counted from.
  public let asOf: CalendarDate

  /// Reads the list at `path`, as it stands on `asOf`: a filling of a later day is none.
  ///
  /// - Throws: `BatchProblem` where the file as a whole cannot be used; a bad line spoils its patient.
  public init(path: String, asOf: CalendarDate) throws(BatchProblem) {
    let reader = try filing { () throws(TabularError) in try CSVReader(path: path) }
    try self.init(reader, asOf)
  }

  /// Reads a list in memory, as it stands on `asOf`.
  ///
  /// - Throws: `BatchProblem` where it cannot be used as a whole.
  public init(bytes: [UInt8], asOf: CalendarDate) throws(BatchProblem) {
    let reader = try filing { () throws(TabularError) in try CSVReader(bytes: bytes) }
    try self.init(reader, asOf)
  }

  private init(_ opened: consuming CSVReader, _ asOf: CalendarDate) throws(BatchProblem) {
    var reader = opened
    let columns = try RefillListColumns(reader.header, of: reader.path)
    unknownColumns = columns.unknown
    var lines: [RefillListLine] = []
    var batch = RowBatch()
    while try RefillList.next(&reader, &batch) {
      for row in 0..<batch.count where !batch.isBlank(row: row) { lines.append(columns.line(batch, row)) }
    }
    guard !lines.isEmpty else { throw .refused(path: reader.path, reason: "the list has no patient") }
    self.asOf = asOf
    rows = RefillList.sorted(RefillList.patients(lines, asOf))
  }

  private static func next(_ reader: inout CSVReader, _ batch: inout RowBatch) throws(BatchProblem) -> Bool {
    do { return try reader.nextBatch(into: &batch, maxRows: 1_000) } catch { throw .file(error) }
  }

  /// One row for each run of lines with one id; a patient whose lines are interrupted is an error wherever it stands.
  private static func patients(_ lines: [RefillListLine], _ asOf: CalendarDate) -> [Row] {
    var runs: [[RefillListLine]] = []
    for line in lines {
      if let last = runs.last?.last, last.patient == line.patient, !line.patient.isEmpty {
        runs[runs.count - 1].append(line)
      } else {
        runs.append([line])
      }
    }
    let counts = Dictionary(runs.map { ($0[0].patient, 1) }, uniquingKeysWith: +)
    return runs.enumerated().map { index, run in
      var findings: [Finding] = []
      if counts[run[0].patient, default: 1] > 1, !run[0].patient.isEmpty {
        findings.append(.row(.notConsecutive, .notConsecutive, run[0].number))
      }
      // A line without an id belongs to the patient above: neither list of drugs is whole.
      if index + 1 < runs.count, let next = runs[index + 1].first, next.patient.isEmpty {
        findings.append(.cell(.blank, .missingField, next.number, "patient_id"))
      }
      return RefillListPatient(run, asOf).row(findings)
    }
  }

  private static func sorted(_ rows: [Row]) -> [Row] {
    let dated = rows.enumerated().compactMap { offset, row in row.refillBy.map { (row, $0, offset) } }
      .sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
    return dated + rows.filter { $0.refillBy == nil }
  }
}

extension Finding {
  /// A finding about a cell.
  static func cell(
    _ topic: ReadingTopic, _ code: Code, _ line: Int, _ column: String, _ evidence: [Evidence] = []
  )
    -> Finding
  {
    Finding(topic, code, nil, evidence, at: Place(line: line, field: column))
  }
}

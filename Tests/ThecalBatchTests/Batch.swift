import Testing
import ThecalBatch
import ThecalReports
import _ThecalTestSupport

/// A batch in a folder of its own: a table in, a table out.
enum Batch {
  /// The columns of most tests.
  static let header = "patient_id,drug,route,dose,unit,frequency,opioid_days"

  /// What `bytes` become, as bytes.
  static func convert(
    _ bytes: [UInt8], to format: BatchFormat = .csv, watched: Bool = false,
    _ change: (inout BatchOptions) -> Void = { _ in }
  ) throws -> [UInt8] {
    let folder = Folder()
    var options = BatchOptions()
    options.format = format
    change(&options)
    var run = BatchRun(options, engine: "test")
    if watched { run.visitor = { _ in } }
    let input = folder.write("in.csv", bytes)
    _ = try run.convert(input: input, output: folder.file("out"))
    return try #require(contents(folder.file("out")))
  }

  /// How the conversion of `bytes` went.
  static func summary(_ bytes: [UInt8]) throws -> BatchSummary {
    let folder = Folder()
    let run = BatchRun(BatchOptions(), engine: "test")
    return try run.convert(input: folder.write("in.csv", bytes), output: folder.file("out"))
  }

  /// What a CSV text becomes, as a table.
  static func table(_ text: String, _ change: (inout BatchOptions) -> Void = { _ in }) throws -> Table {
    Table(String(decoding: try convert(Array(text.utf8), change), as: UTF8.self))
  }

  /// What lines below the usual header become.
  static func table(lines: [String]) throws -> Table {
    try table(([header] + lines).joined(separator: "\n") + "\n")
  }

  /// Columns that carry a dose, all of which are empty where a result is refused.
  static let doses = [
    "estimate_low", "estimate", "estimate_high", "estimate_unit", "start", "start_unit", "start_basis",
    "flow_mL_per_day", "refill_by",
  ]
}

extension Table {
  /// Whether `row` prints any dose.
  func hasDose(_ row: Int) -> Bool { Batch.doses.contains { !(self[row, $0] ?? "").isEmpty } }

  /// The cells of `row` in all columns but `columns`.
  func cells(_ row: Int, without columns: [String]) -> [String] {
    header.filter { !columns.contains($0) }.map { self[row, $0] ?? "" }
  }

  /// The codes of `row`.
  func codes(_ row: Int) -> [String] {
    (self[row, "codes"] ?? "").split(separator: ";").map(String.init)
  }
}

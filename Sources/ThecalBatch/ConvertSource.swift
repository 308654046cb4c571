public import ThecalIntake
import ThecalTabular

/// What `convert` is given: a clinic's table as it is, or a hospital's export, read into one that lives as long as this.
public final class ConvertSource {
  /// The table to convert.
  public let path: String
  /// What was read from an export; nil for a clinic's table.
  public let summary: IntakeSummary?
  private let spool: SpooledFile
  private let table: TemporaryTable?

  /// Looks at the file at `input` (`-` for standard input), and reads it by `run` where it is an export.
  ///
  /// - Parameters:
  ///   - outputs: What is going to be written; none of it may be the input.
  ///   - export: Writes the table of an export from one path to another, and says what was read.
  public init(
    _ input: String, _ run: IntakeRun, outputs: [String],
    export: (_ source: String, _ table: String) throws(IntakeProblem) -> IntakeSummary
  ) throws(IntakeProblem) {
    do {
      try OutputCheck.refuseOverlap(outputs: outputs, inputs: [input])
      spool = try SpooledFile(input)
    } catch {
      throw IntakeProblem(error)
    }
    guard try run.isExport(spool.path, readsAsTable: { BatchRun.reads($0) }) else {
      // The table is read under the name that it was given by, so that messages name that.
      (path, summary, table) = (spool.isCopy ? spool.path : input, nil, nil)
      return
    }
    do { table = try TemporaryTable() } catch { throw IntakeProblem(error) }
    path = table?.path ?? ""
    summary = try export(spool.path, path)
  }
}

extension IntakeRun {
  /// Whether `source` is an export rather than a clinic's table.
  package func isExport(_ source: [UInt8]) -> Bool {
    isExport(bytes: source, readsAsTable: { BatchRun.reads($0) })
  }
}

/// An input that can be read twice, kept by a class.
private final class SpooledFile {
  private let input: SpooledInput
  let path: String
  let isCopy: Bool

  init(_ path: String) throws(TabularError) {
    input = try SpooledInput(path)
    self.path = input.path
    isCopy = input.path != path
  }
}

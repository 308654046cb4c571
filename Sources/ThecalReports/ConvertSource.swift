import ThecalBatch
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
  /// - Parameter outputs: What is going to be written; none of it may be the input.
  public init(_ input: String, _ run: IntakeRun, outputs: [String]) throws(IntakeProblem) {
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
    summary = try IntakeReport(run, engine: "").write(spool.path, to: path, asJSON: false)
  }
}

/// The same for what is in memory.
package struct ConvertTable: Sendable {
  /// The table to convert.
  package let bytes: [UInt8]
  /// What was read from an export; nil for a clinic's table.
  package let summary: IntakeSummary?

  /// Whether `source` is an export rather than a clinic's table.
  package static func isExport(_ source: [UInt8], _ run: IntakeRun) -> Bool {
    run.isExport(bytes: source, readsAsTable: { BatchRun.reads($0) })
  }

  /// Looks at `source`, which errors call `name`, and reads it by `run` where it is an export.
  package init(_ source: [UInt8], named name: String, _ run: IntakeRun) throws(IntakeProblem) {
    guard Self.isExport(source, run) else {
      (bytes, summary) = (source, nil)
      return
    }
    let made = try IntakeReport(run, engine: "").table(source, name: name)
    (bytes, summary) = (made.bytes, made.summary)
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

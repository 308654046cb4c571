import Glibc
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
  private let table: String?

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
    let made = try Self.temporaryName()
    table = made
    path = made
    summary = try IntakeReport(run, engine: "").write(spool.path, to: made, asJSON: false)
  }

  deinit { if let table { unlink(table) } }

  /// An empty file of this process alone, to be written over.
  private static func temporaryName() throws(IntakeProblem) -> String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/thecal-XXXXXX".utf8CString)
    let descriptor = name.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard descriptor >= 0 else { throw IntakeProblem(TabularError.cannotCreate(path: folder, code: errno)) }
    close(descriptor)
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
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

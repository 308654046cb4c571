public import ThecalIntake
import ThecalTabular

/// Writes the medicines of an export as they are read: the table that `convert` reads, or JSON Lines, and a page beside it.
///
/// Complete or not at all: nothing stands at the paths before `finish`.
public struct IntakeWriter: ~Copyable {
  private let file: AtomicFile
  private var lines: IntakeLines
  private let page: (content: IntakePage, path: String)?
  private var failure: TabularError?

  /// A writer to `output` (`-` for standard output), none of whose files may be one of `inputs`.
  ///
  /// - Parameter page: Where the page goes that names `engine` as its maker; nil for none.
  public init(
    to output: String, inputs: [String], asJSON: Bool = false, page: String? = nil, engine: String = ""
  ) throws(IntakeProblem) {
    do throws(TabularError) {
      try OutputCheck.refuseOverlap(outputs: [output] + [page].compactMap(\.self), inputs: inputs)
      file = try AtomicFile(path: output)
    } catch {
      throw IntakeProblem(error)
    }
    lines = IntakeLines(asJSON: asJSON)
    self.page = page.map { (IntakePage(engine: engine), $0) }
  }

  /// Adds a medicine, in the order of the source.
  public mutating func add(_ medicine: IntakeMedicine) {
    lines.append(medicine)
    page?.content.add(medicine)
    guard lines.output.count > 1 << 16, failure == nil else { return }
    do throws(TabularError) { try file.write(&lines.output) } catch { failure = error }
  }

  /// Ends the files of an export that was read as `summary` says, which is returned.
  public consuming func finish(_ summary: IntakeSummary) throws(IntakeProblem) -> IntakeSummary {
    if let failure { throw IntakeProblem(failure) }
    lines.finish()
    let html = try page?.content.html(summary) ?? ""
    do throws(TabularError) {
      try file.write(&lines.output)
      try file.commit()
      if let page {
        let file = try AtomicFile(path: page.path)
        try file.write(Array(html.utf8).span)
        try file.commit()
      }
    } catch {
      throw IntakeProblem(error)
    }
    return summary
  }
}

/// The medicines of an export as a table in memory.
public struct IntakeTable: Sendable {
  /// The table with its header, or JSON Lines.
  public let bytes: [UInt8]
  /// What was read.
  public let summary: IntakeSummary

  /// The table of an export that `reading` hands over, one medicine after another.
  public init(
    asJSON: Bool = false,
    _ reading: (_ each: (IntakeMedicine) -> Void) throws(IntakeProblem) -> IntakeSummary
  ) throws(IntakeProblem) {
    var lines = IntakeLines(asJSON: asJSON)
    summary = try reading { lines.append($0) }
    lines.finish()
    bytes = lines.output.bytes
  }
}

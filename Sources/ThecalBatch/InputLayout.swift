/// Which column of a file holds what.
struct InputLayout: Sendable {
  /// By input column: its place in the file, −1 where it is missing.
  private let positions: [Int]
  /// Columns that are not known, with the names under which they are written out.
  let carried: [(name: String, column: Int)]
  /// Columns of the header.
  let count: Int

  /// Why a header cannot be used.
  enum Problem: Error, Hashable {
    case missing([String])
    case twice(String)

    /// What is wrong and what to do.
    var explanation: String {
      switch self {
      case .missing(let names):
        "the header lacks \(names.joined(separator: ", ")); it needs \(InputColumn.required.map(\.name).joined(separator: ", "))"
      case .twice(let name): "the header names \(name) twice"
      }
    }
  }

  /// Reads a header, in any order and case; spaces and hyphens count as underscores.
  init(_ header: [String]) throws(Problem) {
    var positions = [Int](repeating: -1, count: InputColumn.allCases.count)
    var carried: [(name: String, column: Int)] = []
    let named = header.lastIndex { !$0.isEmpty } ?? 0
    let isIntake = header.contains { InputLayout.key($0) == InputColumn.intake.name }
    for (column, name) in header.enumerated() {
      // Without a column `intake`, a code and a reason are columns of the clinic's own.
      if let known = InputColumn(name: InputLayout.key(name)),
        isIntake || !InputColumn.ofIntake.contains(known)
      {
        if positions[known.rawValue] >= 0 { throw .twice(known.name) }
        positions[known.rawValue] = column
      } else if !name.isEmpty || column < named {
        // A column without a name in front of others is the index of a data frame; behind them, commas too many.
        let shown = name.isEmpty ? "column_\(column + 1)" : name
        carried.append((InputLayout.outputName(shown, taken: carried.map(\.name)), column))
      }
    }
    let missing = InputColumn.required.filter { positions[$0.rawValue] < 0 }
    if !missing.isEmpty { throw .missing(missing.map(\.name)) }
    self.positions = positions
    self.carried = carried
    count = header.count
  }

  /// Reads the header of the file at `path`, or says why the file cannot be used.
  init(_ header: [String], of path: String) throws(BatchProblem) {
    do { self = try InputLayout(header) } catch { throw .refused(path: path, reason: error.explanation) }
  }

  /// The place of `column` in the file, −1 where the file does not have it.
  func position(of column: InputColumn) -> Int { positions[column.rawValue] }

  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// A name that clashes with no column of the output.
  private static func outputName(_ name: String, taken: [String]) -> String {
    let used = Set(OutputColumn.allCases.map(\.rawValue) + taken)
    var candidate = used.contains(name.lowercased()) ? "input_\(name)" : name
    while used.contains(candidate) { candidate = "input_\(candidate)" }
    return candidate
  }
}

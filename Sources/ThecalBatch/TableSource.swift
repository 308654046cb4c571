import ThecalTabular

/// A table that can be read as often as wanted: a file, or bytes in memory.
enum TableSource {
  /// The file at a path; errors call it `origin`.
  case file(String, origin: String)
  /// Bytes; errors call them `name`.
  case memory([UInt8], name: String)

  /// What errors call it.
  var origin: String {
    switch self {
    case .file(_, let origin): origin
    case .memory(_, let name): name
    }
  }

  /// A reader at its beginning.
  func reader(_ encoding: TextEncoding = .utf8) throws(BatchProblem) -> CSVReader {
    try filing { () throws(TabularError) in
      switch self {
      case .file(let path, let origin): try CSVReader(path: path, origin: origin, encoding: encoding)
      case .memory(let bytes, let name): try CSVReader(bytes: bytes, path: name, encoding: encoding)
      }
    }
  }
}

extension BatchRun {
  /// Converts a table in memory, which errors call `name`, to the bytes that a file of results would have, CSV or JSON
  /// Lines; of a workbook too, which is made in a temporary file that only this user can read.
  ///
  /// - Throws: `BatchProblem` for a table that cannot be used as a whole.
  public func convert(
    table: [UInt8], named name: String = "table"
  ) throws(BatchProblem) -> (bytes: [UInt8], summary: BatchSummary) {
    if options.format == .xlsx {
      let file = try filing { () throws(TabularError) in try TemporaryTable() }
      let summary = try convert(.memory(table, name: name), to: .file(file.path))
      return (try filing { () throws(TabularError) in try file.bytes }, summary)
    }
    let bytes = ResultBytes()
    let summary = try convert(.memory(table, name: name), to: .memory(bytes))
    return (bytes.all, summary)
  }
}

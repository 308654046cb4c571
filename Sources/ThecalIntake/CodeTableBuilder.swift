import GRDB
import Glibc
import ThecalTabular

/// Builds the table of codes out of a release that the user has: RxNorm's folder of RRF files, or the NDC's product file.
public struct CodeTableBuilder: Sendable {
  private let source: String

  /// A builder from the folder with `RXNCONSO.RRF`, or from `product.txt`.
  public init(source: String) { self.source = source }

  /// Writes the table to `path`, complete or not at all, and says how many codes it has.
  public func build(to path: String) throws(IntakeProblem) -> Int {
    let entries: [String: String]
    let isRxNorm = source.hasSuffix(".RRF") || access(source + "/RXNCONSO.RRF", R_OK) == 0
    if isRxNorm {
      let folder = source.hasSuffix(".RRF") ? Self.folder(of: source) : source
      entries = try RxNormRelease(folder: folder).names()
    } else {
      entries = try ProductDirectory(path: source).names()
    }
    if entries.isEmpty { throw IntakeProblem("\(source): it has no product that could be read") }
    try write(entries, to: path, origin: "\(isRxNorm ? "RxNorm" : "NDC directory"), \(entries.count) codes")
    return entries.count
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private func write(_ entries: [String: String], to path: String, origin: String) throws(IntakeProblem) {
    let temporary = "\(path).\(getpid()).part"
    do {
      defer { unlink(temporary) }
      let database = try DatabaseQueue(path: temporary)
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try database.execute(
          sql:
            "PRAGMA application_id = \(CodeTable.applicationID); PRAGMA user_version = \(CodeTable.version)")
        try database.inTransaction {
          try database.execute(
            sql:
              "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; CREATE TABLE product (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID"
          )
          try database.execute(sql: "INSERT INTO about VALUES ('origin', ?)", arguments: [origin])
          let insert = try database.makeStatement(sql: "INSERT INTO product VALUES (?, ?)")
          for (code, name) in entries.sorted(by: { $0.key < $1.key }) {
            try insert.execute(arguments: [code, name])
          }
          return .commit
        }
      }
      try database.close()
      if rename(temporary, path) != 0 {
        throw IntakeProblem("\(path): \(String(cString: strerror(errno)))", exitCode: 73)
      }
    } catch let problem as IntakeProblem {
      throw problem
    } catch let error as DatabaseError {
      let code: Int32 = error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_IOERR ? 74 : 73
      throw IntakeProblem("\(path): \(error.message ?? "\(error)")", exitCode: code)
    } catch {
      throw IntakeProblem("\(path): \(error)", exitCode: 73)
    }
  }
}

/// The rows of a file whose fields a byte separates and nothing quotes.
struct SeparatedRows: ~Copyable {
  private var lines: TextLines
  private var bytes: [UInt8] = []
  private let separator: UInt8

  init(path: String, separator: UInt8) throws(IntakeProblem) {
    do { lines = try TextLines(path: path, origin: path) } catch { throw IntakeProblem(error) }
    self.separator = separator
  }

  /// The next row; nil at the end.
  mutating func next() throws(IntakeProblem) -> [ArraySlice<UInt8>]? {
    do { if try !lines.next(into: &bytes) { return nil } } catch { throw IntakeProblem(error) }
    while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
    return bytes.split(separator: separator, omittingEmptySubsequences: false)
  }
}

/// The text of a field; what is not UTF-8 is Windows-1252, as the NDC directory writes it.
func fieldText(_ field: ArraySlice<UInt8>) -> String {
  String(validating: field, as: UTF8.self)
    ?? String(String.UnicodeScalarView(field.map { Unicode.Scalar($0) }))
}

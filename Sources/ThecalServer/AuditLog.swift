import FoundationEssentials
import GRDB
import Thecal
import ThecalTabular

/// What was asked and answered, in a file to which rows are only ever added, each with the digest of the one before.
///
/// A row is on the disk before its answer leaves: a process that is killed has answered nothing that is not here.
final class AuditLog: Sendable {
  /// One request and its answer.
  struct Entry: Sendable {
    let time: String
    let method: String
    let path: String
    let type: String
    let request: [UInt8]
    let status: Int
    let answer: [UInt8]
  }

  private let file: DatabaseQueue

  /// Opens the file at `path`, or makes it, and proves its chain.
  ///
  /// - Throws: `ServerFailure` with exit code 73 where it cannot be opened, 65 where it is no audit or its chain is broken.
  init(path: String) throws(ServerFailure) {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // On the disk, not only on its way there, when a row is written.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      file = try DatabaseQueue(path: path, configuration: configuration)
      try file.write { try $0.execute(sql: Self.schema) }
    } catch {
      throw ServerFailure("audit \(path): it cannot be opened or made, or is no audit", exitCode: 73)
    }
    let broken: Int64?
    do { broken = try firstBrokenRow() } catch {
      throw ServerFailure("audit \(path): it cannot be read", exitCode: 65)
    }
    if let broken {
      throw ServerFailure("audit \(path): the chain is broken at row \(broken)", exitCode: 65)
    }
  }

  /// Adds `entry`.
  ///
  /// - Throws: What SQLite says where it cannot, as on a full disk; then nothing is added.
  func append(_ entry: Entry) async throws {
    try await file.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        let last = try Row.fetchOne(
          database, sql: "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
        let number = (last?["number"] as Int64? ?? 0) + 1
        let previous = last?["digest"] as String? ?? ""
        try database.execute(
          sql: """
            INSERT INTO audit (number, time, method, path, type, request, status, answer, previous, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            number, entry.time, entry.method, entry.path, entry.type, Data(entry.request), entry.status,
            Data(entry.answer), previous, Self.digest(number, entry, previous),
          ])
        return .commit
      }
    }
  }

  /// The number of the first row that is not what it was, or not in its place; nil where all are.
  func firstBrokenRow() throws -> Int64? {
    try file.read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM audit ORDER BY number")
      var (expected, previous): (Int64, String) = (1, "")
      while let row = try rows.next() {
        let entry = Entry(
          time: row["time"], method: row["method"], path: row["path"], type: row["type"],
          request: [UInt8](row["request"] as Data), status: row["status"],
          answer: [UInt8](row["answer"] as Data))
        let (number, digest): (Int64, String) = (row["number"], row["digest"])
        guard number == expected, row["previous"] == previous,
          digest == Self.digest(number, entry, previous)
        else { return number }
        (expected, previous) = (expected + 1, digest)
      }
      return nil
    }
  }

  /// How many rows there are.
  var count: Int {
    get throws { try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit") ?? 0 } }
  }

  /// SHA-256 over the row: digest of the one before, number, time, method, path, type, status, and the digests of request
  /// and answer, joined by U+001F.
  private static func digest(_ number: Int64, _ entry: Entry, _ previous: String) -> String {
    let parts = [
      previous, "\(number)", entry.time, entry.method, entry.path, entry.type, "\(entry.status)",
      SHA256Hasher.digest(of: entry.request), SHA256Hasher.digest(of: entry.answer),
    ]
    return SHA256Hasher.digest(of: Array(parts.joined(separator: "\u{1F}").utf8))
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS audit (
      number INTEGER PRIMARY KEY, time TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, type TEXT NOT NULL,
      request BLOB NOT NULL, status INTEGER NOT NULL, answer BLOB NOT NULL, previous TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE) STRICT;
    CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'an audit is only added to'); END;
    CREATE TRIGGER IF NOT EXISTS audit_is_not_shortened BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'an audit is only added to'); END;
    """
}

import GRDB

/// Names of products by code, in a file that the user built from RxNorm's or the NDC directory's own release.
public final class CodeTable: Sendable {
  private let database: DatabaseQueue
  /// What the table was made from, and how many codes it has.
  public let origin: String

  /// Marks the file as one of this program: the letters `Thcl`.
  static let applicationID = 0x5468_636c
  /// The form of the tables in it.
  static let version = 1

  /// Opens the table at `path`, which is not changed.
  public init(path: String) throws(IntakeProblem) {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      database = try DatabaseQueue(path: path, configuration: configuration)
      origin = try database.read { database in
        guard try Int.fetchOne(database, sql: "PRAGMA application_id") == CodeTable.applicationID,
          try Int.fetchOne(database, sql: "PRAGMA user_version") == CodeTable.version
        else { throw DatabaseError(message: "it was not made by 'thecal codes build'") }
        return try String.fetchOne(database, sql: "SELECT value FROM about WHERE key = 'origin'") ?? ""
      }
    } catch let error as DatabaseError {
      let isMissing = error.resultCode == .SQLITE_CANTOPEN
      throw IntakeProblem("\(path): \(error.message ?? "\(error)")", exitCode: isMissing ? 66 : 65)
    } catch {
      throw IntakeProblem("\(path): \(error)")
    }
  }
}

extension CodeTable: ProductCodes {
  /// The name of the product with `code`; nil where the table has none, or more than one that it may mean.
  package func name(of code: String) -> String? {
    let names = Set(ProductCode.readings(code).compactMap(name(ofKey:)))
    return names.count == 1 ? names.first : nil
  }

  private func name(ofKey key: String) -> String? {
    try? database.read { database in
      try String.fetchOne(
        database.cachedStatement(sql: "SELECT name FROM product WHERE code = ?"), arguments: [key])
    }
  }
}

/// Codes as the table holds them: `r` and an RxNorm id, or `n` and the nine digits of a product's NDC.
enum ProductCode {
  /// The keys that a code in an export may mean.
  static func readings(_ code: String) -> [String] {
    let text = code.filter { !$0.isWhitespace }
    let bare = text.lowercased().hasPrefix("ndc") ? text.dropFirst(3).drop { ":#".contains($0) } : text[...]
    if bare.contains("-") { return product(dashed: bare).map { ["n\($0)"] } ?? [] }
    guard !bare.isEmpty, bare.utf8.allSatisfy(TextNumber.isDigit) else { return [] }
    let digits = Array(bare)
    func key(_ labeler: ArraySlice<Character>, _ product: ArraySlice<Character>) -> String {
      "n" + padded(String(labeler), 5) + padded(String(product), 4)
    }
    switch digits.count {
    case ...8: return ["r\(bare)"]
    case 9, 11: return ["n" + String(digits[..<9])]
    case 10:  // 4-4-2, 5-3-2 or 5-4-1: which one, the digits do not say
      return [
        key(digits[..<4], digits[4..<8]), key(digits[..<5], digits[5..<8]), key(digits[..<5], digits[5..<9]),
      ]
    default: return []
    }
  }

  /// Labeler and product of `0406-0512-01` or `0406-0512`, nine digits.
  static func product(dashed: Substring) -> String? {
    let parts = dashed.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (4...5).contains(parts[0].count), (3...4).contains(parts[1].count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(TextNumber.isDigit) })
    else { return nil }
    return padded(String(parts[0]), 5) + padded(String(parts[1]), 4)
  }

  private static func padded(_ digits: String, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

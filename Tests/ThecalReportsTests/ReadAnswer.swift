import Foundation
import Testing

@testable import ThecalReports

/// An answer as a program takes it: one JSON object, read by another reader than the program's.
struct ReadAnswer {
  private let object: [String: Any]

  init(_ json: String) throws {
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8))
    object = try #require(read as? [String: Any])
  }

  init(_ answer: Answer) throws { try self.init(answer.json) }

  /// The value at `path`, such as `match.candidates.0.dose`; nil where there is none or null.
  private subscript(value path: String) -> Any? {
    var value: Any? = object
    for step in path.split(separator: ".").map(String.init) {
      if let list = value as? [Any] {
        value = Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
      } else {
        value = (value as? [String: Any])?[step]
      }
    }
    return value is NSNull ? nil : value
  }

  /// Whether there is a value at `path`, null or not.
  func has(_ path: String) -> Bool {
    guard let dot = path.lastIndex(of: ".") else { return object.keys.contains(path) }
    return (self[value: String(path[..<dot])] as? [String: Any])?.keys
      .contains(String(path[path.index(after: dot)...])) ?? false
  }

  /// Whether the key at `path` stands there with null.
  func isNull(_ path: String) -> Bool { has(path) && self[value: path] == nil }

  func number(_ path: String) -> Double? { (self[value: path] as? NSNumber)?.doubleValue }
  func text(_ path: String) -> String? { self[value: path] as? String }
  func flag(_ path: String) -> Bool? { (self[value: path] as? NSNumber)?.boolValue }
  func texts(_ path: String) -> [String] { self[value: path] as? [String] ?? [] }
  func numbers(_ path: String) -> [Double] {
    (self[value: path] as? [Any])?.compactMap { ($0 as? NSNumber)?.doubleValue } ?? []
  }
  func count(_ path: String) -> Int { (self[value: path] as? [Any])?.count ?? 0 }

  /// The numbers under `key` of every object of the list at `path`; nil for null.
  func column(_ path: String, _ key: String) -> [Double?] {
    (0..<count(path)).map { number("\(path).\($0).\(key)") }
  }

  /// Whether two lists hold the same numbers; the reader of JSON may be one unit off in the last place.
  static func same(_ a: [Double?], _ b: [Double?]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { x, y in
        guard let x, let y else { return (x == nil) == (y == nil) }
        return abs(x - y) <= 4 * max(abs(x), abs(y)).ulp
      }
  }

  var status: String? { text("status") }
  var codes: [String] { texts("codes") }
  var message: String { text("message") ?? "" }
  var keys: Set<String> { Set(object.keys) }
}

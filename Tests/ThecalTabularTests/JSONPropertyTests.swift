import Foundation
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// A value of JSON, drawn at random, written by the writer and compared with what Foundation reads.
private indirect enum Value: Equatable {
  case null, bool(Bool), number(Double), text(String), list([Value]), object([(String, Value)])

  static func == (one: Value, other: Value) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    // Foundation may miss the last bit; that digits read back exactly is a test of the writer of numbers.
    case (.number(let a), .number(let b)): abs(a - b) <= 2 * a.ulp
    case (.text(let a), .text(let b)): Array(a.utf8) == Array(b.utf8)
    case (.list(let a), .list(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }

  init(_ random: inout SeededGenerator, depth: Int = 0) {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
    case 0: self = .null
    case 1: self = .bool(.random(using: &random))
    // Digits of extreme numbers are a test of their own; here Foundation's reader has to keep up.
    case 2: self = .number(.random(in: -1e12...1e12, using: &random))
    case 3:
      let pieces = [
        "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "/", "é", "🧪", "a", "\u{2028}", "\u{7F}",
      ]
      self = .text(
        (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
          .joined())
    case 4:
      self = .list((0..<Int.random(in: 0...4, using: &random)).map { _ in Value(&random, depth: depth + 1) })
    default:
      self = .object(
        (0..<Int.random(in: 0...4, using: &random)).map { ("k\($0)\"", Value(&random, depth: depth + 1)) })
    }
  }

  /// What Foundation has read.
  init(_ read: Any) throws {
    switch read {
    case is NSNull: self = .null
    case let number as NSNumber where isTruth(number): self = .bool(number.boolValue)
    case let number as NSNumber: self = .number(number.doubleValue)
    case let text as String: self = .text(text)
    case let list as [Any]: self = .list(try list.map { try Value($0) })
    case let object as [String: Any]:
      self = .object(try object.sorted { $0.key < $1.key }.map { ($0.key, try Value($0.value)) })
    default: throw CocoaError(.coderReadCorrupt)
    }
  }

  func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .number(let value): json.number(value)
    case .text(let value): json.string(value)
    case .list(let values):
      json.beginArray()
      for value in values { value.write(to: &json) }
      json.endArray()
    case .object(let members):
      json.beginObject()
      for (key, value) in members {
        json.key(key)
        value.write(to: &json)
      }
      json.endObject()
    }
  }
}

/// Foundation keeps a truth value as a number of its own type.
private func isTruth(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

@Test(arguments: 0..<60 as Range<UInt64>)
func `what is written as JSON is read by another reader as it was`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let value = Value(&random)
  var json = JSONWriter()
  value.write(to: &json)
  let read = try JSONSerialization.jsonObject(with: Data(json.output.bytes), options: .fragmentsAllowed)
  #expect(try Value(read) == value, "\(String(decoding: json.output.bytes, as: UTF8.self))")
}

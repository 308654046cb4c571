public import ThecalDosing
public import ThecalQuantities
import ThecalTabular

/// A value in an answer that a program reads.
public enum AnswerValue: Hashable, Sendable {
  /// A number, written with the shortest digits that read back.
  case number(ExactNumber)
  /// Words.
  case text(String)
  /// Yes or no.
  case flag(Bool)
  /// Nothing known.
  case null
  /// Several values.
  case list([AnswerValue])
  /// Named values, in this order.
  case object([AnswerField])
  /// A value that another writer has written as JSON.
  case written(String)
  /// An id for programs, with its words for people; they are empty where the id stands beside its words.
  case id(String, words: String)

  /// The value as one line of JSON.
  public var json: String {
    var writer = JSONWriter()
    writer.append(self)
    return String(decoding: writer.output.bytes, as: UTF8.self)
  }
}

/// A named value.
public struct AnswerField: Hashable, Sendable {
  let key: String
  let value: AnswerValue

  /// `value` under the name `key`.
  public init(_ key: String, _ value: AnswerValue) {
    self.key = key
    self.value = value
  }
}

/// What a command answers: for a person as text, for a program as one JSON object.
public struct Answer: Sendable {
  /// The answer in words.
  public let text: String
  let status: Status
  let codes: [Code]
  let message: String
  let sources: [String]
  private let fields: [AnswerField]

  /// An answer; every one has a status, codes, a message and sources.
  public init(
    text: String, status: Status = .ok, codes: [Code] = [], message: String = "", sources: [String] = [],
    fields: [AnswerField]
  ) {
    self.text = text
    self.status = status
    self.codes = codes
    self.message = message
    self.sources = sources
    self.fields = fields
  }

  /// The answer as one line of JSON.
  public var json: String { value.json }

  /// The answer as a value, for a part of another answer.
  var value: AnswerValue { .object(frame + fields) }

  /// What a refused whole shows of this part: how it stands and why, and what would work instead, but no figure.
  var withheld: AnswerValue { .object(frame + fields.filter { $0.key == "alternative" }) }

  private var frame: [AnswerField] {
    [
      AnswerField("status", .text(status.rawValue)),
      AnswerField("codes", .list(codes.map { .text($0.name) })),
      AnswerField("message", .text(message)), AnswerField("sources", .list(sources.map { .text($0) })),
    ]
  }
}

extension JSONWriter {
  /// Writes a value with everything in it.
  mutating func append(_ value: AnswerValue) {
    switch value {
    case .number(let number): self.number(verbatim: number.plainText)
    case .text(let text), .id(let text, _): string(text)
    case .flag(let flag): bool(flag)
    case .null: null()
    case .written(let json): self.number(verbatim: json)
    case .list(let values):
      beginArray()
      for value in values { append(value) }
      endArray()
    case .object(let fields):
      beginObject()
      for field in fields {
        key(field.key)
        append(field.value)
      }
      endObject()
    }
  }

  /// Writes an array of `values`, each by `write`.
  mutating func list<Value>(_ values: [Value], _ write: (inout JSONWriter, Value) -> Void) {
    beginArray()
    for value in values { write(&self, value) }
    endArray()
  }
}

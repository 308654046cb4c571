import Thecal

/// A request, as far as an answer depends on it.
struct Incoming: Sendable {
  /// The body.
  var body: [UInt8] = []
  /// The media type of the body; nil where there is none.
  var type: String?
  /// What stands in place of `{…}` in the path.
  var name = ""
  /// What stands behind `?`, decoded.
  var query: [(name: String, value: String)] = []
  /// The media type in which to answer, out of those that the endpoint gives.
  var wanted = ""

  /// The last value of a parameter.
  func value(_ name: String) -> String? { query.last { $0.name == name }?.value }

  /// Whether a parameter is switched on.
  func isOn(_ name: String) throws(ServerProblem) -> Bool {
    switch value(name) {
    case nil, "false": return false
    case "true", "": return true
    case let other?: throw ServerProblem(422, "'\(name)' is true or false, not '\(other)'")
    }
  }

  /// The body as text.
  func text() throws(ServerProblem) -> String {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw ServerProblem(400, "the body is no text in UTF-8")
    }
    return text
  }
}

/// An answer.
struct Outgoing: Sendable {
  var status = 200
  var type: String
  var body: [UInt8]
  /// What is said of the body beside the answer, by the name of a header.
  var remarks: [(name: String, value: String)] = []

  /// Text of a media type.
  init(_ type: String, _ text: String) { self.init(type, Array(text.utf8)) }

  /// Bytes of a media type.
  init(_ type: String, _ body: [UInt8]) {
    self.type = type
    self.body = body
  }
}

/// A parameter behind `?`.
struct Parameter: Sendable {
  let name: String
  let help: String
  var isSwitch = false
  var isRepeated = false
  var choices: [String] = []
  /// A regular expression that each value satisfies; nil for any.
  var pattern: String?
}

/// What may be asked at one address: the table from which requests are answered and described.
struct Endpoint: Sendable {
  /// `GET` or `POST`.
  let method: String
  /// The path; its last part may be `{name}`.
  let path: String
  /// What it answers, in a sentence.
  let title: String
  /// Media types of the body with their schemas; empty for `GET`.
  var reads: [(type: String, schema: AnswerValue)] = []
  /// Media types of the answer, the usual first.
  var gives: [String] = [ServedType.json]
  /// Parameters behind `?`.
  var parameters: [Parameter] = []
  /// Names that `{name}` in the path may have; nil for any.
  var names: [String]?
  /// Bytes that a body may have.
  var mostBytes = 1 << 20
  /// Whether it computes: then it waits for its turn, and is counted in an audit.
  var computes = false
  /// Whether it may be asked without a token.
  var isOpen = false
  /// The answer.
  let answer: @Sendable (Incoming) throws -> Outgoing

  /// What `{name}` stands for where `path` is an address of this; nil where it is not.
  func match(_ path: Substring) -> String? {
    guard let brace = self.path.firstIndex(of: "{") else { return path == self.path ? "" : nil }
    let prefix = self.path[..<brace]
    guard path.hasPrefix(prefix) else { return nil }
    let rest = path.dropFirst(prefix.count)
    return rest.isEmpty || rest.contains("/") ? nil : String(rest)
  }
}

/// A JSON object, its members in this order.
func object(_ members: KeyValuePairs<String, AnswerValue>) -> AnswerValue {
  .object(members.map { AnswerField($0.key, $0.value) })
}

/// A list of texts.
func texts(_ values: [String]) -> AnswerValue { .list(values.map { .text($0) }) }

import Thecal

/// The JSON of a call's long flags, as words of a command line.
enum FlagBody {
  /// Each flag of `body` as `--name=value`, in the order of the body.
  ///
  /// - Throws: 400 with line and column where it is no JSON, 422 for a flag that is not there or has no such value.
  static func words(_ body: [UInt8], _ flags: [ServedCall.Flag]) throws(ServerProblem) -> [String] {
    guard case .object(let members, _) = try tree(body) else {
      throw ServerProblem(422, "the body is one JSON object of flags")
    }
    let known = Dictionary(flags.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var words: [String] = []
    var seen: Set<String> = []
    for (key, value) in members {
      let name = String(key.map { $0 == "_" ? "-" : $0 })
      guard let flag = known[name] else {
        throw ServerProblem(
          422, "there is no '\(key)'; there are \(flags.map(\.name).joined(separator: ", "))")
      }
      guard seen.insert(name).inserted else { throw ServerProblem(422, "'\(key)' is given twice") }
      words += try self.words(flag, value)
    }
    return words
  }

  /// A body as JSON.
  static func tree(_ body: [UInt8]) throws(ServerProblem) -> JSONTree {
    guard String(validating: body, as: UTF8.self) != nil else {
      throw ServerProblem(400, "the body is no text in UTF-8")
    }
    do { return try JSONTree(reading: body) } catch {
      throw ServerProblem(
        400, "the body is no JSON from line \(error.line), column \(error.column) on", line: error.line,
        column: error.column)
    }
  }

  private static func words(_ flag: ServedCall.Flag, _ value: JSONTree) throws(ServerProblem) -> [String] {
    switch value {
    case .null: return []
    case .flag(let isOn) where flag.isSwitch: return isOn ? ["--\(flag.name)"] : []
    case .array(let values) where flag.isRepeated:
      return try values.map { value throws(ServerProblem) in try word(flag, value) }
    default: return [try word(flag, value)]
    }
  }

  private static func word(_ flag: ServedCall.Flag, _ value: JSONTree) throws(ServerProblem) -> String {
    let text = value.string ?? value.digits ?? yesOrNo(value)
    guard let text, !flag.isSwitch else {
      let wanted =
        flag.isSwitch ? "true or false" : flag.isRepeated ? "a list of texts" : "a text or a number"
      throw ServerProblem(422, "'\(flag.name)' is \(wanted)")
    }
    return "--\(flag.name)=\(text)"
  }

  /// Facts are yes or no on the command line; JSON has words of its own for that.
  private static func yesOrNo(_ value: JSONTree) -> String? {
    if case .flag(let isOn) = value { return isOn ? "yes" : "no" }
    return nil
  }
}

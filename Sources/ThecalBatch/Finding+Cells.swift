import ThecalDosing

extension Finding {
  /// A cell that cannot be read.
  static func cell(
    _ topic: ReadingTopic, _ code: Code, _ line: Int, _ column: InputColumn, _ evidence: [Evidence] = []
  ) -> Finding {
    Finding(topic, code, .error, evidence, at: Place(line: line, field: column.name))
  }

  /// A row that cannot be read.
  static func row(_ topic: ReadingTopic, _ code: Code, _ line: Int, _ evidence: [Evidence] = []) -> Finding {
    Finding(topic, code, .error, evidence, at: Place(line: line))
  }
}

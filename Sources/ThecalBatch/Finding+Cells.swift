import ThecalDosing
import ThecalTabular

extension Finding {
  /// A cell that cannot be read.
  static func cell(
    _ topic: ReadingTopic, _ code: Code, _ line: Int, _ column: InputColumn, _ evidence: [Evidence] = []
  ) -> Finding {
    Finding(topic, code, .error, evidence, at: Place(line: line, field: column.name))
  }

  /// What is wrong with the id of a patient; `id` is asked for only where something is.
  static func identifier(_ faults: IdentifierFaults, _ id: @autoclosure () -> String, _ line: Int)
    -> [Finding]
  {
    if faults.isEmpty { return [] }
    let evidence = [Evidence.text(id())]
    let all: [(IdentifierFaults, ReadingTopic)] = [(.spoiled, .spoiledID), (.hiddenMark, .markInsideID)]
    return all.filter { faults.contains($0.0) }.map { cell($0.1, .badId, line, .patientID, evidence) }
  }

  /// A row that cannot be read.
  static func row(_ topic: ReadingTopic, _ code: Code, _ line: Int, _ evidence: [Evidence] = []) -> Finding {
    Finding(topic, code, .error, evidence, at: Place(line: line))
  }
}

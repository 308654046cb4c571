import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTitration

/// A diary as observations of a titration: one per day, with the mean of its scores and the dose then in force.
enum DiaryObservations {
  /// Where the diary is that a plan names.
  static func path(_ diary: Placed<String>, beside plan: String) throws(SimulationProblem) -> String {
    if let path = NamedFile.path(diary.value, beside: plan) { return path }
    throw SimulationProblem(diary.outsideFolder("the diary"))
  }

  /// Reads the diary that a plan names, relative to the plan's file.
  ///
  /// - Throws: `SimulationProblem` for a row that cannot be read: a dose must not rest on half a diary.
  static func read(
    _ diary: Placed<String>, beside plan: String
  ) throws(SimulationProblem) -> [TitrationRequest.Observation] {
    let path = try path(diary, beside: plan)
    return try read(diary, DiaryReader(path: path), path)
  }

  /// The same from a table that is read already and that errors call `path`.
  static func read(
    _ diary: Placed<String>, _ reader: DiaryReader, _ path: String
  ) throws(SimulationProblem) -> [TitrationRequest.Observation] {
    if let bad = reader.bad.first {
      throw SimulationProblem(message: "\(path):\(bad.line): \(bad.column): \(bad.message)", exitCode: 65)
    }
    guard !reader.entries.isEmpty else {
      throw SimulationProblem(message: "\(path): the diary is empty", exitCode: 65)
    }
    let diary = PainDiary(reader.entries)
    let (entries, first) = (diary.entries, diary.firstDay)
    var seen: [TitrationRequest.Observation] = []
    var dose: DoseRate?
    var day = first
    var today: [PainDiary.Entry] = []
    func close() throws(SimulationProblem) {
      guard !today.isEmpty else { return }
      dose = today.compactMap(\.dose).last ?? dose
      guard let dose else {
        throw SimulationProblem(
          message: "\(path): no dose is stated up to \(day.text): a score without its dose teaches nothing",
          exitCode: 65)
      }
      let effects = today.map(\.sideEffect).filter { !$0.isEmpty }
      let (pain, ashworth) = (mean(today.compactMap(\.pain)), mean(today.compactMap(\.ashworth)))
      if pain != nil || ashworth != nil || !effects.isEmpty {
        seen.append(
          .init(
            day: Double(day - first + 1), dose: dose, pain: pain, ashworth: ashworth, sideEffects: effects))
      }
      today = []
    }
    for entry in entries {
      if entry.day != day {
        try close()
        day = entry.day
      }
      today.append(entry)
    }
    try close()
    return seen
  }

  private static func mean(_ scores: [Double]) -> Double? {
    scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }
}

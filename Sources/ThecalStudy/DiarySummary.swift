package import ThecalFormulary
package import ThecalQuantities
package import ThecalTitration

/// What a pain diary says: means, rhythm, trend, relief, what is missing, and what could be talked about.
public struct DiarySummary: Sendable {
  package let path: String
  package let diary: PainDiary
  package let bad: [DiaryReader.BadRow]
  package let repeated: [Int]
  package let unknownColumns: [String]
  package let rules: DiaryRules
  package let baseline: PainReduction.Baseline?
  package let pain: DailySeries
  package let ashworth: DailySeries
  package let rhythm: HourlyRhythm
  package let flex: FlexSuggestion?

  /// What the diary is compared with.
  public enum Baseline: Hashable, Sendable {
    /// A score before the diary, above 0 and up to 10.
    case score(Double)
    /// The first days of the diary, one at least.
    case days(Int)
  }

  /// Reads the diary at `path` (`-` for standard input).
  public init(path: String, baseline: Baseline? = nil) throws(SimulationProblem) {
    let reader = try DiaryReader(path: path)
    self.path = path
    (bad, repeated, unknownColumns) = (reader.bad, reader.repeated, reader.unknownColumns)
    guard !reader.entries.isEmpty else {
      let first = bad.first.map { "line \($0.line): \($0.message)" } ?? "there are no rows"
      throw SimulationProblem(message: "\(nameOfInput(path)): nothing to summarize; \(first)", exitCode: 65)
    }
    rules = Formulary.embedded.diaryRules
    diary = PainDiary(reader.entries)
    pain = diary.daily(\.pain)
    ashworth = diary.daily(\.ashworth)
    rhythm = HourlyRhythm(diary, confidence: rules.confidence.value.double / 100)
    flex = FlexSuggestion(rhythm, rules: rules)
    self.baseline = baseline.map {
      switch $0 {
      case .score(let score): .score(score)
      case .days(let days): .days(days)
      }
    }
  }

  /// Whether every row could be read.
  public var hasBadRows: Bool { !bad.isEmpty }

  package var confidence: Double { rules.confidence.value.double / 100 }

  /// The score that the comparison is about: pain, or tone where no pain was written down.
  package var mainSeries: DailySeries { pain.days.isEmpty ? ashworth : pain }
  package var mainName: String { pain.days.isEmpty ? "ashworth" : "pain" }

  private var mainScale: DiaryScale { pain.days.isEmpty ? .ashworth : .pain }

  package var meanPain: DiaryEstimate? { pain.mean(confidence: confidence)?.within(DiaryScale.pain.range) }
  package var meanTone: DiaryEstimate? {
    ashworth.mean(confidence: confidence)?.within(DiaryScale.ashworth.range)
  }

  /// Pain by the dose that was stated beside it.
  package var doses: [(dose: DoseRate, days: Int, pain: DiaryEstimate)] {
    diary.byDose(confidence: confidence).map { ($0.dose, $0.days, $0.pain.within(DiaryScale.pain.range)) }
  }

  /// The trend, where the days suffice.
  package func trend(_ series: DailySeries) -> DiaryEstimate? {
    Double(series.days.count) >= rules.minDays.value.double ? series.slope(confidence: confidence) : nil
  }

  package var reduction: PainReduction? {
    baseline.flatMap { PainReduction(mainSeries, baseline: $0, confidence: confidence) }
  }

  /// By how much less, in percent: never more than all of it, nor worse than the worst score of the scale.
  package var relief: DiaryEstimate? {
    reduction.map { $0.percent.within(100 * (1 - mainScale.rawValue / $0.baseline.value)...100) }
  }

  /// The last seven days of the diary, where they hold enough ratings.
  package var lastWeek: DiaryEstimate? {
    guard let last = mainSeries.days.last else { return nil }
    let week = mainSeries.filtered { $0 > last - 7 }
    guard let mean = week.mean(confidence: confidence), Double(mean.count) >= rules.minRatings.value.double
    else { return nil }
    return mean.within(mainScale.range)
  }
}

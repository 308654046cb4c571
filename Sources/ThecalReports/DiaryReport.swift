import ThecalFormulary
import ThecalQuantities
import ThecalTabular
import ThecalTitration

/// What a pain diary says: means, rhythm, trend, relief, what is missing, and what could be talked about.
public struct DiaryReport: Sendable {
  let path: String
  let diary: PainDiary
  let bad: [DiaryReader.BadRow]
  let repeated: [Int]
  let unknownColumns: [String]
  let rules: DiaryRules
  let baseline: PainReduction.Baseline?
  let pain: DailySeries
  let ashworth: DailySeries
  let rhythm: HourlyRhythm
  let flex: FlexSuggestion?

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
      let name = path == "-" ? "standard input" : path
      throw SimulationProblem(message: "\(name): nothing to summarize; \(first)", exitCode: 65)
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

  var confidence: Double { rules.confidence.value.double / 100 }

  /// The score that the comparison is about: pain, or tone where no pain was written down.
  var mainSeries: DailySeries { pain.days.isEmpty ? ashworth : pain }
  var mainName: String { pain.days.isEmpty ? "ashworth" : "pain" }

  private var mainScale: DiaryScale { pain.days.isEmpty ? .ashworth : .pain }

  var meanPain: DiaryEstimate? { pain.mean(confidence: confidence)?.within(DiaryScale.pain.range) }
  var meanTone: DiaryEstimate? { ashworth.mean(confidence: confidence)?.within(DiaryScale.ashworth.range) }

  /// Pain by the dose that was stated beside it.
  var doses: [(dose: DoseRate, days: Int, pain: DiaryEstimate)] {
    diary.byDose(confidence: confidence).map { ($0.dose, $0.days, $0.pain.within(DiaryScale.pain.range)) }
  }

  /// The trend, where the days suffice.
  func trend(_ series: DailySeries) -> DiaryEstimate? {
    Double(series.days.count) >= rules.minDays.value.double ? series.slope(confidence: confidence) : nil
  }

  var reduction: PainReduction? {
    baseline.flatMap { PainReduction(mainSeries, baseline: $0, confidence: confidence) }
  }

  /// By how much less, in percent: never more than all of it, nor worse than the worst score of the scale.
  var relief: DiaryEstimate? {
    reduction.map { $0.percent.within(100 * (1 - mainScale.rawValue / $0.baseline.value)...100) }
  }

  /// The last seven days of the diary, where they hold enough ratings.
  var lastWeek: DiaryEstimate? {
    guard let last = mainSeries.days.last else { return nil }
    let week = mainSeries.filtered { $0 > last - 7 }
    guard let mean = week.mean(confidence: confidence), Double(mean.count) >= rules.minRatings.value.double
    else { return nil }
    return mean.within(mainScale.range)
  }

  var status: String { codes.isEmpty ? "ok" : "review" }

  var codes: [String] {
    [
      bad.isEmpty ? nil : "BAD_ROW", repeated.isEmpty ? nil : "DUPLICATE_ROW",
      trend(mainSeries) == nil ? "TOO_FEW_DAYS" : nil, flex == nil ? nil : "FLEX_SUGGESTION",
      flex == nil ? nil : "UNVERIFIED_SOURCE",
      baseline != nil && reduction?.percent.low == nil ? "NO_INTERVAL" : nil,
    ].compactMap { $0 }
  }

  var message: String {
    var sentences = bad.map { "Line \($0.line)\($0.column.isEmpty ? "" : ", \($0.column)"): \($0.message)." }
    if !repeated.isEmpty {
      sentences.append("The same minute again on line \(repeated.map(String.init).joined(separator: ", ")).")
    }
    if trend(mainSeries) == nil {
      sentences.append("No trend: it takes \(rules.minDays.value) days with a score.")
    }
    let missing = diary.missingDays
    if !missing.isEmpty {
      sentences.append("Days without an entry: \(missing.count) of \(diary.span).")
    }
    if baseline != nil && reduction == nil {
      sentences.append("Nothing is left to compare with the baseline.")
    }
    if flex != nil { sentences += rules.advice.map(\.text) }
    if !unknownColumns.isEmpty {
      sentences.append("Columns that were not read: \(unknownColumns.joined(separator: ", ")).")
    }
    return sentences.joined(separator: " ")
  }

  var sources: [String] {
    var ids = [rules.minRatings.citation.source, rules.minDays.citation.source]
    if reduction != nil { ids.append(rules.substantialRelief.citation.source) }
    return ids.distinct
  }
}

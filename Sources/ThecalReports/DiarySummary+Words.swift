import ThecalDosing
import ThecalFormulary
import ThecalStudy
import ThecalTitration

extension DiarySummary {
  var status: Status { codes.isEmpty ? .ok : .review }

  var codes: [Code] {
    let found: [Code?] = [
      bad.isEmpty ? nil : .badRow, repeated.isEmpty ? nil : .duplicateRow,
      trend(mainSeries) == nil ? .tooFewDays : nil, flex == nil ? nil : .flexSuggestion,
      flex == nil ? nil : .unverifiedSource,
      baseline != nil && reduction?.percent.low == nil ? .noInterval : nil,
    ]
    return found.compactMap { $0 }
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

package import ThecalFormulary
import ThecalQuantities

/// What a word or phrase of directions means.
enum SigWord: Sendable {
  /// A number in words; a fraction stands before "a tablet" or behind "and".
  case number(ExactNumber), fraction(ExactNumber), mixed(ExactNumber)
  /// "a tablet"
  case article
  case unit(SigUnit, scale: ExactNumber)
  case perDay(ExactNumber), perWeek(ExactNumber), hourly
  case daily, times, every, alternate, weekday
  case part(DayPart)
  case meals
  case hours, minutes, days, weeks, months
  /// What makes a text no order for a fixed amount.
  case caution(SigReading.Reason)
  case maximum, skip, history
  case or, to, and, reason, until, duration, divided, total, symptom
  case route(MedicineRoute)
  /// "may repeat"
  case again
  /// A drug, by its place in `SigWords.drugs`.
  case drug(Int)
  case verb
  case silent
}

/// A time of the day at which one dose is taken.
enum DayPart: Int, Sendable { case morning, noon, evening, night }

/// The words of directions, ready for look-up.
package final class SigWords: Sendable {
  let lexicon: Lexicon<SigWord>
  /// Generic names of the drugs that directions may name.
  let drugs: [String]
  /// The word "at", which stands before times of the day.
  let at: Int32

  /// The words of `formulary`; `repeated` is told of phrases that have a second meaning, which does not hold.
  package init(_ formulary: Formulary, repeated: (String) -> Void = { _ in }) {
    var entries: [(phrase: String, meaning: SigWord)] = []
    for entry in formulary.productVocabulary.sigWords {
      guard let meaning = SigWord(entry) else { continue }
      for word in entry.words { entries.append((word, meaning)) }
    }
    drugs = formulary.drugs.map(\.id)
    for (index, drug) in formulary.drugs.enumerated() {
      for name in Set([drug.id] + drug.names + drug.brands.map(\.name)).sorted() {
        entries.append((name, .drug(index)))
      }
    }
    lexicon = Lexicon(entries, repeated: repeated)
    let bytes = Array("at".utf8)
    at = lexicon.word(bytes.span, 0, bytes.count)
  }
}

extension SigWord {
  /// The meaning of an entry; nil where the grammar has none of that name.
  init?(_ entry: ProductVocabulary.SigEntry) {
    if let plain = SigWord.plain[entry.means] { self = plain; return }
    if let reason = SigReading.Reason(rawValue: entry.means) { self = .caution(reason); return }
    switch entry.means {
    case "number": self = .number(entry.amount ?? .zero)
    case "fraction": self = .fraction(entry.amount ?? .zero)
    case "mixed": self = .mixed(entry.amount ?? .zero)
    case "perDay": self = .perDay(entry.times ?? .zero)
    case "perWeek": self = .perWeek(entry.times ?? .zero)
    case "unit":
      switch entry.counts {
      case "teaspoon": self = .unit(.milliliter, scale: 5)
      case "tablespoon": self = .unit(.milliliter, scale: 15)
      case let counts?: self = .unit(SigUnit(rawValue: counts) ?? .other, scale: 1)
      case nil: return nil
      }
    case "route":
      guard let route = entry.route.flatMap(MedicineRoute.init) else { return nil }
      self = .route(route)
    default: return nil
    }
  }

  private static let plain: [String: SigWord] = [
    "article": .article, "daily": .daily, "times": .times, "every": .every, "alternate": .alternate,
    "weekday": .weekday, "morning": .part(.morning), "noon": .part(.noon), "evening": .part(.evening),
    "night": .part(.night), "meals": .meals, "hours": .hours, "minutes": .minutes, "days": .days,
    "weeks": .weeks,
    "months": .months, "hourly": .hourly, "maximum": .maximum, "skip": .skip, "history": .history, "or": .or,
    "to": .to, "and": .and, "reason": .reason, "until": .until, "duration": .duration, "divided": .divided,
    "total": .total, "symptom": .symptom, "verb": .verb, "again": .again, "benign": .silent,
    "step": .caution(.steps),
    "may": .caution(.optional), "halfStrength": .caution(.unclearNumber),
  ]
}

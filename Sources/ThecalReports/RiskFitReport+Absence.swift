import ThecalQuantities
import ThecalResponse

extension RiskFitReport {
  /// What has no curve and why, one line for each drug and reason.
  static func absences(_ absent: [CurveAbsence]) -> [String] {
    var lines: [String] = []
    for drug in absent.map(\.drug).distinct {
      for reason in CurveAbsence.Reason.allCases {
        let effects = absent.filter { $0.drug == drug && $0.reason == reason }.map(
          \.effect.replacingUnderscores)
        if !effects.isEmpty { lines.append("\(drug), \(reason.words): \(effects.joined(separator: ", "))") }
      }
    }
    return lines
  }

  /// The same for a program.
  var absenceField: AnswerField {
    AnswerField(
      "without_curve",
      .list(
        absent.map { absence in
          .object([
            AnswerField("drug", .text(absence.drug)), AnswerField("effect", .text(absence.effect)),
            AnswerField("reason", .text(absence.reason.words)),
          ])
        }))
  }
}

extension CurveAbsence.Reason {
  /// The reason in a few words.
  var words: String {
    switch self {
    case .notCounted: "nobody counted it"
    case .otherRoute: "counted after another way of giving alone"
    case .noPeople: "percentages or words without a number of people"
    case .unread: "counted, and not read where"
    case .noDose: "counted, without the dose"
    case .oneDose: "counted at one dose"
    case .notComparable: "counted at several doses, in no two of them alike"
    }
  }
}

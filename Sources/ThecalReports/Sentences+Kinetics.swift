import ThecalKinetics

extension DosingError.Reason {
  /// What is wrong and what to do about it.
  var sentence: String {
    switch self {
    case .missingColumn(let name): "there is no column \(name)"
    case .doubleColumn(let name): "there are two columns \(name)"
    case .notANumber(let column, let text): "\(column) '\(text)' is not a number"
    case .emptyCell(let column): "\(column) is empty"
    case .outOfRange(let column, let text, let admitted): "\(column) is \(text), and must be \(admitted)"
    case .unorderedTime(let previous):
      "TIME lies before that of the line above (\(written(previous)) h); only EVID 3 and 4 may set time back"
    case .doseOnOther(let column):
      "\(column) is not 0 on a line that gives no dose: set EVID 1, or remove it"
    case .noAmount:
      "a dose without an amount: AMT must be above 0; an endless infusion has SS 1, AMT 0 and RATE above 0"
    case .intervalWithoutDoses: "II without ADDL or SS: an interval between which doses?"
    case .dosesWithoutInterval: "ADDL or SS without II: at what interval?"
    case .noModelledInput(let column):
      "RATE \(column == "R" ? "-1 takes its rate from column R" : "-2 takes its duration from column D"), which is empty"
    case .endlessInfusion: "an endless infusion (SS with AMT 0) has neither II nor ADDL"
    case .unknownCompartment(let number, let known):
      "CMT \(number) is none of the model's compartments, which are 1\(known > 1 ? " to \(known)" : "")"
    case .tooManyAtOnce:
      "more than 10,000 infusions at once, or doses waiting for their lag: is a unit wrong?"
    case .tooManyDoses:
      "before it, II and ADDL give more than 1,000,000 doses: is a unit wrong?"
    }
  }
}

/// A number in the shortest digits that read back.
private func written(_ number: Double) -> String {
  let digits = number.description
  return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
}

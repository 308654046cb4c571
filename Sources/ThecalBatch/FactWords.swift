import ThecalQuantities

/// Yes, no, or something else.
enum YesNo {
  case yes, no, unreadable

  init(_ text: String) {
    switch text.lowercased() {
    case "yes", "y", "true": self = .yes
    case "no", "n", "false": self = .no
    default: self = .unreadable
    }
  }

  /// What stands under `anticoagulant`: yes, no, or the names of drugs, one of which is enough.
  init(anticoagulant text: String) {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    let plain = YesNo(text)
    if case .unreadable = plain {
      if words == ["none"] {
        self = .no
      } else {
        self = words.contains(where: anticoagulants.contains) ? .yes : .unreadable
      }
    } else {
      self = plain
    }
  }

  /// What stands under `renal`: yes, no, or a filtration rate, `eGFR 18`.
  init(renal text: String, _ format: NumberFormat) {
    let plain = YesNo(text)
    guard case .unreadable = plain else {
      self = plain
      return
    }
    let key = text.lowercased().filter { $0 != ":" && $0 != "=" }
    guard let name = filtrationNames.first(where: key.hasPrefix) else {
      self = ["none", "normal"].contains(key) ? .no : .unreadable
      return
    }
    let rest = key.dropFirst(name.count).split(whereSeparator: \.isWhitespace)
    let unit = rest.dropFirst().joined().filter { $0 != "²" && $0 != "^" }
    guard let first = rest.first, let rate = try? NumberReader(format).read(String(first)),
      rate <= mostFiltration,
      filtrationUnits.contains(unit)
    else {
      self = .unreadable
      return
    }
    self = rate < impairedBelow ? .yes : .no
  }
}

/// Filtration below which renal function counts as impaired, mL/min/1.73 m²: category G3a and graver.
///
/// Source: KDIGO 2024 guideline on chronic kidney disease, section 1.1.
private let impairedBelow = ExactNumber(60)

/// Filtration beyond which a number is a slip.
private let mostFiltration = ExactNumber(300)

/// Names under which filtration is written, the longer before what they begin with.
private let filtrationNames = ["egfr", "gfr", "crcl", "ccr", "creatinine clearance"]

/// Units of filtration without blanks and exponents.
private let filtrationUnits: Set<String> = ["", "ml/min", "ml/min/1.73m2", "ml/min/1.73m"]

/// Drugs against clotting and platelets, by generic and usual trade names: none of them goes with a puncture of the
/// spine unseen.
private let anticoagulants: Set<String> = [
  "warfarin", "coumadin", "phenprocoumon", "marcumar", "acenocoumarol", "apixaban", "eliquis", "rivaroxaban",
  "xarelto",
  "dabigatran", "pradaxa", "edoxaban", "savaysa", "lixiana", "heparin", "enoxaparin", "lovenox", "clexane",
  "dalteparin", "fragmin", "tinzaparin", "innohep", "nadroparin", "fondaparinux", "arixtra", "argatroban",
  "bivalirudin", "clopidogrel", "plavix", "prasugrel", "effient", "efient", "ticagrelor", "brilinta",
  "brilique",
  "ticlopidine", "dipyridamole", "cilostazol", "cangrelor", "tirofiban", "eptifibatide",
]

import ThecalFormulary
import ThecalQuantities

extension Notice {
  static func neverIntrathecal(_ drug: String, _ refusal: Refusal) -> Notice {
    Notice(
      .blocked, .neverIntrathecal, "\(drug) must never be given intrathecally. \(refusal.reason)",
      source: refusal.source)
  }

  static func noRoute(_ route: AdministrationRoute) -> Notice {
    Notice(
      .blocked, .noConversion,
      "There is no conversion to \(route.rawValue): target_route is intrathecal or oral.")
  }

  static func noTarget(_ drug: String, range: StartRange?, unit: DoseRate.Unit?) -> Notice {
    let start: String
    if let range, let unit {
      let mark = range.high.verified ? "" : ", unverified"
      start =
        " The consensus start is \(shown(range.low)) to \(shown(range.high.value)) \(unit.symbol) (\(range.high.source)\(mark))."
    } else {
      start = " No start is published for it in the data."
    }
    return Notice(
      .blocked, .noConversion, "Nobody has published a conversion to intrathecal \(drug).\(start)",
      source: range?.high.source)
  }

  static func notAnOpioid(_ drug: String, target: String) -> Notice {
    Notice(
      .blocked, .noConversion,
      "\(drug) is no opioid: there is no conversion from it to \(target). Name another target_drug.")
  }

  static func notBaclofen(_ drug: String) -> Notice {
    Notice(.blocked, .noConversion, "\(drug) does not convert to baclofen. Name another target_drug.")
  }

  static func mixedRoutes() -> Notice {
    Notice(
      .blocked, .noConversion,
      "Intrathecal and systemic opioids do not add up to one dose. Convert the systemic part alone, and put what goes on into residual_mme."
    )
  }

  static func severalIntrathecal() -> Notice {
    Notice(
      .blocked, .noConversion,
      "Several intrathecal opioids at once have no published conversion. Start the new drug at its own starting dose."
    )
  }

  static func alreadyThere(_ drug: String) -> Notice {
    Notice(.blocked, .noConversion, "\(drug) is given intrathecally already: there is nothing to convert.")
  }

  static func noIntrathecalRatio(_ source: String, _ target: String) -> Notice {
    Notice(
      .blocked, .noConversion,
      "No ratio from intrathecal \(source) to intrathecal \(target) is supportable. Start at the starting dose of \(target)."
    )
  }

  static func lipophilic(
    _ source: String, _ target: String, _ refusal: Refusal, range: StartRange?, unit: DoseRate.Unit?
  ) -> Notice {
    let start = range.flatMap { range in
      unit.map {
        " For \(target) that is \(shown(range.low)) to \(shown(range.high.value)) \($0.symbol) (\(range.high.source)\(range.high.verified ? "" : ", unverified"))."
      }
    }
    return Notice(
      .blocked, .lipophilicRotation, "\(source) to \(target): \(refusal.reason)\(start ?? "")",
      source: refusal.source)
  }

  static func noWayBack(_ drug: String, _ target: String) -> Notice {
    Notice(
      .blocked, .noConversion,
      "From intrathecal to oral there is a published ratio for morphine to morphine alone, not for \(drug) to \(target). An abrupt stop may bring withdrawal."
    )
  }

  static func noFactor(_ drug: String, _ route: AdministrationRoute, table: String) -> Notice {
    Notice(
      .blocked, .noConversion,
      "\(table) has no factor for \(route.rawValue) \(drug): no equivalent and no dose. Another table may have one (--mme-table)."
    )
  }

  static func notConvertible(_ drug: String, _ reason: String, source: String) -> Notice {
    Notice(.blocked, .noConversion, "\(reason) No dose is derived from \(drug).", source: source)
  }

  static func noRatioFor(_ indication: Indication) -> Notice {
    Notice(
      .blocked, .noConversion,
      "No ratio table speaks for opioids with the indication \(indication.rawValue): enter cancer or noncancer."
    )
  }
}

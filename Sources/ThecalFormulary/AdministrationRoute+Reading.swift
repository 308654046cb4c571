extension AdministrationRoute {
  /// The route that `text` names: by its own name, in words, or by an abbreviation that clinics use, in any case.
  public init?(reading text: String) {
    let key = lookupKey(text).filter { $0 != "." }
    guard let route = AdministrationRoute(rawValue: key) ?? AdministrationRoute.spellings[key] else {
      return nil
    }
    self = route
  }

  /// Abbreviations without their points, and words.
  private static let spellings: [String: AdministrationRoute] = [
    "po": .oral, "by mouth": .oral, "per os": .oral, "orally": .oral, "peroral": .oral, "td": .transdermal,
    "patch": .transdermal, "tts": .transdermal, "transderm": .transdermal, "transdermally": .transdermal,
    "transdermal patch": .transdermal, "sl": .sublingual, "subling": .sublingual,
    "under the tongue": .sublingual,
    "sublingually": .sublingual, "buc": .buccal, "bucc": .buccal, "transmucosal": .buccal,
    "intranasal": .nasal,
    "nas": .nasal, "nasally": .nasal, "intravenous": .intravenous, "intravenously": .intravenous,
    "intramuscular": .intramuscular, "intramuscularly": .intramuscular, "sq": .subcutaneous,
    "subq": .subcutaneous, "sub-q": .subcutaneous, "subcut": .subcutaneous, "subcutaneous": .subcutaneous,
    "subcutaneously": .subcutaneous, "ed": .epidural, "epid": .epidural, "epidurally": .epidural,
    "it": .intrathecal, "i-t": .intrathecal, "intrathecally": .intrathecal, "spinal": .intrathecal,
    "pr": .rectal, "per rectum": .rectal, "rectally": .rectal, "by rectum": .rectal,
  ]
}

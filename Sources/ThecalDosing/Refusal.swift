extension DosingRules {
  /// Why no dose of what is called `name` may be given into the cerebrospinal fluid: it must never be there, nobody knows it, or
  /// no label or consensus speaks of it there; nil where none of that holds.
  public func refusal(of name: String) -> Finding? {
    if let never = neverIntrathecal(name) { return never }
    guard let use = drugs[name] ?? drug(named: name) else {
      return Finding(DosingTopic.unknownDrug, .unknownDrug, .error, [.text(name)])
    }
    guard use.intrathecal == nil else { return nil }
    return Finding(DosingTopic.noIntrathecalUse, .noConversion, .blocked, [.drug(use.id)])
  }
}

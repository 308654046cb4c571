import ThecalQuantities

extension Formulary {
  /// Proves the data: every file is intact and readable, every figure has a unit, a source that resolves and
  /// a place in it, tiers leave no gap, names are unique. Figures that nobody compared come as notes.
  ///
  /// - Returns: The findings, in the order of files; no `error` means that the data may be used.
  public func check() -> [DataFinding] {
    verifyChecksums() + check(files.paths.filter { $0.hasSuffix(".json") && $0 != "manifest.json" })
  }

  /// The same without checksums, for some of the files and for what several files must agree on.
  func check(_ paths: [String]) -> [DataFinding] {
    let known = Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
    var findings: [DataFinding] = []
    for path in paths {
      do {
        try DataKind(path: path)?.decode(path, files)
        findings += figures(in: path, try files.decode(path), sources: known)
      } catch {
        return [DataFinding(severity: .error, file: path, place: "", message: "\(error)")]
      }
    }
    return findings + checkDrugs() + checkEquivalents() + checkRatios()
  }

  /// Figures without unit, source or place, and figures that nobody compared.
  private func figures(in path: String, _ tree: DataTree, sources: [String: Source]) -> [DataFinding] {
    var findings: [DataFinding] = []
    tree.visitObjects { object, place, cited in
      func add(_ severity: DataFinding.Severity, _ message: String) {
        findings.append(DataFinding(severity: severity, file: path, place: place, message: message))
      }
      if let unit = object["unit"]?.text, !isKnownUnit(unit) {
        add(.error, "'\(unit)' is no unit that is known")
      }
      guard let source = object["source"]?.text else {
        if object.isFigure && !cited { add(.error, "a figure without a source") }
        return
      }
      guard let document = sources[source] else {
        return add(.error, "the source '\(source)' is not in references.json")
      }
      if object.isTable { return }
      if object["locator"]?.text?.isEmpty ?? true { add(.error, "a figure without its place in the source") }
      for problem in markProblems(of: object, in: document, sources) + countProblems(of: object) {
        add(.error, problem)
      }
      if object["verified"]?.isTrue != true { add(.note, "not compared with '\(source)'") }
    }
    return findings
  }

  private func checkDrugs() -> [DataFinding] {
    var findings: [DataFinding] = []
    var owners: [String: String] = [:]
    for drug in drugs {
      func add(_ place: String, _ message: String) {
        findings.append(
          DataFinding(severity: .error, file: "drugs/\(drug.id).json", place: place, message: message))
      }
      for name in Set(drug.names + drug.brands.map(\.name)) {
        if name != lookupKey(name) { add("names", "'\(name)' is not in lower case") }
        if let owner = owners.updateValue(drug.id, forKey: name) {
          add("names", "'\(name)' also names \(owner)")
        }
      }
      if !drug.names.contains(drug.id) { add("names", "the drug's own name is missing") }
      if drug.tallMan.lowercased() != drug.id { add("tallMan", "'\(drug.tallMan)' is not the drug's name") }
      for route in drug.routes {
        guard let window = drug.window(route) else { add("windows", "no window for \(route)"); continue }
        if !(drug.units[route] ?? []).contains(window.unit) {
          add("windows", "\(window.unit) is not a unit of \(route)")
        }
        if !window.isOrdered { add("windows", "the limits for \(route) are out of order") }
      }
      if Set(drug.units.keys) != Set(drug.routes) { add("units", "routes and units differ") }
      if (drug.kind == .opioid) != (drug.lipophilic != nil) {
        add("lipophilic", "belongs to opioids, and to all of them")
      }
    }
    return findings
  }

  private func checkEquivalents() -> [DataFinding] {
    oralEquivalentIDs.compactMap(oralEquivalents).flatMap { table in
      table.rows.enumerated().compactMap { index, row in
        row.problem(self).map {
          DataFinding(
            severity: .error, file: "tables/oral-equivalents/\(table.id).json", place: "rows[\(index)]",
            message: $0)
        }
      }
    }
  }

  private func checkRatios() -> [DataFinding] {
    ratioIDs.compactMap(ratios).compactMap { table in
      table.problem(self).map {
        DataFinding(severity: .error, file: "tables/ratios/\(table.id).json", place: "", message: $0)
      }
    }
  }
}

/// What is wrong with the marks of a figure: neither `verified` nor `read` may say more than was read.
private func markProblems(of figure: DataTree, in document: Source, _ known: [String: Source]) -> [String] {
  guard let verified = figure["verified"]?.isTrue, let text = figure["read"]?.text,
    let reading = Citation.Reading(rawValue: text)
  else { return ["a figure that does not say whether and how it was read"] }
  var problems: [String] = []
  switch reading {
  case .recalled where verified: problems.append("'verified' and 'read' contradict each other")
  case .primary where !verified, .abstract where !verified:
    problems.append("'verified' and 'read' contradict each other")
  case .primary where document.reading != .primary, .abstract where !document.reading.holdsAbstract:
    problems.append("the figure claims more than was read of '\(document.id)'")
  case .secondary where figure["readIn"] == nil && document.reading != .secondary:
    problems.append("a figure read in another document that does not name it")
  default: break
  }
  if verified && document.reading == .none && figure["readIn"] == nil {
    problems.append("the figure claims more than was read of '\(document.id)'")
  }
  if let readIn = figure["readIn"] {
    guard let read = readIn["document"]?.text.flatMap({ known[$0] }), readIn["at"]?.text?.isEmpty == false
    else { return problems + ["what was read is not in references.json, or without its place"] }
    if read.reading == .none { problems.append("nobody read '\(read.id)'") }
  }
  let held = figure["readIn"]?["document"]?.text.flatMap { known[$0] } ?? document
  if verified && held.doubt != nil {
    problems.append("nobody vouches for '\(held.id)': a figure of it is not verified")
  }
  let words = [figure["locator"], figure["note"]].compactMap { $0?.text }.joined(separator: " ")
  if verified && words.contains("this project") {
    problems.append("a reading of this project's own is not verified")
  }
  if verified && document.kind == .design { problems.append("a decision of this project is not verified") }
  return problems
}

extension Source.Reading {
  /// Whether the abstract was read, alone or with the document.
  fileprivate var holdsAbstract: Bool { self == .abstract || self == .primary }
}

extension DataTree {
  /// Whether the object states a figure of its own.
  fileprivate var isFigure: Bool {
    if case .number? = self["value"] { return true }
    if case .number? = self["low"] { return true }
    return false
  }

  /// Whether the object is a table, whose rows carry the citations.
  fileprivate var isTable: Bool { self["rows"] != nil }
}

extension PlausibilityWindow {
  fileprivate var isOrdered: Bool {
    .zero < impossibleBelow && impossibleBelow < oddBelow && oddBelow < oddAbove && oddAbove < impossibleAbove
  }
}

import Foundation
import Testing

@testable import ThecalFormulary

private let files = DataFiles.embedded
private let paths = files.paths.filter {
  $0.hasSuffix(".json") && !$0.hasPrefix("references") && $0 != "manifest.json"
}

/// The files with one of them edited as JSON, and a formulary that reads them.
private func formulary(_ path: String, _ edit: (Any) -> Any) throws -> Formulary {
  var all: [String: [UInt8]] = [:]
  for name in files.paths { all[name] = files[name] }
  let object = try JSONSerialization.jsonObject(with: Data(files[path] ?? []), options: .mutableContainers)
  all[path] = Array(try JSONSerialization.data(withJSONObject: edit(object), options: .sortedKeys))
  return Formulary(files: DataFiles(all))
}

private func errors(_ path: String, _ edit: (Any) -> Any) throws -> [String] {
  try formulary(path, edit).check([path]).filter { $0.severity == .error }.map(\.message)
}

/// The objects of a document that are cited figures, each as the path of keys and indices that leads to it.
private func figures(_ node: Any, at place: [AnyHashable] = []) -> [[AnyHashable]] {
  if let object = node as? [String: Any] {
    let own = object["locator"] != nil && object["source"] != nil && object["rows"] == nil ? [place] : []
    return own + object.keys.sorted().flatMap { figures(object[$0] ?? 0, at: place + [$0]) }
  }
  if let list = node as? [Any] { return list.indices.flatMap { figures(list[$0], at: place + [$0]) } }
  return []
}

/// `node` with `edit` made to the object at `place`.
private func edited(
  _ node: Any, _ place: ArraySlice<AnyHashable>, _ edit: (inout [String: Any]) -> Void
) -> Any {
  guard let step = place.first else {
    var object = node as? [String: Any] ?? [:]
    edit(&object)
    return object
  }
  if let key = step.base as? String, var object = node as? [String: Any], let member = object[key] {
    object[key] = edited(member, place.dropFirst(), edit)
    return object
  }
  if let index = step.base as? Int, var list = node as? [Any] {
    list[index] = edited(list[index], place.dropFirst(), edit)
    return list
  }
  return node
}

/// A fault that no figure of any file may have: what it does to one, and a word of the finding.
private let faults: [(name: String, word: String, edit: @Sendable (inout [String: Any]) -> Void)] = [
  ("a source that nobody lists", "not in references.json", { $0["source"] = "nobody2099" }),
  ("no place in the source", "without its place", { $0["locator"] = "" }),
  ("no word on how it was read", "whether and how it was read", { $0["read"] = nil }),
  ("a word that is none", "whether and how it was read", { $0["read"] = "glimpsed" }),
  (
    "read by nobody and compared all the same", "contradict",
    { ($0["read"], $0["verified"]) = ("recalled", true) }
  ),
  ("read and not compared", "contradict", { ($0["read"], $0["verified"]) = ("primary", false) }),
  (
    "another document that is not listed", "what was read is not",
    {
      $0["readIn"] = ["document": "nobody2099", "at": "page 1"]
    }
  ),
  (
    "another document without a place", "what was read is not",
    {
      $0["readIn"] = ["document": "lioresal_spl_summary", "at": ""]
    }
  ),
  (
    "a reading of this project's own that counts as compared", "not verified",
    {
      ($0["read"], $0["verified"], $0["note"]) = ("derived", true, "this project reads it so")
    }
  ),
]

@Suite struct `What a data file must be` {
  @Test(arguments: paths)
  func `every file is of a kind, and is read as one of that kind`(path: String) throws {
    let kind = try #require(DataKind(path: path), "\(path) lies in no folder that is known")
    try kind.decode(path, files)
  }

  @Test(arguments: paths)
  func `every file belongs to the manifest with size and digest`(path: String) throws {
    let manifest: DataManifest = try files.decode("manifest.json")
    let entry = try #require(manifest.files.first { $0.path == path })
    #expect(entry.bytes == files[path]?.count && entry.sha256 == files.digest(path))
  }

  @Test(arguments: paths)
  func `a file that is cut short is found, whatever its kind`(path: String) throws {
    var all: [String: [UInt8]] = [:]
    for name in files.paths { all[name] = files[name] }
    all[path] = Array((files[path] ?? []).dropLast(20))
    let found = Formulary(files: DataFiles(all)).check([path])
    #expect(found.count == 1 && found[0].severity == .error && found[0].file == path)
  }

  @Test(arguments: paths)
  func `a file that has lost what it is about is found, whatever its kind`(path: String) throws {
    // Nothing is computed with the densities: their figures alone are proven.
    if path == "stability/baricity.json" { return }
    let found = try errors(path) { node in
      guard let object = node as? [String: Any] else { return [] }
      return object.filter { $0.value is String || $0.value is Bool }
    }
    #expect(!found.isEmpty, "\(path) may be emptied unnoticed")
  }

  @Test(arguments: paths, faults.indices)
  func `no figure of any file may lack what makes it one`(path: String, fault: Int) throws {
    let document = try JSONSerialization.jsonObject(with: Data(files[path] ?? []))
    let all = figures(document)
    guard !all.isEmpty else { return }
    // The first, the last and one between them stand for the others: the check walks all of them alike.
    for index in Set([0, all.count / 2, all.count - 1]) {
      let found = try errors(path) { edited($0, all[index][...], faults[fault].edit) }
      let isCaught =
        found.contains { $0.contains(faults[fault].word) } || found.contains { $0.contains("Corrupted") }
        || found.contains { $0.contains("keyNotFound") }
      #expect(isCaught, "\(path) \(all[index]): \(faults[fault].name): \(found)")
    }
  }
}

/// A file without one of its keys, by kind: the reader names the key that is missing.
private let required: [(path: String, key: String)] = [
  ("drugs/morphine.json", "windows"), ("drugs/morphine.json", "units"), ("drugs/morphine.json", "routes"),
  ("tables/oral-equivalents/cdc_2022.json", "caution"), ("tables/oral-equivalents/cdc_2022.json", "rows"),
  ("tables/ratios/leaflet_300.json", "settings"), ("tables/ratios/leaflet_300.json", "forStarting"),
  ("tables/intrathecal-ratios.json", "refusals"), ("rules/opioid_tolerance.json", "minimumDays"),
  ("rules/cross_tolerance.json", "factor"), ("rules/risk_reduction.json", "reasons"),
  ("rules/patient_flags.json", "flags"), ("rules/stopping.json", "withdrawal"),
  ("rules/stopping.json", "naiveAfterHours"), ("rules/oral_weaning.json", "rules"),
  ("rules/never_intrathecal.json", "drugs"), ("rules/discrepancy.json", "causes"),
  ("rules/discrepancy.json", "evaluateAboveML"), ("rules/refill.json", "reserve"),
  ("rules/patient_bolus.json", "lockoutHours"), ("rules/pocket_fill.json", "perRefill"),
  ("rules/pump_hazards.json", "hazards"), ("rules/accuracy_of_mixtures.json", "rows"),
  ("rules/pump_sizes.json", "sizes"), ("rules/restart.json", "rules"),
  ("stability/acidity.json", "pumpMinimum"), ("stability/in-pump.json", "entries"),
  ("response/harms.json", "window"), ("response/effects.json", "moderator"), ("response/fits.json", "models"),
  ("devices/synchromed_2.json", "reservoir"), ("devices/synchromed_2.json", "market"),
  ("devices/catheters.json", "unknownLength"), ("incidence/morphine.json", "rows"),
  ("incidence/event-rates.json", "rows"), ("anatomy/levels.json", "rows"),
  ("anatomy/segments.json", "locator"),
  ("transport/parameters.json", "losses"), ("kinetics/morphine_iv_olofsen2010.json", "structure"),
  ("kinetics/csf-uptake.json", "uptakes"), ("protocols/titration.json", "stopRules"),
  ("protocols/trials.json", "ladderHours"), ("protocols/diary.json", "minDays"),
  ("protocols/candidate.json", "items"),
]

@Test(arguments: required.indices)
func `a file without what the program cannot do without is refused by its key`(index: Int) throws {
  let (path, key) = required[index]
  let found = try errors(path) { node in
    var object = node as? [String: Any] ?? [:]
    #expect(object.removeValue(forKey: key) != nil, "\(path) has no \(key)")
    return object
  }
  #expect(found.count == 1 && found[0].contains("keyNotFound") && found[0].contains(key), "\(found)")
}

@Test func `a file that nobody reads is no data`() throws {
  for path in ["rules/folklore.json", "stability/rumours.json"] {
    let kind = try #require(DataKind(path: path))
    #expect(throws: DataFiles.UnknownFile.self) { try kind.decode(path, files) }
  }
  for path in ["gossip/morphine.json", "morphine.json", "drugs/old/morphine.json"] {
    #expect(DataKind(path: path) == nil)
  }
}

@Test func `the manifest misses a file, a byte and a stranger`() throws {
  let manifest: DataManifest = try files.decode("manifest.json")
  var all: [String: [UInt8]] = [:]
  for name in files.paths { all[name] = files[name] }
  #expect(manifest.compare(with: DataFiles(all)) == [])
  all["rules/refill.json"] = nil
  all["rules/restart.json"]?.append(0x20)
  all["rules/extra.json"] = []
  let found = manifest.compare(with: DataFiles(all))
  #expect(found.map(\.file) == ["rules/refill.json", "rules/restart.json", "rules/extra.json"])
  #expect(found.allSatisfy { $0.severity == .error && $0.place.isEmpty })
}

@Test(arguments: [
  "mg/day", "mcg/h", "mL/day", "mcg/mL", "h", "cm", "%", "1", "1/s", "cm2/s", "mL/cm", "day", "month", "year",
  "1/year",
])
func `a unit of the data is one that the package reads`(unit: String) { #expect(isKnownUnit(unit)) }

@Test(arguments: ["spoon", "mg/dy", "ml//day", "", "percent"])
func `a unit that nobody reads is none`(unit: String) { #expect(!isKnownUnit(unit)) }

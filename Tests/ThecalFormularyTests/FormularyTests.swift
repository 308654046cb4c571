import CThecalData
import Foundation
import Testing
import ThecalQuantities

@testable import ThecalFormulary

private let data = Formulary.embedded

/// The files with one replaced, and a manifest that does not notice.
private func formulary(replacing path: String, _ edit: (String) -> String) -> Formulary {
  var files: [String: [UInt8]] = [:]
  for name in DataFiles.embedded.paths { files[name] = DataFiles.embedded[name] }
  files[path] = Array(edit(String(decoding: files[path] ?? [], as: UTF8.self)).utf8)
  return Formulary(files: DataFiles(files))
}

private func errors(_ findings: [DataFinding]) -> [String] {
  findings.filter { $0.severity == .error }.map { "\($0.file): \($0.message)" }
}

@Test func `the data are proven`() {
  #expect(errors(data.check()) == [])
}

@Test func `every data file is embedded as it stands in the folder`() throws {
  let folder = URL(filePath: #filePath).appending(path: "../../../Data").standardized
  let walk = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
  var found: [String] = []
  for case let file as URL in walk where ["json", "bib"].contains(file.pathExtension) {
    let path = String(file.standardized.path.dropFirst(folder.path.count + 1))
    if ["schema/", "examples/", "test-vectors/", "embed/"].contains(where: path.hasPrefix) { continue }
    found.append(path)
    #expect(DataFiles.embedded[path] == Array(try Data(contentsOf: file)), "\(path)")
  }
  #expect(found.sorted() == DataFiles.embedded.paths)
  #expect(data.verifyChecksums() == [] && data.version == "2026.11.0")
}

@Test func `SHA-256 agrees with the standard's example`() {
  let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  // FIPS 180-2, B.1
  #expect(DataFiles(["x": Array("abc".utf8)]).digest("x") == expected)
}

@Test func `a changed byte is noticed`() {
  let broken = formulary(replacing: "drugs/morphine.json") { $0.replacing("0.2,", with: "2.0,") }
  #expect(broken.verifyChecksums().map(\.file) == ["drugs/morphine.json"])
}

/// What is spoilt, how, and a word of the finding.
private let faults: [(file: String, from: String, to: String, word: String)] = [
  ("tables/oral-equivalents/cdc_2017.json", #""upToMgPerDay": 40"#, #""upToMgPerDay": 35"#, "gap or overlap"),
  (
    "tables/oral-equivalents/cdc_2017.json", #""aboveMgPerDay": 20"#, #""aboveMgPerDay": 15"#,
    "gap or overlap"
  ),
  (
    "tables/oral-equivalents/cdc_2017.json", #""upToMgPerDay": null"#, #""upToMgPerDay": 90"#, "no tier above"
  ),
  ("tables/oral-equivalents/cdc_2022.json", #""drug": "tramadol""#, #""drug": "tramadol er""#, "no drug"),
  ("tables/oral-equivalents/cdc_2022.json", #""factor": 4.7,"#, "", "a factor, or tiers, or a refusal"),
  ("tables/ratios/huntsman_2021.json", #""start": 100"#, #""start": 300"#, "outside the range"),
  ("tables/ratios/label_fr.json", #""mid": null"#, #""mid": 100"#, "mere range"),
  (
    "rules/risk_reduction.json", #""source": "thecal_policy""#, #""source": "nobody""#,
    "not in references.json"
  ),
  ("rules/risk_reduction.json", #""locator": "reduction for risk""#, #""locator": """#, "without its place"),
  ("rules/risk_reduction.json", #""verified": false"#, #""verified": true"#, "contradict"),
  ("drugs/morphine.json", #""read": "secondary""#, #""read": "guess""#, "dataCorrupted"),
  (
    "tables/oral-equivalents/vonkorff_2008.json", #""read": "secondary""#, #""read": "primary""#,
    "claims more"
  ),
  (
    "drugs/morphine.json", #""readIn": { "document": "mpr_infumorph""#, #""readIn": { "document": "nobody""#,
    "what was read"
  ),
  (
    "drugs/morphine.json", #""readIn": { "document": "mpr_infumorph", "at""#,
    #""seenIn": { "document": "x", "at""#, "does not name it"
  ),
  ("incidence/morphine.json", #""read": "abstract""#, #""read": "primary""#, "claims more"),
  ("incidence/morphine.json", #""read": "abstract""#, #""read": "recalled""#, "contradict"),
  (
    "rules/stopping.json", #""note": "Cases alone: "#, #""note": "6 h is this project's reading: "#,
    "own is not verified"
  ),
  ("rules/discrepancy.json", #""unit": "mL""#, #""unit": "spoon""#, "no unit"),
  ("drugs/oxycodone.json", #""oxycodone hcl""#, #""morphine sulfate""#, "also names"),
  ("drugs/codeine.json", #""tallMan": "codeine""#, #""tallMan": "coDIENE""#, "not the drug's name"),
  ("drugs/codeine.json", #""impossibleBelow": 0.3"#, #""impossibleBelow": 30"#, "out of order"),
  ("drugs/codeine.json", #""oral": ["mg", "mcg", "g"]"#, #""oral": ["g"]"#, "not a unit"),
  ("drugs/codeine.json", #""kind": "opioid""#, #""kind": "poison""#, "dataCorrupted"),
]

@Test(arguments: faults)
func `a fault in the data is found and named`(file: String, from: String, to: String, word: String) throws {
  let broken = formulary(replacing: file) { text in
    guard let place = text.range(of: from) else { return text }
    return text.replacingCharacters(in: place, with: to)
  }
  let found = errors(broken.check([file]))
  #expect(found.contains { $0.hasPrefix(file) && $0.contains(word) }, "\(found)")
}

@Test func `tiers cover every amount above zero, once`() throws {
  for table in data.oralEquivalentIDs.compactMap(data.oralEquivalents) {
    for row in table.rows {
      guard let tiers = row.tiers else { continue }
      for tenths in 1...2_000 {
        let amount = ExactNumber(tenths, over: 10)
        let matching = tiers.filter { $0.above < amount && ($0.upTo.map { amount <= $0 } ?? true) }
        #expect(matching.count == 1 && row.factor(forDaily: amount) == matching.first?.factor)
      }
    }
  }
}

@Test func `a drug is found by generic name, salt and brand, in any case and spacing`() {
  for (text, id) in [
    ("morphine", "morphine"), (" Morphine Sulfate ", "morphine"), ("MS CONTIN", "morphine"),
    ("HYDROmorphone", "hydromorphone"), ("Dilaudid", "hydromorphone"), ("pethidine", "meperidine"),
    ("OxyContin", "oxycodone"), ("Lioresal  Intrathecal", "baclofen"), ("duragesic", "fentanyl"),
  ] {
    #expect(data.drug(named: text)?.id == id)
  }
  #expect(data.drug(named: "aspirin") == nil && data.drug(named: "") == nil)
  #expect(
    data.brand(named: "Percocet")?.combination == true && data.brand(named: "OxyContin")?.combination == nil)
}

@Test func `what must never be intrathecal is recognized`() {
  #expect(data.neverIntrathecal(named: "VinCRIStine")?.id == "vinca_alkaloids")
  #expect(
    data.neverIntrathecal(named: "potassium chloride") != nil && data.neverIntrathecal(named: "TXA") != nil)
  for drug in data.drugs { #expect(data.neverIntrathecal(named: drug.id) == nil) }
}

@Test func `every drug of the pump says what stopping it does`() {
  for drug in data.drugs where drug.target {
    #expect(drug.intrathecal != nil && data.stopping.withdrawal(from: drug.id) != nil, "\(drug.id)")
  }
}

@Test func `consensus figures that nobody read say so`() throws {
  for drug in data.drugs {
    guard let use = drug.intrathecal else { continue }
    for figure in use.start + use.maxDaily + use.maxConcentration + use.trialBolus {
      let recalled = ["pacc2012", "pacc2017", "pacc2017_trialing"].contains(figure.citation.source)
      if recalled { #expect(!figure.citation.verified, "\(drug.id) \(figure.low)") }
      if figure.citation.locator.contains("not read") { #expect(!figure.citation.verified) }
    }
  }
  let design = data.sources.filter { $0.kind == .design }.map(\.id)
  #expect(design == ["thecal_kinetics", "thecal_policy", "thecal_safety_windows", "thecal_vocabulary"])
}

@Test func `first use from many threads gives one answer`() async {
  let fresh = Formulary(files: .embedded)
  await withTaskGroup(of: String?.self) { group in
    for _ in 0..<16 { group.addTask { fresh.drug(named: "prialt")?.tallMan } }
    for await name in group { #expect(name == "ziconotide") }
  }
}

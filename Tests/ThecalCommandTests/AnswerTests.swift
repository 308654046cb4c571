import Testing
import _ThecalTestSupport

private func thecal(_ arguments: String) -> ThecalProcess.Outcome {
  ThecalProcess.run("thecal \(arguments)", in: Folder())
}

/// Commands that answer with one JSON object, and something that stands in it.
let answers: [(String, Int32, String)] = [
  ("tables --json", 0, #""id":"cdc_2022""#), ("tables show leaflet_300 --json", 0, #""id":"leaflet_300""#),
  ("tables show cdc_2022 --json", 0, #""factor":1.5"#), ("cite cdc2022 --json", 0, #""year":2022"#),
  ("check-data --json", 0, #""findings":["#), ("doctor --json", 0, #""checks":["#),
  (
    "convert --medication 'oxycodone oral 20 mg q6h' --opioid-days 30 --json", 0,
    #""start":0.2,"start_unit":"mg/day""#
  ),
  ("convert --medication 'methadone 20 mg tid' --json", 1, #""status":"blocked","codes":["NO_CONVERSION"]"#),
  ("convert --medication 'morphine 1,500 mg bid' --json", 1, #""codes":["AMBIGUOUS_NUMBER"]"#),
  (
    "convert --medication 'baclofen 20 mg tid' --screening-bolus '50 mcg' --screening-effect '6 h' --json", 0,
    #""start":100,"#
  ),
]

@Test(arguments: answers) func `json is one object on standard output and nothing else`(
  arguments: String, code: Int32, words: String
) {
  let outcome = thecal(arguments)
  #expect(outcome.code == code && outcome.errors.isEmpty, "\(outcome.errors)")
  #expect(outcome.output.hasPrefix("{") && outcome.output.hasSuffix("}\n"))
  #expect(outcome.output.filter { $0 == "\n" }.count == 1)
  #expect(outcome.output.contains(words), "\(outcome.output.prefix(600))")
  for key in ["status", "codes", "message", "sources"] { #expect(outcome.output.contains("\"\(key)\":")) }
}

@Test func `every source of an answer can be cited`() throws {
  let outcome = thecal(
    "convert --medication 'hydromorphone 8 mg q6h' --to hydromorphone --age-years 80 --json")
  let list = try #require(outcome.output.split(separator: "\"sources\":[").last).prefix { $0 != "]" }
  let ids = list.split(separator: ",").map { String($0.filter { $0 != "\"" }) }
  #expect(ids.count > 2)
  #expect(thecal("cite \(ids.joined(separator: " ")) --json").code == 0, "\(ids)")
}

@Test func `the version names engine and data`() {
  let outcome = thecal("--version")
  let words = outcome.output.split(whereSeparator: { $0 == " " || $0 == "\n" })
  #expect(outcome.code == 0 && outcome.output.hasPrefix("thecal ") && outcome.output.contains(", data "))
  #expect(words.count == 4 && words[1].hasSuffix(","))
}

@Test func `tables are listed and shown with their sources`() {
  let list = thecal("tables")
  for id in [
    "cdc_2022", "cdc_2017", "cdc_2014_cms", "vonkorff_2008", "anzca_fpm_2021", "uk_2025", "leaflet_300",
    "krames_1996", "huntsman_2021", "kuopio_100", "mascc_100", "mascc_300", "label_fr", "japan_2023",
    "sylvester_2004",
  ] {
    #expect(list.output.contains(id))
    let shown = thecal("tables show \(id)")
    #expect(shown.code == 0 && shown.output.contains(id), "\(id): \(shown.errors)")
  }
  #expect(thecal("cite cdc2022").output.contains("2022"))
}

@Test func `the data prove themselves`() {
  let outcome = thecal("check-data")
  #expect(outcome.code == 0 && outcome.output.contains("unverified"))
}

@Test func `one patient is told in words that a person signs`() {
  let outcome = thecal("convert --medication 'oxycodone oral 20 mg q6h' --opioid-days 30")
  #expect(outcome.code == 0)
  #expect(
    outcome.output.hasPrefix(
      """
      takes       oxyCODONE oral 20 mg q6h
      equivalent  120 mg/day oral morphine (cdc_2022)
      estimate    0.4 mg/day morphine, range 0.4 to 2.4, ratio 300 (leaflet_300)
      start       0.2 mg/day morphine, by ratio 300 of leaflet_300 x 0.5 cross-tolerance
      limit       20 mg/day
      status      REVIEW (CROSS_TOLERANCE)
      """), "\(outcome.output)")
  let target = thecal("convert --medication 'morphine 60 mg bid' --to hydromorphone --opioid-days 30")
  #expect(target.output.contains("HYDROmorphone"))
}

import Testing
import _ThecalTestSupport

@Suite struct `thecal convert --risk` {
  let folder = Folder()

  private func run(_ flags: String) -> ThecalProcess.Outcome {
    folder.write(
      "c.csv",
      """
      patient_id,drug,dose,unit,frequency,opioid_days,ward
      a,morphine,60,mg,bid,30,W1
      b,methadone,60,mg,daily,30,W2
      a2,morphine,60,mg,bid,30,W3

      """)
    return ThecalProcess.run("thecal convert c.csv --quiet \(flags)", in: folder)
  }

  @Test func `adds two risks of too much and of too little, each with population and source`() {
    let rows = run("--risk").output.split(separator: "\n").map(String.init)
    #expect(rows.count == 4)
    #expect(rows[0].hasSuffix(",row_sha256,risk_over_1,risk_over_2,risk_under_1,risk_under_2,ward"))
    #expect(
      rows[1].contains(
        "inflammatory mass 7.14 % (2.46 to 16.1 %) in: single center, mean 91 months [duarte2010]"))
    #expect(rows[1].contains("inadequate relief 50 %") && rows[1].hasSuffix(",W1"))
    // A patient without a start has no risk of it.
    #expect(rows[2].hasSuffix(",,,,W2"))
  }

  @Test func `is the same for any number of threads, and leaves the rest of a row as it was`() {
    #expect(run("--risk --threads 1").output == run("--risk --threads 2").output)
    let (plain, more) = (run("").output, run("--risk").output)
    for (row, other) in zip(plain.split(separator: "\n"), more.split(separator: "\n")) {
      // Up to the engine column nothing differs.
      let end = row.firstRange(of: "thecal 0")?.lowerBound ?? row.endIndex
      #expect(other.hasPrefix(row[..<end].prefix(60)))
    }
    #expect(!plain.contains("risk_over_1"))
  }

  @Test func `names them for one patient, as for a file`() {
    let call = "thecal convert --medication 'morphine oral 60 mg bid' --opioid-days 30"
    let row = run("--risk --format jsonl").output.split(separator: "\n").first.map(String.init) ?? ""
    let worst = row.firstMatch(of: /"risk_over_1":"[^"]+"/).map { String($0.output) }
    let inline = ThecalProcess.run("\(call) --risk --json", in: folder).output
    #expect(worst.map { inline.contains($0) } == true)
    for name in ["risk_over_2", "risk_under_1", "risk_under_2"] { #expect(inline.contains("\"\(name)\":\"")) }
    #expect(
      ThecalProcess.run("\(call) --risk", in: folder).output.contains("risk        respiratory depression"))
    #expect(!ThecalProcess.run("\(call) --json", in: folder).output.contains("risk_over_1"))
    // A start that is refused has no risk.
    let refused = ThecalProcess.run(
      "thecal convert --medication 'methadone oral 20 mg tid' --risk --json", in: folder)
    #expect(refused.output.contains(#""risk_over_1":null"#))
  }

  @Test func `names them in JSON Lines too`() {
    let output = run("--risk --format jsonl").output
    #expect(
      output.contains(#""risk_over_1":"respiratory depression"#)
        && output.contains(#""risk_over_2":"inflammatory mass"#) && output.contains(#""risk_over_1":null"#))
  }
}

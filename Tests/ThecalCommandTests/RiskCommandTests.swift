import Testing
import _ThecalTestSupport

@Suite struct `thecal risk` {
  let folder = Folder()

  private func run(_ command: String) -> ThecalProcess.Outcome { ThecalProcess.run(command, in: folder) }

  @Test func `sorts by harm and names population, counts and sources`() {
    let outcome = run("thecal risk --drug morphine --dose '0.15 mg' --regimen single --patients 0")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("respiratory depression  over    1.01 % (0.213 to 2.79 %)"))
    #expect(outcome.output.contains("(single, naive, 9/327) [gehling2009]"))
    let breathing = outcome.output.firstRange(of: "respiratory depression")
    let itching = outcome.output.firstRange(of: "pruritus")
    #expect(breathing!.lowerBound < itching!.lowerBound)
  }

  @Test func `answers with one JSON object with the agreed keys`() {
    let outcome = run(
      "thecal risk --drug baclofen --dose '300 mcg/day' --regimen continuous --interruption '48 h' --patients 80 --json"
    )
    #expect(outcome.code == 0 && outcome.output.filter { $0 == "\n" }.count == 1)
    for key in [
      "status", "codes", "message", "sources", "effects", "effect", "direction", "probability", "low", "high",
      "severity", "kind", "tolerance", "population", "studies", "counts", "dose_response", "extrapolated",
      "codes",
    ] { #expect(outcome.output.contains("\"\(key)\":"), "\(key)") }
    #expect(
      outcome.output.contains(#""effect":"withdrawal","direction":"under","severity":"any","probability":0."#)
    )
    #expect(outcome.output.contains(#""effect":"inadequate_relief","direction":"under","severity":"any""#))
    #expect(
      outcome.output.contains(#"{"event":"catheter_complication","value":0.33,"#)
        && outcome.output.contains(#""event":"csf_leak""#))
  }

  @Test func `shows the fits and how far off they would be`() {
    let outcome = run("thecal risk fit --drug morphine")
    #expect(outcome.code == 0 && outcome.output.contains("without it the slope is 2.05"))
    #expect(outcome.output.contains("without this study") && outcome.output.contains("no other study"))
    #expect(outcome.output.contains("logit plateau") && outcome.output.contains("leaving out moves"))
  }

  @Test func `a slip is refused, and tolerant series stand against a large share of depressed breathing`() {
    let slip = run("thecal risk --drug baclofen --dose '400 mg/day' --regimen continuous --json")
    #expect(
      slip.code == 1 && slip.output.contains(#""status":"blocked""#) && slip.output.contains("TYPO_SUSPECTED")
    )
    #expect(slip.output.contains(#""effects":[]"#) && slip.output.contains(#""window":null"#))
    let high = run(
      "thecal risk --drug morphine --dose '15 mg/day' --regimen continuous --tolerance tolerant --patients 40"
    )
    #expect(high.code == 0 && high.output.contains("0/159") && high.output.contains("sallerincaute1998"))
    #expect(high.output.contains("Predicted for people used to this dose"))
  }

  @Test func `draws counts and window`() {
    let outcome = run(
      "thecal risk --drug morphine --dose '0.3 mg' --regimen single --patients 80 --plot r.svg")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let picture = text(folder.file("r.svg")) ?? ""
    #expect(
      picture.contains("respiratory depression") && picture.contains("nausea") && picture.contains("too much")
    )
  }

  @Test(arguments: [
    ("thecal risk --drug morphine --dose 0.3 --regimen single", 64),
    ("thecal risk --drug morphine --dose '0.3 mg/day' --regimen single", 64),
    ("thecal risk --drug morphine --dose '0.3 mg' --regimen sometimes", 64),
    ("thecal risk --drug sugar --dose '0.3 mg' --regimen single", 65),
    ("thecal risk --drug morphine --dose '0.3 mg' --regimen single --tip X9", 64),
    ("thecal risk --drug morphine --dose '0.3 mg' --regimen single --plot x.gif", 64),
    ("thecal risk --drug bupivacaine --dose '5 mg' --regimen single --plot x.svg", 65),
  ])
  func `says by its exit code what went wrong`(command: String, code: Int32) {
    #expect(run(command).code == code)
  }
}

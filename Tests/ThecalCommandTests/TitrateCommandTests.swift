import Testing
import _ThecalTestSupport

@Suite struct `thecal titrate` {
  let folder = Folder()

  private func run(_ command: String, _ plan: String = Self.baclofen) -> ThecalProcess.Outcome {
    _ = folder.write("p.yaml", plan)
    return ThecalProcess.run(command, in: folder)
  }

  static let baclofen = """
    drug: baclofen
    indication: spasticity_spinal
    age_years: 40
    screening: {bolus: 50 mcg, effect: 6 h}
    target: {dose: 300 mcg/day}
    days: 10
    """

  @Test func `prints the doses, the stop rules and the sources`() {
    let outcome = run("thecal titrate p.yaml")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for part in [
      "Status: REVIEW", "steps up to 30 %, once a day", "Stop rules", "lioresal_label_2022", "day 6",
    ] {
      #expect(outcome.output.contains(part), "\(part)")
    }
  }

  @Test func `answers with one JSON object with the agreed keys`() {
    let outcome = run("thecal titrate p.yaml --json")
    #expect(outcome.code == 0 && outcome.output.filter { $0 == "\n" }.count == 1)
    #expect(outcome.output.contains(#""start":100,"start_unit":"mcg/day""#))
    #expect(outcome.output.contains(#"{"day":2,"dose":130,"unit":"mcg/day","step_percent":30,"level":"#))
    #expect(outcome.output.contains(#""days_to_target":6"#) && outcome.output.contains(#""stop_rules":["#))
    let optimal = run("thecal titrate p.yaml --json", Self.baclofen + "\nprotocol: optimal")
    #expect(optimal.output.contains(#""kkt_residual":"#) && !optimal.output.contains(#""kkt_residual":null"#))
  }

  @Test func `writes schedule, picture and page`() {
    let outcome = run("thecal titrate p.yaml -o s.csv --plot s.svg --page s.html")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let table = text(folder.file("s.csv")) ?? ""
    #expect(table.hasPrefix("day,dose,unit,step_percent,level_ng_per_mL,effect,risk\n1,100,mcg/day,,"))
    #expect(table.contains("\n2,130,mcg/day,30,") && table.split(separator: "\n").count == 11)
    #expect((text(folder.file("s.svg")) ?? "").contains("Ashworth score"))
    let page = text(folder.file("s.html")) ?? ""
    #expect(
      page.contains("<b>130</b>") && page.contains("Second check")
        && page.contains("Not a cleared medical device"))
  }

  /// Two days with two scores each: 12 and 8 hours, one dose a day.
  @Test func `learns from a diary, a mean per day, and rests on no half of one`() {
    let plan = Self.baclofen + "\ndiary: d.csv\nbaseline: 3.5\n"
    let rows =
      "date,ashworth,dose,side_effect\n2026-01-01 08:00,3,120 mcg/day,\n2026-01-01 20:00,2,120 mcg/day,\n2026-01-03 08:00,2.5,150 mcg/day,drowsy\n"
    folder.write("d.csv", rows)
    let outcome = run("thecal titrate p.yaml --json", plan)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains(#""scores":2"#) && outcome.output.contains(#""schedule":[{"day":3,"dose":150,"#)
    )
    folder.write(
      "o.yaml",
      Self.baclofen
        + "\nbaseline: 3.5\nobservations: [{day: 1, dose: 120 mcg/day, ashworth: 2.5}, {day: 3, dose: 150 mcg/day, ashworth: 2.5, side_effects: [drowsy]}]\n"
    )
    #expect(run("thecal titrate o.yaml --json", plan).output == outcome.output)
    folder.write("d.csv", rows + "2026-01-04 08:00,seven,150 mcg/day,\n")
    let bad = run("thecal titrate p.yaml", plan)
    #expect(bad.code == 65 && bad.errors.contains("d.csv:5: ashworth"), "\(bad.errors)")
    folder.write("d.csv", "date,ashworth\n2026-01-01 08:00,3\n")
    #expect(run("thecal titrate p.yaml", plan).errors.contains("no dose is stated"))
  }

  @Test func `a refused plan has no dose, and writes nothing`() {
    let outcome = run(
      "thecal titrate p.yaml --json -o s.csv", "drug: baclofen\ntarget: {dose: 300 mcg/day}")
    #expect(outcome.code == 1)
    #expect(
      outcome.output.contains(#""status":"blocked","codes":["SCREENING_REQUIRED""#)
        || outcome.output.contains("SCREENING_REQUIRED"))
    #expect(outcome.output.contains(#""start":null"#) && outcome.output.contains(#""schedule":[]"#))
    #expect(text(folder.file("s.csv")) == nil)
  }

  @Test(arguments: [
    ("drug: baclofen\ntarget: {dose: 300}", 65, "target.dose"),
    ("drug: sugar\ntarget: {dose: 1 mg/day}", 65, "drug"),
    ("drug: morphine\ntarget: {relief: 50 %, dose: 1 mg/day}", 65, "target"),
    ("drug: morphine\ntarget: {dose: 1 mg/day}\nprotocoll: label", 65, "did you mean 'protocol'"),
    ("drug: morphine\ntarget: {dose: 1 mg/day}\nobservations: [{day: 3, dose: 1 mg/day}]", 65, "pain"),
    ("drug: morphine\ntarget: {dose: 1 mg/day}\ncatheter: {tip: Q7}", 65, "Q7"),
  ])
  func `names file, line and key of what is wrong`(plan: String, code: Int32, word: String) {
    let outcome = run("thecal titrate p.yaml", plan)
    #expect(
      outcome.code == code && outcome.errors.contains("p.yaml:") && outcome.errors.contains(word),
      "\(outcome.errors)")
  }
}

import Testing
import _ThecalTestSupport

private let infusion = """
  drug: morphine
  indication: noncancer
  opioid_tolerant: yes
  monitored: yes
  catheter: {tip: L1}
  segment: T11
  ceiling: 0.5 mg/day
  population: {samples: 24, seed: 2}
  trial: {method: continuous, step: 0.1 mg/day}
  """

private let screening = """
  drug: baclofen
  indication: spasticity_spinal
  age_years: 45
  monitored: yes
  catheter: {tip: L3}
  segment: T12
  baseline: 3.3
  population: {samples: 24, seed: 2}
  trial: {method: multiple, result: {bolus: 50 mcg, ashworth_drop: 1.5, effect: 6 h}}
  """

@Suite struct `thecal titrate with a trial` {
  let folder = Folder()

  private func run(_ command: String, _ text: String = infusion) -> ThecalProcess.Outcome {
    _ = folder.write("p.yaml", text)
    return ThecalProcess.run(command, in: folder)
  }

  @Test func `answers by the hour, with what is still to come`() {
    let outcome = run("thecal titrate p.yaml --json")
    #expect(outcome.code == 0 && outcome.output.filter { $0 == "\n" }.count == 1, "\(outcome.errors)")
    for part in [
      #""status":"review""#, #""trial":"continuous""#, #""start":0.1,"start_unit":"mg/day""#,
      #""schedule":[{"hour":0,"dose":0.1,"unit":"mg/day","step_percent":null"#, #""hour":24,"#,
      #""days_to_target":null"#, #""success":{"probability":"#, #""effect_to_come":"#,
      #""felt_at_next_step_percent":39.0"#, #""stop_rules":["#, #""match":null"#,
    ] { #expect(outcome.output.contains(part), "\(part)\n\(outcome.output.prefix(900))") }
  }

  @Test func `is the same from standard input, and whatever the threads`() {
    let one = run("thecal titrate p.yaml --json").output
    #expect(run("thecal titrate - --json < p.yaml").output == one)
    #expect(run("OPENBLAS_NUM_THREADS=2 thecal titrate p.yaml --json").output == one)
  }

  @Test func `turns a success into a first programme with its reasons`() {
    let outcome = run("thecal titrate p.yaml", screening)
    #expect(outcome.code == 0)
    for part in [
      "Trial of intrathecal baclofen by several injections", "First programme: 100 mcg/day",
      "bolus x 2 (lioresal_label_2022)", "Ashworth", "Stop rules",
    ] { #expect(outcome.output.contains(part), "\(part)\n\(outcome.output)") }
  }

  @Test func `writes table, picture and page`() {
    let outcome = run(
      "thecal titrate p.yaml -o t.csv --plot p.svg --page p.html >/dev/null && cat t.csv p.svg p.html")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for part in ["hour,dose,unit,step_percent,given", "2,0.2,mg/day,100,", "Rate (mg/day)", "<th>Hour</th>"] {
      #expect(outcome.output.contains(part), "\(part)")
    }
  }

  @Test(arguments: [
    ("s/opioid_tolerant: yes/opioid_tolerant: no/", 1, "OPIOID_NAIVE_CAP"),
    ("s/monitored: yes/monitored: no/", 1, "NOT_MONITORED"), ("/ceiling/d", 1, "MISSING_FIELD"),
    ("s/drug: morphine/drug: fentanyl/", 1, "NO_PROTOCOL"),
    ("s/step: 0.1/stepp: 0.1/", 65, "did you mean 'step'?"),
    ("s/method: continuous/method: single/", 65, "'step'"),
    ("s/continuous/slow/", 65, "single"), ("s/drug: morphine/drug: morfine/", 65, "did you mean 'morphine'?"),
  ])
  func `refuses what is unsafe and names what is wrong`(edit: String, code: Int32, words: String) {
    let outcome = run("sed -i '\(edit)' p.yaml; thecal titrate p.yaml --json")
    #expect(outcome.code == code)
    #expect(
      (outcome.output + outcome.errors).contains(words), "\(outcome.output.prefix(500)) \(outcome.errors)")
    if code == 1 { #expect(outcome.output.contains(#""schedule":[]"#)) }
  }
}

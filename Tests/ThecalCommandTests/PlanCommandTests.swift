import Testing
import _ThecalTestSupport

private let example = ShippedExample.contents("patient.yaml")

/// Keys that a plan has beside those of a titration.
private func titration(_ yaml: String) -> String {
  let own = ["patient_id", "fill", "path"]
  return yaml.split(separator: "\n").filter { line in !own.contains { line.hasPrefix("\($0):") } }.joined(
    separator: "\n")
}

@Test func `every part of a plan is byte for byte the answer of its own command`() throws {
  let folder = Folder()
  folder.write("patient.yaml", example)
  folder.write("titration.yaml", titration(example))
  folder.write("trial.yaml", titration(example) + "\ntrial: single\n")
  folder.write("patient-trial.yaml", example + "trial: single\n")
  folder.write(
    "timeline.yaml",
    titration(example).replacing(
      "- morphine oral 60 mg bid", with: "- {take: morphine oral 60 mg bid, until: 0 day}"))
  func answer(_ command: String) -> String {
    let done = ThecalProcess.run("thecal \(command)", in: folder)
    #expect(done.code == 0, "\(command): \(done.errors)")
    return String(done.output.prefix { $0 != "\n" })
  }
  let plan = answer("plan patient.yaml --json")
  let facts =
    "--indication noncancer --age-years 54 --frail no --sleep-apnea no --cns-depressants no --opioid-days 90"
  let fill =
    "--fill '20 mL' --concentration '2 mg/mL' --date 2026-01-05 --alarm '2 mL' --drug morphine --filling first"
  let commands = [
    (
      "conversion",
      "convert --medication 'morphine oral 60 mg bid' --to morphine \(facts) --residual-mme 0 --json"
    ),
    ("compound", "pump compound --volume '20 mL' --drug 'morphine 2 mg/mL from 10 mg/mL' --json"),
    (
      "prime",
      "pump prime --length '60 cm' --per-length '0.0022 mL/cm' --concentration '2 mg/mL' --dose '0.4 mg/day' --drug morphine --json"
    ), ("refill", "pump refill \(fill) --dose '0.8 mg/day' --json"),
    ("refill_at_start", "pump refill \(fill) --dose '0.4 mg/day' --json"),
    ("titration", "titrate titration.yaml --json"),
    (
      "risk",
      "risk --drug morphine --dose '0.4 mg/day' --regimen continuous --tolerance tolerant --residual-mme '0 mg/day' --age 54 --concentration '2 mg/mL' --tip T10 --json"
    ), ("timeline", "timeline timeline.yaml --json --quiet"),
  ]
  for (key, command) in commands {
    let part = answer(command)
    #expect(part.hasPrefix("{") && part.count > 100)
    #expect(plan.contains("\"\(key)\":\(part)"), "\(key): \(part.prefix(400))")
  }
  let trial = answer("titrate trial.yaml --json")
  #expect(answer("plan patient-trial.yaml --json").contains("\"trial\":\(trial)"))
}

@Test func `a plan states start, limit and refill once, with card, label, record and signatures`() throws {
  let folder = Folder()
  folder.write("patient.yaml", example)
  let done = ThecalProcess.run("thecal plan patient.yaml --page plan.html", in: folder)
  #expect(done.code == 0, "\(done.errors)")
  for line in [
    "Start: 0.4 mg/day", "Limit: 20 mg/day", "Refill by: 2026-02-14", "FOR INTRATHECAL USE ONLY",
    "beyond-use date: ______________", "filter: ______________", "=== Emergency: too much ===",
    "checked independently by:",
  ] { #expect(done.output.contains(line), "\(line)") }
  let page = try #require(text(folder.file("plan.html")))
  #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("</html>") && !page.contains("{{"))
  #expect(page.contains("Patient A-17") && page.contains("Emergency card") && page.contains("2026-02-14"))
}

@Test func `a plan that is refused exits with 1 and prints no dose`() throws {
  let folder = Folder()
  folder.write("patient.yaml", example.replacing("morphine oral 60 mg bid", with: "methadone oral 20 mg tid"))
  let done = ThecalProcess.run("thecal plan patient.yaml --page plan.html --json", in: folder)
  #expect(done.code == 1 && done.output.contains(#""status":"blocked""#), "\(done.errors)")
  #expect(done.output.contains(#""start":null"#) && done.output.contains(#""label":null"#))
  #expect(!done.output.contains("schedule") && !done.output.contains("stock_mL"))
  let page = try #require(text(folder.file("plan.html")))
  #expect(page.contains("NO_CONVERSION") && !page.contains("Label of the syringe"))
}

@Test func `what a patient file lacks or does not know is named with its line`() throws {
  let folder = Folder()
  for (yaml, said) in [
    (example + "program: [{at: 0 h, rate: 1 mg/day}]\n", "a plan makes the programme itself"),
    (example + "oral_mme: 100 mg/day\n", "write medications"),
    (example.replacing("patient_id: A-17\n", with: ""), "'patient_id' is missing"),
    (example.replacing("date: 2026-01-05", with: "date: 2026-02-30"), "fill.date"),
    (example.replacing("pump: SynchroMed II", with: "pump: Synchromat"), "no pump that is known"),
    (example.replacing("per_length: 0.0022 mL/cm", with: "catheter: nothing"), "no catheter that is known"),
  ] {
    folder.write("patient.yaml", yaml)
    let done = ThecalProcess.run("thecal plan patient.yaml", in: folder)
    #expect(done.code == 65 && done.errors.contains(said) && done.output.isEmpty, "\(said): \(done.errors)")
    #expect(done.errors.contains("patient.yaml:"))
  }
  #expect(ThecalProcess.run("thecal plan missing.yaml", in: folder).code == 66)
}

@Test(arguments: ["[]", "[ ]", "\n"]) func `a plan for a patient who takes nothing is refused at its line`(
  medications: String
) {
  let folder = Folder()
  folder.write("patient.yaml", example.replacing("  - morphine oral 60 mg bid\n", with: ""))
  let lines =
    text(folder.file("patient.yaml"))?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
  let place = lines.firstIndex { $0.hasPrefix("medications:") } ?? -2
  folder.write(
    "empty.yaml",
    lines.map { $0.hasPrefix("medications:") ? "medications: \(medications)" : String($0) }
      .joined(separator: "\n"))
  let outcome = ThecalProcess.run("thecal plan empty.yaml", in: folder)
  #expect(outcome.code == 65 && outcome.errors.contains("empty.yaml:\(place + 1)"), "\(outcome.errors)")
}

import ThecalFormulary
import ThecalScenario

/// What a YAML file is for.
enum YAMLKind { case simulate, sweep, titrate, timeline, plan, fit, candidate }

/// A file is read, or refused with words and, where it names a line, one that the file has.
func fuzzYAML(_ bytes: [UInt8], _ kind: YAMLKind) {
  let yaml = String(decoding: bytes, as: UTF8.self)
  do {
    switch kind {
    case .simulate: _ = try SimulationScenario(yaml: yaml, file: "f.yaml")
    case .sweep: _ = try SweepScenario(yaml: yaml, file: "f.yaml")
    case .titrate: _ = try TitrationScenario(yaml: yaml, file: "f.yaml")
    case .timeline: _ = try TimelineScenario(yaml: yaml, file: "f.yaml")
    case .plan: _ = try PatientScenario(yaml: yaml, file: "f.yaml")
    case .fit: _ = try FitScenario(yaml: yaml, file: "f.yaml").request(scenario: scenario, data: points)
    case .candidate:
      let checklist = Formulary.embedded.candidateChecklist
      _ = try CandidateScenario(
        yaml: yaml, file: "f.yaml", indications: checklist.indications, questions: checklist.questions)
    }
  } catch {
    // YAML breaks lines at these five, a return with its newline once: no line comes after all of them.
    let lines = yaml.unicodeScalars.count { [0xA, 0xD, 0x85, 0x2028, 0x2029].contains($0.value) } + 1
    // A fit may find fault with the files that it names.
    let most = kind == .fit ? max(lines, 4) : lines
    precondition(
      !error.message.isEmpty && error.line.map { 1...most + 1 ~= $0 } != false, "no place: \(error)")
  }
}

/// The scenario that a fit names, and the measurements.
private let scenario = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.25 mg}]
  output: {every: 1 h, until: 1 day, at: [L3]}
  """
private let points = "subject,time,site,value\nA,1 h,L3,4228 ng/mL\nA,4 h,L3,900 ng/mL\nB,2 h,L3,2000 ng/mL\n"

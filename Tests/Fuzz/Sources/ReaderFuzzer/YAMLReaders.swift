import ThecalScenario

/// What a YAML file is for.
enum YAMLKind { case simulate, sweep, titrate, timeline }

/// A file is read, or refused with words and, where it names a line, one that the file has.
func fuzzYAML(_ bytes: [UInt8], _ kind: YAMLKind) {
  let yaml = String(decoding: bytes, as: UTF8.self)
  do {
    switch kind {
    case .simulate: _ = try SimulationScenario(yaml: yaml, file: "f.yaml")
    case .sweep: _ = try SweepScenario(yaml: yaml, file: "f.yaml")
    case .titrate: _ = try TitrationScenario(yaml: yaml, file: "f.yaml")
    case .timeline: _ = try TimelineScenario(yaml: yaml, file: "f.yaml")
    }
  } catch {
    let lines = yaml.utf8.count { $0 == 10 } + 1
    precondition(
      !error.message.isEmpty && error.line.map { 1...lines + 1 ~= $0 } != false, "no place: \(error)")
  }
}

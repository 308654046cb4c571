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
    // YAML breaks lines at these five, a return with its newline once: no line comes after all of them.
    let lines = yaml.unicodeScalars.count { [0xA, 0xD, 0x85, 0x2028, 0x2029].contains($0.value) } + 1
    precondition(
      !error.message.isEmpty && error.line.map { 1...lines + 1 ~= $0 } != false, "no place: \(error)")
  }
}

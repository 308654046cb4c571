import Testing
import _ThecalTestSupport

@testable import ThecalScenario

/// Documents that are whole, one of each kind.
private let documents: [String] = [
  """
  drug: morphine
  catheter: {tip: L3}
  program:
    - {at: 0 h, bolus: 0.25 mg, volume: 1 mL}
    - {at: 0 h, rate: 1 mg/day}
  parameters: {height: 172 cm, loss: 3.0e-5 1/s, spinal_fraction: 0.34}
  cells: 400
  output: {every: 1 h, until: 7 day, at: [tip, L4, T12, cranial, plasma]}
  """,
  """
  drug: morphine
  indication: noncancer
  age_years: 80
  opioid_days: 60
  medications: ["morphine oral 60 mg bid"]
  target: {dose: 1 mg/day}
  protocol: label
  observations: [{day: 1, dose: 0.2 mg/day, pain: 6}]
  """,
  """
  scenario: base.yaml
  design: {method: montecarlo, samples: 10, seed: 1}
  parameters:
    dispersion_c1: {lognormal: {median: 0.67 cm2/s, gsd: 2}, truncate: [0.01 cm2/s, 10 cm2/s]}
    spinal_fraction: {uniform: {low: 0.05, high: 0.5}}
  correlation: [[dispersion_c1, spinal_fraction, 0.7]]
  outputs: [csf, steady]
  """,
]

/// What a hand, a program or an attacker puts into a document.
private let splices = [
  "1e308", "1e-400", "-1", "NaN", ".inf", "~", "null", "{", "}", "[", "]", ": ", "- ", "? ", "&a ", "*a",
  "!!binary ", "|\n",
  ">\n", "%YAML 1.2\n", "---\n", "...\n", "\"", "'", "#", "\t", "\u{0}", "\u{FEFF}", "\u{85}", "🧪",
  "9223372036854775808",
  "0x7fffffffffffffff", "µg", " day", "<<: ", "=",
]

/// `document` with a few seeded changes: a splice, a cut, a doubled stretch, another byte.
private func mutated(_ document: String, _ random: inout SeededGenerator) -> String {
  var bytes = Array(document.utf8)
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      bytes.insert(
        contentsOf: Array((splices.randomElement(using: &random) ?? "").utf8), at: min(place, bytes.count))
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
    case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: min(place, bytes.count))
    default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

@Test(arguments: 0..<8 as Range<UInt64>)
func `a mutated document is read or refused with its place, and nothing else`(
  seed: UInt64
) {
  var random = SeededGenerator(seed: seed)
  var refused = 0
  for round in 0..<300 {
    let text = mutated(documents[round % documents.count], &random)
    let readers: [() throws -> Void] = [
      { _ = try SimulationScenario(yaml: text, file: "f.yaml") },
      { _ = try TitrationScenario(yaml: text, file: "f.yaml") },
      { _ = try SweepScenario(yaml: text, file: "f.yaml") },
    ]
    for read in readers {
      do { try read() } catch let error as ScenarioError {
        refused += 1
        #expect(error.file == "f.yaml" && !error.message.isEmpty && error.description.utf8.count < 20_000)
      } catch {
        Issue.record("\(error) for \(text.debugDescription)")
      }
    }
  }
  #expect(refused > 100)
}

@Suite struct `The bounds of a document` {
  @Test func `stand just above what people write`() {
    let aliases = { (count: Int) in "a: &x 1\n" + (0..<count).map { "k\($0): *x\n" }.joined() }
    #expect(YAMLBounds.problem(aliases(8)) == nil && YAMLBounds.problem(aliases(9)) != nil)
    #expect(YAMLBounds.problem("# the *tip* and the *end*, 3 * 4, a*b\n" + aliases(0)) == nil)
    let brackets = { (count: Int) in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(YAMLBounds.problem(brackets(64)) == nil && YAMLBounds.problem(brackets(65))?.line == 1)
    #expect(YAMLBounds.problem(String(repeating: "[1], ", count: 1_000)) == nil)
    let blanks = { (count: Int) in "a: 1\n" + String(repeating: " ", count: count) + "b" }
    #expect(YAMLBounds.problem(blanks(255)) == nil && YAMLBounds.problem(blanks(256))?.line == 2)
  }
}

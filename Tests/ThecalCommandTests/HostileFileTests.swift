import Glibc
import Testing
import _ThecalTestSupport

/// Nine lists of nine, twelve deep, asked for as a key: ten lines that stand for 3 · 10¹¹ words.
private let bomb: String = {
  var text = "drug: &a0 [x,x,x,x,x,x,x,x,x]\ncatheter:\n"
  for level in 1...12 {
    text +=
      "  k\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
      + "]\n"
  }
  return text + "program: {? *a12 : 1, ? y : 2}\n"
}()

/// Documents that cost a parser more than they are worth.
private let hostileDocuments: [(String, String)] = [
  ("aliases as keys", bomb), ("aliases in quotes", bomb.replacing("x,x", with: "\"it's\",x")),
  ("a scalar of nine megabytes", "drug: " + String(repeating: "a", count: 9 << 20)),
  ("a scalar of three megabytes", "drug: " + String(repeating: "a", count: 3 << 20)),
  ("a key of three megabytes", String(repeating: "k", count: 3 << 20) + ": 1"),
  ("brackets without end", "drug: " + String(repeating: "[", count: 100_000)),
  ("braces without end", "drug: " + String(repeating: "{a: ", count: 100_000)),
  ("dashes without end", String(repeating: "- ", count: 100_000)),
  ("questions without end", String(repeating: "? ", count: 100_000)),
  (
    "blocks without end", (0..<2_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
  ),
  ("a NUL", "drug: morph\u{0}ine\n"), ("nothing", ""), ("a number", "1"),
  ("many documents", "---\na: 1\n---\nb: 2\n"),
  ("a tag", "drug: !!python/object/apply:os.system ['id > pwned']\n"),
]

private let readers = ["simulate", "titrate", "candidate", "sweep -o out.nc"]

@Test(arguments: readers, hostileDocuments)
func `a hostile document is refused within seconds`(reader: String, document: (String, String)) {
  let folder = Folder()
  folder.write("h.yaml", document.1)
  let parts = reader.split(separator: " ", maxSplits: 1).map(String.init)
  let outcome = ThecalProcess.run(
    "timeout 20 thecal \(parts[0]) h.yaml \(parts.dropFirst().joined())", in: folder)
  #expect(outcome.code == 65, "\(reader), \(document.0): \(outcome.code) \(outcome.errors.prefix(300))")
  #expect(outcome.errors.utf8.count < 4_000, "\(document.0)")
  #expect(folder.names == ["h.yaml"])
}

private let plain = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.25 mg}]
  output: {every: 1 h, until: 2 h, at: [tip]}

  """

@Test(arguments: ["utf8", "bom", "windows", "crlf", "aliases"])
func `a document in any honest dress is read`(kind: String) {
  let folder = Folder()
  let micro = plain.replacing("0.25 mg", with: "250 µg")
  let bytes: [UInt8] =
    switch kind {
    case "bom": [0xEF, 0xBB, 0xBF] + Array(plain.utf8)
    case "windows": micro.unicodeScalars.map { UInt8($0.value) }
    case "crlf": Array(plain.replacing("\n", with: "\r\n").utf8)
    case "aliases":
      Array(plain.replacing("until: 2 h", with: "until: *t").replacing("at: 0 h", with: "at: &t 0 h").utf8)
    default: Array(micro.utf8)
    }
  folder.write(
    "s.yaml",
    kind == "aliases"
      ? Array(plain.replacing("every: 1 h, until: 2 h", with: "every: &t 1 h, until: *t").utf8) : bytes)
  let outcome = ThecalProcess.run("thecal simulate s.yaml --quiet", in: folder)
  #expect(outcome.code == 0 && outcome.output.hasPrefix("time_h,tip_ng_per_mL"), "\(kind): \(outcome.errors)")
}

@Test(arguments: readers) func `a document in UTF-16 is refused with a hint`(reader: String) {
  let folder = Folder()
  folder.write("s.yaml", [0xFF, 0xFE] + Array(plain.utf8).flatMap { [$0, 0] })
  let parts = reader.split(separator: " ", maxSplits: 1).map(String.init)
  let outcome = ThecalProcess.run("thecal \(parts[0]) s.yaml \(parts.dropFirst().joined())", in: folder)
  #expect(outcome.code == 65 && outcome.errors.contains("UTF-16"), "\(outcome.errors)")
}

@Test(arguments: ["1e30 year", "151 year", "1e300 month", "-1 year", "1e30 %"])
func `an age or a share beyond belief is refused`(value: String) {
  let folder = Folder()
  let key = value.hasSuffix("%") ? "positive_trial" : "age"
  folder.write("c.yaml", "indication: noncancer\n\(key): \(value)\n")
  let outcome = ThecalProcess.run("thecal candidate c.yaml", in: folder)
  #expect(outcome.code == 65 && outcome.errors.contains("c.yaml:2"), "\(outcome.code) \(outcome.errors)")
}

@Test func `a file names no other file outside its folder, no pipe and no device`() {
  let folder = Folder()
  folder.write("s.yaml", plain)
  let sweep =
    "design: {method: grid}\nparameters: {loss: {values: [3.0e-5 1/s]}}\noutputs: [steady]\nscenario: "
  for name in ["../s.yaml", "/etc/passwd", "\(folder.path)/s.yaml", "pipe", "/dev/zero", "link.yaml"] {
    folder.write("w.yaml", sweep + name + "\n")
    let outcome = ThecalProcess.run(
      "[ -p pipe ] || mkfifo pipe; ln -sf /etc/hostname link.yaml; timeout 20 thecal sweep w.yaml -o out.nc",
      in: folder)
    #expect(
      outcome.code == 65 && outcome.errors.contains("w.yaml:4"), "\(name): \(outcome.code) \(outcome.errors)")
  }
  folder.write("w.yaml", sweep + "s.yaml\n")
  #expect(ThecalProcess.run("thecal sweep w.yaml -o out.nc --quiet", in: folder).code == 0)
}

@Test func `a plan names no diary outside its folder`() {
  let folder = Folder()
  folder.write("d.csv", "date,pain,dose\n2026-01-05,7,100 mcg/day\n")
  let plan =
    "drug: baclofen\nindication: spasticity_spinal\nscreening: {bolus: 50 mcg, effect: 6 h}\n"
    + "target: {dose: 200 mcg/day}\nprotocol: label\ndiary: "
  for name in ["../d.csv", "\(folder.path)/d.csv", "/etc/passwd"] {
    folder.write("p.yaml", plan + name + "\n")
    let outcome = ThecalProcess.run("thecal titrate p.yaml", in: folder)
    #expect(
      outcome.code == 65 && outcome.errors.contains("p.yaml:6"), "\(name): \(outcome.code) \(outcome.errors)")
  }
}

@Test func `a value that begins with a minus is said to be wrong, not missing`() {
  let outcome = ThecalProcess.run(
    "thecal pump wean --drug baclofen --from '-2 mg/day' --to '1 mg/day' --per-step '10 %' --every '7 day'",
    in: Folder())
  #expect(
    outcome.code == 64 && !outcome.errors.contains("Missing value") && outcome.errors.contains("-2 mg/day"))
}

@Test func `an inline patient stands on no line`() {
  let outcome = ThecalProcess.run(
    "thecal convert --medication 'morphine oral 1O mg bid' --json", in: Folder())
  #expect(outcome.code == 1 && outcome.output.contains("BAD_NUMBER") && !outcome.output.contains("line "))
  let quoted = ThecalProcess.run(
    "thecal convert --medication 'morphine oral 60 mg bid' --opioid-days 30 --allergy 'a \"b\", c' --json",
    in: Folder())
  #expect(quoted.output.contains(#"a \"b\", c"#) && quoted.output.contains("ALLERGY"))
}

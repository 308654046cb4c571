import Testing
import _ThecalTestSupport

private let scenario = """
  drug: baclofen
  catheter: {tip: T10}
  program: [{at: 0 h, rate: 400 mcg/day}]
  cells: 100
  output: {every: 6 h, until: 2 day, at: [tip, L4, cranial]}
  """

@Suite struct `thecal simulate` {
  let folder = Folder()

  /// Writes `text` to a scenario file, runs `command`.
  private func run(_ command: String, _ text: String = scenario) -> ThecalProcess.Outcome {
    _ = folder.write("s.yaml", text)
    return ThecalProcess.run(command, in: folder)
  }

  @Test func `prints a row per time and a column per site`() {
    let outcome = run("thecal simulate s.yaml")
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(lines.count == 10 && lines[0] == "time_h,tip_ng_per_mL,L4_ng_per_mL,cranial_ng_per_mL")
    #expect(lines[1] == "0,0,0,0" && lines[9].hasPrefix("48,"))
  }

  @Test func `reads standard input and gives the same bytes every time`() {
    let one = run("thecal simulate s.yaml")
    #expect(run("thecal simulate - < s.yaml").output == one.output)
    #expect(run("OPENBLAS_NUM_THREADS=2 thecal simulate s.yaml").output == one.output)
  }

  @Test func `gives one row for the rate held for ever`() {
    let lines = run("thecal simulate s.yaml --steady").output.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("inf,57"))
  }

  @Test func `answers with one JSON object`() {
    let outcome = run("thecal simulate s.yaml --json")
    let wanted = [
      "\"status\":\"ok\"", "\"codes\":[]", "\"message\":\"\"", "\"sources\":[", "\"tip_ng_per_mL\":[0,",
      "\"ledger\":{",
    ]
    for part in wanted { #expect(outcome.output.contains(part), "\(part)") }
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test func `warns of an empty plasma column and keeps quiet when asked to`() {
    let text = scenario.replacing("drug: baclofen", with: "drug: clonidine").replacing(
      "cranial]", with: "plasma]")
    let outcome = run("thecal simulate s.yaml", text)
    #expect(outcome.code == 0 && outcome.errors.contains("No plasma kinetics are known for clonidine"))
    #expect(outcome.output.split(separator: "\n")[1] == "0,0,0,")
    #expect(run("thecal simulate s.yaml --quiet", text).errors.isEmpty)
  }

  @Test(arguments: [
    ("thecal simulate nothing.yaml", 66), ("thecal simulate s.yaml -o nowhere/x.csv", 73),
    ("thecal simulate", 64),
    ("thecal simulate s.yaml -o s.yaml", 73), ("thecal simulate s.yaml --plot x.gif", 64),
    ("thecal simulate s.yaml --steady --plot x.svg", 64),
    ("thecal simulate s.yaml -o x.svg --plot x.svg", 64), ("thecal simulate s.yaml > /dev/full", 74),
  ])
  func `says by its exit code what went wrong`(command: String, code: Int32) {
    let outcome = run(command)
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(!outcome.errors.isEmpty)
  }

  @Test func `names file, line and key of a mistake`() {
    let outcome = run("thecal simulate s.yaml", scenario.replacing("cells", with: "cels"))
    #expect(
      outcome.code == 65 && outcome.errors.contains("s.yaml:4: cels: unknown key; did you mean 'cells'?"))
  }

  @Test func `writes NetCDF with units, complete or not at all`() {
    let outcome = run("thecal simulate s.yaml -o out.nc && head -c 4 out.nc && ls")
    #expect(outcome.code == 0 && outcome.output.contains("HDF") && outcome.output.contains("out.nc"))
    #expect(!outcome.output.contains("tmp"))
  }

  @Test func `draws levels over time and along the spine`() {
    let outcome = run(
      "thecal simulate s.yaml --plot p.svg -o t.csv && thecal simulate s.yaml --plot p.png -o t.csv && cat p.svg"
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
    for label in [
      "Baclofen in CSF", "Concentration (ng/mL)", "Time (h)", "Vertebral level", "T10", "cranial",
    ] {
      #expect(outcome.output.contains(label), "\(label)")
    }
    #expect(run("head -c 4 p.png").output.contains("PNG"))
  }
}

import Testing
import _ThecalTestSupport

@Suite struct `thecal candidate` {
  let folder = Folder()

  private func run(_ command: String, _ text: String) -> ThecalProcess.Outcome {
    _ = folder.write("c.yaml", text)
    return ThecalProcess.run(command, in: folder)
  }

  private let open = "indication: noncancer\ndrug: morphine\npositive_trial: 60 %\ninfection: unknown\n"

  @Test func `prints each item with its source, and what is missing`() {
    let outcome = run("thecal candidate c.yaml", open)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Status: REVIEW") && outcome.output.contains("positive trial: 60 %"))
    #expect(outcome.output.contains("[kumar2001]") && outcome.output.contains("Not known yet"))
  }

  @Test func `answers with one JSON object, from standard input too`() {
    let outcome = run("thecal candidate - --json < c.yaml", open)
    #expect(outcome.code == 0 && outcome.output.filter { $0 == "\n" }.count == 1)
    for part in [
      #""status":"review","codes":["MISSING_FIELD"]"#, #""sources":["#, #""items":[{"id":""#,
      #""result":"met""#, #""result":"unknown""#, #""missing":["#, #""excluding":[]"#,
    ] { #expect(outcome.output.contains(part), "\(part)") }
    #expect(!outcome.output.contains("score"))
  }

  @Test(arguments: [
    ("thecal candidate nothing.yaml", 66), ("thecal candidate", 64), ("thecal candidate c.yaml extra", 64),
    ("sed -i 's/infection/infektion/' c.yaml; thecal candidate c.yaml", 65),
    ("sed -i 's/unknown/yes/' c.yaml; thecal candidate c.yaml >/dev/null", 1),
  ])
  func `says by its exit code what went wrong`(command: String, code: Int32) {
    #expect(run(command, open).code == code)
  }
}

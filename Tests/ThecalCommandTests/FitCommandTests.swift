import Foundation
import Testing
import _ThecalTestSupport

private let scenario = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.25 mg}]
  cells: 60
  output: {every: 1 h, until: 1 day, at: [L3]}
  """

private let table = """
  time,site,value,below
  1 h,L3,4228 ng/mL,
  4 h,L3,1500 ng/mL,
  8 h,L3,500 ng/mL,
  24 h,L3,50 ng/mL,yes
  """

private let specification = """
  scenario: s.yaml
  data: points.csv
  estimate: [loss, cranial_volume]
  error: {proportional: 30 %}
  prior: default
  """

@Suite struct `thecal fit` {
  let folder = Folder()

  private func run(_ command: String, _ text: String = specification) -> ThecalProcess.Outcome {
    _ = folder.write("s.yaml", scenario)
    _ = folder.write("points.csv", table)
    _ = folder.write("fit.yaml", text)
    return ThecalProcess.run(command, in: folder)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `answers with estimates, residuals and predictions`() throws {
    let outcome = run("thecal fit fit.yaml")
    #expect(outcome.code == 0 && outcome.errors.contains("loss:"))
    let answer = try object(outcome.output)
    for key in ["status", "codes", "message", "sources", "ofv", "n", "converged", "residuals", "predictions"]
    {
      #expect(answer[key] != nil, "\(key)")
    }
    #expect(answer["n"] as? Int == 4 && answer["converged"] as? Bool == true)
    let estimates = try #require(answer["estimates"] as? [[String: Any]])
    #expect(estimates.map { $0["parameter"] as? String } == ["loss", "cranial_volume"])
    for key in ["value", "unit", "low", "high", "prior", "identifiable"] {
      #expect(estimates[0][key] != nil, "\(key)")
    }
    #expect(
      estimates[1]["identifiable"] as? Bool == false && answer["codes"] as? [String] == ["NOT_IDENTIFIABLE"])
    #expect(answer["status"] as? String == "review")
    #expect(
      outcome.errors.contains("The data do not move cranial_volume: its interval is that of the prior."))
    #expect((answer["residuals"] as? [Any])?.count == 4 && (answer["predictions"] as? [Any])?.count == 4)
  }

  @Test func `writes the same bytes to a file, and a picture`() throws {
    let printed = run("thecal fit fit.yaml --quiet")
    let written = run("thecal fit fit.yaml -o out.json --plot fit.svg --quiet")
    #expect(written.code == 0 && written.output.isEmpty && written.errors.isEmpty)
    #expect(try String(contentsOfFile: folder.file("out.json"), encoding: .utf8) == printed.output)
    let picture = try String(contentsOfFile: folder.file("fit.svg"), encoding: .utf8)
    #expect(picture.contains("<svg") && picture.contains("Measured"))
  }

  @Test func `names what is missing or wrong`() {
    #expect(run("thecal fit fit.yaml", specification.replacing("points.csv", with: "none.csv")).code == 66)
    let outside = run("thecal fit fit.yaml", specification.replacing("points.csv", with: "../points.csv"))
    #expect(outside.code == 65 && outside.errors.contains("outside the folder"))
    let key = run("thecal fit fit.yaml", specification.replacing("estimate: [loss", with: "estimate: [lost"))
    #expect(key.code == 65 && key.errors.contains("fit.yaml:3: estimate[0]"))
    #expect(run("thecal fit fit.yaml --plot fit.txt").code == 64)
  }

  @Test func `refuses doses that the rules refuse`() throws {
    let refused = run("thecal fit fit.yaml --quiet", specification)
    #expect(refused.code == 0)
    _ = folder.write("s.yaml", scenario.replacing("0.25 mg", with: "250 mg"))
    let outcome = ThecalProcess.run("thecal fit fit.yaml --quiet", in: folder)
    let answer = try object(outcome.output)
    #expect(outcome.code == 1 && answer["status"] as? String == "blocked" && answer["estimates"] == nil)
  }
}

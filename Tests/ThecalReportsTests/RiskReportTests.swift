import Foundation
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

@Suite struct `The table of risks` {
  @Test func `has two lines for an effect, the figure and where it was counted`() throws {
    for (name, report) in Sample.risks where !report.isBlocked {
      let lines = report.answer.text.split(separator: "\n").map(String.init)
      for entry in report.assessment.entries {
        let effect = entry.effect.replacingUnderscores
        // A study may stand twice, with a figure and with what it told without counts.
        #expect(
          lines.indices.contains {
            lines[$0].hasPrefix("  \(effect) ") && $0 + 1 < lines.count
              && lines[$0 + 1].hasPrefix("      \(entry.population.words) (")
              && lines[$0].contains(entry.direction)
              && lines[$0].contains("no figure") == (entry.probability == nil)
          }, "\(name): \(effect), \(entry.population.words)")
      }
    }
    #expect(Sample.risks.count == 5)
  }

  /// 9 of 327, with the curve's own interval; 0 of 50 has nothing below it.
  @Test func `writes shares in percent with their interval, and counts as a fraction`() throws {
    let text = try Sample.risk(named: "injection").answer.text
    #expect(text.contains("(single, naive, 9/327) [gehling2009]"))
    let pattern = #/  (?:[a-z ]+)  (?:over|under|either) +([\d.]+) % \(([\d.]+) to ([\d.]+) %\)/#
    let rows = text.matches(of: pattern)
    #expect(rows.count > 10)
    for row in rows {
      let (value, low, high) = (Double(row.1) ?? -1, Double(row.2) ?? 101, Double(row.3) ?? -1)
      #expect(low <= value && value <= high && high <= 100, "\(row.0)")
    }
  }

  @Test func `has no brackets where nobody counted, and a name in every other`() throws {
    for (name, report) in Sample.risks {
      #expect(!report.answer.text.contains("[]") && !report.answer.text.contains("[, "), "\(name)")
      for row in report.rows { #expect(!(row["population"] ?? "").contains("[]") && row.count == 4) }
    }
    let rows = try Sample.risk(named: "infusion").rows
    #expect(rows.contains { $0["population"] == "nobody" && $0["probability"] == "no figure" })
  }

  @Test func `says of whom nobody read the document`() throws {
    for (_, report) in Sample.risks {
      for (entry, row) in zip(report.assessment.entries, report.rows) where !entry.sources.isEmpty {
        #expect((row["population"] ?? "").hasSuffix(entry.isVerified ? "]" : ", not verified]"))
      }
    }
  }

  /// duraclon_label: 30 mcg/h beside the dura, 720 mcg/day. No row of it is read as if the catheter had ended in the fluid.
  @Test func `says of every epidural count that it is epidural, and at which dose`() throws {
    let report = try Sample.risk(named: "clonidine")
    let lines = report.answer.text.split(separator: "\n").filter { $0.contains("[duraclon_label") }
    #expect(lines.count > 8 && lines.contains { $0.contains(", 17/38)") })
    for line in lines { #expect(line.hasPrefix("      cancer pain, epidural, 720 mcg/day"), "\(line)") }
    for (entry, row) in zip(report.assessment.entries, report.rows) {
      let isEpidural = entry.sources.contains("duraclon_label")
      #expect(entry.message.contains("Given by the epidural route.") == isEpidural)
      #expect(row["population"]?.contains("epidural, 720 mcg/day") == isEpidural)
      #expect(!isEpidural || entry.sources.count == 1)
    }
    let answer = try ReadAnswer(report.answer)
    for effect in (0..<answer.count("effects")).map({ "effects.\($0)" }) {
      guard answer.texts("\(effect).sources") == ["duraclon_label"] else { continue }
      #expect(answer.text("\(effect).population")?.contains("epidural, 720 mcg/day") == true)
    }
  }

  @Test func `names what device and procedure bring for a pump, and nothing of it for an injection`() throws {
    let heading = "Device and procedure, whatever the drug and dose"
    #expect(try Sample.risk(named: "infusion").answer.text.contains(heading))
    #expect(try !Sample.risk(named: "injection").answer.text.contains(heading))
    let answer = try ReadAnswer(Sample.risk(named: "infusion").answer)
    #expect(answer.count("device_events") == Formulary.embedded.eventRates.count)
  }

  @Test func `says what raises the risk, and by whom`() throws {
    var request = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(1, .milligramsPerDay)))
    request.residualMorphine = DoseRate(30, .milligramsPerDay)
    (request.facts, request.age_years) = (["sleep_apnea"], 80)
    let report = try Sample.risk(request, tolerance: .tolerant)
    #expect(report.codes.contains(.riskRaised) && report.codes.contains(.residualOpioid))
    let answer = try ReadAnswer(report.answer)
    let raised = answer.texts("raised_by")
    #expect(raised.count == 3 && raised[0].contains("30 mg/day MME"))
    for words in raised { #expect(report.answer.text.contains("  \(words)")) }
    for words in raised.dropFirst() { #expect(report.answer.text.contains("  \(words) [")) }
  }

  @Test func `of a refused dose is its reason alone`() throws {
    let report = try Sample.risk(named: "refused")
    let lines = report.answer.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1] == "Status: BLOCKED" && report.isBlocked && lines.count <= 6)
    #expect(
      !report.answer.text.contains("%") && report.answer.text.contains("mg typed for mcg (400 mcg/day)"))
    #expect(try ReadAnswer(report.answer).isNull("limit"))
  }
}

@Suite struct `A dose and its limit` {
  @Test(arguments: [
    ("morphine", "0.5 mg/day", "0.5 mg/day", 20.0), ("baclofen", "200 mcg/day", "200 mcg/day", 1_000),
    ("clonidine", "100 mcg/day", "100 mcg/day", 600), ("ziconotide", "2.4 mcg/day", "2.4 mcg/day", 19.2),
  ])
  func `are written in the unit of the drug`(drug: String, dose: String, words: String, limit: Double) throws
  {
    let report = try Sample.risk(.init(drug: drug, dose: .continuous(Sample.q(dose))))
    let answer = try ReadAnswer(report.answer)
    #expect(answer.text("dose") == words && answer.number("limit") == limit)
    #expect(answer.text("limit_unit") == (drug == "morphine" ? "mg/day" : "mcg/day"))
    #expect(abs(report.base(report.shown(report.baseDose)) / report.baseDose - 1) < 1e-12)
  }

  @Test func `of an injection has no limit of a day`() throws {
    let answer = try ReadAnswer(Sample.risk(named: "injection").answer)
    #expect(answer.text("dose") == "300 mcg" && answer.text("regimen") == "single" && answer.isNull("limit"))
  }
}

@Suite struct `The picture of risks` {
  private func script(_ name: String) throws -> ReadScript {
    ReadScript(RiskPlot(report: try Sample.risk(named: name), kind: "svg").script)
  }

  @Test(arguments: ["injection", "infusion"]) func `has a band around each curve and whole percents`(
    name: String
  ) throws {
    let script = try script(name)
    #expect(script.faults.isEmpty && !script.curves.isEmpty, "\(script.faults)")
    for curve in script.curves {
      #expect(curve.rows.allSatisfy { $0[0] > 0 && $0.dropFirst().allSatisfy { (0...100).contains($0) } })
      if curve.command.contains("filledcurves") { #expect(curve.rows.allSatisfy { $0[1] <= $0[2] }) }
      if curve.command.contains("yerrorbars") {
        #expect(curve.rows.allSatisfy { $0[2] <= $0[1] && $0[1] <= $0[3] })
      }
    }
  }

  /// Nobody has found how the effects of clonidine follow its dose.
  @Test func `has what was counted where neither curve nor model is on record`() throws {
    let report = try Sample.risk(named: "clonidine")
    let script = try script("clonidine")
    let counted = report.assessment.entries.filter { $0.low != nil && $0.high != nil }
    #expect(script.faults.isEmpty && script.curves.count == 1 && !counted.isEmpty, "\(script.faults)")
    #expect(script.curves[0].rows.count == counted.count)
    for (row, entry) in zip(script.curves[0].rows, counted) {
      #expect(abs(row[0] - 100 * (entry.probability ?? -1)) < 1e-3 && row[2] <= row[0] && row[0] <= row[3])
    }
    #expect(try report.picture("svg").starts(with: "<?xml".utf8))
  }

  /// What counts contradict at a dose is drawn at none: no point of the model there.
  @Test func `draws a model only where the counts do not contradict it`() throws {
    let report = try Sample.risk(named: "injection")
    let exposure = try #require(report.assessment.exposure)
    let script = try script("injection")
    for (title, share) in [("too little", \ExposureRisk.Shares.inadequate), ("too much", \.toxic)] {
      for row in script.curve(title)?.rows ?? [] {
        #expect(
          exposure.shares(at: report.base(row[0]))[keyPath: share] != nil || row[0] == 0,
          "\(title) at \(row[0])")
      }
    }
    #expect(script.settings("title").contains("'24 virtual patients: the window of doses'"))
  }

  @Test func `without curve and model is none`() throws {
    let report = try Sample.risk(
      .init(drug: "ropivacaine", dose: .continuous(DoseRate(5, .milligramsPerDay))))
    guard report.assessment.exposure == nil, report.assessment.entries.allSatisfy({ $0.curve?.fit == nil })
    else { return }
    #expect(throws: SimulationProblem.self) { try report.picture("svg") }
  }
}

@Suite struct `The fits behind the risks` {
  private static let report = RiskFitReport(RiskFitJob(drug: "morphine"))

  @Test func `are a table of what was seen beside what is fitted, with each study left out`() throws {
    let text = Self.report.answer.text
    let rows = text.split(separator: "\n").filter { $0.hasSuffix("]") }
    #expect(rows.count > 5 && text.contains("Firth's penalty") && text.contains("ln(dose / "))
    for row in rows {
      let seen = try #require(row.firstMatch(of: #/ (\d+)\/(\d+) /#), "\(row)")
      #expect((Int(seen.1) ?? 1) <= (Int(seen.2) ?? 0))
    }
    #expect(text.contains("model of exposure") && text.contains("leaving out moves the parameters by"))
  }

  @Test func `are the same for programs, each parameter between its ends`() throws {
    let answer = try ReadAnswer(Self.report.answer)
    #expect(answer.count("fits") > 0 && answer.count("models") > 0)
    for model in 0..<answer.count("models") {
      let path = "models.\(model).parameters"
      for parameter in 0..<answer.count(path) {
        let (low, value, high) = (
          answer.number("\(path).\(parameter).low") ?? 1, answer.number("\(path).\(parameter).estimate") ?? 0,
          answer.number("\(path).\(parameter).high") ?? -1
        )
        #expect(low <= value && value <= high, "\(path).\(parameter)")
      }
      #expect(answer.count("models.\(model).counts") > 2)
    }
    for source in answer.texts("sources") { #expect(Formulary.embedded.source(source) != nil, "\(source)") }
  }

  /// The file is what the program itself loads: each model comes back with as many digits as it keeps.
  @Test func `are written as the data carry them`() throws {
    let folder = Folder()
    try Self.report.write(to: folder.file("fits.json"))
    let written = try #require(contents(folder.file("fits.json")))
    let read = try JSONDecoder().decode(EffectFits.self, from: Data(written))
    #expect(read.models.count == Self.report.models.count && !read.models.isEmpty)
    for model in read.models {
      let stored = try #require(Formulary.embedded.fit(model.effect, of: model.drug))
      #expect(model.studies == stored.studies && model.single == stored.single)
      for (own, kept) in zip(model.parameters, stored.parameters) {
        #expect(own.name == kept.name && abs(own.estimate - kept.estimate) < 1e-4, "\(own.name)")
      }
    }
  }

  @Test func `of a drug without counts say so`() {
    let none = RiskFitReport(RiskFitJob(drug: "ropivacaine")).answer
    #expect(
      none.text.hasPrefix("Without a curve\n  ropivacaine, nobody counted it: respiratory depression, "))
    #expect(none.text.filter { $0 == "\n" }.count == 1 && !none.text.contains("%"))
    #expect(none.json.contains("No counts at two doses or more are on record."))
    let unknown = RiskFitReport(RiskFitJob(drug: "gabapentin")).answer
    #expect(unknown.text.isEmpty && unknown.json.contains("No counts at two doses or more are on record."))
  }
}

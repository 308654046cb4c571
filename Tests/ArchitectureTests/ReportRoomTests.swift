import Testing

/// What reads a file or a text, or computes a result: the room of reports is given what these make, and calls none of them.
private let runners = [
  // Files and the texts of users.
  "CSVReader(", "NetCDFReader(", "TextFile(", "TextLines(", "SpooledInput(", "CodeTable(", "DiaryReader(",
  "ObservedLevels(", "NamedTexts(", "NamedFile.", "JSONTree(", "IntakeRun(", "FileManager",
  "SimulationScenario(", "TitrationScenario(", "PatientScenario(", "TimelineScenario(", "FitScenario(",
  "CandidateScenario(",
  // Models, and what runs them.
  "Simulation(", "TransportModel(", "Estimation(", "KineticStudy(", "ExposureComparison(", "Timeline(",
  "PatientPlan(", "TitrationPlan(", "Trial(", "TrialMatch(", "CandidateAssessment(", "RiskAssessment(",
  "ExposureRisk(", "SweepRun(", "SweepFan(", "SensitivityStudy(", "RefillList(", "PainDiary(", "Converter(",
  "RiskFit.all(", "ModelFit.all(", "CurveAbsence.all(", "ModelComparison.all(", "alongCanal(", "steadyState(",
  "exposures(",
]

/// Files that call one all the same, and why.
private let callers = [
  "GnuplotRun.swift": "one run of gnuplot draws a picture, as a library of plots would"
]

@Test func `the room of reports runs no model and reads no file`() throws {
  let reports = SourceTree.files.filter { $0.module == "ThecalReports" && callers[$0.name] == nil }
  #expect(reports.count >= 70)
  // What has a file or a program to read, whoever made it.
  let readers = [
    #/\b(?!AtomicFile|NetCDFWriter)[A-Z]\w*\(path: /#, #/[(,] *(?:yaml|bytes): /#, #/\.run\(/#,
    #/\.convert\(/#,
  ]
  for file in reports {
    for (number, line) in file.lines.enumerated() where !line.isComment {
      for name in runners where line.calls(name) {
        Issue.record("\(file):\(number + 1) calls \(name)…): let ThecalStudy do it, and take the result")
      }
      for reader in readers where line.contains(reader) {
        Issue.record("\(file):\(number + 1) reads or runs: \(line)")
      }
    }
  }
  let table = try SourceTree.architecture()
  let imports = try #require(table.first { $0.module == "ThecalReports" }?.imports)
  let refused = ["ThecalSolvers", "ThecalLinearAlgebra", "ThecalSampling", "ThecalWork", "Yams", "GRDB"]
  #expect(Set(imports).isDisjoint(with: refused))
}

@Test func `what the room of reports must not call is called below it`() {
  let others = SourceTree.files.filter { $0.module != "ThecalReports" }.flatMap(\.lines)
  for name in runners {
    #expect(others.contains { !$0.isComment && $0.calls(name) }, "\(name)…) is called by nobody any more")
  }
  for name in callers.keys {
    #expect(SourceTree.files.contains { $0.module == "ThecalReports" && $0.name == name }, "\(name)")
  }
}

extension String {
  fileprivate var isComment: Bool { trimmingPrefix(while: \.isWhitespace).hasPrefix("//") }

  /// Whether `name` stands here as the beginning of a call, and not as the end of a longer name or a case of its own.
  fileprivate func calls(_ name: String) -> Bool {
    ranges(of: name).contains { range in
      guard let before = self[..<range.lowerBound].last else { return true }
      return !before.isLetter && !before.isNumber && (name.first?.isLowercase == true || before != ".")
    }
  }
}

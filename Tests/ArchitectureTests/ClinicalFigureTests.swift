import Testing

/// What `IntrathecalUse` and the rules beside it hold of doses, limits, steps and windows: read in one room and asked for elsewhere.
private let figures = [
  "startCap", "firstDayCap", "maxDaily", "maxConcentration", "trialBolus", "consensusStepMax",
  "stepMaxPercent",
  "maxStepDownPercentPerDay", "bolusMax", "startFactor", "startFactorProlonged", "prolongedAboveHours",
  "windows", "impossibleBelow",
  "oddBelow", "oddAbove", "impossibleAbove", "opioidTolerance", "riskReduction", "patientFlags",
]

/// The types in which they stand.
private let figureTypes = [
  "IntrathecalUse", "PlausibilityWindow", "BaclofenScreening", "ToleranceRule", "DoseReduction",
  "ZiconotideTitration",
]

/// Who reads one all the same, and why no dose follows from it.
private let readers = [
  "ThecalResponse/RiskAssessment+Raised.swift": "shows who is at a higher risk, in the words of the rule",
  "ThecalPump/PumpDrug+Formulary.swift":
    "asks whether a drug is on the list of those that are never stopped at once, not by how much",
]

@Test func `one room alone reads clinical figures out of the formulary`() throws {
  let rooms = try SourceTree.architecture().filter { $0.imports.contains("ThecalFormulary") }.map(\.module)
  #expect(rooms.count >= 6)
  for file in SourceTree.files where rooms.contains(file.module) && file.module != "ThecalDosing" {
    if readers["\(file)"] != nil { continue }
    for (number, line) in file.code {
      for name in figures where line.reads(name) {
        Issue.record("\(file):\(number) reads \(name): ask DosingRules")
      }
      for type in figureTypes where line.names(type) {
        Issue.record("\(file):\(number) knows \(type): ask DosingRules")
      }
    }
  }
}

@Test func `the room of the clinical rules does read them, and so would be found elsewhere`() {
  let dosing = SourceTree.files.filter { $0.module == "ThecalDosing" }.flatMap(\.code).map(\.line)
  for name in [
    "startCap", "firstDayCap", "maxDaily", "maxConcentration", "trialBolus", "stepMaxPercent",
    "riskReduction", "opioidTolerance",
  ] {
    #expect(dosing.contains { $0.reads(name) }, "\(name)")
  }
  for exception in readers.keys {
    #expect(SourceTree.files.contains { "\($0)" == exception }, "\(exception) is no file any more")
  }
}

/// Sentences that stand in a room of rules, and why.
private let sentencesOfRules = [
  "ThecalDosing/DrugUse+Formulary.swift": "a table that refuses a factor without a reason of its own"
]

/// A module that finds things gives values; the sentence is made where it is read.
@Test func `no rule builds a sentence`() {
  let rooms = Set(
    SourceTree.files.filter { $0.code.contains { $0.line.contains(": UInt8, FindingTopic") } }.map(\.module))
  #expect(
    rooms.isSuperset(of: [
      "ThecalDosing", "ThecalConversion", "ThecalPump", "ThecalTitration", "ThecalScenario", "ThecalResponse",
      "ThecalPlan", "ThecalIntake",
    ]))
  for file in SourceTree.files where rooms.contains(file.module) && sentencesOfRules["\(file)"] == nil {
    for (number, line) in file.code where line.firstMatch(of: #/"[^"]* [^"]*\."/#) != nil {
      Issue.record("\(file):\(number) writes a sentence: \(line)")
    }
  }
}

@Test func `no rule looks into a sentence`() {
  for file in SourceTree.files where !["ThecalReports", "ThecalCommand", "ThecalBatch"].contains(file.module)
  {
    for (number, line) in file.code {
      #expect(
        line.firstMatch(of: #/\.(?:text|message|explanation)\.(?:contains|hasPrefix|hasSuffix)\(/#) == nil,
        "\(file):\(number)")
    }
  }
}

extension SourceTree.File {
  /// Its lines of code with their numbers: without comments.
  fileprivate var code: [(number: Int, line: String)] {
    lines.enumerated().compactMap { number, line in
      let words = line.trimmingPrefix(while: \.isWhitespace)
      return words.hasPrefix("//") ? nil : (number + 1, line)
    }
  }
}

extension String {
  /// Whether `type` stands here as a word of its own.
  fileprivate func names(_ type: String) -> Bool {
    ranges(of: type).contains { range in
      let (before, after) = (self[..<range.lowerBound].last, self[range.upperBound...].first)
      return !(before?.isLetter ?? false) && !(after?.isLetter ?? false)
    }
  }

  /// Whether a member called `name` is read of something: `use.maxDaily`, and not a case `.maxDaily` of its own.
  fileprivate func reads(_ name: String) -> Bool {
    ranges(of: ".\(name)").contains { range in
      guard range.lowerBound > startIndex, let before = self[..<range.lowerBound].last else { return false }
      let isEnd =
        range.upperBound == endIndex || !(self[range.upperBound].isLetter || self[range.upperBound].isNumber)
      return isEnd && (before.isLetter || before.isNumber || ")]?".contains(before))
    }
  }
}

import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalStudy

@testable import ThecalReports

/// A report of every calculation over pumps and drugs, good ones and refused ones.
private let reports: [PumpReport] =
  Found.refillPlans.map(\.report) + Found.discrepancies.map(\.report) + Found.interruptions.map(\.report)
  + Found.tapers.map(\.report)
  + Found.bolusPlans.map(\.report) + Found.bridges.map(\.report) + Found.primings.map(\.report)
  + Found.admixtures.map(\.report)
  + Found.choices.map(\.report)

@Test func `a report states its title, its status and who signs`() {
  #expect(reports.contains { $0.outcome.status == .ok } && reports.contains { $0.outcome.status == .blocked })
  for report in reports {
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == report.title && lines[1] == "Status: \(report.outcome.status.rawValue.uppercased())")
    #expect(lines.last?.hasPrefix("Computed by:") == true && !report.title.isEmpty)
    #expect(
      !report.text.contains("()") && !report.text.contains("{0}") && !report.text.contains(": \n"),
      "\(report.text)")
  }
}

@Test func `no section stands without a line`() {
  let headings = [
    "To decide", "Nearest that works", "Result", "Good to know", "Checks that were met", "Inputs", "Formula",
    "Sources",
  ]
  for report in reports {
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (place, line) in lines.enumerated() where headings.contains(line) {
      #expect(place + 1 < lines.count && lines[place + 1].hasPrefix("  "), "\(line) of \(report.title)")
    }
  }
}

@Test func `a refused report shows no figure that could be given`() {
  for report in reports where report.outcome.isRefused {
    for figure in report.figures where figure.role != .explains {
      #expect(figure.value == .null || figure.value == .list([]), "\(report.title): \(figure.key)")
    }
    // A recheck asks for every figure all the same.
    #expect(
      report.questions.map(\.key).filter { $0 != "unit" } == report.figures.map(\.key).filter { $0 != "unit" }
    )
  }
}

@Test func `what a dose must not be has nothing instead`() {
  for report in reports
  where report.outcome.codes.contains(.typoSuspected) || report.outcome.codes.contains(.neverIntrathecal) {
    #expect(report.outcome.alternative == nil && !report.message.contains("Nearest that works"))
  }
}

@Test func `a reason stands once in the message, the gravest first`() {
  for report in reports where report.outcome.status != .ok {
    #expect(!report.message.isEmpty && !report.message.contains("  "), "\(report.title)")
    let weights = report.ordered.map(\.severity)
    #expect(weights == weights.sorted(by: >))
  }
}

@Test func `a review has a code, and a good report none that asks`() {
  for report in reports {
    if report.outcome.status == .ok { #expect(report.ordered.allSatisfy { $0.severity < .review }) }
    if report.outcome.status == .review {
      #expect(!report.outcome.codes.isEmpty, "\(report.title): \(report.message)")
    }
  }
}

@Test func `an answer for programs has the same keys whether it is refused or not`() {
  func keys(_ report: PumpReport) -> [String] { report.figures.map(\.key) }
  for group in Dictionary(grouping: Found.refillPlans.map(\.report), by: \.title).values {
    #expect(Set(group.map(keys)).count == 1)
  }
  for report in reports {
    #expect(Set(keys(report)).count == keys(report).count, "\(report.title): a key stands twice")
    #expect(keys(report).allSatisfy { !$0.isEmpty && !$0.contains(" ") })
    let json = report.answer.json
    #expect(
      json.hasPrefix(#"{"status":"#) && json.contains("\"alternative\":") && json.contains("\"formulas\":"))
  }
}

@Test func `the sheet of a recheck asks everything and answers nothing`() {
  for report in reports.prefix(200) {
    let sheet = report.blankSheet
    #expect(sheet.hasPrefix("\(report.title): independent recheck") && sheet.hasSuffix("Date: ____________"))
    #expect(!sheet.contains("Status:") && !sheet.contains("Sources"))
    for question in report.questions {
      #expect(sheet.contains(question.label), "\(report.title): \(question.label)")
    }
  }
}

@Test func `every source of a report resolves`() {
  let sources = Set(reports.flatMap(\.outcome.sources))
  #expect(sources.count > 10)
  for source in sources { #expect(Formulary.embedded.source(source) != nil, "\(source)") }
}

import Testing
import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalReports

/// Worked rows: MME, estimate and start by hand. 60 mg twice is 120 MME, a 300th 0.4 mg; oxycodone 80 mg × 1.5 the same MME,
/// half of it for cross-tolerance; 50 mcg/h × 2.4 as much, halved again at 80 years; hydromorphone a sixth of 0.4.
private let worked: [(name: String, lines: [String])] = [
  (
    "morphine",
    [
      "takes       morphine oral 60 mg bid", "equivalent  120 mg/day oral morphine (cdc_2022)",
      "start       0.4 mg/day morphine, by ratio 300 of leaflet_300", "limit       20 mg/day",
      "status      OK",
    ]
  ),
  (
    "oxycodone",
    [
      "equivalent  120 mg/day oral morphine (cdc_2022)",
      "start       0.2 mg/day morphine, by ratio 300 of leaflet_300 x 0.5 cross-tolerance",
      "status      REVIEW (CROSS_TOLERANCE)",
    ]
  ),
  (
    "patch",
    [
      "equivalent  120 mg/day oral morphine (cdc_2022)",
      "start       0.1 mg/day morphine, by ratio 300 of leaflet_300 x 0.5 cross-tolerance x 0.5 risk",
    ]
  ),
  ("hydromorphone", ["estimate    0.0667 mg/day HYDROmorphone"]),
  (
    "baclofen",
    [
      "estimate    200 mcg/day baclofen, range 200 to 200",
      "start       100 mcg/day baclofen, by screening bolus x 2",
    ]
  ),
  ("back", ["estimate    12 mg/day morphine"]),
]

@Suite struct `The text of a conversion` {
  @Test(arguments: worked.indices)
  func `states what is taken, the equivalent, the estimate and the start by their rules`(index: Int) throws {
    let text = ConversionText(try Sample.conversion(named: worked[index].name)).summary
    for line in worked[index].lines {
      #expect(text.split(separator: "\n").contains { $0.hasPrefix(line) }, "\(line)\n\(text)")
    }
  }

  @Test(arguments: ["methadone", "unread", "unscreened"])
  func `of what is not to be given has no start`(name: String) throws {
    let row = try Sample.conversion(named: name)
    let text = ConversionText(row).summary
    #expect(!text.contains("\nstart ") && row.conversion.start == nil)
    #expect(text.contains("\n  - "), "no reason is given")
    if !row.conversion.status.allowsDoses {
      #expect(!text.contains("\nestimate ") && !text.contains("mg/day morphine,"))
    }
  }

  @Test func `numbers the steps of the calculation, each with the place of its figures`() throws {
    let text = ConversionText(try Sample.conversion(named: "oxycodone")).explained
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first == "patient" && text.hasSuffix("\n"))
    let steps = lines.filter { $0.wholeMatch(of: #/  \d+\. .+: .+/#) != nil }
    #expect(steps.map { $0.prefix(5) } == (1...steps.count).map { "  \($0). "[...] } && steps.count >= 4)
    // 20 mg every 6 hours are 80 mg, and 1.5 of morphine each.
    #expect(steps[0] == "  1. oral morphine equivalents of oral oxyCODONE: 80 mg/day x 1.5 = 120 mg/day")
    #expect(steps.contains { $0.hasSuffix("120 mg/day / 300 = 0.4 mg/day") })
    #expect(lines.contains("     cdc2022, conversion factor table, row oxycodone"))
  }

  @Test func `holds no two findings of one kind, and every finding of the result`() throws {
    for (name, row) in Sample.conversions {
      let found = ConversionText(row).summary.split(separator: "\n").filter { $0.hasPrefix("  - ") }
      #expect(found.map { String($0.dropFirst(4)) } == row.conversion.findings.all.map(\.text), "\(name)")
      #expect(Set(found).count == found.count, "\(name)")
    }
    #expect(Sample.conversions.count == 10)
  }
}

@Suite struct `A card beside an order` {
  @Test func `says dose, equivalent and status in one line`() throws {
    let card = CardText(try Sample.conversion(named: "morphine"))
    #expect(card.summary == "Intrathecal morphine: start 0.4 mg/day; MME 120 mg/day; ok")
    #expect(card.indicator == "info")
    let careful = CardText(try Sample.conversion(named: "oxycodone"))
    #expect(
      careful.summary == "Intrathecal morphine: start 0.2 mg/day; MME 120 mg/day; review: CROSS_TOLERANCE")
    #expect(careful.indicator == "warning")
  }

  @Test(arguments: ["methadone", "unread"]) func `of a refusal is critical and has no start`(name: String)
    throws
  {
    let card = CardText(try Sample.conversion(named: name))
    #expect(card.indicator == "critical" && !card.summary.contains("start"))
  }

  @Test func `is never longer than the hook allows, and its detail is the text, indented as code`() throws {
    for (name, row) in Sample.conversions {
      let card = CardText(row)
      #expect(card.summary.count <= 140 && !card.summary.contains("\n"), "\(name)")
      let lines = card.detail.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.hasPrefix("    ") })
      #expect(lines.map { $0.dropFirst(4) }.joined(separator: "\n") == ConversionText(row).summary)
    }
  }

  @Test func `cuts a line of many codes with a sign that it goes on`() throws {
    let row = try Sample.conversion(
      "oxycodone oral 20 mg q6h",
      facts: [
        "age_years": "85", "frail": "yes", "anticoagulant": "yes", "pregnancy": "no", "renal": "yes",
        "sleep_apnea": "yes", "residual_mme": "30", "allergy": "latex",
      ])
    let summary = CardText(row).summary
    #expect(row.conversion.codes.codes.count > 5 && summary.count <= 140)
    if row.conversion.codes.codes.map(\.name).joined().count > 100 { #expect(summary.hasSuffix("…")) }
  }
}

@Suite struct `The page of a batch` {
  private static let made = try? Sample.batch(
    "P1,morphine,oral,60,mg,bid,morphine,30", "P2,methadone,oral,20,mg,tid,morphine,30",
    "P3,morphine,oral,1O,mg,bid,morphine,30", "P4,baclofen,oral,20,mg,tid,baclofen,",
    "P5,oxycodone,oral,20,mg,q6h,morphine,30")

  private func page() throws -> (html: String, page: ReadPage) {
    let made = try #require(Self.made)
    let html = try ConversionReport(made.summary, made.rows, total: made.rows.count, engine: "thecal test")
      .html
    return (html, ReadPage(html))
  }

  @Test func `is a page without a fault, with a card for each result`() throws {
    let (_, page) = try page()
    #expect(page.faults.isEmpty, "\(page.faults)")
    let cards = page.root.all("article")
    #expect(
      cards.count == 5
        && page.headings == [
          "Intrathecal conversion", "Needs attention first", "Results", "Sources",
        ])
    #expect(
      cards.map { $0.attributes }
        == ["ok", "blocked", "error", "review", "review"].map { " class=\"card \($0)\"" })
  }

  @Test func `counts by status and names the gravest first`() throws {
    let text = try page().page.text
    #expect(text.contains("1 ok 2 review 1 blocked 1 error"))
    let worst = try #require(text.firstRange(of: "Needs attention first"))
    let after = text[worst.upperBound...]
    #expect(after.hasPrefix(" P3: error. line 4, dose: '1O'"), "\(after.prefix(60))")
  }

  @Test func `has the figures of the text on each card, and none where it is refused`() throws {
    let (_, page) = try page()
    let made = try #require(Self.made)
    for (card, row) in zip(page.root.all("article"), made.rows) {
      let cells = Dictionary(
        card.all("tr").map { $0.all("th", "td").map(\.text) }.filter { $0.count == 2 }.map { ($0[0], $0[1]) },
        uniquingKeysWith: { first, _ in first })
      #expect(cells["Takes"]?.lowercased() == row.drugs.lowercased())
      #expect((cells["Start on day 1"] != nil) == (row.conversion.start != nil), "\(row.patient)")
      #expect((cells["Estimate"] != nil) == (row.conversion.estimate != nil), "\(row.patient)")
    }
    #expect(page["Oral morphine"] == "120 mg/day (cdc_2022)" && page["Estimate"] == "0.4 mg/day (0.4 to 2.4)")
    #expect(page["Start on day 1"] == "0.4 mg/day, by ratio 300 of leaflet_300")
  }

  @Test func `says that it holds the first results only where it does`() throws {
    let made = try #require(Self.made)
    let cut = try ConversionReport(made.summary, Array(made.rows.prefix(2)), total: 5, engine: "e").html
    #expect(cut.contains("The first 2 of 5 results are shown; the table holds them all."))
    #expect(!(try page().html.contains("results are shown")))
  }

  @Test func `lists each source once`() throws {
    let (_, page) = try page()
    let sources = page.root.all("li").map(\.text).filter { $0.hasPrefix("[") }
    #expect(Set(sources).count == sources.count && sources.contains { $0.hasPrefix("[cdc2022] ") })
  }

  @Test func `of a file that cannot be written is no page at all`() throws {
    let made = try #require(Self.made)
    let report = ConversionReport(made.summary, made.rows, total: 5, engine: "e")
    let folder = Folder()
    #expect(throws: BatchProblem.self) { try report.write(to: folder.file("none/x.html")) }
    try report.write(to: folder.file("x.html"))
    let page = try report.html
    #expect(folder.names == ["x.html"] && text(folder.file("x.html")) == page)
  }
}

@Suite struct `The words on a batch` {
  @Test func `count the results, name the columns that nobody read and the gravest results`() throws {
    let folder = Folder()
    let input = folder.write(
      "in.csv",
      "patient_id,drug,route,dose,unit,frequency,ward,opioid_days\nP1,morphine,oral,60,mg,bid,3,30\nP2,morphine,oral,x,mg,bid,3,30\n"
    )
    let summary = try BatchRun(BatchOptions(), engine: "t").convert(input: input, output: folder.file("o"))
    let lines = BatchText(summary).text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "2 results: 1 ok, 0 review, 0 blocked, 1 error")
    #expect(lines[1] == "columns not read, carried along: ward" && lines[2] == "needs attention first:")
    #expect(
      lines[3].hasPrefix("  P2 (") && lines[3].contains("): error. line 3, dose: 'x'") && lines.count == 4)
  }

  @Test func `of one good result say so and nothing else`() throws {
    let made = try Sample.batch("P1,morphine,oral,60,mg,bid,morphine,30")
    #expect(BatchText(made.summary).text == "1 result: 1 ok, 0 review, 0 blocked, 0 error")
  }

  @Test func `say in which letters a file was that is not UTF-8`() throws {
    let folder = Folder()
    let bytes =
      Array("patient_id,drug,route,dose,unit,frequency,opioid_days\nM".utf8) + [0xFC]
      + Array("ller,morphine,oral,60,mg,bid,30\n".utf8)
    let summary = try BatchRun(BatchOptions(), engine: "t").convert(
      input: folder.write("in.csv", bytes), output: folder.file("o"))
    #expect(BatchText(summary).text.contains("is not UTF-8 and was read as Windows-1252"))
  }

  @Test func `name at most three results, the gravest first`() throws {
    let made = try Sample.batch(
      "A,oxycodone,oral,20,mg,q6h,morphine,30", "B,methadone,oral,20,mg,tid,morphine,30",
      "C,morphine,oral,x,mg,bid,morphine,30", "D,methadone,oral,20,mg,tid,morphine,30")
    let named = BatchText(made.summary).text.split(separator: "\n").filter { $0.hasPrefix("  ") }
    #expect(named.map { $0.dropFirst(2).prefix(1) } == ["C", "B", "D"])
  }
}

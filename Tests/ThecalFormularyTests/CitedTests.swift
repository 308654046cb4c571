import Foundation
import Testing
import ThecalQuantities

@testable import ThecalFormulary

private func decoded<Value: Decodable>(_ json: String, as type: Value.Type = Value.self) throws -> Value {
  try JSONDecoder().decode(type, from: Data(json.utf8))
}

private let mark = #""source": "doe1999", "locator": "Table 2", "verified": true, "read": "primary""#

@Suite struct `A published figure` {
  @Test func `is a value with unit, population and place, read from one object`() throws {
    let figure: Cited<ExactNumber> = try decoded(
      #"{"value": 3.2, "unit": "h", "population": "12 adults", \#(mark)}"#)
    #expect(figure.value == 3.2 && figure.unit == "h" && figure.population == "12 adults")
    #expect(figure.source == "doe1999" && figure.verified && figure.citation.reading == .primary)
    #expect(
      figure.citation.locator == "Table 2" && figure.citation.note == nil && figure.citation.readIn == nil)
  }

  @Test(arguments: ["source", "locator", "verified", "read"])
  func `does not load without its mark`(key: String) {
    let whole = [
      "source": "\"doe1999\"", "locator": "\"Table 2\"", "verified": "true", "read": "\"primary\"",
    ]
    let fields = whole.filter { $0.key != key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    #expect(throws: DecodingError.self) {
      try decoded(#"{"value": 3.2, "unit": "h", \#(fields)}"#, as: Cited<ExactNumber>.self)
    }
  }

  @Test func `without a value is none`() {
    #expect(throws: DecodingError.self) {
      try decoded(#"{"unit": "h", \#(mark)}"#, as: Cited<ExactNumber>.self)
    }
  }

  @Test func `keeps every digit that its source prints`() throws {
    for digits in ["0.1", "0.3", "1.05", "14.5", "0.0433", "3e-05", "1234567.890123"] {
      let figure: Cited<ExactNumber> = try decoded(#"{"value": \#(digits), "unit": "h", \#(mark)}"#)
      #expect(figure.value == (try NumberReader().read(digits == "3e-05" ? "0.00003" : digits)))
    }
  }

  @Test func `is a quantity of its own dimension alone`() throws {
    let dose: Cited<ExactNumber> = try decoded(#"{"value": 200, "unit": "mcg/day", \#(mark)}"#)
    #expect(dose.quantity(DoseRateDimension.self) == DoseRate(0.2, .milligramsPerDay))
    #expect(dose.quantity(MassDimension.self) == nil && dose.quantity(TimeDimension.self) == nil)
    let measured = try #require(dose.measured(DoseRateDimension.self))
    #expect(measured.value == DoseRate(200, .microgramsPerDay) && measured.citation === dose.citation)
    let bare: Cited<ExactNumber> = try decoded(#"{"value": 200, \#(mark)}"#)
    #expect(bare.unit == nil && bare.quantity(DoseRateDimension.self) == nil)
  }

  @Test func `in another form keeps its place`() throws {
    let figure: Cited<ExactNumber> = try decoded(
      #"{"value": 2, "unit": "day", "population": "adults", \#(mark)}"#)
    let hours = figure.map { 24 * $0 }
    #expect(hours.value == 48 && hours.unit == "day" && hours.population == "adults")
    #expect(hours.citation === figure.citation)
  }

  @Test func `that the caller states is the caller's`() {
    let stated = Cited(stated: Volume(20, .milliliters))
    #expect(stated.isStated && stated.verified && stated.source.isEmpty && !stated.citation.isOwn)
    #expect(
      !Cited(Volume(20, .milliliters), Citation(source: "", locator: "", verified: true, .primary)).isStated)
  }
}

@Suite struct `A published range` {
  @Test func `has two ends, and one figure is a range whose ends agree`() throws {
    let range: CitedRange = try decoded(#"{"low": 0.2, "high": 1, "unit": "mg/day", \#(mark)}"#)
    #expect(range.low == 0.2 && range.high == 1 && range.basis == nil && range.patientClass == nil)
    #expect(range.lowQuantity(DoseRateDimension.self) == DoseRate(200, .microgramsPerDay))
    #expect(range.highQuantity(DoseRateDimension.self) == DoseRate(1, .milligramsPerDay))
    #expect(range.highQuantity(VolumeDimension.self) == nil)
    let single: CitedRange = try decoded(#"{"value": 20, "unit": "mg/day", \#(mark)}"#)
    #expect(single.low == 20 && single.high == 20)
  }

  @Test(arguments: [#""low": 1"#, #""high": 1"#, ""])
  func `with one end alone is none`(ends: String) {
    let fields = ends.isEmpty ? "" : ends + ", "
    #expect(throws: DecodingError.self) {
      try decoded(#"{\#(fields)"unit": "mg/day", \#(mark)}"#, as: CitedRange.self)
    }
  }

  @Test func `says for whom, on whose authority and under which condition it holds`() throws {
    let range: CitedRange = try decoded(
      #"""
      {"value": 84, "unit": "day", "class": "naive", "basis": "label", "meaning": "later, undiluted",
       "population": "adults", "condition": "at 37 C", "everyDays": 7, \#(mark)}
      """#)
    #expect(range.patientClass == "naive" && range.basis == "label" && range.meaning == "later, undiluted")
    #expect(range.population == "adults" && range.condition == "at 37 C" && range.everyDays == 7)
  }
}

@Suite struct `A citation` {
  private func citation(_ extra: String = "", _ marks: String = mark) throws -> Citation {
    try decoded("{\(marks)\(extra)}")
  }

  @Test func `is the same place where document, place and reading are`() throws {
    #expect(try citation() == citation() && citation().hashValue == citation().hashValue)
    let others = [
      try citation(#", "note": "as printed""#), try citation(#", "readIn": {"document": "x", "at": "y"}"#),
      try citation("", mark.replacing("Table 2", with: "Table 3")),
      try citation("", mark.replacing("doe1999", with: "roe1999")),
      try citation("", mark.replacing("primary", with: "abstract")),
      try citation("", mark.replacing("true", with: "false")),
    ]
    for other in others { #expect(try citation() != other) }
  }

  @Test func `of this project's own cut-offs says so`() throws {
    #expect(try citation("", mark.replacing("doe1999", with: "thecal_policy")).isOwn)
    #expect(try !citation().isOwn)
    #expect(Formulary.embedded.source(Citation.ownSource)?.kind == .design)
  }

  @Test(arguments: ["primary", "abstract", "secondary", "derived", "recalled"])
  func `names one of five ways of reading`(word: String) throws {
    #expect(try citation("", mark.replacing("primary", with: word)).reading.rawValue == word)
  }
}

@Suite struct `A document that is cited` {
  private let sources = Formulary.embedded.sources

  @Test func `has an id of its own and a title`() {
    #expect(sources.count > 100 && Set(sources.map(\.id)).count == sources.count)
    #expect(sources.map(\.id) == sources.map(\.id).sorted())
    for source in sources {
      #expect(
        source.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }, "\(source.id)")
      #expect(!source.title.isEmpty, "\(source.id)")
      if let year = source.year { #expect((1950...2026).contains(year), "\(source.id)") }
      if let doi = source.doi { #expect(doi.hasPrefix("10.") && doi.contains("/"), "\(source.id)") }
      if let pmid = source.pmid { #expect(pmid.allSatisfy({ $0.isNumber }), "\(source.id)") }
      if let url = source.url { #expect(url.hasPrefix("http"), "\(source.id)") }
    }
  }

  /// Nobody is called after what he wrote: a document whose copy names nobody has no author, and a way to be found.
  @Test func `names persons or bodies, or nobody, but never a placeholder`() {
    for source in sources {
      for author in source.authors {
        let words = author.lowercased().split { !$0.isLetter }
        let isPlaceholder = words.contains {
          ["author", "authors", "unsigned", "anonymous", "unknown", "labels"].contains($0)
        }
        #expect(!isPlaceholder && author.contains(where: \.isLetter), "\(source.id) \(author)")
      }
      if let first = source.authors.first { #expect(first != "others", "\(source.id)") }
      #expect(!source.authors.dropLast().contains("others"), "\(source.id)")
      if [.label, .guideline, .manual, .notice].contains(source.kind), source.reading == .primary {
        #expect(!source.authors.isEmpty, "\(source.id)")
      }
    }
  }

  @Test(
    arguments: [
      ("huntsman2021", 6, "34375481"), ("coffey2009", 8, nil), ("clonidine_ijp2012", 5, "22701246"),
      ("yoon2017", 7, "28834868"), ("aprili2009", 5, nil), ("sharpe2020", 10, "32251031"),
      ("clonidine_elderly", 2, nil), ("asian_pain2023", 5, nil), ("turner2007", 3, nil),
    ] as [(String, Int, String?)])
  func `lists everybody where everybody was read`(id: String, authors: Int, pmid: String?) throws {
    let source = try #require(sources.first { $0.id == id })
    #expect(source.authors.count == authors && !source.authors.contains("others"))
    #expect(source.pmid == pmid)
  }

  @Test func `stands in the bibliography under the same key`() throws {
    let text = String(decoding: DataFiles.embedded["references.bib"] ?? [], as: UTF8.self)
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("@") }.compactMap { line in
      line.split(separator: "{").last?.split(separator: ",").first.map(String.init)
    }
    #expect(Set(keys) == Set(sources.map(\.id)) && keys.count == sources.count)
  }

  @Test func `is cited by somebody`() throws {
    let data = DataFiles.embedded
    let words = data.paths.filter {
      $0.hasSuffix(".json") && !$0.hasPrefix("references") && $0 != "manifest.json"
    }
    .map { String(decoding: data[$0] ?? [], as: UTF8.self) }.joined(separator: "\n")
    let unused = sources.filter { !words.contains("\"\($0.id)\"") }.map(\.id)
    #expect(unused.count * 10 < sources.count, "\(unused)")
  }
}

import Foundation
import Synchronization
import Testing
import ThecalQuantities

@testable import ThecalFormulary

private let data = Formulary.embedded

@Suite struct `A name of a drug` {
  @Test func `is found whatever its case and the spaces around and within it`() throws {
    for drug in data.drugs {
      for name in [drug.id] + drug.names + drug.brands.map(\.name) {
        let found = try #require(data.drug(named: name), "\(name)")
        #expect(data.drug(named: name.uppercased())?.id == found.id, "\(name)")
        #expect(data.drug(named: "  \(name.capitalized)\t")?.id == found.id, "\(name)")
        #expect(data.drug(named: name.replacing(" ", with: " \u{A0} "))?.id == found.id, "\(name)")
      }
    }
  }

  @Test func `that is a brand is one, and a generic name is none`() throws {
    for drug in data.drugs {
      #expect(data.brand(named: drug.id) == nil, "\(drug.id)")
      for brand in drug.brands {
        #expect(data.brand(named: brand.name.uppercased())?.name == brand.name, "\(brand.name)")
        #expect(data.drug(named: brand.name)?.id == drug.id, "\(brand.name)")
      }
    }
  }

  @Test(arguments: ["", " ", "morphin", "morphines", "mor phine", "xmorphine", "morphine/x", "10 mg"])
  func `that is not one is nobody's`(text: String) {
    #expect(data.drug(named: text) == nil && data.brand(named: text) == nil)
  }

  @Test func `of what must never be intrathecal is no drug of a pump`() {
    for group in data.neverIntrathecal {
      #expect(!group.names.isEmpty && !group.reason.isEmpty)
      for name in group.names {
        #expect(data.neverIntrathecal(named: name.uppercased())?.names == group.names, "\(name)")
        #expect(data.drug(named: name)?.intrathecal == nil, "\(name)")
      }
    }
  }
}

@Suite struct `A factor` {
  /// The table of 2017: 4 up to 20 mg of methadone a day, 8 up to 40, 10 up to 60, 12 beyond. A tier holds its upper end.
  @Test(arguments: [
    (ExactNumber(1, over: 100), 4 as ExactNumber?), (20, 4), (20.1, 8), (40, 8), (40.1, 10), (60, 10),
    (60.1, 12),
    (1_000, 12), (0, nil), (-1, nil),
  ])
  func `of methadone grows with the dose of the day`(amount: ExactNumber, factor: ExactNumber?) throws {
    let row = try #require(data.oralEquivalents("cdc_2017")?.row("methadone", .oral))
    #expect(row.factor(forDaily: amount) == factor)
  }

  @Test func `is looked up by drug and route, and by nothing that is like them`() throws {
    let table = try #require(data.oralEquivalents("cdc_2022"))
    // One mg of morphine by mouth is one; of oxycodone 1.5.
    #expect(table.row("morphine", .oral)?.factor(forDaily: 60) == 1)
    #expect(table.row("oxycodone", .oral)?.factor(forDaily: 60) == 1.5)
    #expect(table.row("morphine", .intrathecal) == nil && table.row("Morphine", .oral) == nil)
    #expect(data.oralEquivalents("cdc_2021") == nil && data.ratios("leaflet_3") == nil)
    #expect(
      data.oralEquivalentIDs == data.oralEquivalentIDs.sorted() && data.ratioIDs == data.ratioIDs.sorted())
  }

  @Test func `where forms differ is the lowest, which gives the lower dose`() {
    for table in data.oralEquivalentIDs.compactMap(data.oralEquivalents) {
      let keys = Dictionary(grouping: table.rows) { "\($0.drug) \($0.route)" }
      for rows in keys.values where rows.count > 1 {
        let chosen = table.row(rows[0].drug, rows[0].route)?.factor ?? .zero
        #expect(rows.allSatisfy { chosen <= ($0.factor ?? chosen) }, "\(table.id) \(rows[0].drug)")
        for row in rows where row.form != nil {
          #expect(table.row(row.drug, row.route, form: row.form)?.factor == row.factor)
        }
      }
    }
  }
}

@Suite struct `A number of the data` {
  @Test(arguments: [
    ("0.1", ExactNumber(1, over: 10)), ("0.05", ExactNumber(1, over: 20)), ("300", 300), ("1e3", 1_000),
    ("0.000001", ExactNumber(1, over: 1_000_000)), ("-2.5", ExactNumber(-5, over: 2)),
  ])
  func `is the decimal that is written, not the double beside it`(text: String, value: ExactNumber) throws {
    #expect(try JSONDecoder().decode([ExactNumber].self, from: Data("[\(text)]".utf8)) == [value])
  }

  @Test(arguments: [#"{"low": 1, "high": 3, "unit": "mg"}"#, #"{"low": 2, "high": 2, "unit": "mg"}"#])
  func `stands at a dose only where the source names one`(text: String) throws {
    let dose = try JSONDecoder().decode(IncidenceCount.Dose.self, from: Data(text.utf8))
    #expect(dose.standing == (text.contains("3") ? nil : 2))
    let mean = try JSONDecoder().decode(
      IncidenceCount.Dose.self, from: Data(text.replacing("}", with: #", "mean": 2.5, "assumed": 9}"#).utf8))
    #expect(mean.standing == 2.5)
    let assumed = try JSONDecoder().decode(
      IncidenceCount.Dose.self, from: Data(text.replacing("}", with: #", "assumed": 9}"#).utf8))
    #expect(assumed.standing == 9)
  }

  @Test func `that is made at first use is made once`() {
    let made = Count()
    let lazy = Lazy { made.next() }
    DispatchQueue.concurrentPerform(iterations: 16) { _ in _ = lazy.value }
    // The second to ask is told what the first was: another would be 2.
    #expect(lazy.value == 1 && made.next() == 2)
  }
}

/// Counts how often it is asked.
private final class Count: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

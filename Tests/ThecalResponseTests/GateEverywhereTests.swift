import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalResponse

/// One drug given one way, for the states that a person may state.
private struct Cell: CustomTestStringConvertible {
  let drug: String
  let isSingle: Bool

  var testDescription: String { "\(drug), \(isSingle ? "single" : "continuous")" }

  static let all: [Cell] = Formulary.embedded.drugs.filter { $0.intrathecal != nil }.flatMap { drug in
    [Cell(drug: drug.id, isSingle: true), Cell(drug: drug.id, isSingle: false)]
  }

  /// Forty doses from 0.1 mcg to 100 mg, once or a day.
  static let doses = (0..<40).map { pow(10, -1 + 6 * Double($0) / 39) }

  func request(_ micrograms: Double, _ tolerance: RiskRequest.Tolerance) -> RiskRequest {
    let base = isSingle ? micrograms : micrograms / 24
    var request = RiskRequest(
      drug: drug, dose: isSingle ? .single(Mass(base: base)) : .continuous(DoseRate(base: base)))
    (request.tolerance, request.patients) = (tolerance, 24)
    return request
  }

  /// The people of every question: levels are linear in the dose.
  func people() throws -> ExposureRisk? {
    let known = try #require(Formulary.embedded.drug(named: drug))
    return try ExposureRisk(request(1, .unknown), drug: known, .embedded)
  }
}

/// The counts of one cell that may gate a model, found once.
private struct Counted {
  let cell: Cell
  private let all: [String: [CountedRow]]

  init(_ cell: Cell) {
    self.cell = cell
    all = Dictionary(
      uniqueKeysWithValues: ["inadequate_relief", "respiratory_depression"].map {
        ($0, CountedRow.all($0, of: cell.drug, single: cell.isSingle))
      })
  }

  func rows(_ effect: String, _ amount: Double, _ state: IncidenceCount.ToleranceState?) -> [CountedRow] {
    (all[effect] ?? []).filter { $0.matches(amount, state) }
  }
}

@Suite struct `The gate, everywhere` {
  /// Every drug, both regimens, every state of tolerance, 40 doses each: what a model prints lies in the interval of every count
  /// that matches, or there is none; what it may not print is nowhere, and the counts stand in its place.
  @Test(arguments: Cell.all) fileprivate func `a model's probability is that of the counts, or is not there`(
    cell: Cell
  )
    throws
  {
    let people = try cell.people()
    let counted = Counted(cell)
    var (printed, withheld, answered) = (0, 0, 0)
    for tolerance in RiskRequest.Tolerance.allCases {
      for amount in Cell.doses {
        let request = cell.request(amount, tolerance)
        let found = try #require(try RiskAssessment(request, reusing: people))
        if found.findings.isRefused {
          #expect(found.entries.isEmpty && found.exposure == nil)
          continue
        }
        answered += 1
        for entry in found.entries where entry.kind == .model && entry.effect != "withdrawal" {
          check(entry, counted, amount, &printed, &withheld)
        }
        check(found, amount, counted)
      }
    }
    // Nobody is passed over: where a drug has a model it was asked, and where it has none it said nothing.
    let models = EffectFits.Model.drugs
    #expect(answered > 10)
    #expect((printed + withheld > 0) == models.contains(cell.drug), "\(printed) \(withheld)")
  }

  private func check(
    _ entry: RiskAssessment.Entry, _ counted: Counted, _ amount: Double, _ printed: inout Int,
    _ withheld: inout Int
  ) {
    let rows = counted.rows(entry.effect, amount, entry.tolerance)
    guard let probability = entry.probability else {
      withheld += 1
      #expect(entry.low == nil && entry.high == nil && !entry.notes.isEmpty)
      // Withheld, or beyond everything that calibrates it: never in silence.
      #expect(entry.isExtrapolated != entry.codes.contains(.modelContradicted), "\(entry.notes)")
      if entry.codes.contains(.modelContradicted) {
        #expect(!rows.isEmpty && !entry.counts.isEmpty && entry.counts.allSatisfy { $0.n > 0 })
      }
      return
    }
    printed += 1
    for seen in rows {
      #expect(
        seen.interval.contains(probability),
        "\(counted.cell.testDescription) \(amount) mcg: \(entry.effect) \(probability) against \(seen.row.events ?? 0)/\(seen.row.n ?? 0) \(seen.row.citation.source)"
      )
    }
    #expect(entry.codes == (rows.isEmpty ? [.modelUnchecked] : []), "\(entry.codes)")
    if let low = entry.low, let high = entry.high { #expect(low <= probability && probability <= high) }
  }

  /// The window and the curve of a picture say nothing that the table may not say.
  private func check(_ found: RiskAssessment, _ amount: Double, _ counted: Counted) {
    guard let exposure = found.exposure else { return }
    let base = counted.cell.isSingle ? amount : amount / 24
    let shares = exposure.shares(at: base)
    for (effect, share, state) in [
      ("inadequate_relief", shares.inadequate, nil),
      ("respiratory_depression", shares.toxic, exposure.windowState),
    ] as [(String, Double?, IncidenceCount.ToleranceState?)] {
      guard let share else { continue }
      for seen in counted.rows(effect, amount, state) {
        #expect(
          seen.interval.contains(share), "\(counted.cell.testDescription) \(effect) \(amount): \(share)")
      }
    }
  }

  /// An end of the window is a dose at which a share is at its limit; counts that contradict that share there leave no end.
  @Test(arguments: Cell.all) fileprivate func `a window's end is none where counts contradict it`(cell: Cell)
    throws
  {
    guard let people = try cell.people() else {
      // Without a model of an effect there is no window at all.
      let found = try #require(try RiskAssessment(cell.request(1, .unknown)))
      #expect(found.exposure == nil)
      return
    }
    let counted = Counted(cell)
    for tolerance in RiskRequest.Tolerance.allCases {
      for most in [0.01, 0.05, 0.2] {
        var request = cell.request(1, tolerance)
        (request.mostToxic, request.mostInadequate) = (most, 0.3 + most)
        let asked = people.asking(request)
        let scale = cell.isSingle ? 1.0 : 24
        if let low = asked.window.low {
          for seen in counted.rows("inadequate_relief", low * scale, nil) {
            #expect(seen.interval.contains(0.3 + most))
          }
        }
        if let high = asked.window.high {
          for seen in counted.rows("respiratory_depression", high * scale, asked.windowState) {
            #expect(seen.interval.contains(most))
          }
        }
      }
    }
  }

  /// Where nothing is said of tolerance and the states differ, both are there; a state that is said is the only one.
  @Test func `naive and tolerant stand side by side where the state is not stated`() throws {
    let cell = Cell(drug: "morphine", isSingle: false)
    let people = try cell.people()
    var differing = 0
    for amount in Cell.doses where (50...20_000).contains(amount) {
      func models(_ tolerance: RiskRequest.Tolerance) throws -> [RiskAssessment.Entry] {
        let found = try #require(try RiskAssessment(cell.request(amount, tolerance), reusing: people))
        return found.entries.filter { $0.kind == .model && $0.effect == "respiratory_depression" }
      }
      let both = try models(.unknown)
      #expect(both.map(\.tolerance) == [.naive, .tolerant])
      #expect(try models(.naive).map(\.tolerance) == [.naive])
      #expect(try models(.tolerant).map(\.tolerance) == [.tolerant])
      #expect(
        try both.map(\.probability) == models(.naive).map(\.probability)
          + models(.tolerant).map(\.probability))
      if both[0].probability != both[1].probability { differing += 1 }
    }
    #expect(differing >= 10)
  }
}

extension EffectFits.Model {
  /// The drugs of which counts calibrate a model.
  fileprivate static let drugs = Set(
    Formulary.embedded.drugs.map(\.id).filter { drug in
      ModelFit.effects.contains { Formulary.embedded.fit($0, of: drug) != nil }
    })
}

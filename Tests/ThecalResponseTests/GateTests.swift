import Glibc
import Testing
import ThecalFormulary
import ThecalQuantities
import ThecalTransport

@testable import ThecalResponse

/// One group of people for every question of these tests: the models are linear in the dose.
private func exposure(
  _ drug: String, single: Bool = false, people: Int = 40, _ change: (inout RiskRequest) -> Void = { _ in }
) throws -> ExposureRisk {
  var request = RiskRequest(
    drug: drug, dose: single ? .single(Mass(1, .micrograms)) : .continuous(DoseRate(1, .microgramsPerDay)))
  request.patients = people
  change(&request)
  let known = try #require(Formulary.embedded.drug(named: drug))
  return try #require(try ExposureRisk(request, drug: known, .embedded))
}

/// The ends of a 95 % interval after Clopper and Pearson, by sums of the binomial distribution.
private func exactInterval(_ events: Int, of n: Int) -> ClosedRange<Double> {
  func atMost(_ k: Int, _ p: Double) -> Double {
    (0...k).reduce(0) { sum, i in
      let ways = lgamma(Double(n) + 1) - lgamma(Double(i) + 1) - lgamma(Double(n - i) + 1)
      return sum + exp(ways + Double(i) * log(p) + Double(n - i) * log1p(-p))
    }
  }
  func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (1e-12, 1 - 1e-12)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if f(middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
  let low = events == 0 ? 0 : root { 0.025 - (1 - atMost(events - 1, $0)) }
  let high = events == n ? 1 : root { atMost(events, $0) - 0.025 }
  return low...high
}

@Suite struct `The gate` {
  @Test(arguments: [(0, 275), (5, 1915), (7, 80), (31, 120), (12, 12)])
  func `intervals of counts are those of Clopper and Pearson`(events: Int, n: Int) {
    let (found, exact) = (IncidenceCount.interval(of: events, n: n), exactInterval(events, of: n))
    #expect(
      abs(found.lowerBound - exact.lowerBound) < 1e-9 && abs(found.upperBound - exact.upperBound) < 1e-9)
  }

  /// Every drug with a model, both regimens and every state of tolerance, at 40 doses each: what a model prints lies in the
  /// interval of every count that matches, found here by other code from the rows themselves.
  @Test(arguments: [("morphine", true), ("morphine", false), ("baclofen", true), ("baclofen", false)])
  func `no figure of a model is printed that a matching count contradicts`(drug: String, single: Bool) throws
  {
    let group = try exposure(drug, single: single)
    var said = 0
    for k in 0..<40 {
      // From 1 mcg to 100 mg, once or a day.
      let amount = pow(10, 5 * Double(k) / 39)
      let base = single ? amount : amount / 24
      let statements: [(String, IncidenceCount.ToleranceState?, ExposureRisk.Statement?)] = [
        ("inadequate_relief", nil, group.inadequate(at: base)),
        ("respiratory_depression", .naive, group.depressed(at: base, .naive)),
        ("respiratory_depression", .tolerant, group.depressed(at: base, .tolerant)),
      ]
      for (effect, state, statement) in statements {
        guard let statement, let estimate = statement.estimate else { continue }
        let against = contradicting(drug, effect, single, state, amount, estimate.value)
        #expect((statement.spoken == nil) == !against.isEmpty, "\(effect) \(amount) mcg: \(against)")
        #expect(
          estimate.low <= estimate.value && estimate.value <= estimate.high && estimate.low < estimate.high)
        said += 1
      }
    }
    #expect(said >= 40)
  }

  @Test func `drugs without a model print none`() throws {
    for drug in Formulary.embedded.drugs
    where drug.intrathecal != nil && !["morphine", "baclofen"].contains(drug.id) {
      var request = RiskRequest(drug: drug.id, dose: .continuous(DoseRate(1, .microgramsPerDay)))
      request.patients = 8
      let entries = try RiskAssessment(request)?.entries ?? []
      #expect(entries.allSatisfy { $0.kind != .model || $0.effect == "withdrawal" }, "\(drug.id)")
    }
  }

  private func contradicting(
    _ drug: String, _ effect: String, _ single: Bool, _ state: IncidenceCount.ToleranceState?,
    _ micrograms: Double,
    _ probability: Double
  ) -> [String] {
    Formulary.embedded.incidence.filter { row in
      guard row.drug == drug, row.effect == effect, row.route == "intrathecal", row.severity == .any,
        ["single", "screening"].contains(row.regimen.rawValue) == single, let events = row.events,
        let n = row.n,
        let dose = row.dose
      else { return false }
      if let state, let own = row.tolerance, own != .mixed, own != state { return false }
      let scale = dose.unit.hasPrefix("mg") ? 1_000.0 : 1
      let named = [dose.low, dose.mean, dose.assumed, dose.high].compactMap { $0?.double }.filter { $0 > 0 }
      guard let least = named.min(), let most = named.max() else { return false }
      guard micrograms >= least * scale / 2, micrograms <= most * scale * 2 else { return false }
      return !exactInterval(events, of: n).contains(probability)
    }.map { "\($0.events ?? 0)/\($0.n ?? 0) \($0.citation.source)" }
  }

  @Test func `the series of tolerant patients stand against any large share of depressed breathing`() throws {
    let group = try exposure("morphine")
    for milligrams in [2.0, 4.7, 10, 15] {
      let said = try #require(group.depressed(at: milligrams * 1_000 / 24, .tolerant))
      #expect(try #require(said.estimate).value < 0.007, "\(milligrams) mg/day")  // 0 of 524: at most 0.70 %
      if case .agrees(let rows) = said.verdict {
        #expect(rows.count >= 2)
      } else {
        Issue.record("no counts match")
      }
    }
  }

  @Test
  func `a start without tolerance is more dangerous than a dose one is used to, and a raise lies between`()
    throws
  {
    let base = 1_000.0 / 24
    let group = try exposure("morphine")
    let start = try #require(group.depressed(at: base, .naive)?.estimate).value
    let used = try #require(group.depressed(at: base, .tolerant)?.estimate).value
    let raised = try exposure("morphine") { $0.previous = DoseRate(base: base / 4) }
    let raise = try #require(raised.depressed(at: base, .tolerant)?.estimate).value
    #expect(used < raise && raise < start)
    // Beyond every level at which anybody without tolerance was counted there is no figure.
    #expect(try #require(group.depressed(at: 15 * base, .naive)).estimate == nil)
  }

  @Test func `the window has no end that counts contradict, and narrows with stricter limits`() throws {
    func window(_ toxic: Double?, _ inadequate: Double?) throws -> ExposureRisk {
      try exposure("morphine") {
        ($0.tolerance, $0.mostToxic, $0.mostInadequate) = (.naive, toxic, inadequate)
      }
    }
    let usual = try window(nil, nil)
    let low = try #require(usual.window.low)
    #expect(abs(try #require(usual.likelyInadequate(at: low)) - 0.5) < 0.01)
    #expect(try #require(try window(nil, 0.4).window.low) > low)
    if let high = usual.window.high {
      #expect(abs(try #require(usual.likelyDepressed(at: high, .naive)) - 0.05) < 0.01)
      #expect(try #require(try window(0.02, nil).window.high) < high)
    }
    // A quarter does not respond at any dose: none leaves fewer than a tenth without relief.
    #expect(try window(nil, 0.1).window.low == nil)
  }
}

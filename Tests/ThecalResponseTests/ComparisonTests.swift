import Glibc
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalResponse

private func assessment(_ drug: String, _ dose: RiskRequest.Dose) throws -> RiskAssessment {
  var request = RiskRequest(drug: drug, dose: dose)
  request.patients = 0
  return try #require(try RiskAssessment(request))
}

@Suite struct `What pooled trials say` {
  @Test func `stands beside an injection of their drug, and beside no infusion`() throws {
    let morphine = try assessment("morphine", .single(Mass(0.1, .milligrams))).comparisons
    #expect(
      morphine.flatMap(\.citations).map(\.source) == [
        "sultan2016", "renard2024", "renard2025", "gehling2009",
      ])
    #expect(try assessment("morphine", .continuous(DoseRate(1, .milligramsPerDay))).comparisons.isEmpty)
    let sufentanil = try assessment("sufentanil", .single(Mass(5, .micrograms))).comparisons
    #expect(sufentanil.flatMap(\.citations).map(\.source) == ["sufentanil_ed50_1997", "arkoosh1998"])
  }

  @Test func `is read in abstracts, of drugs and effects that are known`() {
    let harms = Formulary.embedded.harms
    let effects = Set(harms.effects.map(\.id))
    for found in harms.comparisons {
      #expect(Formulary.embedded.drug(named: found.drug)?.intrathecal != nil)
      #expect(!found.effects.isEmpty && effects.isSuperset(of: found.effects))
      #expect(found.statement.citation.verified && found.statement.citation.reading == .abstract)
    }
    #expect(harms.comparisons.count == 10)
  }

  /// sultan2016: 0.05 to 0.1 against more than 0.1 to 0.25 mg, odds ratio of pruritus 0.34 (0.2 to 0.59), of nausea or vomiting 0.44
  /// (0.27 to 0.73). At the middles of both bands the curve of pruritus agrees; that of nausea and vomiting, through two arms of 37,
  /// sees no rise, and its interval leaves room for the pooled one.
  @Test func `agrees with the curve of pruritus, and with what that of nausea leaves open`() throws {
    let fits = RiskFit.all(drug: "morphine", in: .embedded)
    let (low, high) = (0.075, 0.175)
    let pruritus = try #require(fits.first { $0.effect == "pruritus" })
    #expect((0.2...0.59).contains(exp(pruritus.slope * log(low / high))))
    let nausea = try #require(fits.first { $0.effect == "nausea_and_vomiting" })
    #expect(!(0.27...0.73).contains(exp(nausea.slope * log(low / high))))
    func odds(_ share: Double) -> Double { share / (1 - share) }
    let (few, many) = (nausea.curve.estimate(at: low), nausea.curve.estimate(at: high))
    #expect(odds(few.low) / odds(many.high) < 0.44 && 0.44 < odds(few.high) / odds(many.low))
  }
}

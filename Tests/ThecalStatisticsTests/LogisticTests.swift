import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalStatistics

func groups(_ doses: [Double], _ events: [Double], _ n: [Double]) -> [LogisticRegression.Group] {
  doses.indices.map { .init(x: log(doses[$0]), events: events[$0], n: n[$0]) }
}

@Test(arguments: logisticReferences.indices)
func `fits are those of statsmodels, and with Firth's penalty those of scipy`(index: Int) throws {
  let reference = logisticReferences[index]
  let fit = try LogisticRegression(
    groups(reference.doses, reference.events, reference.n), reference.isFirth ? .firth : .plain)
  // The references were maximised without derivatives, to about eight digits.
  #expect(abs(fit.intercept - reference.intercept) < 1e-6 * (1 + abs(reference.intercept)))
  #expect(abs(fit.slope - reference.slope) < 1e-6 * (1 + abs(reference.slope)))
  let interval = fit.interval(at: log(reference.doses[0]))
  #expect(abs(interval.lowerBound / reference.low - 1) < 1e-4)
  #expect(abs(interval.upperBound / reference.high - 1) < 1e-4)
}

/// Respiratory depression after single-shot morphine: 2/247 at 0.15 mg, 7/80 at 0.5 mg.
@Test func `the anchor: slope 2.05, 0.81 % and 8.75 % plain; 1.91, 1.01 % and 9.26 % with the penalty`()
  throws
{
  let counts = groups([0.15, 0.5], [2, 7], [247, 80])
  let plain = try LogisticRegression(counts, .plain)
  #expect(abs(plain.slope - 2.05) < 0.005)
  #expect(abs(plain.probability(at: log(0.15)) - 2.0 / 247) < 1e-9)
  #expect(abs(plain.probability(at: log(0.5)) - 7.0 / 80) < 1e-9)
  let firth = try LogisticRegression(counts)
  #expect(abs(firth.slope - 1.91) < 0.005)
  #expect(abs(firth.probability(at: log(0.15)) - 0.0101) < 5e-5)
  #expect(abs(firth.probability(at: log(0.5)) - 0.0926) < 5e-5)
}

@Test func `what has no maximum is refused, and the penalty gives it one`() throws {
  let separated = groups([0.1, 0.2], [0, 10], [10, 10])
  #expect(throws: LogisticError.separated) { try LogisticRegression(separated, .plain) }
  #expect(throws: LogisticError.oneDose) { try LogisticRegression(groups([0.1, 0.1], [1, 2], [10, 10])) }
  #expect(try LogisticRegression(separated).slope > 0)
}

@Test func `doses in another unit shift the intercept and nothing else`() throws {
  let mg = try LogisticRegression(groups([0.05, 0.1, 0.4], [1, 4, 9], [30, 31, 22]))
  let mcg = try LogisticRegression(groups([50, 100, 400], [1, 4, 9], [30, 31, 22]))
  #expect(abs(mg.slope - mcg.slope) < 1e-9)
  let (a, b) = (mg.interval(at: log(0.2)), mcg.interval(at: log(200)))
  #expect(abs(a.lowerBound - b.lowerBound) < 1e-9 && abs(a.upperBound - b.upperBound) < 1e-9)
}

@Test func `intervals widen away from the data and with fewer patients`() throws {
  let many = try LogisticRegression(groups([0.1, 0.2, 0.4], [10, 30, 60], [200, 200, 200]))
  let few = try LogisticRegression(groups([0.1, 0.2, 0.4], [1, 3, 6], [20, 20, 20]))
  func width(_ fit: LogisticRegression, _ dose: Double) -> Double {
    let interval = fit.interval(at: log(dose))
    return log(interval.upperBound / (1 - interval.upperBound))
      - log(interval.lowerBound / (1 - interval.lowerBound))
  }
  #expect(width(many, 0.2) < width(few, 0.2))
  #expect(width(many, 0.2) < width(many, 0.4) && width(many, 0.4) < width(many, 2))
}

/// A simulation study: of many data sets from a known curve, the share whose 95 % interval holds the truth.
@Test func `profile intervals of 95 % hold the truth in 95 % of data sets`() throws {
  var random = SeededGenerator(seed: 2_026)
  let (doses, n) = ([0.05, 0.1, 0.2, 0.4], 60)
  let truth = { (dose: Double) in 1.2 + 1.6 * log(dose) }
  var held = [0, 0]
  let sets = 1_000
  for _ in 0..<sets {
    let events = doses.map { dose in
      Double(
        (0..<n).count { _ in Double.random(in: 0..<1, using: &random) < LogisticRegression.expit(truth(dose))
        })
    }
    let fit = try LogisticRegression(groups(doses, events, Array(repeating: Double(n), count: 4)))
    for (k, dose) in [0.1, 0.6].enumerated() {
      // Inside the interval is where the counts do not contradict the truth.
      if fit.contradiction(ofLogit: truth(dose), at: log(dose)) <= LogisticRegression.ninetyFive {
        held[k] += 1
      }
    }
  }
  // Three standard errors of 0.95 over a thousand sets are 0.021.
  for count in held { #expect(abs(Double(count) / Double(sets) - 0.95) < 0.021) }
}

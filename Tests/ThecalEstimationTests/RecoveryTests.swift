import Glibc
import Testing
import ThecalSampling
import _ThecalTestSupport

@testable import ThecalEstimation

@Suite struct `A fit of simulated measurements` {
  /// People drawn from the prior: an interval of 95 % holds 95 % of them. Of 80 intervals 71 or more do so in 99 of 100
  /// cases.
  @Test func `has intervals that hold the truth as often as they say`() throws {
    let simulated = try Simulated(free: ["loss", "dispersion_sac"])
    var random = SeededGenerator(seed: 7)
    var (profile, laplace) = (0, 0)
    for _ in 0..<40 {
      let truth = [
        Distribution(.lognormal(median: 3e-5, sigma: Distribution.sigma(cv: 0.4))),
        Distribution(.lognormal(median: 0.014, sigma: log(2))),
      ].map { $0.value(latent: normal(&random)).value }
      let rows = simulated.rows(truth, &random)
      let found = try Estimation(request(specification(rows, estimate: "loss, dispersion_sac")))
      #expect(found.isConverged)
      for (estimate, value) in zip(found.estimates, truth) {
        #expect(estimate.isIdentifiable && estimate.interval == .profile)
        if (estimate.low...estimate.high).contains(value) { profile += 1 }
        if (estimate.laplaceLow...estimate.laplaceHigh).contains(value) { laplace += 1 }
      }
    }
    #expect(profile >= 71 && laplace >= 71, "of 80: profile \(profile), laplace \(laplace)")
    #expect(profile <= 80 && laplace <= 80)
  }

  @Test func `of many people has their typical value and spread`() throws {
    let simulated = try Simulated(free: ["loss"])
    var random = SeededGenerator(seed: 3)
    let (typical, omega) = (4e-5, 0.5)
    let rows = (1...12).map { person in
      simulated.rows([typical * exp(omega * normal(&random))], subject: "\(person)", &random)
    }
    let asked = try request(specification(rows.joined(separator: "\n"), estimate: "loss"))
    #expect(asked.random == [0] && asked.subjects.count == 12)
    let found = try Estimation(asked)
    let (estimate, spread) = (found.estimates[0], try #require(found.spreads.first))
    #expect(found.isConverged && found.individuals.count == 12 && found.points.count == 144)
    #expect(estimate.low < typical && typical < estimate.high && estimate.high / estimate.low < 3)
    let width = Distribution.sigma(cv: 0.4)
    #expect(spread.low * width < omega && omega < spread.high * width && spread.cv ?? 0 > 0.2)
    // Measurements lie about the predictions of their person as the residual says.
    let square = found.points.compactMap(\.residual).reduce(0) { $0 + $1 * $1 } / 144
    #expect(square > 0.6 && square < 1.4)
  }

  /// With one person and a spread that is known to be nothing, the population is that person.
  @Test func `of people who do not differ is that of one`() throws {
    let simulated = try Simulated(free: ["loss"])
    var random = SeededGenerator(seed: 5)
    let rows = (1...3).map { simulated.rows([3e-5], subject: "\($0)", &random) }.joined(separator: "\n")
    let pooled = try Estimation(request(specification(rows, estimate: "loss", more: "random: none")))
    let alone = try Estimation(
      request(
        specification(
          rows.replacing("subject: \"2\"", with: "subject: \"1\"").replacing(
            "subject: \"3\"", with: "subject: \"1\""), estimate: "loss")))
    #expect(abs(pooled.estimates[0].value / alone.estimates[0].value - 1) < 1e-6)
    #expect(abs(pooled.objective - alone.objective) < 1e-6 && pooled.spreads.isEmpty)
  }
}

@Suite struct `A fit` {
  @Test func `leaves alone what the data do not move`() throws {
    let rows = "  - {time: 1 h, site: L3, value: 4000 ng/mL}"
    let found = try Estimation(request(specification(rows, estimate: "loss, cranial_volume")))
    let volume = found.estimates[1]
    #expect(!volume.isIdentifiable && volume.interval == .prior && volume.shrinkage > 0.99)
    #expect(volume.low == volume.priorLow && volume.high == volume.priorHigh)
    let sigma = Distribution.sigma(cv: 0.25)
    #expect(abs(volume.priorLow / (180 * exp(-1.959963984540054 * sigma)) - 1) < 1e-12)
    #expect(volume.priorSource == "thecal_transport_fit" && found.sources.contains("nordberg1984"))
  }

  @Test func `lets a limit push one way only`() throws {
    func loss(_ row: String) throws -> Double {
      try Estimation(request(specification("  - {time: 8 h, site: L3, \(row)}", estimate: "loss"))).estimates[
        0
      ].value
    }
    // The model has 404.5 ng/mL there.
    #expect(abs(try loss("value: 4e6 ng/mL, below: yes") / 3e-5 - 1) < 1e-6)
    #expect(try loss("value: 100 ng/mL, below: yes") > 3.2e-5)
    // What was measured holds the level where it is; a limit would have it lower still.
    #expect(try loss("value: 100 ng/mL") < loss("value: 100 ng/mL, below: yes"))
  }

  @Test func `goes where the adjoint does not`() throws {
    let rows = "  - {time: 1 h, site: L3, value: 4000 ng/mL}\n  - {time: 8 h, site: L3, value: 300 ng/mL}"
    let yaml = specification(rows, estimate: "loss").replacing(
      "  cells: 60",
      with: "  cells: 60\n  parameters: {cord: {permeability: 1e-6 cm2/s, partition: 1, loss: 1e-4 1/s}}")
    let tissue = try Estimation(request(yaml))
    let plain = try Estimation(request(specification(rows, estimate: "loss")))
    #expect(tissue.isConverged && abs(tissue.estimates[0].value / plain.estimates[0].value - 1) < 0.05)
  }

  @Test func `refuses a level where there is none, and says where`() throws {
    let rows = "  - {subject: A, time: 0 h, site: L3, value: 5 ng/mL}"
    let asked = try request(specification(rows, estimate: "loss", program: "{at: 1 h, bolus: 0.25 mg}"))
    #expect(throws: EstimationProblem.noLevel(subject: "A", time_h: 0, site: "L3")) { try Estimation(asked) }
  }

  @Test func `of a dose or a place has it back`() throws {
    var random = SeededGenerator(seed: 11)
    let simulated = try Simulated(free: ["program[0].bolus"])
    let rows = simulated.rows([0.4], &random)
    let prior = "prior: {\"program[0].bolus\": {lognormal: {median: 250 mcg, gsd: 2}}}"
    let found = try Estimation(request(specification(rows, estimate: "\"program[0].bolus\"", more: prior)))
    let dose = found.estimates[0]
    #expect(dose.unit == "mg" && dose.low < 0.4 && 0.4 < dose.high && dose.high / dose.low < 1.5)
    #expect(dose.priorSource == nil && dose.priorMedian == 0.25)
  }
}

import Glibc
import Testing
import ThecalFormulary
import ThecalQuantities
import _CThecalODE

@testable import ThecalKinetics

@Test func `every published model is complete, in units that are known`() throws {
  let models = Formulary.embedded.systemicModels
  #expect(models.count >= 11 && Set(models.map(\.id)).count == models.count)
  for source in models {
    let model = try #require(PublishedModel(source), "\(source.id)")
    #expect(try model.typical().model.name == source.structure)
    #expect(Formulary.embedded.drug(named: source.drug) != nil, "\(source.id)")
  }
  #expect(PublishedModel(named: "morphine") == nil)
}

@Test func `oral baclofen rises and falls as its study says`() throws {
  // V11, from the parameters of Simon 2018: 10 mg.
  let baclofen = try #require(PublishedModel(named: "baclofen_oral_simon2018"))
  let step = 0.002
  let records = [DosingRecord.dose(10, at: 0)] + (0...40_000).map { .observation(at: Double($0) * step) }
  var batch = KineticsBatch(try DosingPlan(records, model: baclofen.model), amounts: false)
  batch.run([try baclofen.typical()].span)
  let values = records.indices.dropLast().map { batch.level(reading: $0, person: 0) }
  let peak = try #require(values.indices.max { values[$0] < values[$1] })
  #expect(abs(Double(peak) * step / 1.58 - 1) < 0.005)
  #expect(abs(values[peak] / 0.107 - 1) < 0.005)
  let half = log(2) / log(values[10_000] / values[12_000]) * 4
  #expect(abs(half / 4.35 - 1) < 0.005)
  let area = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 + $1.1) / 2 } * step
  #expect(abs(area / 0.862 - 1) < 0.005)
}

@Test func `oral morphine is absorbed by 37 percent, and more of it becomes a glucuronide`() throws {
  // V12, Oosten 2017.
  let oral = try #require(PublishedModel(named: "morphine_oral_ir_oosten2017"))
  let injected = try #require(PublishedModel(named: "morphine_sc_oosten2017"))
  #expect(oral.values[.F] == 0.372)
  // AUC(drug) = F · dose / CL, AUC(metabolite) = (first pass + F · formed) · dose / its clearance.
  func ratio(_ model: PublishedModel) throws -> Double {
    let glucuronide = try #require(model.source.metabolites?.first { $0.name == "M6G" })
    let cleared = try #require(KineticParameter.CL.value(glucuronide.clearance))
    let (share, own) = (model.values[.F] ?? 1, try #require(model.values[.CL]))
    let made = glucuronide.firstPass.value.double + share * glucuronide.formed.value.double
    return made / cleared / (share / own)
  }
  #expect(abs(try ratio(injected) / 1.95 - 1) < 0.01)
  #expect(abs(try ratio(oral) / 5.26 - 1) < 0.01)
  // The area itself: 300 mg a day by mouth is 50.6 ng/mL on average.
  var dose = DosingRecord.dose(75, at: 0)
  dose.interval_h = 6
  dose.additional = 400
  let records = [dose] + (0..<600).map { .observation(at: 2_000 + 6 * Double($0) / 600) }
  let plan = try DosingPlan(records, model: oral.model, bioavailability: 0.372)
  var batch = KineticsBatch(plan, amounts: false)
  batch.run([try oral.typical()].span)
  let mean = plan.readings.indices.reduce(0) { $0 + batch.level(reading: $1, person: 0) } / 600 * 1_000
  #expect(abs(mean / 50.6 - 1) < 0.005)
}

@Test func `a published spread is read in the scale that its source uses`() throws {
  // Simon: a coefficient of variation of 44 %; Oosten: a standard deviation of the logarithm of 71 %.
  let baclofen = try #require(PublishedModel(named: "baclofen_oral_simon2018"))
  let morphine = try #require(PublishedModel(named: "morphine_oral_er_oosten2017"))
  #expect(abs(try #require(baclofen.spreads[.KA]) - log1p(0.44 * 0.44).squareRoot()) < 1e-15)
  #expect(abs(try #require(morphine.spreads[.KA]) - 0.71) < 1e-15)
}

@Test func `what a caller sets stands in place of what was published`() throws {
  let ziconotide = try #require(PublishedModel(named: "ziconotide_iv_label"))
  #expect(try ziconotide.typical()[.CL] == 16.2)
  #expect(try ziconotide.typical(changing: [.CL: 20])[.CL] == 20)
  #expect(throws: KineticProblem.unknown(.KA, of: ziconotide.model)) {
    try ziconotide.typical(changing: [.KA: 1])
  }
}

@Test func `the course of a glucuronide is that of the equations, and its area that of the shares`() throws {
  let morphine = try #require(PublishedModel(named: "morphine_oral_ir_oosten2017"))
  let person = try morphine.typical()
  let m6g = try #require(morphine.metabolites.first { $0.name == "M6G" })
  var infusion = DosingRecord.dose(5, at: 2, into: 2)
  infusion.delivery = .over(3)
  let times: [Double] = [0.5, 2, 3.5, 5, 9, 30]
  let records = [
    .dose(30, at: 0), .observation(at: 0.5), infusion, .observation(at: 2), .observation(at: 3.5),
    .observation(at: 5),
    .observation(at: 9), .observation(at: 30),
  ]
  let levels = try m6g.levels(records, in: person)
  // Depot, morphine and M6G in mg: 0.0631 of a dose arrives as it, 0.10 of the clearance forms it.
  let (ka, k, own) = (6.0, 91.9 / 278, 4.71 / 25.8)
  let K: [Double] = [-ka, 0, 0, ka, -k, 0, ka * 0.0631 / 0.372, 0.10 * k, -own]
  var y = [30 * 0.372, 0, 0]
  var now = 0.0
  for (reading, time) in times.enumerated() {
    let feed = [0, now >= 2 && now < 5 ? 5 / 3.0 : 0, 0]
    #expect(thecal_linear_ode(3, K, feed, time - now, 1e-11, 1e-13, &y) == 0)
    now = time
    #expect(abs(levels[reading] - y[2] / 25.8) < 1e-8)
  }
  // V12 once more, from the courses: the area of M6G over that of morphine.
  let grid = [DosingRecord.dose(30, at: 0)] + (0...12_000).map { .observation(at: Double($0) / 60) }
  let turned = try m6g.levels(grid, in: person)
  let plan = try DosingPlan(grid, model: morphine.model, bioavailability: person[.F])
  var batch = KineticsBatch(plan, amounts: false)
  batch.run([person].span)
  let parent = plan.readings.indices.reduce(0) { $0 + batch.level(reading: $1, person: 0) }
  #expect(abs(turned.reduce(0, +) / parent / 5.26 - 1) < 0.01)
}

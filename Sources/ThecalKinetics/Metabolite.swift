import ThecalFormulary
import ThecalQuantities

/// What a drug is turned into: formed by the first pass of a dose and by clearance from plasma, in one compartment of its
/// own. Amounts count as those of the drug, mole by mole.
public struct Metabolite: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The share of the drug's clearance that forms it.
  let formed: Double
  /// What arrives as it by the first pass, as a share of what arrives as the drug.
  let firstPass: Double
  /// Its clearance, L/h.
  let clearance: Double
  /// Its volume, L.
  let volume: Double

  /// The metabolite of a published model; nil where a figure has a unit of another dimension.
  init?(_ source: Formulary.SystemicModel.Metabolite, absorbed: Double) {
    guard let clearance = KineticParameter.CL.value(source.clearance),
      let volume = KineticParameter.V.value(source.volume), absorbed > 0
    else { return nil }
    name = source.name
    formed = source.formed.value.double
    firstPass = source.firstPass.value.double / absorbed
    self.clearance = clearance
    self.volume = volume
  }

  /// Its levels at the readings of `records`, mg/L, in a person to whom the drug has one compartment.
  ///
  /// The drug's fall is a sum of exponentials, so the metabolite is a sum of models in which a depot empties at the rate
  /// of absorption or of elimination; where these two lie within a millionth the sum loses six digits.
  ///
  /// - Throws: `DosingError` where a record cannot be followed.
  /// - Precondition: The person has one compartment.
  public func levels(_ records: [DosingRecord], in person: KineticParameters) throws(DosingError) -> [Double]
  {
    precondition(person.model.peripherals == 0)
    let k = person[.CL] / person[.V]
    let central = person.model.hasDepot ? 2 : 1
    var sum = try run(records.given(into: central), emptying: k, bioavailability: 1, lag: 0).map {
      formed * $0
    }
    guard person.model.hasDepot else { return sum }
    let gap = person[.KA] - k
    let ka = abs(gap) > 1e-6 * k ? person[.KA] : k * (1 + 1e-6)
    let oral = records.given(into: 1)
    let (share, lag) = (person[.F], person[.ALAG])
    let early = try run(oral, emptying: ka, bioavailability: share, lag: lag)
    let late = try run(oral, emptying: k, bioavailability: share, lag: lag)
    for reading in sum.indices {
      sum[reading] +=
        (firstPass - formed * k / (ka - k)) * early[reading] + formed * ka / (ka - k) * late[reading]
    }
    return sum.map { max(0, $0) }
  }

  /// Levels where a depot empties at `rate` into the metabolite's compartment.
  private func run(
    _ records: [DosingRecord], emptying rate: Double, bioavailability: Double, lag: Double
  ) throws(DosingError) -> [Double] {
    var own = KineticParameters.oneCompartment
    own[.KA] = rate
    own[.CL] = clearance
    own[.V] = volume
    let plan = try DosingPlan(records, model: own.model, bioavailability: bioavailability, lag_h: lag)
    var batch = KineticsBatch(plan, amounts: false)
    batch.run([own].span)
    return plan.readings.indices.map { batch.level(reading: $0, person: 0) }
  }
}

extension KineticParameters {
  /// One compartment with a depot, every parameter 1.
  static let oneCompartment = KineticParameters(unit: KineticModel.withDepot)
}

extension [DosingRecord] {
  /// What is given into one compartment, as doses into the first; doses elsewhere leave what they take away.
  fileprivate func given(into compartment: Int) -> [DosingRecord] {
    map { record in
      guard record.isDose else { return record }
      var copy = record
      copy.compartment = 1
      if record.compartment == compartment {
        // F and lag of a model hold for its depot alone.
        if compartment != 1 {
          copy.bioavailability = record.bioavailability ?? 1
          copy.lag_h = record.lag_h ?? 0
        }
        return copy
      }
      let empties = record.event == .resetAndDose || record.steadyState == .replacing
      return DosingRecord(line: record.line, time_h: record.time_h, event: empties ? .reset : .other)
    }
  }
}

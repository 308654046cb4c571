public import ThecalFormulary
import ThecalQuantities
import ThecalSampling

/// A published model, ready to be used: structure, the person in the middle, and how people vary.
public struct PublishedModel: Sendable {
  /// What was published.
  public let source: Formulary.SystemicModel
  /// The structure.
  public let model: KineticModel
  /// Values of the parameters, in the units of `KineticParameter`.
  public let values: [KineticParameter: Double]
  /// Standard deviations of the logarithms of those that vary.
  let spreads: [KineticParameter: Double]

  /// The published model with an id; nil where there is none.
  public init?(named id: String, _ formulary: Formulary = .embedded) {
    guard let source = formulary.systemicModels.first(where: { $0.id == id }) else { return nil }
    self.init(source)
  }

  /// What `source` says; nil where a name or unit is none that kinetics know, which the tests exclude.
  public init?(_ source: Formulary.SystemicModel) {
    guard let model = KineticModel(named: source.structure) else { return nil }
    self.source = source
    self.model = model
    var values: [KineticParameter: Double] = [:]
    var spreads: [KineticParameter: Double] = [:]
    for entry in source.parameters {
      guard let name = KineticParameter(named: entry.name), let value = name.value(entry.value) else {
        return nil
      }
      values[name] = value
      guard let spread = entry.spread else { continue }
      let share = spread.value.value.double / 100
      switch spread.scale {
      case .logarithmic: spreads[name] = share
      case .coefficientOfVariation: spreads[name] = Distribution.sigma(cv: share)
      }
    }
    self.values = values
    self.spreads = spreads
  }

  /// What the drug is turned into, where that is part of the model.
  public var metabolites: [Metabolite] {
    (source.metabolites ?? []).compactMap { Metabolite($0, absorbed: values[.F] ?? 1) }
  }

  /// The person in the middle, with `changes`.
  public func typical(
    changing changes: [KineticParameter: Double] = [:]
  ) throws(KineticProblem) -> KineticParameters {
    try KineticParameters(model, values.merging(changes) { $1 })
  }

  /// People around `typical` who vary as published, but for `cv`.
  public func population(
    around typical: KineticParameters, cv: [KineticParameter: Double] = [:], seed: UInt64
  ) throws(KineticProblem) -> KineticPopulation {
    try KineticPopulation(typical: typical, cv: cv, sigma: spreads, seed: seed)
  }
}

extension KineticParameter {
  /// A published value in the unit of the parameter; nil where its unit is of another dimension.
  func value(_ figure: Cited<ExactNumber>) -> Double? {
    switch self {
    case .CL, .Q, .Q3: figure.quantity(FlowDimension.self)?.value(in: .litersPerHour)
    case .V, .V2, .V3: figure.quantity(VolumeDimension.self)?.value(in: .liters)
    case .KA: figure.quantity(RateConstantDimension.self)?.base
    case .ALAG: figure.quantity(TimeDimension.self)?.base
    case .F: figure.unit == "1" ? figure.value.double : nil
    }
  }
}

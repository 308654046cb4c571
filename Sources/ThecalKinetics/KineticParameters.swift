/// One person's parameters: clearances in L/h, volumes in L, rates in 1/h, times in h, the absorbed share as it is.
public struct KineticParameters: Hashable, Sendable {
  /// The model that they belong to.
  public let model: KineticModel
  // Fields and not a list: populations draw millions of these, and none may allocate.
  private var disposition: (SIMD8<Double>) = SIMD8(repeating: 1)
  private var lag = 0.0

  /// The parameters with these values; what the model has as an option may be missing.
  public init(_ model: KineticModel, _ values: [KineticParameter: Double]) throws(KineticProblem) {
    self.model = model
    for name in KineticParameter.allCases {
      let isKnown = model.parameters.contains(name)
      guard let value = values[name] else {
        if isKnown { throw .missing(name, of: model) }
        continue
      }
      guard isKnown || model.options.contains(name) else { throw .unknown(name, of: model) }
      guard value.isFinite, name.admitsZero ? value >= 0 : value > 0 else { throw .outOfRange(name, value) }
      self[name] = value
    }
  }

  /// Parameters of 1 for `model`, and no wait.
  init(unit model: KineticModel) { self.model = model }

  /// The value of a parameter; 1 for those that the model does not have.
  public internal(set) subscript(_ name: KineticParameter) -> Double {
    get { name == .ALAG ? lag : disposition[Int(name.stream)] }
    set {
      if name == .ALAG { lag = newValue } else { disposition[Int(name.stream)] = newValue }
    }
  }
}

extension KineticParameter {
  /// Whether nothing is a sensible value: no exchange, nothing absorbed, no wait.
  var admitsZero: Bool {
    switch self {
    case .Q, .Q3, .F, .ALAG: true
    case .CL, .V, .V2, .V3, .KA: false
    }
  }
}

/// Why a model cannot be used with the parameters that were given.
public enum KineticProblem: Error, Hashable, Sendable {
  /// A parameter that the model needs has no value.
  case missing(KineticParameter, of: KineticModel)
  /// The model has no such parameter.
  case unknown(KineticParameter, of: KineticModel)
  /// The value cannot be, or vary by so much: clearances, volumes and rates are positive, shares and waits not negative.
  case outOfRange(KineticParameter, Double)
}

extension KineticProblem {
  /// What is wrong and what to do about it.
  public var sentence: String {
    switch self {
    case .missing(let name, let model):
      "\(model.name) needs \(name.rawValue)\(name.unit.isEmpty ? "" : " in \(name.unit)")"
    case .unknown(let name, let model):
      "\(model.name) has no \(name.rawValue); it has "
        + (model.parameters + model.options).map(\.rawValue).joined(separator: ", ")
    case .outOfRange(let name, let value) where value > 0:
      "\(name.rawValue) cannot be \(value): it is too large"
    case .outOfRange(let name, let value):
      "\(name.rawValue) cannot be \(value): it must be \(name.admitsZero ? "zero or more" : "above zero")"
    }
  }
}

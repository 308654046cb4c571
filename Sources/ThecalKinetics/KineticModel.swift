/// A linear model of drug in the body: a central compartment that clears, up to two peripheral ones that exchange
/// with it, and, for a model with absorption, a depot that empties into it by first order.
public struct KineticModel: Hashable, Sendable {
  /// Its name: `iv1` … `oral3`.
  public let name: String
  /// Whether there is a depot. It is compartment 1 then, and the central compartment is 2.
  public let hasDepot: Bool
  /// Number of peripheral compartments, 0 … 2.
  let peripherals: Int

  /// The model with a name, in any case; nil where there is none.
  public init?(named name: String) {
    guard let model = Self.all.first(where: { $0.name == name.lowercased() }) else { return nil }
    self = model
  }

  private init(peripherals: Int, hasDepot: Bool) {
    name = (hasDepot ? "oral" : "iv") + "\(peripherals + 1)"
    self.hasDepot = hasDepot
    self.peripherals = peripherals
  }

  /// One compartment with absorption.
  static let withDepot = KineticModel(peripherals: 0, hasDepot: true)

  /// Every model: one to three compartments, by vein and by mouth.
  public static let all: [KineticModel] = [false, true].flatMap { depot in
    (0...2).map { KineticModel(peripherals: $0, hasDepot: depot) }
  }

  /// Number of compartments that doses may go into and amounts are given for, the depot among them.
  public var compartments: Int { peripherals + 1 + (hasDepot ? 1 : 0) }

  /// The parameters that have to be set: clearances in L/h, volumes in L, the rate of absorption in 1/h.
  public var parameters: [KineticParameter] {
    let disposition: [KineticParameter] = [.CL, .V, .Q, .V2, .Q3, .V3]
    return Array(disposition.prefix(2 + 2 * peripherals)) + (hasDepot ? [.KA] : [])
  }

  /// The parameters that may be set.
  public var options: [KineticParameter] { hasDepot ? [.F, .ALAG] : [] }

  /// The node of the solver that compartment `number`, counted from 1, is: 0 is the depot.
  func node(_ number: Int) -> Int { hasDepot ? number - 1 : number }
}

/// A parameter of a kinetic model, under the name that the field uses.
public enum KineticParameter: String, CaseIterable, Hashable, Sendable {
  /// Clearance from the central compartment, L/h.
  case CL
  /// Volume of the central compartment, L.
  case V
  /// Exchange with the first peripheral compartment, L/h.
  case Q
  /// Volume of the first peripheral compartment, L.
  case V2
  /// Exchange with the second peripheral compartment, L/h.
  case Q3
  /// Volume of the second peripheral compartment, L.
  case V3
  /// Rate of absorption out of the depot, 1/h.
  case KA
  /// The share of a dose into the depot that is absorbed; 1 where it is not set.
  case F
  /// The time that a dose into the depot waits, h; 0 where it is not set.
  case ALAG

  /// The parameter that a name means, in any case: `V1`, `Q2`, `F1` and `ALAG1` are read too.
  public init?(named name: String) {
    let key = name.uppercased()
    let others = ["V1": Self.V, "Q2": .Q, "F1": .F, "ALAG1": .ALAG]
    guard let parameter = others[key] ?? Self(rawValue: key) else { return nil }
    self = parameter
  }

  /// The number of its random numbers, the same for ever: another parameter that varies does not change this one.
  var stream: UInt32 {
    switch self {
    case .CL: 0
    case .V: 1
    case .Q: 2
    case .V2: 3
    case .Q3: 4
    case .V3: 5
    case .KA: 6
    case .F: 7
    case .ALAG: 8
    }
  }
}

public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// A drug as the pump arithmetic sees it: how long it keeps, what is sold, what its absence does.
///
/// What may be given of it in a day, at once and how strong, the clinical rules say: ``use``.
public struct PumpDrug: Sendable {
  /// A strength that is sold.
  public struct Supply: Hashable, Sendable {
    /// The strength.
    public let strength: Concentration
    /// The volume of a vial or ampoule, where known.
    public let vial: Volume?
  }

  /// How long a filling keeps, and of which filling that was said.
  public struct Keeping: Hashable, Sendable {
    /// The fillings of which something is said.
    public enum Filling: String, Hashable, Sendable {
      /// The first of a pump.
      case first = "first filling"
      /// A later one, as sold.
      case laterUndiluted = "later, undiluted"
      /// A later one, diluted.
      case laterDiluted = "later, diluted"
    }

    /// How long.
    public let time: Cited<Time>
    /// The condition in the words of the data.
    public let condition: String?
    /// The filling it was said of; nil for any.
    public let filling: Filling?
  }

  /// The generic name in lower case; what was asked for where no drug is known by it.
  public let id: String
  /// The name for people, in tall-man letters.
  public let tallMan: String
  /// What the clinical rules say about it; nil for an unknown drug.
  public let use: DrugUse?
  /// The unit in which its doses are usually written.
  public var unit: DoseUnit { use?.intrathecal?.unit ?? .milligrams }
  /// How long a filling keeps in the pump, by condition.
  public var keeping: [Keeping] = []
  /// What must be left in the reservoir at every refill.
  public var reserve: Cited<Volume>?
  /// How soon withdrawal may begin after delivery ends.
  public var withdrawalOnset: Cited<Time>?
  /// Whether withdrawal can kill.
  public var withdrawalIsDangerous = false
  /// Whether no step of a taper, not even the last, may take more than the largest fall of a day.
  public var isNeverStoppedAtOnce = false
  /// What withdrawal looks like.
  public var withdrawalSigns: Statement?
  /// The strengths that are sold.
  public var supply: [Supply] = []
  private let name: String

  init(id: String, tallMan: String, name: String, use: DrugUse?) {
    self.id = id
    self.tallMan = tallMan
    self.name = name
    self.use = use
  }

  /// A drug that nobody has named: its limits cannot be checked.
  public static let unnamed = PumpDrug(id: "", tallMan: "drug", name: "", use: nil)
  /// Whether somebody has named it.
  public var isNamed: Bool { !name.isEmpty }

  /// Why no dose of it may be given; nil where nothing stands against it.
  func refusal(by rules: DosingRules) -> Finding? { rules.refusal(of: name) }

  /// Takes `time` for how long a filling keeps, as the caller states it.
  public mutating func keep(for time: Time) {
    keeping = [Keeping(time: Cited(stated: time), condition: nil, filling: nil)]
  }

  /// How long a filling of `strength` keeps: of the times that may hold, the shortest; all of them, where several may.
  ///
  /// - Parameter isFirst: Whether it is the first filling of the pump; nil where not stated.
  func keeping(of strength: Concentration, isFirst: Bool?) -> (shortest: Cited<Time>?, all: [Keeping]) {
    let isDiluted = !supply.contains { $0.strength == strength }
    let fitting = keeping.filter { entry in
      switch entry.filling {
      case nil: true
      case .first: isFirst != false
      case .laterDiluted: isFirst != true && isDiluted
      case .laterUndiluted: isFirst != true && !isDiluted
      }
    }
    return (fitting.map(\.time).min { $0.value < $1.value }, fitting)
  }

  /// The volume of a vial of `strength`, where one is on record.
  public func vial(of strength: Concentration) -> Volume? {
    supply.first { $0.strength == strength && $0.vial != nil }?.vial
  }
}

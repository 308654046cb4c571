public import ThecalQuantities

/// What labels, consensus and series say about one drug in the cerebrospinal fluid.
///
/// Sources that disagree stand side by side; the conversion chooses among them in one named place.
public struct IntrathecalUse: Hashable, Sendable, Decodable {
  /// A strength that can be bought.
  public struct Supply: Hashable, Sendable, Decodable {
    /// The name of the product.
    public let product: String
    /// Its concentration.
    public let concentration: Cited<ExactNumber>
    /// The volumes of a vial or ampoule, in mL.
    public let volumes_mL: [ExactNumber]

    private enum CodingKeys: String, CodingKey { case product, volumesML }

    /// Reads product and volumes and, from the same object, the cited concentration.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      product = try entry.decode(String.self, forKey: .product)
      volumes_mL = try entry.decodeIfPresent([ExactNumber].self, forKey: .volumesML) ?? []
      concentration = try Cited(from: decoder)
    }
  }

  /// Daily doses to start with, by class of patient and authority.
  public let start: [CitedRange]
  /// Further ceilings on a start, such as a national one.
  public let startCap: [CitedRange]?
  /// The most that a patient without tolerance may receive on the first day.
  public let firstDayCap: CitedRange?
  /// Daily doses that a label or a consensus names as a limit; `meaning` says of which kind.
  public let maxDaily: [CitedRange]
  /// Concentrations named as a limit.
  public let maxConcentration: [CitedRange]
  /// Single doses to try with.
  public let trialBolus: [CitedRange]
  /// The largest step of a titration according to consensus.
  public let consensusStepMax: [CitedRange]?
  /// The largest change of dose in percent.
  public let stepMaxPercent: [CitedRange]?
  /// How response to baclofen is tested and the dose then raised.
  public let screening: BaclofenScreening?
  /// How ziconotide is raised.
  public let titration: ZiconotideTitration?
  /// Strengths that can be bought.
  public let supply: [Supply]
  /// How long the drug keeps in a pump, in days, and under which `condition`.
  public let stability: [CitedRange]
  /// The volume that must not be used up before a refill.
  public let reserveVolume: CitedRange?
  /// The largest decrease of the daily dose, in percent per day.
  public let maxStepDownPercentPerDay: CitedRange?
  /// How a filling is prepared.
  public let preparation: [Statement]?
  /// What an abrupt stop does.
  public let withdrawal: Statement
  /// What to watch, and for how long.
  public let monitoring: [Statement]
  /// Who must not receive it.
  public let contraindications: [Statement]
}

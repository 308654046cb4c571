public import ThecalQuantities

/// Defaults and distributions of the model of drug transport in CSF, and what is known of each drug in it.
public struct TransportData: Hashable, Sendable, Decodable {
  /// How a parameter varies between people.
  public struct Distribution: Hashable, Sendable, Decodable {
    /// The family of a distribution.
    public enum Kind: String, Hashable, Sendable, Decodable { case normal, lognormal, uniform }

    /// Its family; the value of the parameter is its median.
    public let kind: Kind
    /// Coefficient of variation, a share.
    public let cv: Double?
    /// Geometric standard deviation.
    public let gsd: Double?
    /// Lower end of a uniform distribution, in the unit of the parameter.
    public let low: Double?
    /// Upper end of a uniform distribution, in the unit of the parameter.
    public let high: Double?
    /// The parameter with which it is correlated.
    public let correlated: String?
    /// The correlation, of the logarithms where both are log-normal.
    public let correlation: Double?
  }

  /// A parameter that holds for every drug.
  public struct Parameter: Hashable, Sendable, Decodable {
    /// Its key in a scenario.
    public let id: String
    /// The value where nothing else is said.
    public let value: Cited<ExactNumber>
    /// How it varies between people; nil where it is not varied.
    public let distribution: Distribution?

    private enum CodingKeys: String, CodingKey { case id, distribution }

    /// Reads one parameter.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      id = try entry.decode(String.self, forKey: .id)
      distribution = try entry.decodeIfPresent(Distribution.self, forKey: .distribution)
      value = try Cited(from: decoder)
    }
  }

  /// How fast a drug leaves the CSF of the canal into tissue and blood.
  public struct Loss: Hashable, Sendable, Decodable {
    /// The drug, or `dtpa`, a tracer.
    public let drug: String
    /// The rate constant.
    public let value: Cited<ExactNumber>
    /// How it varies between people.
    public let distribution: Distribution

    private enum CodingKeys: String, CodingKey { case drug, distribution }

    /// Reads one drug.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      distribution = try entry.decode(Distribution.self, forKey: .distribution)
      value = try Cited(from: decoder)
    }
  }

  /// One-compartment kinetics of what has reached plasma.
  public struct Plasma: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// Clearance from plasma.
    public let clearance: Cited<ExactNumber>
    /// Volume of distribution.
    public let volume: Cited<ExactNumber>
  }

  /// Parameters that hold for every drug.
  public let parameters: [Parameter]
  /// Loss from the canal, drug by drug.
  public let losses: [Loss]
  /// Plasma kinetics, where they are known.
  public let plasma: [Plasma]
  /// Physiology at which the dispersion was fitted.
  public let physics: [Parameter]

  /// The parameter with this key.
  public func parameter(_ id: String) -> Parameter? { (parameters + physics).first { $0.id == id } }

  /// The loss of a drug.
  public func loss(_ drug: String) -> Loss? { losses.first { $0.drug == drug } }

  /// The plasma kinetics of a drug.
  public func plasma(_ drug: String) -> Plasma? { plasma.first { $0.drug == drug } }
}

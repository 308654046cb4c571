/// What is known about one drug: names, routes, intrathecal limits, plausible amounts.
///
/// A class, so that a million rows can share the twenty instances; it never changes.
public final class Drug: Sendable, Decodable, Identifiable {
  /// What the drug does.
  public enum Kind: String, Hashable, Sendable, Decodable {
    /// Acts on opioid receptors.
    case opioid
    /// Relieves spasticity.
    case antispastic
    /// Blocks N-type calcium channels.
    case calciumChannelBlocker = "calcium_channel_blocker"
    /// Blocks sodium channels.
    case localAnesthetic = "local_anesthetic"
    /// Acts on alpha-2 receptors.
    case alpha2Agonist = "alpha2_agonist"
  }

  /// A trade name.
  public struct Brand: Hashable, Sendable, Decodable {
    /// The name, in lower case.
    public let name: String
    /// Whether the product holds a second drug, so that its strength is not the opioid's alone.
    public let combination: Bool?
    /// What to do about it.
    public let note: String?
    /// The routes on which the product is given, where it has no oral form; nil for every other product.
    public let routes: [AdministrationRoute]?
    /// How often the product is changed, for a patch that has an interval of its own.
    public let change: PatchChange?
  }

  /// The generic name, in lower case, as results carry it.
  public let id: String
  /// The name with the capitals that keep it apart from look-alikes.
  public let tallMan: String
  /// Generic names that are read, with those of salts.
  public let names: [String]
  /// Trade names that are read.
  public let brands: [Brand]
  /// What the drug does.
  public let kind: Kind
  /// Whether an opioid leaves the cerebrospinal fluid fast; nil for what is no opioid.
  public let lipophilic: Bool?
  /// The RxNorm code of the ingredient; nil where none was looked up.
  public let rxnorm: Cited<String>?
  /// Whether it may be asked for as the drug of the pump.
  public let target: Bool
  /// The routes on which an amount is read.
  public let routes: [AdministrationRoute]
  /// The units accepted on each route; any other is refused.
  public let units: [AdministrationRoute: [String]]
  /// What labels and consensus say about intrathecal use; nil for a drug without any.
  public let intrathecal: IntrathecalUse?
  /// Ordinary daily amounts by route.
  public let windows: [PlausibilityWindow]
  /// How often a patch of it is changed, whatever the product; nil for a drug without a patch.
  public let patchChange: PatchChange?

  /// The window of ordinary daily amounts on `route`.
  public func window(_ route: AdministrationRoute) -> PlausibilityWindow? {
    windows.first { $0.route == route }
  }
}

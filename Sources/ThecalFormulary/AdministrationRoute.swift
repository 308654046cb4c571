/// How a drug enters the body, as the data files and the `route` column spell it.
public enum AdministrationRoute: String, Hashable, Sendable, CaseIterable, Decodable, CodingKeyRepresentable {
  /// By mouth.
  case oral
  /// By a patch.
  case transdermal
  /// Under the tongue.
  case sublingual
  /// At the cheek.
  case buccal
  /// By a nasal spray.
  case nasal
  /// Into a vein.
  case intravenous = "iv"
  /// Under the skin.
  case subcutaneous = "sc"
  /// Outside the dura.
  case epidural
  /// Into the cerebrospinal fluid.
  case intrathecal
  /// Into the rectum.
  case rectal
  /// Into a muscle.
  case intramuscular = "im"
}

import ThecalQuantities

/// Medications and patients of a bundle or a file, by what refers to them.
struct FHIRIndex: Sendable {
  private var medications: [String: JSONTree] = [:]
  private var births: [String: String] = [:]

  /// Whether nothing has been kept.
  var isEmpty: Bool { medications.isEmpty && births.isEmpty }

  /// Keeps a resource that others may refer to.
  mutating func add(_ resource: JSONTree, fullURL: String?) {
    let type = resource["resourceType"]?.string
    let id = resource["id"]?.string
    let keys = [fullURL, id.flatMap { id in type.map { "\($0)/\(id)" } }].compactMap(\.self)
    if type == "Medication" { for key in keys { medications[key] = resource } }
    if type == "Patient", let birth = resource["birthDate"]?.string {
      for key in keys { births[key] = birth }
    }
  }

  /// The medication that `reference` names: contained in `owner`, by address, or by type and id.
  func medication(_ reference: String, in owner: JSONTree) -> JSONTree? {
    if reference.hasPrefix("#") {
      return owner["contained"]?.elements.first { $0["id"]?.string == String(reference.dropFirst()) }
    }
    return Self.lookUp(reference, in: medications)
  }

  /// The birth date of the patient that `reference` names.
  func birthDate(_ reference: String) -> String? { Self.lookUp(reference, in: births) }

  private static func lookUp<Value>(_ reference: String, in table: [String: Value]) -> Value? {
    if let found = table[reference] { return found }
    // An absolute address or a version behind the id: the last two steps are type and id.
    let steps = reference.split(separator: "/")
    guard steps.count > 2 else { return nil }
    let end = steps.firstIndex(of: "_history") ?? steps.count
    return end >= 2 ? table["\(steps[end - 2])/\(steps[end - 1])"] : nil
  }
}

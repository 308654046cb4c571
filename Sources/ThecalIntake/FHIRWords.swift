/// A FHIR resource as a person reads it: every member with its name in words, concepts, quantities and times as they are spoken.
///
/// Nothing that bears on the medicine is left out; what only machines use is: ids, versions, the narrative, addresses of code systems.
struct FHIRWords {
  /// What stands in `text`, where that is a FHIR resource; nil for anything else.
  static func text(of text: String) -> String? {
    guard text.first == "{", let tree = try? JSONTree(reading: Array(text.utf8)),
      let type = tree["resourceType"]?.string, case .object(let members, _) = tree
    else { return nil }
    return ([words(type)] + parts(members.filter { !forMachines.contains($0.key) })).joined(separator: "; ")
  }

  private static let forMachines: Set = [
    "resourceType", "id", "meta", "implicitRules", "language", "text", "system", "version", "userSelected",
  ]

  private static func parts(_ members: [(key: String, value: JSONTree)]) -> [String] {
    members.compactMap { key, value in
      let said = said(value)
      return said.isEmpty ? nil : "\(words(key)) \(said)"
    }
  }

  private static func said(_ value: JSONTree) -> String {
    switch value {
    case .text(let text): text
    case .number(let digits): digits
    case .flag(let isOn): isOn ? "yes" : "no"
    case .null: ""
    case .array(let elements): elements.map(said).filter { !$0.isEmpty }.joined(separator: ", ")
    case .object(let members, _):
      quantity(value) ?? coding(value) ?? concept(value) ?? reference(value) ?? timing(value)
        ?? parts(members.filter { !["id", "system"].contains($0.key) }).joined(separator: ", ")
    }
  }

  /// `5 mg`.
  private static func quantity(_ value: JSONTree) -> String? {
    guard let digits = value["value"]?.digits else { return nil }
    let unit = (value["unit"] ?? value["code"])?.string
    return [value["comparator"]?.string, digits, unit].compactMap(\.self).joined(separator: " ")
  }

  /// `Oxycodone 5 MG Oral Tablet (1049621)`.
  private static func coding(_ value: JSONTree) -> String? {
    guard let code = value["code"]?.string else { return nil }
    return value["display"]?.string.map { "\($0) (\(code))" } ?? code
  }

  /// The text of a concept, then its codes.
  private static func concept(_ value: JSONTree) -> String? {
    guard case .object(let members, _) = value, members.allSatisfy({ ["coding", "text"].contains($0.key) })
    else { return nil }
    let codes = (value["coding"]?.elements ?? []).map(said).filter { !$0.isEmpty }
    return ([value["text"]?.string].compactMap(\.self) + codes).joined(separator: ", ")
  }

  /// Whom or what a reference names.
  private static func reference(_ value: JSONTree) -> String? {
    guard let reference = value["reference"]?.string else { return nil }
    return value["display"]?.string.map { "\($0) (\(reference))" } ?? reference
  }

  /// `2 every 1 d`.
  private static func timing(_ value: JSONTree) -> String? {
    guard case .object(let members, _) = value, let period = value["period"]?.digits else { return nil }
    let most = value["periodMax"]?.digits.map { " to \($0)" } ?? ""
    let often = [value["frequency"]?.digits ?? "1", value["frequencyMax"]?.digits].compactMap(\.self)
    let every =
      "\(often.joined(separator: " to ")) every \(period)\(most) \(value["periodUnit"]?.string ?? "")"
    let told: Set = ["frequency", "frequencyMax", "period", "periodMax", "periodUnit"]
    return ([every] + parts(members.filter { !told.contains($0.key) })).joined(separator: ", ")
  }

  /// `medicationCodeableConcept` as `medication codeable concept`, without the word for its type.
  private static func words(_ name: String) -> String {
    var words: [String] = [""]
    for character in name {
      if character.isUppercase, !words[words.count - 1].isEmpty { words.append("") }
      words[words.count - 1].append(contentsOf: character.lowercased())
    }
    return words.joined(separator: " ").replacing(" codeable concept", with: "")
  }
}

extension IntakeMedicine {
  /// The words that it rests on as a person reads them: a cell as it stands, a FHIR resource without its JSON.
  public var sourceWords: String { FHIRWords.text(of: text) ?? text }
}

/// A JSON document as it stands, for checks that hold for every file.
indirect enum DataTree: Decodable {
  case object([String: DataTree])
  case array([DataTree])
  case text(String)
  case number(Double)
  case flag(Bool)
  case null

  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: AnyKey.self) {
      let pairs = try members.allKeys.map { ($0.stringValue, try members.decode(DataTree.self, forKey: $0)) }
      self = .object(Dictionary(uniqueKeysWithValues: pairs))
    } else if let list = try? decoder.singleValueContainer().decode([DataTree].self) {
      self = .array(list)
    } else {
      self = try DataTree(scalar: decoder.singleValueContainer())
    }
  }

  private init(scalar entry: any SingleValueDecodingContainer) throws {
    if entry.decodeNil() {
      self = .null
    } else if let flag = try? entry.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? entry.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try entry.decode(String.self))
    }
  }

  /// The member of an object.
  subscript(key: String) -> DataTree? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text, where this is one.
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The number, where this is one.
  var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The truth value, where this is one.
  var isTrue: Bool? { if case .flag(let flag) = self { flag } else { nil } }

  /// Calls `visit` with every object in the document, its place, and whether an object around it is cited.
  func visitObjects(at place: String = "", cited: Bool = false, _ visit: (DataTree, String, Bool) -> Void) {
    switch self {
    case .object(let members):
      visit(self, place, cited)
      let cited = cited || members["locator"] != nil
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        member.visitObjects(at: place.isEmpty ? key : "\(place).\(key)", cited: cited, visit)
      }
    case .array(let list):
      for (index, member) in list.enumerated() {
        member.visitObjects(at: "\(place)[\(index)]", cited: cited, visit)
      }
    case .text, .number, .flag, .null: break
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

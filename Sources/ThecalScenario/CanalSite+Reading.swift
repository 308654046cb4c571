import ThecalQuantities
import ThecalTransport

extension CanalSite {
  /// Reads `L3`, `dermatome T10`, `45 cm`, `tip`, `cranial` or `plasma`.
  init(_ node: ScenarioNode) throws(ScenarioError) {
    let text = try node.text()
    let words = text.lowercased().split(separator: " ")
    switch words.first {
    case "tip": self = .tip
    case "cranial": self = .cranial
    case "plasma": self = .plasma
    case "dermatome" where words.count == 2: self = .dermatome(words[1].uppercased())
    case let first? where first.first?.isNumber == true || first.first == "-":
      self = .distance(try node.positive(orZero: true))
    default: self = .level(text.uppercased())
    }
  }
}

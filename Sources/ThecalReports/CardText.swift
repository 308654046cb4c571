package import ThecalBatch
import ThecalConversion
import ThecalDosing
import ThecalQuantities

/// A conversion as a card beside an order: the daily dose, the morphine equivalent and what needs a decision.
package struct CardText: Sendable {
  private let row: ReportRow

  /// What the cards are about.
  public static let title = "Intrathecal pump dose"
  /// What they say and what they do not.
  public static let purpose = """
    The oral morphine equivalent of the active opioids, the published estimate of an intrathecal daily dose, the start that \
    label and consensus allow, and what a pharmacist must decide. No order is changed.
    """

  /// Characters that a summary may have, by CDS Hooks 2.0.
  private static let longest = 140

  /// The card for `row`.
  public init(_ row: ReportRow) { self.row = row }

  /// One line.
  public var summary: String {
    let conversion = row.conversion
    var parts: [String] = []
    if let start = conversion.start, let unit = conversion.startUnit {
      parts.append("start \(ClinicalText.number(unit.perDay(start))) \(unit.daily)")
    }
    if let equivalent = conversion.equivalent {
      parts.append("MME \(ClinicalText.number(equivalent.rounded(toSignificantDigits: 6))) mg/day")
    }
    let codes = conversion.codes.codes.map(\.name).joined(separator: ", ")
    parts.append(conversion.status.rawValue + (codes.isEmpty ? "" : ": \(codes)"))
    let name = row.target.isEmpty ? "No drug of a pump" : "Intrathecal \(row.target)"
    let text = "\(name): \(parts.joined(separator: "; "))"
    return text.count <= Self.longest ? text : text.prefix(Self.longest - 1) + "…"
  }

  /// The whole result, as Markdown that shows it as it is.
  public var detail: String {
    let lines = ConversionText(row).summary.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { "    \($0)" }.joined(separator: "\n")
  }

  /// How urgent it is, in the words of CDS Hooks.
  public var indicator: String {
    switch row.conversion.status {
    case .ok: "info"
    case .review: "warning"
    case .blocked, .error: "critical"
    }
  }
}

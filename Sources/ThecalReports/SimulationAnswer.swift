import ThecalDosing
public import ThecalStudy
import ThecalTabular
import ThecalTransport

extension SimulationJob {
  /// What a person should know beside the result.
  public var warnings: [String] { result.remarks.map(\.sentence) + findings.all.map(\.text) }

  /// What the findings and the remarks amount to: an uptake that nobody has read makes a result to be reviewed.
  var status: Status {
    let isUnread = result.remarks.contains { $0.code == .unverifiedSource }
    return max(findings.status, isUnread ? .review : .ok)
  }

  private var codes: [Code] {
    (findings.codes.codes + result.remarks.compactMap(\.code)).distinct
  }

  /// The result as one JSON object.
  public var json: String { object(withLevels: true) }

  /// The same without times and levels: drug, sources, bound of the error, findings, areas, ledger.
  public var facts: String { object(withLevels: false) }

  private func object(withLevels: Bool) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.key("status")
    json.string(status.rawValue)
    json.key("codes")
    json.list(codes) { $0.string($1.name) }
    json.key("message")
    json.string(warnings.joined(separator: " "))
    json.key("sources")
    json.list(result.sources) { $0.string($1) }
    json.key("drug")
    json.string(simulation.drug)
    json.key("method")
    json.string(result.method)
    json.key("error_bound")
    json.number(result.errorBound)
    if withLevels { append(to: &json) }
    json.key("nca")
    if let exposures {
      ExposureTable(exposures: exposures).append(to: &json, siteNames: result.siteNames)
    } else {
      json.null()
    }
    if let last = result.ledger.last {
      json.key("ledger")
      json.beginObject()
      let parts = [
        ("administered_mcg", last.administered_mcg), ("csf_mcg", last.csf_mcg),
        ("cranial_mcg", last.cranial_mcg), ("tissue_mcg", last.tissue_mcg), ("plasma_mcg", last.plasma_mcg),
        ("eliminated_mcg", last.eliminated_mcg),
        ("largest_defect", result.ledger.reduce(0) { max($0, $1.defect) }),
      ]
      for (name, value) in parts {
        json.key(name)
        json.number(value)
      }
      json.endObject()
    }
    json.endObject()
    return String(decoding: json.output.bytes, as: UTF8.self)
  }

  private func append(to json: inout JSONWriter) {
    json.key("time_h")
    if result.method == "steady" { json.null() } else { json.list(result.times_h) { $0.number($1) } }
    for (name, column) in zip(result.siteNames, result.concentrations_ng_per_mL) {
      json.key("\(name)_ng_per_mL")
      if column.isEmpty { json.null() } else { json.list(column) { $0.number($1) } }
    }
  }
}

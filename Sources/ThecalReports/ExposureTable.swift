import ThecalTabular
import ThecalTransport

/// Exposures as a table, a row per site, and as JSON.
struct ExposureTable {
  let exposures: [Exposure?]

  /// The columns behind the site, and what stands in them.
  private static let columns: [(name: String, value: @Sendable (Exposure) -> Double?)] = [
    ("auc_ng_h_per_mL", { $0.auc_ng_h_per_mL }), ("aumc_ng_h2_per_mL", { $0.aumc_ng_h2_per_mL }),
    ("average_ng_per_mL", { $0.average_ng_per_mL }), ("peak_ng_per_mL", { $0.peak_ng_per_mL }),
    ("time_to_peak_h", { $0.timeToPeak_h }), ("half_life_h", { $0.halfLife_h }),
  ]

  /// The table as CSV; what is not known is empty.
  func csv(siteNames: [String]) -> [UInt8] {
    var writer = CSVWriter(capacity: 128 * (siteNames.count + 1))
    writer.appendRow(["site"] + Self.columns.map(\.name))
    for (name, exposure) in zip(siteNames, exposures) {
      writer.appendText(name)
      for column in Self.columns {
        if let value = exposure.flatMap(column.value) {
          writer.appendNumber(value)
        } else {
          writer.appendEmpty()
        }
      }
      writer.endRow()
    }
    return writer.output.bytes
  }

  /// Adds one object per site.
  func append(to json: inout JSONWriter, siteNames: [String]) {
    json.beginArray()
    for (name, exposure) in zip(siteNames, exposures) {
      json.beginObject()
      json.key("site")
      json.string(name)
      for column in Self.columns {
        json.key(column.name)
        if let value = exposure.flatMap(column.value) { json.number(value) } else { json.null() }
      }
      json.endObject()
    }
    json.endArray()
  }
}

import ThecalTabular
import ThecalTransport

/// The result of a simulation as a table: a row per time, a column per site.
struct SimulationTable {
  let result: SimulationResult

  init(_ result: SimulationResult) { self.result = result }

  /// The table as CSV: `time_h`, then `tip_ng_per_mL`, …; a site without values has an empty column.
  var csv: [UInt8] {
    let columns = result.concentrations_ng_per_mL
    var writer = CSVWriter(capacity: 16 * result.times_h.count * (columns.count + 1))
    writer.appendRow(["time_h"] + result.siteNames.map { "\($0)_ng_per_mL" })
    for (row, time) in result.times_h.enumerated() {
      if isSteady { writer.appendNumber("inf") } else { writer.appendNumber(time) }
      for column in columns {
        if column.isEmpty { writer.appendEmpty() } else { writer.appendNumber(column[row]) }
      }
      writer.endRow()
    }
    return writer.output.bytes
  }

  /// A steady state is reached after an infinite time.
  private var isSteady: Bool { result.method == "steady" }

  /// Writes the table as NetCDF with dimensions `time` and `site`, by the CF conventions.
  ///
  /// The `scenario` stands in the file, which `thecal simulate` reads like the scenario itself.
  func writeNetCDF(
    to path: String, input: String, drug: String, engine: String, scenario: String
  ) throws(TabularError) {
    let (times, sites) = (result.times_h.count, result.siteNames.count)
    let width = result.siteNames.reduce(1) { max($0, $1.utf8.count) }
    let schema = NetCDFSchema(
      dimensions: [.init("time", length: times), .init("site", length: sites)],
      variables: [
        // A steady state is reached after an infinite time, which is no time of the conventions.
        isSteady
          ? .init("time", over: ["time"], attributes: [.init("long_name", .text("infinite time, h"))])
          : .hours(),
        .init(
          "site", .text(width: width), over: ["site"],
          attributes: [.init("long_name", .text("place along the canal, cranial pool, or plasma"))]),
        .init(
          "csf", over: ["time", "site"], units: "ng/mL",
          attributes: [.init("long_name", .text("concentration of \(drug)"))]),
      ],
      attributes: [
        .init("title", .text("\(drug) in cerebrospinal fluid")), .init("source", .text(engine)),
        .init("references", .text(result.sources.joined(separator: " "))),
        .init("history", .text("thecal simulate\(isSteady ? " --steady" : "") with \(engine)")),
        .init("scenario", .text(scenario)), .init("method", .text(result.method)),
        .init("error_bound", .number(result.errorBound)),
      ])
    let file = try NetCDFWriter(path: path, inputs: [input], schema: schema)
    let instants = isSteady ? [Double.infinity] : result.times_h
    try file.write(instants.span, to: "time", start: [0], count: [times])
    try file.write(result.siteNames, to: "site")
    var values = [Double](repeating: .nan, count: times * sites)  // NaN: no value, as NetCDF has it
    for (s, column) in result.concentrations_ng_per_mL.enumerated() where !column.isEmpty {
      for t in 0..<times { values[t * sites + s] = column[t] }
    }
    try file.write(values.span, to: "csf", start: [0, 0], count: [times, sites])
    try file.commit()
  }
}

import ThecalFormulary
import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport

/// Where the blocks of a sweep go: NetCDF, or CSV for what is one number per sample or per site.
struct SweepFile: ~Copyable {
  private let plan: SweepPlan
  private let first: Int
  private var netCDF: NetCDFWriter?
  private var csv: AtomicFile?

  /// A file at `path` for the samples from `first` on.
  init(
    _ plan: SweepPlan, path: String, inputs: [String], range: Range<Int>, shard: (number: Int, count: Int)?,
    engine: String, deflate: Int?
  ) throws(SweepProblem) {
    self.plan = plan
    first = range.lowerBound
    do {
      if path.hasSuffix(".csv") {
        if let output = plan.outputs.first(where: { $0.axes == .timesAndSites || $0.axes == .times }) {
          throw SweepProblem(message: "\(output.name) has a time axis: write it to a .nc file", exitCode: 65)
        }
        let file = try AtomicFile(path: path, inputs: inputs)
        var writer = CSVWriter(capacity: 1_024)
        writer.appendRow(["sample"] + plan.columnNames + ["failure"] + (plan.isGated ? ["withheld"] : []))
        try file.write(writer.output.bytes.span)
        csv = consume file
      } else {
        let schema = plan.schema(shard: shard, engine: engine)
        let file = try NetCDFWriter(path: path, inputs: inputs, schema: schema, deflate: deflate)
        try file.write(
          plan.simulation.times.span, to: "time", start: [0], count: [plan.simulation.times.count])
        try file.write(plan.simulation.siteNames, to: "site")
        netCDF = consume file
      }
    } catch let problem as SweepProblem {
      throw problem
    } catch let error as TabularError {
      throw SweepProblem(error)
    } catch {
      throw SweepProblem(message: "\(path): \(error)", exitCode: 74)
    }
  }

  /// Writes a block, which follows the one before.
  mutating func write(_ block: SweepBlock) throws(SweepProblem) {
    do throws(TabularError) {
      if netCDF != nil { try writeNetCDF(block) } else { try writeCSV(block) }
    } catch {
      throw SweepProblem(error)
    }
  }

  private func writeNetCDF(_ block: SweepBlock) throws(TabularError) {
    let start = block.range.lowerBound - first
    let count = block.range.count
    var offset = 0
    for parameter in plan.variableNames {
      try netCDF?.write(block.slice(offset, 1).span, to: parameter, start: [start], count: [count])
      offset += 1
    }
    let (times, sites) = (plan.simulation.times.count, plan.simulation.siteNames.count)
    for output in plan.outputs {
      let size = plan.size(of: output)
      let (origin, shape): ([Int], [Int]) =
        switch output.axes {
        case .timesAndSites: ([start, 0, 0], [count, times, sites])
        case .sites: ([start, 0], [count, sites])
        case .times: ([start, 0], [count, times])
        case .none: ([start], [count])
        }
      try netCDF?.write(block.slice(offset, size).span, to: output.name, start: origin, count: shape)
      offset += size
    }
    try netCDF?.write(block.failures, to: "failure", start: start)
    if plan.isGated { try netCDF?.write(block.range.map(plan.withheld(at:)), to: "withheld", start: start) }
  }

  private func writeCSV(_ block: SweepBlock) throws(TabularError) {
    var writer = CSVWriter(capacity: 16 * block.values.count + 64)
    for (row, sample) in block.range.enumerated() {
      writer.appendNumber(sample)
      for k in 0..<block.stride {
        let value = block.values[row * block.stride + k]
        if value.isFinite { writer.appendNumber(value) } else { writer.appendEmpty() }
      }
      writer.appendText(block.failures[row])
      if plan.isGated { writer.appendText(plan.withheld(at: sample)) }
      writer.endRow()
    }
    try csv?.write(writer.output.bytes.span)
  }

  /// Publishes the file.
  consuming func commit() throws(SweepProblem) {
    do throws(TabularError) {
      if let file = netCDF.take() { try file.commit() }
      if let file = csv.take() { try file.commit() }
    } catch {
      throw SweepProblem(error)
    }
  }
}

extension SweepPlan {
  /// The parameters as names that NetCDF and programs take: `catheter_tip`, `program_0_rate`.
  package var variableNames: [String] {
    spec.parameters.map { parameter in
      parameter.key.split(whereSeparator: { "[].".contains($0) }).joined(separator: "_")
    }
  }

  /// The columns of a CSV file, in the order of a block's numbers, each with its unit: `height_cm`, `loss_per_s`,
  /// `auc_tip_ng_h_per_mL`.
  var columnNames: [String] {
    zip(variableNames, spec.parameters).map { $0 + Self.suffix(of: $1.unit) }
      + outputs.flatMap { output in
        let names =
          output.axes == .sites ? simulation.siteNames.map { "\(output.name)_\($0)" } : [output.name]
        return names.map { $0 + Self.suffix(of: output.unit) }
      }
  }

  /// A unit as the end of a name: nothing for plain numbers.
  private static func suffix(of unit: String) -> String {
    guard !unit.isEmpty, unit != "1" else { return "" }
    return unit.hasPrefix("1/") ? "_per_\(unit.dropFirst(2))" : "_\(SweepOutput.variable(unit))"
  }

  /// What the file holds. Everything on which the numbers depend stands in its attributes.
  func schema(shard: (number: Int, count: Int)?, engine: String) -> NetCDFSchema {
    let (times, sites) = (simulation.times.count, simulation.siteNames.count)
    let width = simulation.siteNames.reduce(1) { max($0, $1.utf8.count) }
    var variables: [NetCDFSchema.Variable] = [
      .hours(),
      .init(
        "site", .text(width: width), over: ["site"],
        attributes: [.init("long_name", .text("place along the canal, or cranial pool"))]),
    ]
    for (name, parameter) in zip(variableNames, spec.parameters) {
      variables.append(
        .init(
          name, over: ["sample"], units: parameter.unit.isEmpty ? "1" : parameter.unit,
          attributes: [.init("long_name", .text("drawn value of \(parameter.key)"))]))
    }
    for output in outputs {
      let axes: [String] =
        switch output.axes {
        case .timesAndSites: ["sample", "time", "site"]
        case .sites: ["sample", "site"]
        case .times: ["sample", "time"]
        case .none: ["sample"]
        }
      variables.append(
        .init(
          output.name, over: axes, units: output.unit,
          attributes: [.init("long_name", .text(output.longName))]
            + (output.site.map { [.init("stands_for_site", .text($0))] } ?? [])))
    }
    variables.append(
      .init(
        "failure", .text(width: 240), over: ["sample"],
        attributes: [.init("long_name", .text("why a sample could not be computed; empty where it was"))]))
    if isGated {
      variables.append(
        .init(
          "withheld", .text(width: 480), over: ["sample"],
          attributes: [
            .init(
              "long_name",
              .text("counts that contradict a number and stand in its place; empty where none do"))
          ]))
    }
    var attributes: [NetCDFSchema.Attribute] = [
      .init("title", .text("Sweep of \(simulation.drug) in cerebrospinal fluid")),
      .init("engine", .text(engine)),
      .init("history", .text("thecal sweep with \(engine)")),
      .init("data", .text(formulary.version)), .init("seed", .integer(Int(spec.seed))),
      .init("design", .text(spec.method.rawValue)), .init("samples", .integer(samples)),
      .init("spec_sha256", .text(digest)), .init("error_bound", .number(SweepKernel.tolerance + gridError)),
      .init("grid_error", .number(gridError)),
      .init("specification", .text(texts[0])), .init("scenario", .text(texts[2])),
      .init("catheter_tip_cm", .number(simulation.tip)), .init("doses", .text(doses)),
      .init("site_positions_cm", .text(positions)),
      .init("references", .text(simulation.sources.joined(separator: " "))),
    ]
    if let shard { attributes.append(.init("shard", .text("\(shard.number)/\(shard.count)"))) }
    return NetCDFSchema(
      dimensions: [.init("sample", length: nil), .init("time", length: times), .init("site", length: sites)],
      variables: variables, attributes: attributes)
  }
}

extension SweepPlan {
  /// What the pump gives in the scenario: `0.25 mg at 0 h; 1 mg/day from 0 h`.
  private var doses: String {
    let schedule = scenario.input.schedule
    let boluses = schedule.boluses.map {
      (
        time: $0.time,
        text: "\($0.mass.exactValue(in: .milligrams)) mg at \($0.time.exactValue(in: .hours)) h"
      )
    }
    let rates = schedule.rates.map {
      (
        time: $0.start,
        text: "\($0.rate.exactValue(in: .milligramsPerDay)) mg/day from \($0.start.exactValue(in: .hours)) h"
      )
    }
    return (boluses + rates).sorted { $0.time < $1.time }.map(\.text).joined(separator: "; ")
  }

  /// Where the sites lie in the person of the scenario: `tip 45.2, L4 51.3`.
  private var positions: String {
    zip(simulation.siteNames, simulation.sitePositions_cm).compactMap { name, x in x.map { "\(name) \($0)" } }
      .joined(separator: ", ")
  }
}

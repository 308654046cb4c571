import ThecalEstimation
import ThecalQuantities
import ThecalTabular
import ThecalTransport

/// Measured levels: a row for each, from a table or from a list that stands in the specification.
struct FitTable {
  /// One person's measurements and what the person was given.
  struct Subject {
    let name: String
    let scenario: SimulationScenario
    let points: [EstimationRequest.Point]
  }

  /// A measurement as it is written: cells by column.
  private typealias Row = (cells: [String: ScenarioNode], place: Place)

  private var rows: [Row] = []
  /// Columns that are not read.
  private(set) var ignored: [String] = []

  /// Other names of columns.
  private static let synonyms = ["id": "subject", "patient_id": "subject", "blq": "below", "bloq": "below"]

  /// The table `text` of the file, or what stands at `node`.
  init(_ node: ScenarioNode, file: String?, text: String?) throws(ScenarioError) {
    if node.isList || node.isMapping {
      for item in node.items {
        var cells: [String: ScenarioNode] = [:]
        _ = try item.members()
        for (key, value) in try item.pairs() where !value.isEmpty { cells[Self.column(key) ?? key] = value }
        rows.append((cells, item.place))
      }
    } else if let file {
      try read(text ?? "", named: file)
    } else {
      try read(node.longText(), named: "\(node.file): data")
    }
    guard !rows.isEmpty else { throw node.error("there are no measurements") }
  }

  private static func column(_ name: String) -> String? {
    let lower = name.lowercased()
    if lower.hasPrefix("program[") { return lower }
    return synonyms[lower] ?? KeyTable.measurement.names.first { $0.lowercased() == lower }
  }

  private mutating func read(_ text: String, named file: String) throws(ScenarioError) {
    do throws(TabularError) {
      var reader = try CSVReader(bytes: Array(text.utf8), path: file)
      let header = reader.header
      let names = header.map(Self.column)
      ignored = zip(header, names).compactMap { $1 == nil && !$0.isEmpty ? $0 : nil }
      var batch = RowBatch()
      while try reader.nextBatch(into: &batch, maxRows: 4_096) {
        for row in 0..<batch.count where !batch.isBlank(row: row) {
          let line = batch.line(row: row)
          var cells: [String: ScenarioNode] = [:]
          for (index, name) in names.enumerated() {
            guard let name, let kind = KeyTable.measurement.kind(of: name), index < batch.fieldCount(row: row)
            else { continue }
            let cell = batch.string(row: row, column: index)
            if !cell.allSatisfy(\.isWhitespace) {
              cells[name] = ScenarioNode(cell: cell, file: file, line: line, key: header[index], kind: kind)
            }
          }
          rows.append((cells, Place(file: file, line: line, key: "")))
        }
      }
    } catch {
      throw ScenarioError(file: file, line: nil, key: "", message: error.description)
    }
  }

  /// Entries of the programme that the table gives.
  var doseKeys: Set<String> { Set(rows.flatMap(\.cells.keys).filter { $0.hasPrefix("program[") }) }

  /// The people in the order in which they appear first.
  func subjects(_ scenario: SimulationScenario) throws(ScenarioError) -> [Subject] {
    var order: [String] = []
    var groups: [String: [Row]] = [:]
    for row in rows {
      let name = try row.cells["subject"]?.text() ?? ""
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(row)
    }
    var subjects: [Subject] = []
    for name in order {
      let own = groups[name] ?? []
      var points: [EstimationRequest.Point] = []
      for row in own { points.append(try Self.point(row)) }
      subjects.append(Subject(name: name, scenario: try Self.given(own, scenario), points: points))
    }
    return subjects
  }

  private static func point(_ row: Row) throws(ScenarioError) -> EstimationRequest.Point {
    func one(_ first: String, _ second: String) throws(ScenarioError) -> (node: ScenarioNode, isFirst: Bool) {
      switch (row.cells[first], row.cells[second]) {
      case (let node?, nil): (node, true)
      case (nil, let node?): (node, false)
      case (nil, nil): throw row.place.error("a measurement has '\(first)', or '\(second)'")
      case (_?, let node?): throw node.error("'\(first)' and '\(second)' say the same")
      }
    }
    let (timeNode, hasUnit) = try one("time", "time_h")
    let time: Time =
      try hasUnit ? timeNode.positive(orZero: true) : Time(timeNode.number(), .hours)
    let (valueNode, isQuantity) = try one("value", "value_ng_per_mL")
    let value: Concentration =
      try isQuantity
      ? valueNode.positive() : Concentration(valueNode.number(), .nanogramsPerMilliliter)
    guard value > .zero else {
      throw valueNode.error("a level is above zero; below the limit is: below yes, with the limit")
    }
    var isBelow = false
    if let below = row.cells["below"] { isBelow = try below.isYes() }
    return .init(
      time_h: time.base, site: try site(row), value_ng_per_mL: value.value(in: .nanogramsPerMilliliter),
      isBelow: isBelow)
  }

  private static func site(_ row: Row) throws(ScenarioError) -> CanalSite {
    switch (row.cells["site"], row.cells["distance"], row.cells["distance_cm"]) {
    case (let node?, nil, nil): return try CanalSite(node)
    case (nil, let node?, nil): return .distance(try node.positive(orZero: true))
    case (nil, nil, let node?):
      return .distance(Length(try node.number(), .centimeters))
    default:
      throw row.place.error(
        "a measurement has one of 'site' (L3, tip, cranial), 'distance' (45 cm from C1), 'distance_cm'")
    }
  }

  /// The scenario with what the person was given.
  private static func given(_ rows: [Row], _ scenario: SimulationScenario) throws(ScenarioError)
    -> SimulationScenario
  {
    var doses: [String: (node: ScenarioNode, text: String)] = [:]
    for row in rows {
      for (key, node) in row.cells where key == "dose" || key.hasPrefix("program[") {
        let text = try node.text()
        if let known = doses[key], known.text != text {
          throw node.error(
            "one subject has one '\(key)', not \(known.text) and \(text); number the subjects anew")
        }
        doses[key] = (node, text)
      }
    }
    var given = scenario
    for (key, dose) in doses.sorted(by: { $0.key < $1.key }) {
      let entry: TransportSample.Entry
      if key == "dose" {
        guard scenario.entries.count == 1 else {
          throw dose.node.error(
            "the programme has \(scenario.entries.count) entries: name the column program[0].bolus")
        }
        entry = scenario.entries[0]
      } else {
        entry = try scenario.entry(named: key, at: dose.node.place)
      }
      let amount: Double
      switch entry {
      case .rate:
        let rate: DoseRate = try dose.node.positive(orZero: true)
        amount = rate.base
      case .bolus:
        let mass: Mass = try dose.node.positive()
        amount = mass.base
      }
      given.input.schedule = given.input.schedule.replacing([entry], by: [amount])
    }
    return given
  }
}

extension ScenarioNode {
  /// Yes or no; tables of programs write 1 and 0.
  fileprivate func isYes() throws(ScenarioError) -> Bool {
    switch try text() {
    case "1": true
    case "0": false
    default: try yesOrNo()
    }
  }
}

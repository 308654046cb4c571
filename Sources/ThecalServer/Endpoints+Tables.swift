import Thecal

/// What may be asked of patients in tables.
extension Endpoints {
  /// `POST /v1/convert` for tables and exports; for one patient the flags of `convert --medication`.
  static func convert(_ settings: ServerSettings, _ inline: ServedCall) -> Endpoint {
    var endpoint = Endpoint(
      method: "POST", path: "/v1/convert",
      title: "Convert a clinic's table, a hospital's export or one patient, as 'thecal convert' does"
    ) { asked in
      if asked.type == ServedType.json { return try call(inline, asked) }
      return try convert(table: asked, settings)
    }
    endpoint.reads = [
      (ServedType.csv, table), (ServedType.tsv, table), (ServedType.fhir, resource),
      (ServedType.json, OpenAPI.schema(inline)),
    ]
    endpoint.gives = [
      ServedType.json, ServedType.lines, ServedType.csv, ServedType.text, ServedType.page,
      ServedType.workbook,
    ]
    let catalog = TableCatalog(.embedded)
    endpoint.parameters =
      [
        Parameter(
          name: "mme-table", help: "Table of oral morphine equivalents, of a table or an export.",
          choices: catalog.ids),
        Parameter(
          name: "ratio-table", help: "Table of ratios from oral to intrathecal, of a table or an export.",
          choices: catalog.ids),
        Parameter(
          name: "decimal-comma", help: "A comma separates the decimals in the table.", isSwitch: true),
        Parameter(name: "risk", help: "Add the two worst risks to every result of a table.", isSwitch: true),
      ] + reading
    endpoint.mostBytes = settings.mostBytes
    endpoint.computes = true
    return endpoint
  }

  private static func convert(table asked: Incoming, _ settings: ServerSettings) throws -> Outgoing {
    let source = try clinicTable(asked.body, named: "table", IntakeRun(try options(asked)))
    var options = BatchOptions()
    options.equivalentTable = asked.value("mme-table") ?? options.equivalentTable
    options.ratioTable = asked.value("ratio-table") ?? options.ratioTable
    options.decimalComma = try asked.isOn("decimal-comma")
    options.risks = try asked.isOn("risk")
    switch asked.wanted {
    case ServedType.csv: options.format = .csv
    case ServedType.workbook: options.format = .xlsx
    default: options.format = .jsonl
    }
    var run = BatchRun(options, engine: settings.engine)
    let shown = [ServedType.page, ServedType.text].contains(asked.wanted) ? ReportCollector() : nil
    if let shown { run.visitor = { shown.add($0) } }
    let made = try run.convert(table: source)
    switch asked.wanted {
    case ServedType.json: return Outgoing(ServedType.json, list(made.bytes))
    case ServedType.page:
      let report = ConversionReport(
        made.summary, shown?.rows ?? [], total: shown?.total ?? 0, engine: settings.versions)
      return Outgoing(ServedType.page, try report.html)
    case ServedType.text:
      return Outgoing(
        ServedType.text, (shown?.rows ?? []).map { ConversionText($0).explained + "\n" }.joined())
    default: return Outgoing(asked.wanted, made.bytes)
    }
  }

  /// JSON Lines as one list.
  private static func list(_ lines: [UInt8]) -> [UInt8] {
    Array("[".utf8) + lines.split(separator: UInt8(ascii: "\n")).joined(separator: [UInt8(ascii: ","), 10])
      + Array("]\n".utf8)
  }

  /// A clinic's table as it is, or what `run` makes of an export, which errors call `name`.
  static func clinicTable(
    _ source: [UInt8], named name: String, _ run: IntakeRun
  ) throws(IntakeProblem) -> [UInt8] {
    guard run.isExport(source) else { return source }
    return try IntakeTable { each throws(IntakeProblem) in
      try run.read(bytes: source, name: name, each: each)
    }.bytes
  }

  /// `POST /v1/intake`.
  static func intake(_ settings: ServerSettings) -> Endpoint {
    var endpoint = Endpoint(
      method: "POST", path: "/v1/intake", title: "Read a hospital's export, as 'thecal intake' does"
    ) { asked in
      let run = IntakeRun(try options(asked))
      var (answer, unread) = try read(asked, run, settings)
      let kind = run.isExport(asked.body) ? "export" : "table"
      answer.remarks = [("Thecal-Input", kind), ("Thecal-Unread", escaped(unread))]
      return answer
    }
    endpoint.reads = [(ServedType.csv, table), (ServedType.tsv, table), (ServedType.fhir, resource)]
    endpoint.gives = [ServedType.json, ServedType.lines, ServedType.csv, ServedType.page]
    endpoint.parameters = reading
    endpoint.mostBytes = settings.mostBytes
    endpoint.computes = true
    return endpoint
  }

  /// The answer, and the headers of columns that are not read.
  private static func read(
    _ asked: Incoming, _ run: IntakeRun, _ settings: ServerSettings
  ) throws -> (Outgoing, [String]) {
    if asked.wanted == ServedType.page {
      let page = IntakePage(engine: settings.versions)
      let summary = try run.read(bytes: asked.body) { page.add($0) }
      return (Outgoing(ServedType.page, Array(try page.html(summary).utf8)), [])
    }
    let made = try IntakeTable(asJSON: asked.wanted != ServedType.csv) { each throws(IntakeProblem) in
      try run.read(bytes: asked.body, each: each)
    }
    let bytes = asked.wanted == ServedType.json ? list(made.bytes) : made.bytes
    return (Outgoing(asked.wanted, bytes), made.summary.unread)
  }

  /// Texts in a header: each with its marks escaped as in an address, with commas between them.
  private static func escaped(_ texts: [String]) -> String {
    texts.map { text in
      text.utf8.map { byte in
        let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }.joined(separator: ",")
  }

  /// `POST /v1/pump/list`.
  static func refills(_ settings: ServerSettings) -> Endpoint {
    var endpoint = Endpoint(
      method: "POST", path: "/v1/pump/list",
      title: "A clinic's refills, the soonest first, as 'thecal pump list' does"
    ) { asked in
      var day = settings.today()
      if let text = asked.value("as-of") {
        do throws(CalendarDate.Problem) { day = try CalendarDate(reading: text) } catch {
          throw ServerProblem(422, "as-of: '\(text)' \(error.explanation)")
        }
      }
      let table = RefillListTable(try RefillList(bytes: asked.body, asOf: day))
      switch asked.wanted {
      case ServedType.csv: return Outgoing(ServedType.csv, table.csv)
      case ServedType.calendar: return Outgoing(ServedType.calendar, table.calendar.text)
      case let wanted:
        let made = Array(table.jsonLines.utf8)
        return Outgoing(wanted, wanted == ServedType.json ? list(made) : made)
      }
    }
    endpoint.reads = [(ServedType.csv, table)]
    endpoint.gives = [ServedType.json, ServedType.lines, ServedType.csv, ServedType.calendar]
    endpoint.parameters = [
      Parameter(name: "as-of", help: "The day to count from; today by the machine's clock.")
    ]
    endpoint.mostBytes = settings.mostBytes
    endpoint.computes = true
    return endpoint
  }

  /// How an export is read.
  private static let reading = [
    Parameter(
      name: "map", help: "What a column holds, where its name does not say so: HEADER=column.",
      isRepeated: true, pattern: "=(\(IntakeOptions.columns.joined(separator: "|")))$"),
    Parameter(name: "as-of", help: "The day on which ages are counted from dates of birth: 2026-01-31."),
  ]

  private static func options(_ asked: Incoming) throws(IntakeProblem) -> IntakeOptions {
    try IntakeOptions(map: asked.query.filter { $0.name == "map" }.map(\.value), asOf: asked.value("as-of"))
  }

  private static let table = object([
    "type": .text("string"), "description": .text("A table with a header, UTF-8."),
  ])
  private static let resource = object([
    "type": .text("object"), "required": texts(["resourceType"]),
    "properties": object([
      "resourceType": object(["enum": texts(["Bundle", "MedicationRequest", "MedicationStatement"])])
    ]),
  ])
}

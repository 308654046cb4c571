import Thecal

/// CDS Hooks 2.0: the pump dose that a patient's opioids come to, as cards beside an order.
enum ClinicalHook {
  private static let id = "thecal-pump-dose"

  /// `GET /cds-services`.
  static let discovery: Endpoint = {
    var endpoint = Endpoint(method: "GET", path: "/cds-services", title: "The services for CDS Hooks 2.0") {
      _ in
      let service = object([
        "hook": .text("order-select"), "id": .text(id), "title": .text(CardText.title),
        "description": .text(CardText.purpose),
        "prefetch": object([
          "patient": .text("Patient/{{context.patientId}}"),
          "medications": .text("MedicationRequest?patient={{context.patientId}}&status=active"),
        ]),
      ])
      return Outgoing(ServedType.json, object(["services": .list([service])]).json + "\n")
    }
    endpoint.gives = [ServedType.json]
    return endpoint
  }()

  /// `POST /cds-services/thecal-pump-dose`.
  static func service(_ settings: ServerSettings) -> Endpoint {
    var endpoint = Endpoint(
      method: "POST", path: "/cds-services/\(id)",
      title: "Cards for the medicines of a patient and a draft order"
    ) { asked in
      let bundle = try bundle(FlagBody.tree(asked.body), asked.body)
      let cards = bundle.isEmpty ? [] : try cards(bundle, settings)
      return Outgoing(ServedType.json, object(["cards": .list(cards)]).json + "\n")
    }
    endpoint.reads = [(ServedType.json, request)]
    endpoint.mostBytes = settings.mostBytes
    endpoint.computes = true
    return endpoint
  }

  /// The prescriptions of prefetch and draft order as one bundle; empty where there are none.
  private static func bundle(_ request: JSONTree, _ body: [UInt8]) throws(ServerProblem) -> [UInt8] {
    guard request["hook"]?.string == "order-select" else {
      throw ServerProblem(422, "'hook' is order-select")
    }
    guard let context = request["context"], context["patientId"]?.string != nil else {
      throw ServerProblem(422, "'context' names the patient by 'patientId'")
    }
    var resources: [Range<Int>] = []
    for source in [request["prefetch"]?["medications"], context["draftOrders"]].compactMap(\.self) {
      for entry in source["entry"]?.elements ?? [] {
        let kind = entry["resource"]?["resourceType"]?.string
        guard kind == "MedicationRequest" || kind == "MedicationStatement" || kind == "Medication" else {
          continue
        }
        if let place = entry["resource"]?.bytes { resources.append(place) }
      }
    }
    if resources.isEmpty { return [] }
    let entries = resources.map { Array("{\"resource\":".utf8) + body[$0] + Array("}".utf8) }
    return Array(#"{"resourceType":"Bundle","type":"collection","entry":["#.utf8)
      + entries.joined(separator: [UInt8(ascii: ",")]) + Array("]}".utf8)
  }

  private static func cards(_ bundle: [UInt8], _ settings: ServerSettings) throws -> [AnswerValue] {
    let source = try Endpoints.clinicTable(bundle, named: "medications", IntakeRun())
    var run = BatchRun(BatchOptions(), engine: settings.engine)
    let shown = ReportCollector()
    run.visitor = { shown.add($0) }
    _ = try run.convert(table: source)
    return shown.rows.map { row in
      let card = CardText(row)
      return object([
        "summary": .text(card.summary), "detail": .text(card.detail), "indicator": .text(card.indicator),
        "source": object(["label": .text(settings.versions)]),
      ])
    }
  }

  private static let request = object([
    "type": .text("object"), "required": texts(["hook", "hookInstance", "context"]),
    "properties": object([
      "hook": object(["enum": texts(["order-select"])]), "hookInstance": object(["type": .text("string")]),
      "context": object([
        "type": .text("object"), "required": texts(["patientId"]),
        "properties": object([
          "patientId": object(["type": .text("string")]), "draftOrders": object(["type": .text("object")]),
        ]),
      ]),
      "prefetch": object([
        "type": .text("object"),
        "properties": object(["medications": object(["type": texts(["object", "null"])])]),
      ]),
    ]),
  ])
}

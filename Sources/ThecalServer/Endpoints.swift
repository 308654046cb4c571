import Thecal

/// Everything that may be asked, in one table.
enum Endpoints {
  /// The table for `calls`, which the command line defines.
  static func all(
    _ calls: [ServedCall], _ settings: ServerSettings, _ metrics: @escaping @Sendable () -> String
  )
    -> [Endpoint]
  {
    var endpoints: [Endpoint] = []
    for call in calls {
      endpoints.append(call.path == "convert" ? convert(settings, call) : endpoint(call))
    }
    endpoints += [
      intake(settings), refills(settings), simulate(), titrate(settings), plan(settings), tables, table, cite,
      names,
      health, ClinicalHook.discovery, ClinicalHook.service(settings), measures(metrics),
    ]
    let described = endpoints
    endpoints.append(
      document("/openapi.json", "This description", ServedType.json) {
        OpenAPI.document(described, version: thecalVersion) + "\n"
      })
    return endpoints + PageFiles.endpoints
  }

  /// A call by the JSON of its flags.
  private static func endpoint(_ call: ServedCall) -> Endpoint {
    var endpoint = Endpoint(method: "POST", path: "/v1/\(call.path)", title: call.title) { asked in
      try self.call(call, asked)
    }
    endpoint.reads = [(ServedType.json, OpenAPI.schema(call))]
    endpoint.gives = call.types
    endpoint.computes = true
    return endpoint
  }

  /// Answers `call` with the flags of a body.
  static func call(_ call: ServedCall, _ asked: Incoming) throws -> Outgoing {
    let words = try FlagBody.words(asked.body, call.flags)
    guard call.types.contains(asked.wanted) else {
      throw ServerProblem(406, "one patient is answered as \(call.types.joined(separator: ", "))")
    }
    guard let form = try call.answer(words).forms[asked.wanted] else {
      throw ServerProblem(422, "these flags have no answer as \(asked.wanted)")
    }
    return Outgoing(asked.wanted, try form())
  }

  private static let tables = document(
    "/v1/tables", "The tables of factors and ratios, as 'thecal tables' lists them", ServedType.json
  ) { TableCatalog(.embedded).list.json + "\n" }

  private static let table = named(
    "/v1/tables/{id}", "One table, every figure with its source", TableCatalog(.embedded).ids
  ) { id in TableCatalog(.embedded).table(id).map { $0.json + "\n" } }

  private static let cite = named(
    "/v1/cite/{id}", "The document behind a source id", Formulary.embedded.sources.map(\.id)
  ) { id in Formulary.embedded.source(id).map { SourceText($0).json + "\n" } }

  private static let names = document(
    "/v1/names",
    "Names of medicines with the capitals that keep look-alikes apart, by the name in lower case",
    ServedType.json
  ) {
    let names = Formulary.embedded.tallManNames.filter { $0.key != $0.value }.sorted { $0.key < $1.key }
    return AnswerValue.object(names.map { AnswerField($0.key, .text($0.value)) }).json + "\n"
  }

  private static let health: Endpoint = {
    var endpoint = document("/healthz", "Whether the server answers", ServedType.json) {
      Answer(text: "", fields: []).json + "\n"
    }
    endpoint.isOpen = true
    return endpoint
  }()

  private static func measures(_ text: @escaping @Sendable () -> String) -> Endpoint {
    document("/metrics", "Counts and times of requests, for Prometheus", ServedType.text, text)
  }

  private static func document(
    _ path: String, _ title: String, _ type: String, _ text: @escaping @Sendable () -> String
  ) -> Endpoint {
    var endpoint = Endpoint(method: "GET", path: path, title: title) { _ in Outgoing(type, text()) }
    endpoint.gives = [type]
    return endpoint
  }

  private static func named(
    _ path: String, _ title: String, _ names: [String], _ text: @escaping @Sendable (String) -> String?
  ) -> Endpoint {
    var endpoint = Endpoint(method: "GET", path: path, title: title) { asked in
      guard let text = text(asked.name) else { throw ServerProblem(404, "there is no '\(asked.name)' here") }
      return Outgoing(ServedType.json, text)
    }
    endpoint.names = names
    return endpoint
  }
}

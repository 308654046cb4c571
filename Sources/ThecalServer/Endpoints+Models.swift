import Thecal

/// What may be asked of the models: a text in YAML, read by the rules of a file; other files cannot be named.
extension Endpoints {
  /// `POST /v1/simulate`.
  static func simulate() -> Endpoint {
    var endpoint = model(
      "/v1/simulate", "Levels of drug along the spine, in the head and in plasma, as 'thecal simulate' does"
    ) { asked in
      let isSteady = try asked.isOn("steady")
      if isSteady && asked.wanted == ServedType.picture {
        throw ServerProblem(422, "a steady state has no course to plot")
      }
      let job = try SimulationJob(yaml: try asked.text(), named: "scenario", isSteady: isSteady)
      switch asked.wanted {
      case ServedType.csv: return Outgoing(ServedType.csv, job.csv)
      case ServedType.picture: return Outgoing(ServedType.picture, try job.alongCanal().picture("svg"))
      default: return Outgoing(ServedType.json, job.json + "\n")
      }
    }
    endpoint.gives = [ServedType.json, ServedType.csv, ServedType.picture]
    endpoint.parameters = [
      Parameter(
        name: "steady", help: "The level that the last rate settles at if it is held for ever.",
        isSwitch: true)
    ]
    return endpoint
  }

  /// `POST /v1/titrate`.
  static func titrate(_ settings: ServerSettings) -> Endpoint {
    var endpoint = model(
      "/v1/titrate", "Doses from the first day to the steady dose, as 'thecal titrate' does"
    ) { asked in
      let report = try TitrationFile(yaml: try asked.text(), named: "plan", NamedTexts()).course().report
      if report.isBlocked && ![ServedType.json, ServedType.text].contains(asked.wanted) {
        throw ServerProblem(
          422, "the plan is refused: there are no doses; ask for \(ServedType.json) to read why")
      }
      switch asked.wanted {
      case ServedType.csv: return Outgoing(ServedType.csv, report.csv)
      case ServedType.text: return Outgoing(ServedType.text, report.answer.text + "\n")
      case ServedType.picture: return Outgoing(ServedType.picture, try report.picture("svg"))
      case ServedType.page: return Outgoing(ServedType.page, try report.page(engine: settings.versions))
      default: return Outgoing(ServedType.json, report.answer.json + "\n")
      }
    }
    endpoint.gives = [
      ServedType.json, ServedType.csv, ServedType.text, ServedType.picture, ServedType.page,
    ]
    return endpoint
  }

  /// `POST /v1/plan`.
  static func plan(_ settings: ServerSettings) -> Endpoint {
    var endpoint = model(
      "/v1/plan", "One patient from regimen to refill, as 'thecal plan' does"
    ) { asked in
      let report = PlanReport(
        try PlanJob(
          yaml: try asked.text(), named: "plan", engine: settings.engine, wording: ClinicalWording()))
      switch asked.wanted {
      case ServedType.text: return Outgoing(ServedType.text, report.answer.text + "\n")
      case ServedType.picture: return Outgoing(ServedType.picture, try report.picture("svg"))
      case ServedType.page: return Outgoing(ServedType.page, try report.html(engine: settings.versions))
      default: return Outgoing(ServedType.json, report.answer.json + "\n")
      }
    }
    endpoint.gives = [ServedType.json, ServedType.text, ServedType.picture, ServedType.page]
    return endpoint
  }

  private static func model(
    _ path: String, _ title: String, _ answer: @escaping @Sendable (Incoming) throws -> Outgoing
  ) -> Endpoint {
    var endpoint = Endpoint(method: "POST", path: path, title: title, answer: answer)
    endpoint.reads = [
      (
        ServedType.yaml,
        object(["type": .text("string"), "description": .text("What the command reads from its file.")])
      )
    ]
    endpoint.computes = true
    return endpoint
  }
}

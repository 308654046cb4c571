import Thecal

/// The description for programs, OpenAPI 3.1, made from the table by which requests are answered.
enum OpenAPI {
  /// The document about `endpoints`.
  static func document(_ endpoints: [Endpoint], version: String) -> String {
    var paths: [(String, [AnswerField])] = []
    for endpoint in endpoints {
      let operation = AnswerField(endpoint.method.lowercased(), self.operation(endpoint))
      if let place = paths.firstIndex(where: { $0.0 == endpoint.path }) {
        paths[place].1.append(operation)
      } else {
        paths.append((endpoint.path, [operation]))
      }
    }
    return object([
      "openapi": .text("3.1.0"),
      "info": object([
        "title": .text("Thecal"), "version": .text(version), "description": .text(thecalIntendedUse),
      ]),
      "paths": .object(paths.map { AnswerField($0.0, .object($0.1)) }),
      "components": object([
        "schemas": object(["Answer": answer]),
        "securitySchemes": object([
          "token": object(["type": .text("http"), "scheme": .text("bearer")])
        ]),
      ]),
    ]).json
  }

  /// The schema of a call's flags: what forms on the page are made from.
  static func schema(_ call: ServedCall) -> AnswerValue {
    var fields: [AnswerField] = [
      AnswerField("type", .text("object")), AnswerField("title", .text(call.title)),
      AnswerField("additionalProperties", .flag(false)),
      AnswerField("properties", .object(call.flags.map { AnswerField($0.name, schema($0)) })),
    ]
    let required = call.flags.filter(\.isRequired).map(\.name)
    if !required.isEmpty { fields.append(AnswerField("required", texts(required))) }
    if !call.discussion.isEmpty { fields.append(AnswerField("description", .text(call.discussion))) }
    return .object(fields)
  }

  private static func schema(_ flag: ServedCall.Flag) -> AnswerValue {
    var one: [AnswerField] = []
    if flag.isSwitch {
      one = [AnswerField("type", .text("boolean"))]
    } else if !flag.choices.isEmpty {
      one = [AnswerField("type", .text("string")), AnswerField("enum", texts(flag.choices))]
    } else {
      one = [AnswerField("type", texts(["string", "number"]))]
    }
    if flag.isRepeated {
      one = [AnswerField("type", .text("array")), AnswerField("items", .object(one))]
      if flag.isRequired { one.append(AnswerField("minItems", .number(1))) }
    }
    one.append(AnswerField("description", .text(flag.help)))
    if let usual = flag.usual { one.append(AnswerField("default", .text(usual))) }
    return .object(one)
  }

  private static func operation(_ endpoint: Endpoint) -> AnswerValue {
    var fields = [AnswerField("summary", .text(endpoint.title))]
    var parameters = endpoint.parameters.map(parameter)
    if let brace = endpoint.path.firstIndex(of: "{") {
      let name = endpoint.path[brace...].dropFirst().dropLast()
      var schema = [AnswerField("type", .text("string"))]
      if let names = endpoint.names { schema.append(AnswerField("enum", texts(names))) }
      parameters.append(
        object([
          "name": .text(String(name)), "in": .text("path"), "required": .flag(true),
          "schema": .object(schema),
        ]))
    }
    if !parameters.isEmpty { fields.append(AnswerField("parameters", .list(parameters))) }
    if !endpoint.reads.isEmpty {
      let content = endpoint.reads.map { AnswerField($0.type, object(["schema": $0.schema])) }
      fields.append(
        AnswerField("requestBody", object(["required": .flag(true), "content": .object(content)])))
    }
    fields.append(AnswerField("responses", responses(endpoint)))
    if !endpoint.isOpen {
      fields.append(AnswerField("security", .list([object([:]), object(["token": .list([])])])))
    }
    return .object(fields)
  }

  private static func parameter(_ parameter: Parameter) -> AnswerValue {
    var one = [AnswerField("type", .text(parameter.isSwitch ? "boolean" : "string"))]
    if !parameter.choices.isEmpty { one.append(AnswerField("enum", texts(parameter.choices))) }
    if let pattern = parameter.pattern { one.append(AnswerField("pattern", .text(pattern))) }
    let schema =
      parameter.isRepeated ? object(["type": .text("array"), "items": .object(one)]) : .object(one)
    return object([
      "name": .text(parameter.name), "in": .text("query"), "description": .text(parameter.help),
      "schema": schema,
    ])
  }

  private static func responses(_ endpoint: Endpoint) -> AnswerValue {
    let given = endpoint.gives.map { AnswerField($0, .object([])) }
    var fields = [
      AnswerField("200", object(["description": .text("The answer"), "content": .object(given)]))
    ]
    let problem = object([
      ServedType.json: object(["schema": object(["$ref": .text("#/components/schemas/Answer")])])
    ])
    for (status, words) in statuses(endpoint) {
      fields.append(AnswerField("\(status)", object(["description": .text(words), "content": problem])))
    }
    return .object(fields)
  }

  /// What else may be answered.
  private static func statuses(_ endpoint: Endpoint) -> [(Int, String)] {
    var statuses = [(406, "None of the media types asked for is given"), (503, "Draining, or a full disk")]
    if endpoint.names != nil { statuses.append((404, "There is no such thing")) }
    if !endpoint.isOpen { statuses.append((401, "A token is needed")) }
    if !endpoint.reads.isEmpty {
      statuses += [
        (400, "The body cannot be read; the message says where"), (408, "The body did not come in time"),
        (413, "The body is too long"), (415, "Bodies of this media type are not read"),
        (422, "The body can be read and makes no sense"), (429, "Too many requests at once"),
      ]
    }
    return statuses.sorted { $0.0 < $1.0 }
  }

  private static let answer = object([
    "type": .text("object"), "required": texts(["status", "codes", "message", "sources"]),
    "properties": object([
      "status": object(["enum": texts(Status.allCases.map(\.rawValue))]),
      "codes": object(["type": .text("array"), "items": object(["type": .text("string")])]),
      "message": object(["type": .text("string")]),
      "sources": object(["type": .text("array"), "items": object(["type": .text("string")])]),
      "line": object(["type": .text("integer")]), "column": object(["type": .text("integer")]),
    ]),
  ])
}

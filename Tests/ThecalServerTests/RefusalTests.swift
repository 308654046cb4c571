import Testing
import ThecalQuantities
@testable import ThecalServer

private let table = "patient_id,drug,dose,unit,frequency\nP,morphine,60,mg,bid\n"

/// A request that is refused, and how.
struct RefusedRequest: Sendable, CustomTestStringConvertible {
  let status: Int
  var method = "POST"
  let path: String
  var type: String? = ServedType.json
  var accept: String?
  var body = ""
  var headers: [String] = []
  /// What the message names.
  var names = ""

  var testDescription: String { "\(status) \(path) \(names)" }
}

private let refused = [
  RefusedRequest(status: 404, method: "GET", path: "/nothing", type: nil),
  RefusedRequest(status: 404, method: "GET", path: "/v1/cite/nobody", type: nil, names: "nobody"),
  RefusedRequest(status: 404, method: "GET", path: "/v1/cite/a/b", type: nil),
  RefusedRequest(status: 404, path: "/v1/pump/nothing", body: "{}"),
  RefusedRequest(status: 405, method: "GET", path: "/v1/convert", type: nil, names: "GET"),
  RefusedRequest(status: 405, method: "DELETE", path: "/v1/tables", type: nil),
  RefusedRequest(status: 406, method: "GET", path: "/v1/tables", type: nil, accept: "image/png"),
  RefusedRequest(status: 406, path: "/v1/convert", type: ServedType.csv, accept: "image/png", body: table),
  RefusedRequest(status: 415, path: "/v1/convert", type: "text/plain", body: table, names: "text/csv"),
  RefusedRequest(status: 415, path: "/v1/convert", type: nil, body: table),
  RefusedRequest(
    status: 400, path: "/v1/pump/refill", body: "{\n \"fill\": 40 mL}", names: "line 2, column 13"),
  RefusedRequest(status: 400, path: "/v1/convert", type: ServedType.csv, body: "", names: "columns"),
  RefusedRequest(
    status: 400, path: "/v1/convert", type: ServedType.csv, body: "drug,dose\nmorphine,3\n", names: "unit"),
  RefusedRequest(
    status: 400, path: "/v1/simulate", type: ServedType.yaml, body: "drug: [", names: "scenario:2"),
  RefusedRequest(
    status: 400, path: "/v1/simulate", type: ServedType.yaml,
    body:
      "drug: morphine\ncatheter: {tip: L3}\nprogram:\n  - {at: 0 h, bolus: 3}\noutput: {every: 1 h, until: 1 day, at: [tip]}\n",
    names: "scenario:4"),
  RefusedRequest(
    status: 400, path: "/v1/titrate", type: ServedType.yaml, body: "drug: morphine\ndiary: /etc/passwd\n"),
  RefusedRequest(
    status: 400, path: "/v1/plan", type: ServedType.yaml, body: "drug: morphine\nfilling: 3\n", names: "plan:"
  ),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: "[]", names: "object"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: #"{"page":"/tmp/x"}"#, names: "page"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: #"{"ics":"/tmp/x"}"#, names: "ics"),
  RefusedRequest(
    status: 422, path: "/v1/pump/discrepancy", body: #"{"history":"/etc/passwd"}"#, names: "history"),
  RefusedRequest(status: 422, path: "/v1/risk", body: #"{"plot":"/tmp/x.svg"}"#, names: "plot"),
  RefusedRequest(
    status: 422, path: "/v1/convert", body: #"{"medication":["x"],"output":"/tmp/x"}"#, names: "output"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: "{}", names: "fill"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: #"{"fill":"40"}"#, names: "mL"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: #"{"fill":["40 mL"]}"#, names: "fill"),
  RefusedRequest(status: 422, path: "/v1/pump/refill", body: #"{"worksheet":"yes"}"#, names: "true or false"),
  RefusedRequest(
    status: 422, path: "/v1/pump/bridge", body: #"{"old-dose":"1","old_dose":"2"}"#, names: "twice"),
  RefusedRequest(status: 422, path: "/v1/convert", body: "{}", names: "medication"),
  RefusedRequest(status: 422, path: "/v1/convert", body: #"{"medication":"oxycodone"}"#, names: "oxycodone"),
  RefusedRequest(status: 422, path: "/v1/convert?sort=1", type: ServedType.csv, body: table, names: "sort"),
  RefusedRequest(
    status: 422, path: "/v1/convert?mme-table=mine", type: ServedType.csv, body: table, names: "cdc_2022"),
  RefusedRequest(
    status: 422, path: "/v1/convert?risk=maybe", type: ServedType.csv, body: table, names: "risk"),
  RefusedRequest(
    status: 422, path: "/cds-services/thecal-pump-dose", body: #"{"hook":"patient-view"}"#,
    names: "order-select"),
  RefusedRequest(
    status: 403, path: "/v1/convert", type: ServedType.csv, body: table,
    headers: ["Origin: http://elsewhere.example"]),
  RefusedRequest(
    status: 421, path: "/v1/convert", type: ServedType.csv, body: table, headers: ["Host: elsewhere.example"]),
]

@Test(arguments: refused)
func `what cannot be answered says why, in the form of every answer`(request: RefusedRequest) async throws {
  let server = try await RunningServer()
  let answer = await server.ask(
    request.method, request.path, type: request.type, accept: request.accept, request.body,
    headers: request.headers)
  #expect(answer.status == request.status, "\(answer.text)")
  #expect(answer.headers["content-type"] == ServedType.json)
  #expect(answer.text.hasPrefix(#"{"status":"error","codes":[],"message":""#))
  #expect(answer.text.contains(request.names), "\(answer.text)")
  if request.status == 405 { #expect(answer.headers["allow"]?.isEmpty == false) }
}

@Test func `malformed JSON is answered with line and column as numbers`() async throws {
  let server = try await RunningServer()
  let answer = await server.post("/v1/pump/refill", ServedType.json, "{\n\"fill\" 1}")
  #expect(answer.status == 400 && answer.text.contains(#""line":2,"column":8"#), "\(answer.text)")
}

@Test func `a body that is too long is refused before it is read, and while it comes`() async throws {
  let server = try await RunningServer { $0.mostBytes = 1_000 }
  let long = String(repeating: "x", count: 2_000)
  #expect(await server.post("/v1/convert", ServedType.csv, long).status == 413)
  let port = server.port
  let piecewise = await onThread {
    let connection = HTTPConnection(port: port)
    let head =
      "POST /v1/convert HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.send(Array(head.utf8))
    for _ in 0..<20 { connection.send(Array("64\r\n\(String(repeating: "y", count: 100))\r\n".utf8)) }
    connection.send(Array("0\r\n\r\n".utf8))
    return connection.answer().status
  }
  #expect(piecewise == 413)
}

@Test func `without the token nothing but the page is given`() async throws {
  let server = try await RunningServer { $0.token = "0123456789abcdef" }
  let without = await server.ask("GET", "/v1/tables")
  #expect(without.status == 401 && without.headers["www-authenticate"] == "Bearer")
  for wrong in ["Bearer 0123456789abcdee", "Bearer 0123456789abcdef0", "Bearer ", "Basic 0123456789abcdef"] {
    #expect(await server.ask("GET", "/v1/tables", headers: ["Authorization: \(wrong)"]).status == 401)
  }
  #expect(
    await server.ask("GET", "/v1/tables", headers: ["Authorization: Bearer 0123456789abcdef"]).status == 200)
  #expect(await server.ask("GET", "/").status == 200)
  #expect(await server.ask("GET", "/healthz").status == 200)
}

@Test func `an address that others reach needs a token`() throws {
  var settings = ServerSettings(engine: "", versions: "", today: { .init(dayNumber: 0) }, now: { "" })
  settings.host = "0.0.0.0"
  #expect(throws: ServerFailure.self) { try ThecalServer([], settings) }
  do { _ = try ThecalServer([], settings) } catch { #expect(error.exitCode == 64) }
  settings.token = "0123456789abcdef"
  _ = try ThecalServer([], settings)
}

@Test func `every answer forbids what a page must not do`() async throws {
  let server = try await RunningServer()
  for path in ["/", "/page.js", "/v1/tables", "/nothing"] {
    let answer = await server.ask("GET", path)
    let policy = answer.headers["content-security-policy"] ?? ""
    #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    #expect(
      answer.headers["x-content-type-options"] == "nosniff" && answer.headers["cache-control"] == "no-store")
  }
}

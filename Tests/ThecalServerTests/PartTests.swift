import Foundation
import CoreMetrics
import Testing
import ThecalQuantities
@testable import ThecalCommand
@testable import ThecalServer

@Test func `the media type that is most welcome is chosen`() {
  let offered = [ServedType.json, ServedType.csv, ServedType.page]
  let cases: [(String?, String?)] = [
    (nil, ServedType.json), ("", ServedType.json), ("*/*", ServedType.json), ("text/csv", ServedType.csv),
    ("text/*", ServedType.csv), ("text/*, text/csv;q=0.1", ServedType.page),
    ("text/html, */*;q=0.1", ServedType.page),
    ("application/json;q=0, */*", ServedType.csv), ("image/png", nil), ("TEXT/CSV", ServedType.csv),
    ("text/csv;q=nonsense", nil), ("text/csv;q=0.5, text/html;q=0.9", ServedType.page), (",;,", nil),
  ]
  for (accept, wanted) in cases {
    #expect(MediaTypes.choose(offered, accept: accept) == wanted, "\(accept ?? "nothing")")
  }
  #expect(MediaTypes.bare("Text/CSV; charset=utf-8") == "text/csv")
  #expect(MediaTypes.bare(" ; x") == nil && MediaTypes.bare(nil) == nil)
}

@Test func `flags in JSON are those of the command line`() throws {
  var many = ServedCall.Flag("drug", help: "")
  many.isRepeated = true
  var on = ServedCall.Flag("keep-old", help: "")
  on.isSwitch = true
  let flags = [ServedCall.Flag("dose", help: ""), many, on]
  func words(_ text: String) throws -> [String] { try FlagBody.words(Array(text.utf8), flags) }
  #expect(
    try words(#"{"dose":"-2 mg","drug":["a","b"],"keep_old":true}"#) == [
      "--dose=-2 mg", "--drug=a", "--drug=b", "--keep-old",
    ])
  #expect(try words(#"{"dose":0.40,"keep-old":false,"drug":null}"#) == ["--dose=0.40"])
  #expect(try words(#"{"drug":"a","dose":true}"#) == ["--drug=a", "--dose=yes"])
  for wrong in [
    "3", "[]", #"{"dose":{}}"#, #"{"dose":["1"]}"#, #"{"keep-old":"x"}"#, #"{"drug":[[]]}"#, #"{"no":1}"#,
  ] {
    #expect(throws: ServerProblem.self, "\(wrong)") { try words(wrong) }
  }
}

@Test
func `the description describes every address, and what it says of a call is what the command line says`()
  throws
{
  let calls = ServeCommand.calls
  let settings = ServerSettings(engine: "e", versions: "v", today: { .init(dayNumber: 0) }, now: { "" })
  let endpoints = Endpoints.all(calls, settings) { "" }
  let described = endpoints.filter { !$0.isOpen && $0.path != "/openapi.json" }
  let text = OpenAPI.document(described, version: "1")
  let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  #expect(document["openapi"] as? String == "3.1.0")
  let paths = try #require(document["paths"] as? [String: [String: Any]])
  #expect(Set(paths.keys) == Set(described.map(\.path)))
  #expect(paths.count >= 27)
  let refill = try #require(calls.first { $0.path == "pump/refill" })
  #expect(refill.flags.filter(\.isRequired).map(\.name) == ["fill", "concentration", "dose", "date"])
  #expect(refill.flags.first { $0.name == "filling" }?.choices == ["first", "later"])
  for call in calls {
    #expect(!call.title.isEmpty && !call.flags.isEmpty, "\(call.path)")
    // None may name a file.
    let files = ["output", "page", "ics", "plot", "history", "report", "codes"]
    #expect(call.flags.allSatisfy { !files.contains($0.name) }, "\(call.path)")
    #expect(call.flags.allSatisfy { !$0.help.isEmpty }, "\(call.path)")
  }
}

@Test func `metrics are in the form that Prometheus reads`() {
  let metrics = PrometheusMetrics()
  metrics.makeCounter(label: "a_total", dimensions: [("path", "x\"y\\\n")]).increment(by: 2)
  metrics.makeCounter(label: "a_total", dimensions: [("path", "x\"y\\\n")]).increment(by: 1)
  metrics.makeMeter(label: "b", dimensions: []).set(3 as Int64)
  metrics.makeTimer(label: "c_seconds", dimensions: []).recordNanoseconds(20_000_000)
  let text = metrics.text
  #expect(text.contains("# TYPE a_total counter\na_total{path=\"x\\\"y\\\\\\n\"} 3.0\n"))
  #expect(text.contains("# TYPE b gauge\nb 3.0\n"))
  #expect(text.contains("c_seconds_bucket{le=\"0.01\"} 0\nc_seconds_bucket{le=\"0.05\"} 1\n"))
  #expect(text.contains("c_seconds_bucket{le=\"+Inf\"} 1\nc_seconds_sum 0.02\nc_seconds_count 1\n"))
}

@Test func `no more than so many pieces are done at once, and each is done`() async throws {
  let pool = WorkPool(width: 2, depth: 100, limit: .seconds(30))
  let most = Counted()
  let done = await withTaskGroup(of: Bool.self) { group in
    for _ in 0..<60 {
      group.addTask {
        (try? await pool.run {
          most.enter()
          usleep(500)
          most.leave()
          return true
        }) ?? false
      }
    }
    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
  }
  #expect(done == 60 && most.highest <= 2)
  #expect(pool.load == (0, 0))
}

/// How many are inside at once.
private final class Counted: @unchecked Sendable {
  private let lock = NSLock()
  private var inside = 0
  private(set) var highest = 0

  func enter() {
    lock.withLock {
      inside += 1
      highest = max(highest, inside)
    }
  }
  func leave() { lock.withLock { inside -= 1 } }
}

@Test func `the page loads nothing from elsewhere and has neither style nor script in its markup`()
  async throws
{
  let server = try await RunningServer()
  let page = await server.ask("GET", "/")
  #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
  #expect(page.text.contains("Not a cleared medical device") && !page.text.contains("{{"))
  for file in ["/page.css", "/page.js", "/icon.svg"] {
    let answer = await server.ask("GET", file)
    #expect(answer.status == 200 && !answer.body.isEmpty)
    #expect(page.text.contains("\"\(file)\""))
    #expect(!answer.text.contains("https://"), "\(file)")
  }
  #expect(!page.text.contains("https://") && !page.text.contains(" style=") && !page.text.contains("<style"))
  #expect(
    page.text.firstMatch(of: #/ on\w+=/#) == nil && page.text.firstMatch(of: #/<script[^>]*>[^<]/#) == nil)
  #expect(await server.ask("GET", "/page.js").text.contains("innerHTML") == false)
}

import Glibc
import Synchronization
import Testing
import _ThecalTestSupport
@testable import ThecalServer

private let table = "patient_id,drug,dose,unit,frequency,opioid_days\nP,morphine,60,mg,bid,30\n"

/// A call that waits until it is let go.
private final class Gate: Sendable {
  private let isOpen = Mutex(false)

  func open() { isOpen.withLock { $0 = true } }

  var call: ServedCall {
    ServedCall("pump/slow", title: "Waits", discussion: "", flags: [], types: [ServedType.json]) { _ in
      while !self.isOpen.withLock({ $0 }) { usleep(1_000) }
      return ServedAnswer([ServedType.json: { Array("{}\n".utf8) }])
    }
  }
}

@Test func `more requests than can wait are turned away, and the others answered`() async throws {
  let gate = Gate()
  let server = try await RunningServer({ ($0.width, $0.depth) = (1, 2) }, calls: [gate.call])
  let statuses = await withTaskGroup(of: Int.self) { group in
    for _ in 0..<6 { group.addTask { await server.post("/v1/pump/slow", ServedType.json, "{}").status } }
    var found: [Int] = []
    for await status in group {
      found.append(status)
      // Three can have no answer before the gate opens.
      if found.count == 3 { gate.open() }
    }
    return found
  }
  #expect(statuses == [429, 429, 429, 200, 200, 200])
}

@Test func `what takes too long is answered for, and what needs no computing goes on meanwhile`() async throws
{
  let gate = Gate()
  defer { gate.open() }
  let server = try await RunningServer(
    { ($0.width, $0.computing) = (1, .milliseconds(300)) }, calls: [gate.call])
  let slow = await server.post("/v1/pump/slow", ServedType.json, "{}")
  #expect(slow.status == 503 && slow.headers["retry-after"] == "1")
  #expect(await server.ask("GET", "/healthz").status == 200)
  #expect(await server.ask("GET", "/metrics").text.contains("thecal_computing 1.0"))
}

@Test func `half a request costs the others nothing and ends in time`() async throws {
  let server = try await RunningServer { $0.receiving = .seconds(1) }
  let port = server.port
  let halves = (0..<50).map { _ in HTTPConnection(port: port) }
  for (number, half) in halves.enumerated() {
    let request = HTTPConnection.request("POST", "/v1/convert", type: ServedType.csv, Array(table.utf8))
    half.send(Array(request.prefix(number.isMultiple(of: 2) ? request.count - 20 : 25)))
  }
  #expect(await server.post("/v1/convert", ServedType.csv, table).status == 200)
  // Half a body is answered for, half a head is no request yet and its connection ends; the client would wait for a minute.
  let begin = ContinuousClock.now
  let late = await onThread { (body: halves[0].answer().status, head: halves[1].answer().status) }
  #expect(late == (body: 408, head: 0) && begin.duration(to: .now) < .seconds(50))
}

@Test func `two hundred at once are all answered alike`() async throws {
  let server = try await RunningServer()
  let answers = await withTaskGroup(of: HTTPAnswer.self) { group in
    for _ in 0..<200 { group.addTask { await server.post("/v1/convert", ServedType.csv, table) } }
    return await group.reduce(into: [HTTPAnswer]()) { $0.append($1) }
  }
  #expect(answers.count == 200 && answers.allSatisfy { $0.status == 200 })
  #expect(Set(answers.map(\.body)).count == 1)
}

@Test func `one connection answers many requests`() async throws {
  let server = try await RunningServer()
  let port = server.port
  let statuses = await onThread {
    let connection = HTTPConnection(port: port)
    return (0..<20).map { _ in
      connection.send(HTTPConnection.request("POST", "/v1/convert", type: ServedType.csv, Array(table.utf8)))
      return connection.answer().status
    }
  }
  #expect(statuses == Array(repeating: 200, count: 20))
}

@Test func `bytes that are no request do no harm`() async throws {
  let server = try await RunningServer()
  let port = server.port
  var random = SeededGenerator(seed: 7)
  let pieces = (0..<40).map { _ in (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) } }
  let answers = await onThread {
    pieces.map { bytes in
      let connection = HTTPConnection(port: port)
      connection.send(bytes + Array("\r\n\r\n".utf8))
      return connection.answer().status
    }
  }
  #expect(answers.allSatisfy { [0, 400].contains($0) })
  #expect(await server.ask("GET", "/healthz").status == 200)
}

@Test func `metrics count requests by address and status, and name no patient`() async throws {
  let server = try await RunningServer()
  _ = await server.post("/v1/convert", ServedType.csv, table)
  _ = await server.ask("GET", "/v1/cite/Mary%20Smith")
  let text = await server.ask("GET", "/metrics").text
  #expect(text.contains(#"thecal_requests_total{path="/v1/convert",method="POST",status="200"} 1.0"#))
  #expect(text.contains(#"thecal_requests_total{path="/v1/cite/{id}",method="GET",status="404"} 1.0"#))
  #expect(text.contains("# TYPE thecal_request_seconds histogram"))
  #expect(!text.contains("Mary"))
}

import Glibc
import Synchronization
import Testing
import _ThecalTestSupport
@testable import ThecalServer

private let table = "patient_id,drug,dose,unit,frequency,opioid_days\nP,morphine,60,mg,bid,30\n"

/// `thecal serve` as a process, at a port that was free.
private final class ServeProcess: Sendable {
  let process: pid_t
  let port: UInt16

  init(_ arguments: [String] = []) async {
    let folder = Folder()
    defer { withExtendedLifetime(folder) {} }
    let printed = folder.write("address.txt", "")
    process = ThecalProcess.start(["serve", "--port", "0"] + arguments, output: printed)
    // "Thecal answers at http://127.0.0.1:PORT/" is printed once the port is open.
    port = await onThread {
      for _ in 0..<1_200 {
        if let line = text(printed), line.last == "\n",
          let number = line.split(separator: ":").last?.dropLast(2)
        {
          return UInt16(number) ?? 0
        }
        usleep(50_000)
      }
      return 0
    }
  }

  func ask(_ path: String, _ body: String) async -> Int {
    let port = port
    return await onThread {
      let connection = HTTPConnection(port: port)
      connection.send(HTTPConnection.request("POST", path, type: ServedType.csv, Array(body.utf8)))
      return connection.answer().status
    }
  }

  func wait() async -> Int32 {
    let process = process
    return await onThread { ThecalProcess.wait(process) }
  }
}

@Test func `SIGTERM finishes what is under way and ends with zero`() async {
  let server = await ServeProcess()
  let (process, port) = (server.process, server.port)
  let rows = (0..<2_000).map { "P\($0),morphine,60,mg,bid,30\n" }.joined()
  let request = HTTPConnection.request(
    "POST", "/v1/convert", type: ServedType.csv,
    Array(("patient_id,drug,dose,unit,frequency,opioid_days\n" + rows).utf8))
  // All on one thread of its own: other tests may hold the pool for longer than a request takes.
  let (isUnderWay, statuses) = await onThread {
    let clients = (0..<4).map { _ in HTTPConnection(port: port) }
    for client in clients { client.send(request) }
    var isUnderWay = false
    for _ in 0..<3_000 where !isUnderWay {
      let asking = HTTPConnection(port: port)
      asking.send(HTTPConnection.request("GET", "/metrics"))
      isUnderWay = asking.answer().text.contains(/thecal_computing [12]/)
      if !isUnderWay { usleep(10_000) }
    }
    kill(process, SIGTERM)
    return (isUnderWay, clients.map { $0.answer().status })
  }
  #expect(isUnderWay)
  #expect(statuses.contains(200) && statuses.allSatisfy { $0 == 200 || $0 == 503 }, "\(statuses)")
  #expect(await server.wait() == 0)
}

/// Answers that clients have received.
private final class AnswerCount: Sendable {
  private let count = Mutex(0)

  var total: Int { count.withLock { $0 } }

  /// One more; how many there are now.
  func add() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

@Test func `an audit holds every answered request after kill -9, and its chain is whole`() async throws {
  let folder = Folder()
  let path = folder.file("audit.sqlite")
  let server = await ServeProcess(["--audit", path])
  let answered = AnswerCount()
  await withTaskGroup(of: Void.self) { group in
    for _ in 0..<8 {
      group.addTask {
        for _ in 0..<20 {
          let isAnswered = await server.ask("/v1/convert", table) == 200
          if isAnswered && answered.add() == 25 { kill(server.process, SIGKILL) }
        }
      }
    }
  }
  #expect(await server.wait() == 128 + SIGKILL)
  let audit = try AuditLog(path: path)
  #expect(try audit.count >= answered.total && audit.firstBrokenRow() == nil)
  #expect(answered.total >= 25)
}

@Test(.enabled(if: Folder.canBecomeDisk))
func `a full disk is a 503, nothing unkept is answered, and the chain is whole`() async throws {
  let folder = Folder()
  folder.becomeDisk(kibibytes: 512)
  let path = folder.file("audit.sqlite")
  let server = try await RunningServer { $0.audit = path }
  let long = table + (0..<40).map { "Q\($0),morphine,60,mg,bid,30\n" }.joined()
  var statuses: [Int] = []
  for _ in 0..<24 { statuses.append(await server.post("/v1/convert", ServedType.csv, long).status) }
  #expect(statuses.first == 200 && statuses.last == 503)
  let audit = try AuditLog(path: path)
  #expect(try audit.count == statuses.filter { $0 == 200 }.count && audit.firstBrokenRow() == nil)
}

@Test func `an audit that was changed is not used`() async throws {
  let folder = Folder()
  let path = folder.file("audit.sqlite")
  let log = try AuditLog(path: path)
  for number in 0..<3 {
    try await log.append(
      .init(
        time: "2026-01-01T00:00Z", method: "POST", path: "/v1/convert", type: "text/csv",
        request: [UInt8(number)], status: 200, answer: [1, 2]))
  }
  #expect(try AuditLog(path: path).count == 3)
  func change(_ sql: String) -> Int32 {
    ThecalProcess.run(
      "python3 -c \"import sqlite3; c = sqlite3.connect('\(path)'); \(sql); c.commit()\"", in: folder
    ).code
  }
  // The file itself refuses: a row is neither changed nor removed.
  #expect(change("c.execute('UPDATE audit SET status = 500 WHERE number = 2')") != 0)
  #expect(change("c.execute('DELETE FROM audit WHERE number = 2')") != 0)
  #expect(
    change(
      "c.execute('DROP TRIGGER audit_is_not_changed'); c.execute('UPDATE audit SET status = 500 WHERE number = 2')"
    )
      == 0)
  do {
    _ = try AuditLog(path: path)
    Issue.record("a broken chain was taken")
  } catch {
    #expect(error.exitCode == 65 && error.message.contains("row 2"))
  }
}

@Test func `a file that is no audit is refused and left alone`() throws {
  let folder = Folder()
  let path = folder.write("notes.txt", String(repeating: "no database at all ", count: 100))
  let before = contents(path)
  #expect(throws: ServerFailure.self) { try AuditLog(path: path) }
  #expect(contents(path) == before)
}

@Test func `the command refuses what would let others in`() {
  let folder = Folder()
  #expect(ThecalProcess.run("thecal serve --host 0.0.0.0", in: folder).code == 64)
  #expect(ThecalProcess.run("thecal serve --port 70000", in: folder).code == 64)
  #expect(ThecalProcess.run("thecal serve --token-file nothing", in: folder).code == 66)
  folder.write("short", "abc\n")
  #expect(ThecalProcess.run("thecal serve --token-file short", in: folder).code == 65)
  #expect(
    ThecalProcess.run("thecal serve --host 203.0.113.1 --token-file long --port 1", in: folder).code == 66)
}

import Dispatch
import Glibc
import Synchronization
import Thecal
import ThecalQuantities
@testable import ThecalCommand
@testable import ThecalServer

/// A server in this process, at a port of its own, until the end of a test.
final class RunningServer: Sendable {
  let port: UInt16
  private let task: Task<Void, Never>

  /// Starts one; `change` says what is different about it.
  init(_ change: (inout ServerSettings) -> Void = { _ in }, calls: [ServedCall] = ServeCommand.calls)
    async throws
  {
    var settings = ServerSettings(
      engine: Versions.engine, versions: Versions.text, today: { CalendarDate(dayNumber: 20_454) },
      now: { "2026-01-01T00:00Z" })
    settings.port = 0
    change(&settings)
    let server = try ThecalServer(calls, settings)
    let (addresses, open) = AsyncStream.makeStream(of: String.self)
    task = Task {
      do { try await server.run(stopsBySignal: false) { open.yield($0) } } catch {}
      open.finish()
    }
    var found: UInt16 = 0
    for await address in addresses {
      found = UInt16(address.split(separator: ":").last?.dropLast() ?? "") ?? 0
      break
    }
    port = found
  }

  deinit { task.cancel() }

  /// Asks, on a thread of its own: the pool of Swift's concurrency answers.
  func ask(
    _ method: String, _ path: String, type: String? = nil, accept: String? = nil, _ body: String = "",
    headers: [String] = []
  ) async -> HTTPAnswer {
    let port = port
    return await onThread {
      let connection = HTTPConnection(port: port)
      connection.send(
        HTTPConnection.request(method, path, type: type, accept: accept, Array(body.utf8), headers: headers))
      return connection.answer()
    }
  }

  /// Posts `body`, and reads the answer.
  func post(_ path: String, _ type: String, accept: String? = nil, _ body: String) async -> HTTPAnswer {
    await ask("POST", path, type: type, accept: accept, body)
  }
}

/// Does what waits on a thread of its own.
func onThread<Made: Sendable>(_ work: @escaping @Sendable () -> Made) async -> Made {
  await withCheckedContinuation { continuation in
    DispatchQueue(label: "test.client").async { continuation.resume(returning: work()) }
  }
}

/// What came back.
struct HTTPAnswer: Sendable {
  /// 0 where the connection ended without an answer.
  var status = 0
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// A connection to this machine, as bare as it gets: what is sent is sent byte for byte.
final class HTTPConnection: Sendable {
  private let descriptor: Int32

  init(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var wait = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { close(descriptor) }

  /// A request as bytes.
  static func request(
    _ method: String, _ path: String, type: String? = nil, accept: String? = nil, _ body: [UInt8] = [],
    headers: [String] = []
  ) -> [UInt8] {
    var lines = ["\(method) \(path) HTTP/1.1"]
    if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: 127.0.0.1") }
    if let type { lines.append("Content-Type: \(type)") }
    if let accept { lines.append("Accept: \(accept)") }
    if method == "POST" { lines.append("Content-Length: \(body.count)") }
    return Array((lines + headers + ["", ""]).joined(separator: "\r\n").utf8) + body
  }

  /// Sends bytes; false where nobody takes them.
  @discardableResult func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads one answer.
  func answer() -> HTTPAnswer {
    var bytes: [UInt8] = []
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let head = bytes.firstRange(of: end) {
        var answer = Self.head(bytes[..<head.lowerBound])
        let length = Int(answer.headers["content-length"] ?? "") ?? 0
        while bytes.count < head.upperBound + length, receive(&bytes) {}
        answer.body = Array(bytes[head.upperBound...].prefix(length))
        return answer
      }
      if !receive(&bytes) { return HTTPAnswer() }
    }
  }

  private func receive(_ bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count > 0 { bytes += chunk[..<count] }
    return count > 0
  }

  private static func head(_ bytes: ArraySlice<UInt8>) -> HTTPAnswer {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
    var answer = HTTPAnswer()
    answer.status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      answer.headers[line[..<colon].lowercased()] = String(line[line.index(colon, offsetBy: 2)...])
    }
    return answer
  }
}

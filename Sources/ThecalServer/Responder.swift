import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Metrics
import NIOCore
import Synchronization
import Thecal
import ThecalTabular

/// Answers requests by the table of endpoints.
struct Responder: HTTPResponder, Sendable {
  typealias Context = BasicRequestContext

  let endpoints: [Endpoint]
  let settings: ServerSettings
  let pool: WorkPool
  let metrics: PrometheusMetrics
  let audit: AuditLog?
  let draining: Draining

  /// Paths of services that a client has asked for, with methods allowed.
  private let addresses: [String: [Endpoint]]
  private let patterns: [Endpoint]
  private let entrance: Guard

  init(
    _ endpoints: [Endpoint], _ settings: ServerSettings, pool: WorkPool, metrics: PrometheusMetrics,
    audit: AuditLog?, draining: Draining
  ) {
    self.endpoints = endpoints
    self.settings = settings
    self.pool = pool
    self.metrics = metrics
    self.audit = audit
    self.draining = draining
    patterns = endpoints.filter { $0.path.contains("{") }
    addresses = Dictionary(grouping: endpoints.filter { !$0.path.contains("{") }, by: \.path)
    entrance = Guard(token: settings.token, isLocal: settings.isLocal)
  }

  func respond(to request: Request, context: Context) async throws -> Response {
    let begin = ContinuousClock.now
    let path = request.uri.path.prefix { $0 != "?" }
    var place = "other"
    var response: Response
    do throws(ServerProblem) {
      let (endpoint, name) = try find(path[...], request.method.rawValue)
      place = endpoint.path
      try entrance.check(request, isOpen: endpoint.isOpen)
      response = try await answer(request, endpoint, name)
    } catch {
      response = refusal(error)
    }
    for (name, value) in Self.headers { response.headers[name] = value }
    // Whoever sent a body that was not read is not asked for another on this connection.
    if response.status.code >= 400 && request.method == .post || draining.hasBegun {
      response.headers[.connection] = "close"
    }
    count(place, request.method.rawValue, response.status.code, begin)
    return response
  }

  /// The endpoint at a path, and what its `{name}` stands for.
  private func find(_ path: Substring, _ method: String) throws(ServerProblem) -> (Endpoint, String) {
    var here = addresses[String(path)] ?? []
    var name = ""
    if here.isEmpty, let pattern = patterns.first(where: { $0.match(path) != nil }) {
      (here, name) = ([pattern], pattern.match(path) ?? "")
    }
    guard !here.isEmpty else { throw ServerProblem(404, "there is nothing at this address") }
    let wanted = method == "HEAD" ? "GET" : method
    guard let endpoint = here.first(where: { $0.method == wanted }) else {
      var problem = ServerProblem(405, "\(method) is not a method of this address")
      problem.allowed = here.map(\.method)
      throw problem
    }
    return (endpoint, name)
  }

  private func answer(_ request: Request, _ endpoint: Endpoint, _ name: String) async throws(ServerProblem)
    -> Response
  {
    if draining.hasBegun { throw ServerProblem(503, "the server is being stopped") }
    guard let wanted = MediaTypes.choose(endpoint.gives, accept: request.headers[.accept]) else {
      throw ServerProblem(406, "this is given as \(endpoint.gives.joined(separator: ", "))")
    }
    var asked = Incoming()
    asked.name = name
    asked.wanted = wanted
    asked.query = try query(request, endpoint)
    if !endpoint.reads.isEmpty {
      asked.type = try type(request, endpoint)
      asked.body = try await body(request, endpoint.mostBytes)
    }
    return try await answer(asked, endpoint)
  }

  private func answer(_ asked: Incoming, _ endpoint: Endpoint) async throws(ServerProblem) -> Response {
    guard endpoint.computes else { return try response(Self.compute(asked, endpoint)) }
    let made: Result<Outgoing, ServerProblem>
    do { made = try await pool.run { Self.compute(asked, endpoint) } } catch {
      switch error {
      case .overload: throw ServerProblem(429, "too many requests at once: ask again in a second")
      case .timeout: throw ServerProblem(503, "this takes longer than a request may: ask for less at once")
      }
    }
    if let audit {
      let (status, answer) =
        switch made {
        case .success(let outgoing): (outgoing.status, outgoing.body)
        case .failure(let problem): (problem.status, problem.body)
        }
      let entry = AuditLog.Entry(
        time: settings.now(), method: endpoint.method, path: endpoint.path, type: asked.type ?? "",
        request: asked.body, status: status, answer: answer)
      do { try await audit.append(entry) } catch {
        throw ServerProblem(503, "the audit cannot be written, so nothing is answered: is the disk full?")
      }
    }
    return try response(made)
  }

  /// Computes what is asked at `endpoint`.
  static func compute(_ asked: Incoming, _ endpoint: Endpoint) -> Result<Outgoing, ServerProblem> {
    do { return .success(try endpoint.answer(asked)) } catch let problem as SimulationProblem
      where !problem.findings.isEmpty
    {
      // What the clinical rules refuse is an answer, where the form has room for one.
      switch asked.wanted {
      case ServedType.json: return .success(Outgoing(ServedType.json, problem.answer.json + "\n"))
      case ServedType.text: return .success(Outgoing(ServedType.text, problem.answer.text + "\n"))
      default: return .failure(ServerProblem(problem))
      }
    } catch {
      return .failure(ServerProblem(error))
    }
  }

  private func response(_ made: Result<Outgoing, ServerProblem>) throws(ServerProblem) -> Response {
    let made = try made.get()
    var response = Response(
      status: .init(code: made.status), body: ResponseBody(byteBuffer: ByteBuffer(bytes: made.body)))
    let isText = made.type.hasPrefix("text/")
    response.headers[.contentType] = isText ? "\(made.type); charset=utf-8" : made.type
    for (name, value) in made.remarks {
      if let name = HTTPField.Name(name) { response.headers[name] = value }
    }
    return response
  }

  private func refusal(_ problem: ServerProblem) -> Response {
    var response = Response(
      status: .init(code: problem.status), body: ResponseBody(byteBuffer: ByteBuffer(bytes: problem.body)))
    response.headers[.contentType] = ServedType.json
    if !problem.allowed.isEmpty { response.headers[.allow] = problem.allowed.joined(separator: ", ") }
    if problem.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
    if problem.status == 429 || problem.status == 503 { response.headers[.retryAfter] = "1" }
    return response
  }
}

extension Responder {
  /// The digest of the reports' style, as a policy names it.
  private static let reportStyle: String = {
    let digits = Array(SHA256Hasher.digest(of: Array(PageStyle.element.utf8)).utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { place in
      UInt8(String(decoding: digits[place...(place + 1)], as: UTF8.self), radix: 16)
    }
    return "sha256-" + Data(bytes).base64EncodedString()
  }()

  /// What every answer says: nothing is loaded from elsewhere, kept, framed or guessed at.
  private static let headers: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      // A report in a frame of the page has a style of its own, and no other than that one.
      "default-src 'none'; script-src 'self'; style-src 'self' '\(reportStyle)'; img-src 'self' blob:; connect-src 'self'; "
        + "frame-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"), (.cacheControl, "no-store"),
    (HTTPField.Name("Referrer-Policy") ?? .referer, "no-referrer"),
  ]

  private func type(_ request: Request, _ endpoint: Endpoint) throws(ServerProblem) -> String {
    let known = endpoint.reads.map(\.type)
    guard let type = MediaTypes.bare(request.headers[.contentType]), known.contains(type) else {
      throw ServerProblem(415, "a body here is \(known.joined(separator: ", "))")
    }
    return type
  }

  private func query(_ request: Request, _ endpoint: Endpoint) throws(ServerProblem) -> [(String, String)] {
    // Browsers and programs write a blank as `+`, as forms do; a plus itself comes as `%2B`.
    let written = URI("?" + (request.uri.query ?? "").replacing("+", with: "%20"))
    let given = written.queryParameters.map { (String($0.key), String($0.value)) }
    for (name, value) in given {
      guard let parameter = endpoint.parameters.first(where: { $0.name == name }) else {
        throw ServerProblem(422, "there is no parameter '\(name)' here")
      }
      if !parameter.choices.isEmpty, !parameter.choices.contains(value) {
        throw ServerProblem(422, "'\(name)' is one of \(parameter.choices.joined(separator: ", "))")
      }
    }
    return given
  }

  /// The body, in time and not longer than `most` bytes.
  private func body(_ request: Request, _ most: Int) async throws(ServerProblem) -> [UInt8] {
    let tooLong = ServerProblem(413, "a body here has at most \(most) bytes")
    if let length = request.headers[.contentLength].flatMap(Int.init), length > most { throw tooLong }
    let limit = settings.receiving
    let body = request.body
    do {
      return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
        group.addTask {
          var bytes: [UInt8] = []
          for try await piece in body {
            bytes += piece.readableBytesView
            if bytes.count > most { throw tooLong }
          }
          try Task.checkCancellation()
          return bytes
        }
        group.addTask {
          try await Task.sleep(for: limit)
          return nil
        }
        defer { group.cancelAll() }
        guard let bytes = try await group.next() ?? nil else {
          throw ServerProblem(408, "the body did not come in time")
        }
        return bytes
      }
    } catch let problem as ServerProblem {
      throw problem
    } catch {
      throw ServerProblem(400, "the body ended too early")
    }
  }

  private func count(_ place: String, _ method: String, _ status: Int, _ begin: ContinuousClock.Instant) {
    let known = ["GET", "HEAD", "POST"].contains(method) ? method : "other"
    let labels = [("path", place), ("method", known), ("status", "\(status)")]
    Counter(label: "thecal_requests_total", dimensions: labels, factory: metrics).increment()
    let spent = begin.duration(to: .now) / .nanoseconds(1)
    Metrics.Timer(label: "thecal_request_seconds", dimensions: [("path", place)], factory: metrics)
      .recordNanoseconds(Int64(spent))
  }
}

/// Whether the server has been told to stop.
final class Draining: Sendable {
  private let state = Atomic(false)

  /// Whether it has.
  var hasBegun: Bool { state.load(ordering: .acquiring) }

  /// It has.
  func begin() { state.store(true, ordering: .releasing) }
}

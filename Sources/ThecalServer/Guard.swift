import HTTPTypes
import Hummingbird
import Thecal

/// What a request must satisfy before it is looked at.
struct Guard: Sendable {
  let token: String?
  let isLocal: Bool

  /// Lets `request` pass.
  ///
  /// - Throws: 421 for a name that is not this machine's, which is how a page elsewhere would reach a local server; 403 for a
  ///   page of another origin; 401 without the token.
  func check(_ request: Request, isOpen: Bool) throws(ServerProblem) {
    let host = request.head.authority ?? ""
    if isLocal, !Self.names.contains(Self.name(host)) {
      throw ServerProblem(421, "this server answers to 127.0.0.1 and localhost")
    }
    if let origin = request.headers[.origin], origin != "http://\(host)", origin != "https://\(host)" {
      throw ServerProblem(403, "a page of another origin may not ask here")
    }
    guard let token, !isOpen else { return }
    guard let given = request.headers[.authorization], given.hasPrefix("Bearer "),
      Self.isEqual(given.dropFirst("Bearer ".count).utf8, token.utf8)
    else {
      throw ServerProblem(401, "a token is needed: Authorization: Bearer TOKEN")
    }
  }

  private static let names: Set = ["127.0.0.1", "localhost", "[::1]"]

  /// A host without its port.
  private static func name(_ host: String) -> String {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host.lowercased() }
    return host[..<colon].lowercased()
  }

  /// Compares in a time that does not depend on where they differ.
  private static func isEqual(_ given: some Collection<UInt8>, _ token: some Collection<UInt8>) -> Bool {
    let pairs = zip(given, token).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) }
    return pairs == 0 && given.count == token.count
  }
}

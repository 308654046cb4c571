public import ThecalQuantities

/// How the server is run.
public struct ServerSettings: Sendable {
  /// The address to listen at.
  public var host = "127.0.0.1"
  /// The port; 0 for any that is free.
  public var port = 8_077
  /// What `Authorization: Bearer` must hold; nil where whoever reaches this machine may ask.
  public var token: String?
  /// Where requests and answers are kept; nil where nothing is.
  public var audit: String?
  /// The maker that results name.
  public var engine: String
  /// Engine and data, for people.
  public var versions: String
  /// The day by the machine's clock.
  public var today: @Sendable () -> CalendarDate
  /// The time by the machine's clock, for the audit.
  public var now: @Sendable () -> String

  /// Bytes of a table or a bundle.
  var mostBytes = 32 << 20
  /// Requests that compute at once.
  var width = 2
  /// Requests that wait for that.
  var depth = 256
  /// Connections.
  var connections = 1_024
  /// How long one may compute.
  var computing = Duration.seconds(60)
  /// How long a body may take to arrive; then the answer is 408.
  var receiving = Duration.seconds(30)
  /// How long a connection may say nothing; then it ends. A body that stops arriving is answered for before that.
  var idling: Duration { receiving + .seconds(10) }

  /// The defaults, for an engine by these names on a machine with this clock.
  public init(
    engine: String, versions: String, today: @escaping @Sendable () -> CalendarDate,
    now: @escaping @Sendable () -> String
  ) {
    self.engine = engine
    self.versions = versions
    self.today = today
    self.now = now
  }

  /// Whether `host` is this machine and no other can reach it.
  public var isLocal: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }
}

/// Why there is no server.
public struct ServerFailure: Error, Sendable {
  /// What happened and what to do.
  public let message: String
  /// 64 usage, 65 the audit is unusable, 73 it cannot be made, 74 the address cannot be used.
  public let exitCode: Int32

  init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }
}

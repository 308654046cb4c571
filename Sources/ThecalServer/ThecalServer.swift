import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import Metrics
import NIOCore
import ServiceLifecycle
import Thecal
import UnixSignals

/// The page and the interface for other programs, on one machine.
///
/// Nothing of a request is kept or logged unless an audit is asked for.
public struct ThecalServer: Sendable {
  private let settings: ServerSettings
  private let responder: Responder
  private let draining = Draining()

  /// A server that answers `calls`, which the command line defines.
  ///
  /// - Throws: `ServerFailure` where settings or audit cannot be used.
  public init(_ calls: [ServedCall], _ settings: ServerSettings) throws(ServerFailure) {
    if !settings.isLocal && settings.token == nil {
      throw ServerFailure(
        "--host \(settings.host) is reached from elsewhere: give --token-file", exitCode: 64)
    }
    self.settings = settings
    let metrics = PrometheusMetrics()
    let pool = WorkPool(width: settings.width, depth: settings.depth, limit: settings.computing)
    let endpoints = Endpoints.all(calls, settings) {
      let load = pool.load
      Meter(label: "thecal_computing", dimensions: [], factory: metrics).set(load.running)
      Meter(label: "thecal_waiting", dimensions: [], factory: metrics).set(load.waiting)
      return metrics.text
    }
    var audit: AuditLog?
    if let path = settings.audit { audit = try AuditLog(path: path) }
    responder = Responder(
      endpoints, settings, pool: pool, metrics: metrics, audit: audit, draining: draining)
  }

  /// Answers requests until the process is told to stop; then those under way are finished first.
  ///
  /// - Parameter announce: Called with the address once it is open.
  /// - Throws: `ServerFailure` where the address cannot be used.
  public func run(stopsBySignal: Bool = true, announce: @escaping @Sendable (String) -> Void)
    async throws(ServerFailure)
  {
    var logger = Logger(label: "thecal") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let host = settings.host
    let name = host.contains(":") ? "[\(host)]" : host
    let idle = TimeAmount.seconds(settings.idling.components.seconds)
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          idleTimeout: idle,
          httpDecoderConfiguration: .init(maxHeaderListSize: 1 << 16, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: settings.port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connections, logger: logger)),
      onServerRunning: { channel in announce("http://\(name):\(channel.localAddress?.port ?? 0)/") },
      logger: logger)
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: application),
          // Told first: from then on new requests on open connections are turned away.
          .init(service: DrainService(draining), successTerminationBehavior: .ignore),
        ],
        gracefulShutdownSignals: stopsBySignal ? [.sigterm, .sigint] : [], logger: logger))
    do { try await group.run() } catch {
      throw ServerFailure("\(name):\(settings.port) cannot be listened at: \(error)", exitCode: 74)
    }
  }
}

/// Notes that the server is to stop.
private struct DrainService: Service {
  let draining: Draining

  init(_ draining: Draining) { self.draining = draining }

  func run() async throws {
    try await gracefulShutdown()
    draining.begin()
  }
}

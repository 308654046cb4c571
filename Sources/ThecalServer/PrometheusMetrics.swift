import Metrics
import Synchronization

/// Metrics in the text form that Prometheus reads, version 0.0.4.
final class PrometheusMetrics: MetricsFactory, Sendable {
  private let series = Mutex<[Key: Series]>([:])

  private struct Key: Hashable {
    let name: String
    let labels: String
  }

  /// The text of all metrics, in the order of their names.
  var text: String {
    let all = series.withLock { Array($0) }.sorted {
      ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels)
    }
    var lines: [String] = []
    var name = ""
    for (key, one) in all {
      if key.name != name {
        name = key.name
        lines.append("# TYPE \(name) \(one.kind.rawValue)")
      }
      lines += one.lines(key.name, key.labels)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func make(_ kind: Series.Kind, _ label: String, _ dimensions: [(String, String)]) -> Series {
    let labels = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    return series.withLock { series in
      let key = Key(name: label, labels: labels)
      if let known = series[key] { return known }
      let new = Series(kind)
      series[key] = new
      return new
    }
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    make(.counter, label, dimensions)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    make(.gauge, label, dimensions)
  }

  func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    make(aggregate ? .histogram : .gauge, label, dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    make(.histogram, label, dimensions)
  }

  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}
}

/// One line of a metric, or the lines of a histogram.
private final class Series: CounterHandler, MeterHandler, RecorderHandler, TimerHandler, Sendable {
  enum Kind: String { case counter, gauge, histogram }

  private struct Values {
    var sum = 0.0
    var count = 0
    var buckets = [Int](repeating: 0, count: Series.bounds.count)
  }

  /// Upper ends of a histogram, s.
  private static let bounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60]
  /// Nanoseconds of a second.
  private static let second = 1e9

  let kind: Kind
  private let values = Mutex(Values())

  init(_ kind: Kind) { self.kind = kind }

  func lines(_ name: String, _ labels: String) -> [String] {
    let now = values.withLock { $0 }
    func line(_ suffix: String, _ more: String, _ value: String) -> String {
      let all = [labels, more].filter { !$0.isEmpty }.joined(separator: ",")
      return "\(name)\(suffix)\(all.isEmpty ? "" : "{\(all)}") \(value)"
    }
    guard kind == .histogram else { return [line("", "", "\(now.sum)")] }
    let buckets = zip(Self.bounds, now.buckets).map { line("_bucket", "le=\"\($0)\"", "\($1)") }
    return buckets
      + [
        line("_bucket", "le=\"+Inf\"", "\(now.count)"), line("_sum", "", "\(now.sum)"),
        line("_count", "", "\(now.count)"),
      ]
  }

  func increment(by amount: Int64) { values.withLock { $0.sum += Double(amount) } }
  func increment(by amount: Double) { values.withLock { $0.sum += amount } }
  func decrement(by amount: Double) { values.withLock { $0.sum -= amount } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { values.withLock { $0.sum = value } }
  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / Self.second) }
  func reset() { values.withLock { $0 = Values() } }

  func record(_ value: Double) {
    if kind == .gauge { return set(value) }
    values.withLock { values in
      values.sum += value
      values.count += 1
      for (index, bound) in Self.bounds.enumerated() where value <= bound { values.buckets[index] += 1 }
    }
  }
}

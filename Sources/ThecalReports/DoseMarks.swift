import ThecalQuantities

/// What the pump gives, as marks along the upper edge of a picture over time.
struct DoseMarks {
  /// Hours per unit of the axis.
  let unit: Double
  private let boluses: [Double], rates: [Double]

  /// More marks than this would run into each other.
  private static let most = 60

  /// The marks of `schedule` up to `end`, h.
  init(_ schedule: DeliverySchedule, until end: Double, unit: Double) {
    self.unit = unit
    func shown(_ times: [Double]) -> [Double] {
      let inside = times.filter { $0 <= end }
      return stride(from: 0, to: inside.count, by: max(1, (inside.count + Self.most - 1) / Self.most)).map {
        inside[$0]
      }
    }
    boluses = shown(schedule.boluses.map(\.time.base))
    rates = shown(schedule.rates.map(\.start.base))
  }

  /// The axis that the marks need.
  static let axis: GnuplotScript = "set y2range [0:1]; unset y2tics"

  private var kinds: [(times: [Double], plot: GnuplotScript, height: Double)] {
    let all: [(times: [Double], plot: GnuplotScript, height: Double)] = [
      (
        boluses, "'-' using 1:2 axes x1y2 with points pt 11 ps 2 lc rgb \(GnuplotColor.black) title 'bolus'",
        0.97
      ),
      (
        rates,
        "'-' using 1:2 axes x1y2 with points pt 10 ps 2 lw 2 lc rgb \(GnuplotColor.black) title 'new rate'",
        0.97
      ),
    ]
    return all.filter { !$0.times.isEmpty }
  }

  /// What draws them.
  var plots: [GnuplotScript] { kinds.map(\.plot) }

  /// Their data, in the order of the plots.
  var data: [GnuplotScript] {
    kinds.map { kind in GnuplotScript.data(kind.times.map { [$0 / unit, kind.height] }) }
  }
}

/// The axis of levels: logarithmic where decades lie between them, else from zero.
struct LevelAxis {
  private let range: (low: Double, high: Double)?

  /// Levels so far apart cannot be read from one linear axis.
  private static let decades = 30.0
  /// Below this share of the peak nothing is shown.
  private static let least = 1e-4

  /// An axis for `columns` of levels over time, each with its own peak.
  init(_ columns: [[Double]]) {
    let peaks = columns.compactMap { $0.max() }.filter { $0 > 0 }
    let ends = columns.compactMap(\.last).filter { $0 > 0 }
    guard let high = peaks.max(), let low = (peaks + ends).min(), high / low >= Self.decades else {
      range = nil
      return
    }
    range = (max(low / 2, high * Self.least), high * 2)
  }

  /// Whether it is logarithmic.
  var isLogarithmic: Bool { range != nil }

  /// A level as it is drawn: what a logarithmic axis has no place for stands at its lower end.
  func shown(_ level: Double) -> Double { range.map { max(level, $0.low) } ?? level }

  /// The commands for the axis.
  var script: GnuplotScript {
    guard let range else { return "unset logscale y; set format y '%g'; set yrange [0:*]" }
    return "set logscale y; set format y '10^{%T}'; set yrange [\(range.low):\(range.high)]"
  }
}

import Glibc
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTabular

/// Incidence against dose: fitted curves with their bands and the counts they come from; below, the shares of
/// virtual patients with too little and too much, and the window between.
struct RiskPlot {
  let report: RiskReport
  /// `svg` or `png`.
  let kind: String

  /// Colors of Okabe and Ito. Source: `okabe2008`.
  private static let colors = ["0072B2", "D55E00", "009E73", "CC79A7", "E69F00"]
  private static let steps = 80

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] {
    guard !curves.isEmpty || report.assessment.exposure != nil else {
      throw SimulationProblem(
        message: "there is nothing to plot: no dose-response and no model is on record for this drug",
        exitCode: 65)
    }
    return try GnuplotRun.picture(script)
  }

  /// What has a dose-response; counts that stand for two effects at once are drawn once.
  private var curves: [RiskAssessment.Entry] {
    var drawn: [[IncidenceCurve.Point]] = []
    return report.assessment.entries.filter { entry in
      guard let curve = entry.curve, curve.fit != nil, !drawn.contains(curve.points) else { return false }
      drawn.append(curve.points)
      return true
    }
  }

  private func title(_ entry: RiskAssessment.Entry) -> String {
    let twins = report.assessment.entries.filter { $0.curve?.points == entry.curve?.points }.map(\.effect)
    return twins.map(\.replacingUnderscores).joined(separator: " or ")
  }

  private var script: String {
    let both = !curves.isEmpty && report.assessment.exposure != nil
    let height = both ? 1_100 : 620
    let terminal =
      kind == "png"
      ? "set terminal pngcairo size 1150,\(height) font 'DejaVu Sans,17' enhanced"
      : "set terminal svg size 1150,\(height) font 'DejaVu Sans,20' enhanced background 'white'"
    var parts = [
      terminal, "set encoding utf8", "set multiplot", "set border 3 lw 1.5; set tics nomirror",
      "set logscale x; set yrange [0:*]; set grid ytics lc rgb '#DDDDDD'",
      "set lmargin at screen 0.11; set rmargin at screen 0.97; set key top left samplen 2",
    ]
    if !curves.isEmpty { parts.append(counted(top: 0.93, bottom: both ? 0.58 : 0.15)) }
    if let exposure = report.assessment.exposure {
      parts.append(modelled(exposure, top: both ? 0.45 : 0.93, bottom: both ? 0.08 : 0.15))
    }
    return (parts + ["unset multiplot", ""]).joined(separator: "\n")
  }

  private func counted(top: Double, bottom: Double) -> String {
    let doses = curves.flatMap { entry in (entry.curve?.points ?? []).compactMap(\.dose) }
    let own = report.isSingle ? report.shown(report.baseDose) : nil
    let low = ([own].compactMap(\.self) + doses).min().map { $0 / 1.5 } ?? 0.1
    let high = ([own].compactMap(\.self) + doses).max().map { $0 * 1.5 } ?? 1
    let grid = (0...Self.steps).map { low * pow(high / low, Double($0) / Double(Self.steps)) }
    var plots: [String] = []
    var data: [String] = []
    for (index, entry) in curves.enumerated() {
      guard let curve = entry.curve else { continue }
      let color = Self.colors[index % Self.colors.count]
      let title = title(entry)
      plots += [
        "'-' using 1:2:3 with filledcurves fs transparent solid 0.15 noborder lc rgb '#\(color)' notitle",
        "'-' using 1:2 with lines lw 3.5 dt \(index % 3 + 1) lc rgb '#\(color)' title '\(title)'",
        "'-' using 1:2:3:4 with yerrorbars pt 7 ps 1.2 lw 2 lc rgb '#\(color)' notitle",
      ]
      let estimates = grid.map { ($0, curve.estimate(at: $0)) }
      data.append(estimates.map { "\($0) \($1.low * 100) \($1.high * 100)" }.joined(separator: "\n"))
      data.append(estimates.map { "\($0) \($1.probability * 100)" }.joined(separator: "\n"))
      data.append(
        curve.points.compactMap { point in
          point.dose.map { dose in
            let single = IncidenceCurve([point], studied: nil, fits: false).estimate(at: nil)
            return "\(dose) \(point.events / point.n * 100) \(single.low * 100) \(single.high * 100)"
          }
        }.joined(separator: "\n"))
    }
    return """
      set tmargin at screen \(top); set bmargin at screen \(bottom)
      set title 'Counts in patients after single \(report.assessment.drug.tallMan)'
      set xlabel 'Dose (\(curves.first?.unit ?? ""))'; set ylabel 'Incidence (%)'
      set xrange [\(low):\(high)]
      set xtics (\(Set(doses).sorted().map { "'\(report.number($0))' \($0)" }.joined(separator: ", ")))
      plot \(plots.joined(separator: ", "))
      \(data.map { $0 + "\ne" }.joined(separator: "\n"))
      """
  }

  private func modelled(_ exposure: ExposureRisk, top: Double, bottom: Double) -> String {
    let window = exposure.window
    let center = window.low ?? window.high ?? report.base(1)
    let (low, high) = (min(center, window.high ?? center) / 12, max(center, window.high ?? center) * 12)
    let grid = (0...Self.steps).map { low * pow(high / low, Double($0) / Double(Self.steps)) }
    let shares = grid.map { ($0, exposure.shares(at: $0)) }
    var plots: [String] = []
    var data: [String] = []
    func add(_ title: String, _ color: String, _ dash: Int, _ value: (ExposureRisk.Shares) -> Double?) {
      let points = shares.compactMap { dose, both in value(both).map { "\(report.shown(dose)) \($0 * 100)" } }
      guard !points.isEmpty else { return }
      plots.append("'-' using 1:2 with lines lw 3.5 dt \(dash) lc rgb '#\(color)' title '\(title)'")
      data.append(points.joined(separator: "\n"))
    }
    add("too little", Self.colors[0], 1) { $0.inadequate }
    add("too much", Self.colors[1], 2) { $0.toxic }
    var shade = ""
    if window.isOpen, let from = window.low, let to = window.high {
      shade =
        "set object 1 rectangle from first \(report.shown(from)), graph 0 to first \(report.shown(to)), graph 1 "
        + "fc rgb '#009E73' fs transparent solid 0.12 noborder behind"
    }
    return """
      set tmargin at screen \(top); set bmargin at screen \(bottom)
      set title '\(exposure.count) virtual patients: the window of doses'
      set xlabel 'Dose (\(report.unit))'; set ylabel 'Share of patients (%)'
      set xtics autofreq
      set xrange [\(report.shown(low)):\(report.shown(high))]; set yrange [0:100]; set key right center
      \(shade)
      plot \(plots.joined(separator: ", "))
      \(data.map { $0 + "\ne" }.joined(separator: "\n"))
      """
  }
}

extension RiskReport {
  /// Draws incidence and window against dose to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    let picture = try RiskPlot(report: self, kind: path.hasSuffix(".png") ? "png" : "svg").picture()
    do {
      let file = try AtomicFile(path: path, inputs: [])
      try file.write(picture.span)
      try file.commit()
    } catch {
      throw SimulationProblem(error)
    }
  }
}

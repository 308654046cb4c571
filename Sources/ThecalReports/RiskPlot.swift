import Glibc
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
public import ThecalStudy

/// Incidence against dose: fitted curves with their bands and the counts they come from; below, the shares of
/// virtual patients with too little and too much, and the window between. Where neither is on record, the shares of
/// the effects that were counted.
struct RiskPlot {
  let report: RiskReport
  /// `svg` or `png`.
  let kind: String

  private static let steps = 80

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] {
    guard !curves.isEmpty || report.assessment.exposure != nil || !shares.isEmpty else {
      throw SimulationProblem(
        message: "there is nothing to plot: of this drug no effect was counted, and no model is on record",
        exitCode: 65)
    }
    return try GnuplotRun.picture(script)
  }

  /// What was counted, with an interval, in the order of the report.
  private var shares: [(label: String, value: Double, low: Double, high: Double)] {
    report.assessment.entries.compactMap { entry in
      guard let value = entry.probability, let low = entry.low, let high = entry.high else { return nil }
      let counts = entry.events.flatMap { events in entry.n.map { ", \(events) of \($0)" } } ?? ""
      return ("\(entry.effect.replacingUnderscores)\(counts)", value, low, high)
    }
  }

  /// One line for each effect that was counted.
  private var listed: GnuplotScript {
    let rows = shares
    func place(_ index: Int) -> Double { Double(rows.count - index) }
    let ticks = rows.indices.map { index -> GnuplotScript in "\(quoted: rows[index].label) \(place(index))" }
    let largest = rows.map(\.high).max() ?? 1
    return """
      \(gnuplotTerminal(kind, width: 1_150, height: 46 * rows.count + 210, letters: (17, 15)))
      set border 1 lw 1.5; set tics nomirror
      set lmargin at screen 0.36; set rmargin at screen 0.96
      set title \(quoted: "Counted with intrathecal \(report.assessment.drug.tallMan), whatever the dose")
      set xlabel 'Share of patients (%), 95 % intervals'
      set xrange [0:\(min(100, largest * 105))]; set yrange [0.4:\(Double(rows.count) + 0.6)]
      set ytics (\(ticks, separator: ", ")) scale 0
      set grid xtics lc rgb '#DDDDDD'; unset key
      plot '-' using 1:2:3:4 with xerrorbars pt 7 ps 0.9 lw 2.5 lc rgb \(GnuplotColor.black) notitle
      \(GnuplotScript.data(rows.indices.map { index in
        [rows[index].value * 100, place(index), rows[index].low * 100, rows[index].high * 100]
      }))

      """
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

  var script: GnuplotScript {
    if curves.isEmpty && report.assessment.exposure == nil { return listed }
    let both = !curves.isEmpty && report.assessment.exposure != nil
    var parts: [GnuplotScript] = [
      gnuplotTerminal(kind, width: 1_150, height: both ? 1_100 : 620, letters: (20, 17)), "set multiplot",
      "set border 3 lw 1.5; set tics nomirror",
      "set logscale x; set yrange [0:*]; set grid ytics lc rgb '#DDDDDD'",
      "set lmargin at screen 0.11; set rmargin at screen 0.97; set key top left samplen 2",
    ]
    if !curves.isEmpty { parts.append(counted(top: 0.93, bottom: both ? 0.58 : 0.15)) }
    if let exposure = report.assessment.exposure {
      parts.append(modelled(exposure, top: both ? 0.45 : 0.93, bottom: both ? 0.08 : 0.15))
    }
    return "\(parts + ["unset multiplot", ""])"
  }

  private func counted(top: Double, bottom: Double) -> GnuplotScript {
    let doses = curves.flatMap { entry in (entry.curve?.points ?? []).compactMap(\.dose) }
    let own = report.isSingle ? report.shown(report.baseDose) : nil
    let low = ([own].compactMap(\.self) + doses).min().map { $0 / 1.5 } ?? 0.1
    let high = ([own].compactMap(\.self) + doses).max().map { $0 * 1.5 } ?? 1
    let grid = (0...Self.steps).map { low * pow(high / low, Double($0) / Double(Self.steps)) }
    var (plots, data): ([GnuplotScript], [GnuplotScript]) = ([], [])
    for (index, entry) in curves.enumerated() {
      guard let curve = entry.curve else { continue }
      let color = GnuplotColor(index)
      plots += [
        "'-' using 1:2:3 with filledcurves fs transparent solid 0.15 noborder lc rgb \(color) notitle",
        "'-' using 1:2 with lines lw 3.5 dt \(index % 3 + 1) lc rgb \(color) title \(quoted: title(entry))",
        "'-' using 1:2:3:4 with yerrorbars pt 7 ps 1.2 lw 2 lc rgb \(color) notitle",
      ]
      let estimates = grid.map { ($0, curve.estimate(at: $0)) }
      data += [
        GnuplotScript.data(estimates.map { [$0, $1.low * 100, $1.high * 100] }),
        GnuplotScript.data(estimates.map { [$0, $1.probability * 100] }),
        GnuplotScript.data(curve.points.compactMap(bar)),
      ]
    }
    let ticks = Set(doses).sorted().map { dose -> GnuplotScript in "\(quoted: dose.clinical()) \(dose)" }
    return """
      set tmargin at screen \(top); set bmargin at screen \(bottom)
      set title \(quoted: "Counts in patients after single \(report.assessment.drug.tallMan)")
      set xlabel \(quoted: "Dose (\(curves.first?.unit ?? ""))"); set ylabel 'Incidence (%)'
      set xrange [\(low):\(high)]
      set xtics (\(ticks, separator: ", "))
      plot \(plots, separator: ", ")
      \(data)
      """
  }

  /// What was counted at one dose, with the interval of that count alone.
  private func bar(_ point: IncidenceCurve.Point) -> [Double]? {
    guard let dose = point.dose else { return nil }
    let single = IncidenceCurve([point], studied: nil, fits: false).estimate(at: nil)
    return [dose, point.events / point.n * 100, single.low * 100, single.high * 100]
  }

  /// What was counted of an effect given this way, where the counts stand, with the intervals that the gate holds a model against.
  private func counts(_ effect: String) -> [[Double]] {
    let request = report.assessment.request
    return Formulary.embedded.incidence(of: effect, drug: report.assessment.drug.id).compactMap { row in
      guard row.regimen.isOf(request.dose), row.severity == .any, row.route == "intrathecal",
        row.tolerance.map({ $0 == .mixed || request.tolerance.states.contains($0) }) ?? true,
        let events = row.events, let n = row.n, let dose = row.baseDose, let interval = row.interval
      else { return nil }
      return [
        report.shown(dose), 100 * Double(events) / Double(n), 100 * interval.lowerBound,
        100 * interval.upperBound,
      ]
    }
  }

  private func modelled(_ exposure: ExposureRisk, top: Double, bottom: Double) -> GnuplotScript {
    let window = exposure.window
    let center = window.low ?? window.high ?? report.base(1)
    let (few, much) = (counts("inadequate_relief"), counts("respiratory_depression"))
    let doses =
      [center, window.high, report.baseDose].compactMap(\.self) + (few + much).map { report.base($0[0]) }
    let (low, high) = ((doses.min() ?? center) / 3, (doses.max() ?? center) * 3)
    let grid = (0...Self.steps).map { low * pow(high / low, Double($0) / Double(Self.steps)) }
    let shares = grid.map { ($0, exposure.shares(at: $0)) }
    var (plots, data): ([GnuplotScript], [GnuplotScript]) = ([], [])
    func add(
      _ title: GnuplotScript, _ color: GnuplotColor, _ dash: Int, _ value: (ExposureRisk.Shares) -> Double?
    ) {
      let points = shares.compactMap { dose, both in value(both).map { [report.shown(dose), $0 * 100] } }
      guard !points.isEmpty else { return }
      plots.append("'-' using 1:2 with lines lw 3.5 dt \(dash) lc rgb \(color) title '\(title)'")
      data.append(GnuplotScript.data(points))
    }
    add("too little", .blue, 1) { $0.inadequate }
    add("too much", .vermilion, 2) { $0.toxic }
    for (points, color) in [(few, GnuplotColor.blue), (much, .vermilion)] where !points.isEmpty {
      plots.append("'-' using 1:2:3:4 with yerrorbars pt 7 ps 1.2 lw 2 lc rgb \(color) notitle")
      data.append(GnuplotScript.data(points))
    }
    var shade: GnuplotScript = ""
    if window.isOpen, let from = window.low, let to = window.high {
      shade = """
        set object 1 rectangle from first \(report.shown(from)), graph 0 to first \(report.shown(to)), graph 1 \
        fc rgb \(GnuplotColor.green) fs transparent solid 0.12 noborder behind
        """
    }
    return """
      set tmargin at screen \(top); set bmargin at screen \(bottom)
      set title '\(exposure.count) virtual patients: the window of doses'
      set xlabel \(quoted: "Dose (\(report.unit))"); set ylabel 'Share of patients (%)'
      set xtics autofreq
      set xrange [\(report.shown(low)):\(report.shown(high))]; set yrange [0:100]; set key right center
      \(shade)
      plot \(plots, separator: ", ")
      \(data)
      """
  }
}

extension RiskReport {
  /// Draws incidence and window against dose to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    try writeWhole(try picture(pictureKind(of: path)), to: path)
  }

  /// Incidence and window against dose, as `svg` or `png`.
  public func picture(_ kind: String) throws(SimulationProblem) -> [UInt8] {
    try RiskPlot(report: self, kind: kind).picture()
  }
}

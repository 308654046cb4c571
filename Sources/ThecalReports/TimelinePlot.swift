import ThecalPlan
import ThecalTransport
import ThecalStudy

/// The picture of a timeline: what is given above, levels in CSF in the middle, levels in plasma below, on one axis.
struct TimelinePlot {
  let timeline: Timeline
  /// `svg` or `png`.
  let kind: String

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script) }

  /// A curve with its title.
  private typealias Curve = (title: String, values: [Double?])

  /// Hours in a day.
  private static let day = 24.0

  var script: GnuplotScript {
    let csf = zip(timeline.levels.siteNames, timeline.levels.concentrations_ng_per_mL).filter {
      $0.0 != "plasma"
    }
    let own = zip(timeline.levels.siteNames, timeline.levels.concentrations_ng_per_mL).filter {
      $0.0 == "plasma"
    }
    let others = timeline.plasma.map { ($0.drug, $0.levels_ng_per_mL) }
    let given: [Curve] = [
      ("oral morphine eq.", timeline.oralMorphine_mg_per_day),
      ("intrathecal", timeline.intrathecal_mg_per_day.map(Optional.init)),
    ]
    return """
      \(gnuplotTerminal(kind, width: 1_200, height: 1_300, letters: (22, 18)))
      set multiplot
      set border lw 1.5
      set xrange [0:\((timeline.times_h.last ?? 1) / Self.day)]
      set lmargin at screen 0.13; set rmargin at screen 0.72
      set grid ytics lc rgb '#DDDDDD'
      set key outside right top samplen 1.6
      set logscale y
      \(panel(given, top: 0.96, bottom: 0.72, title: "Given (mg/day)", style: "steps"))
      unset logscale y
      set yrange [0:*]
      \(panel(csf.map { ($0.0, $0.1.map(Optional.init)) }, top: 0.65, bottom: 0.41, title: "CSF (ng/mL)", style: "lines"))
      set xlabel 'Time (days)'
      \(panel(
        (own.map { (timeline.drug, $0.1) } + others).map { ($0.0, $0.1.map(Optional.init)) }, top: 0.34, bottom: 0.1,
        title: "Plasma (ng/mL)", style: "lines"))
      unset multiplot

      """
  }

  private func panel(
    _ curves: [Curve], top: Double, bottom: Double, title: String, style: StaticString
  ) -> GnuplotScript {
    let shown = curves.filter { !$0.values.isEmpty && $0.values.contains { ($0 ?? 0) > 0 } }
    guard !shown.isEmpty else { return "" }
    let plots = shown.enumerated().map { index, curve -> GnuplotScript in
      """
      '-' using 1:2 with \(GnuplotScript(stringLiteral: style)) lw 3.5 dt \(index % 3 + 1) \
      lc rgb \(GnuplotColor(index)) title \(quoted: curve.title)
      """
    }
    let data = shown.map { curve in
      GnuplotScript.data(
        zip(timeline.times_h, curve.values).compactMap { time, value in value.map { [time / Self.day, $0] } })
    }
    return """
      set tmargin at screen \(top); set bmargin at screen \(bottom)
      set ylabel \(quoted: title)
      plot \(plots, separator: ", ")
      \(data)
      """
  }
}

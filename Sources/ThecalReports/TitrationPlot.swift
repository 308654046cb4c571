import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalTitration
public import ThecalStudy

/// The titration curve: dose, level, effect and risk over days, one below the other on one time axis.
struct TitrationPlot {
  let report: TitrationReport
  /// `svg` or `png`.
  let kind: String

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] {
    guard !report.plan.days.isEmpty else {
      throw SimulationProblem(message: "there is nothing to plot: the plan is refused", exitCode: 65)
    }
    return try GnuplotRun.picture(script)
  }

  /// A panel: its title, its color, and a value per day.
  private struct Panel {
    let title: String
    let color: GnuplotColor
    let style: GnuplotScript
    let values: [(Int, Double)]
    /// The same of a slower protocol; empty without one.
    var beside: [(Int, Double)] = []
  }

  private var panels: [Panel] {
    let days = report.plan.days
    let isSpastic = report.plan.drug.kind == .antispastic
    let all = [
      Panel(
        title: "Dose (\(report.plan.unit.daily))", color: .blue, style: "steps",
        values: days.map { ($0.day, report.number($0.dose).double) },
        beside: (report.plan.slow?.days.prefix(days.count) ?? []).map {
          ($0.day, report.number($0.dose).double)
        }),
      Panel(
        title: "CSF level (ng/mL)", color: .green, style: "lines", values: days.map { ($0.day, $0.level) }),
      Panel(
        title: isSpastic ? "Ashworth score" : "Relief (%)", color: .purple, style: "lines",
        values: days.compactMap { day in day.effect.map { (day.day, isSpastic ? $0 : $0 * 100) } }),
      Panel(
        title: "Toxic in (% of patients)", color: .vermilion, style: "lines",
        values: days.compactMap { day in day.risk.map { (day.day, $0 * 100) } }),
    ]
    return all.filter { !$0.values.isEmpty }
  }

  /// The course, and beside it that of a slower protocol, each named where there are two.
  private func curves(_ panel: Panel) -> [GnuplotScript] {
    let isAlone = panel.beside.isEmpty
    let own: GnuplotScript = isAlone ? "notitle" : "title 'label'"
    let usual: GnuplotScript = "'-' using 1:2 with \(panel.style) lw 3.5 lc rgb \(panel.color) \(own)"
    return isAlone
      ? [usual]
      : [
        usual,
        "'-' using 1:2 with \(panel.style) lw 3.5 dt 2 lc rgb \(GnuplotColor.orange) title 'slower protocol'",
      ]
  }

  var script: GnuplotScript {
    let panels = panels
    let height = 0.86 / Double(panels.count)
    let last = report.plan.days.last?.day ?? 1
    let first = report.plan.days.first?.day ?? 1
    let plots = panels.enumerated().map { index, panel -> GnuplotScript in
      let top = 0.94 - Double(index) * height
      let isLast = index == panels.count - 1
      return """
        set tmargin at screen \(top - 0.015); set bmargin at screen \(top - height + 0.015)
        set ylabel \(quoted: panel.title) offset 1
        set xlabel '\(isLast ? "Day" : "")'
        set format x '\(isLast ? "%g" : "")'
        set title \(quoted: index == 0 ? report.title : "")
        plot \(curves(panel), separator: ", ")
        \([panel.values, panel.beside].filter { !$0.isEmpty }.map { GnuplotScript.data($0.map { [Double($0.0), $0.1] }) })
        """
    }
    return """
      \(gnuplotTerminal(kind, width: 1_100, height: 280 * panels.count + 120, letters: (20, 17)))
      set multiplot
      set border 3 lw 1.5; set tics nomirror; set key center right samplen 2
      set xrange [\(first - (last > first ? 0 : 1)):\(max(last, first + 1))]; set yrange [0:*]
      set lmargin at screen 0.13; set rmargin at screen 0.96
      set grid ytics lc rgb '#DDDDDD'
      \(plots)
      unset multiplot

      """
  }
}

extension TitrationReport {
  /// Draws the titration curve to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    try writeWhole(try picture(pictureKind(of: path)), to: path, inputs: [self.path])
  }

  /// The titration curve, as `svg` or `png`.
  public func picture(_ kind: String) throws(SimulationProblem) -> [UInt8] {
    try TitrationPlot(report: self, kind: kind).picture()
  }
}

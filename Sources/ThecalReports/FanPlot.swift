import ThecalQuantities
import ThecalSweep

/// The picture of the spread of a sweep: for each site the middle half and nine tenths of the samples around the median,
/// doses along the upper edge, and measured levels where there are some.
struct FanPlot {
  let report: FanReport
  /// `svg` or `png`.
  let kind: String

  /// Sites beyond these would be too small to be read.
  private static let most = 6

  private var fan: SweepFan { report.fan }
  private var end: Double { fan.times_h.last ?? 1 }
  private var isLong: Bool { end > 96 }
  /// Hours per unit of the time axis.
  private var unit: Double { isLong ? 24 : 1 }

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script) }

  private var script: GnuplotScript {
    let sites = fan.siteNames.indices.prefix(Self.most)
    let columns = sites.count > 2 ? 2 : 1
    let rows = (sites.count + columns - 1) / columns
    let seen = (report.points?.points ?? []).filter { !$0.isBelowLimit }.map { [$0.level] }
    let axis = LevelAxis(sites.flatMap { site in [0, 2, 4].map { fan.levels_ng_per_mL[site][$0] } } + seen)
    let layout = Layout(columns: columns, rows: rows)
    let panels = sites.map { panel($0, layout, row: $0 / columns, column: $0 % columns, axis) }
    return """
      \(gnuplotTerminal(kind, width: layout.width, height: layout.height, letters: (20, 17)))
      set multiplot
      set border lw 1.5; set grid ytics lc rgb '#DDDDDD'
      set xrange [0:\(end / unit)]
      \(DoseMarks.axis)
      \(axis.script)
      \(panels)
      unset multiplot

      """
  }

  /// Where panels lie, in pixels: a strip for the title above, and one for the key below.
  private struct Layout {
    let columns: Int, rows: Int

    private static let (panel, above, below) = (400, 60, 100)

    var width: Int { columns == 1 ? 900 : 660 * columns }
    var height: Int { Self.panel * rows + Self.above + Self.below }

    func left(_ column: Int) -> Double { Double(width / columns * column + 125) / Double(width) }
    func right(_ column: Int) -> Double { Double(width / columns * (column + 1) - 35) / Double(width) }
    func top(_ row: Int) -> Double { 1 - Double(Self.above + Self.panel * row) / Double(height) }
    func bottom(_ row: Int) -> Double { top(row) - Double(Self.panel - 85) / Double(height) }
  }

  private func panel(_ site: Int, _ layout: Layout, row: Int, column: Int, _ axis: LevelAxis) -> GnuplotScript
  {
    let bands = fan.levels_ng_per_mL[site]
    func points(_ columns: [Int]) -> [[Double]] {
      fan.times_h.indices.map { t in [fan.times_h[t] / unit] + columns.map { axis.shown(bands[$0][t]) } }
    }
    let hasKey = site == fan.siteNames.indices.first
    let marks = DoseMarks(fan.schedule, until: end, unit: unit)
    var plots: [GnuplotScript] = [
      "'-' using 1:2:3 with filledcurves fs solid 0.25 noborder lc rgb \(GnuplotColor.sky) title '5 to 95 %'",
      "'-' using 1:2:3 with filledcurves fs solid 0.55 noborder lc rgb \(GnuplotColor.blue) title '25 to 75 %'",
      "'-' using 1:2 with lines lw 3.5 lc rgb \(GnuplotColor.black) title 'median'",
    ]
    var data = [
      GnuplotScript.data(points([0, 4])), GnuplotScript.data(points([1, 3])), GnuplotScript.data(points([2])),
    ]
    for isBelow in [false, true] {
      let points = (report.points?.points ?? []).filter { $0.isBelowLimit == isBelow }
      let seen = points.filter { $0.site == site }.map { [$0.time_h / unit, axis.shown($0.level)] }
      // The key stands with the first panel, also for what only others show.
      guard !seen.isEmpty || hasKey && !points.isEmpty else { continue }
      plots.append(
        """
        '-' using 1:2 with points pt \(isBelow ? 6 : 7) ps 1.5 lw 2 lc rgb \(GnuplotColor.vermilion) \
        title '\(isBelow ? "below the limit" : "measured")'
        """)
      data.append(GnuplotScript.data(seen.isEmpty ? [[.nan, .nan]] : seen))
    }
    let groups = report.observed[site].groups
    if !groups.isEmpty || hasKey && report.observed.contains(where: { !$0.groups.isEmpty }) {
      plots.append(
        "'-' using 1:2 with linespoints pt 2 lw 3 lc rgb \(GnuplotColor.vermilion) title 'median of measured'"
      )
      plots.append(
        "'-' using 1:2 with lines lw 3 dt 2 lc rgb \(GnuplotColor.vermilion) title '5 and 95 % of measured'")
      func line(_ k: Int) -> [[Double]] {
        let line = groups.map { [$0.time_h / unit, $0.levels_ng_per_mL[k].map(axis.shown) ?? .nan] }
        return line.isEmpty ? [[.nan, .nan]] : line
      }
      data += [GnuplotScript.data(line(1)), GnuplotScript.data(blocks: [line(0), line(2)])]
    }
    return """
      set lmargin at screen \(layout.left(column)); set rmargin at screen \(layout.right(column))
      set tmargin at screen \(layout.top(row)); set bmargin at screen \(layout.bottom(row))
      set title \(quoted: title(site)) offset 0,-0.4
      set ylabel '\(column == 0 ? "Concentration (ng/mL)" : "")'
      set xlabel '\(row == layout.rows - 1 ? (isLong ? "Time (days)" : "Time (h)") : "")'
      \(hasKey ? "set key at screen 0.5, screen 0.01 center bottom horizontal samplen 1.6 width 2" : "unset key")
      plot \(plots + marks.plots, separator: ", ")
      \(data + marks.data)
      """
  }

  private func title(_ site: Int) -> String {
    let name = fan.siteNames[site]
    let samples =
      fan.failed == 0 ? "\(fan.samples) samples" : "\(fan.samples - fan.failed) of \(fan.samples) samples"
    return site == 0 ? "\(fan.drug), catheter to \(fan.tip): \(name), \(samples)" : name
  }
}

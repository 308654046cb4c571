import ThecalQuantities
import ThecalSweep
import ThecalStudy

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

  var script: GnuplotScript {
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
      \(key(layout))
      unset multiplot

      """
  }

  /// Where panels lie, in pixels: a strip for the title above, and one for the key below.
  private struct Layout {
    let columns: Int, rows: Int

    private static let (panel, above, below) = (400, 60, 100)

    var width: Int { columns == 1 ? 900 : 660 * columns }
    var height: Int { Self.panel * rows + Self.above + Self.below }

    /// The upper end of the strip for the key, as a share of the height.
    var key: Double { Double(Self.below - 20) / Double(height) }

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
    let marks = DoseMarks(fan.schedule, until: end, unit: unit)
    let layers = layers(site, axis, points)
    return """
      set lmargin at screen \(layout.left(column)); set rmargin at screen \(layout.right(column))
      set tmargin at screen \(layout.top(row)); set bmargin at screen \(layout.bottom(row))
      set title \(quoted: title(site)) offset 0,-0.4
      set ylabel '\(column == 0 ? "Concentration (ng/mL)" : "")'
      set xlabel '\(row == layout.rows - 1 ? (isLong ? "Time (days)" : "Time (h)") : "")'
      unset key
      plot \(layers.map(\.plot) + marks.plots, separator: ", ")
      \(layers.map(\.data) + marks.data)
      """
  }

  /// A plot with its data.
  private typealias Layer = (plot: GnuplotScript, data: GnuplotScript)

  /// What lies on each other in the panel of a site; `points` gives columns of the fan over time.
  private func layers(_ site: Int, _ axis: LevelAxis, _ points: ([Int]) -> [[Double]]) -> [Layer] {
    var layers: [Layer] = [
      (Self.nineTenths, .data(points([0, 4]))), (Self.half, .data(points([1, 3]))),
      (Self.median, .data(points([2]))),
    ]
    for isBelow in [false, true] {
      let seen = observed(isBelow).filter { $0.site == site }
      guard !seen.isEmpty else { continue }
      layers.append((Self.measured(isBelow), .data(seen.map { [$0.time_h / unit, axis.shown($0.level)] })))
    }
    let groups = report.observed[site].groups
    if !groups.isEmpty {
      func line(_ k: Int) -> [[Double]] {
        groups.map { [$0.time_h / unit, $0.levels_ng_per_mL[k].map(axis.shown) ?? .nan] }
      }
      layers += [(Self.middle, .data(line(1))), (Self.ends, .data(blocks: [line(0), line(2)]))]
    }
    return layers
  }

  private func observed(_ isBelow: Bool) -> [ObservedLevels.Point] {
    (report.points?.points ?? []).filter { $0.isBelowLimit == isBelow }
  }

  private static let nineTenths: GnuplotScript =
    "'-' using 1:2:3 with filledcurves fs solid 0.25 noborder lc rgb \(GnuplotColor.sky) title '5 to 95 %'"
  private static let half: GnuplotScript =
    "'-' using 1:2:3 with filledcurves fs solid 0.55 noborder lc rgb \(GnuplotColor.blue) title '25 to 75 %'"
  private static let median: GnuplotScript =
    "'-' using 1:2 with lines lw 3.5 lc rgb \(GnuplotColor.black) title 'median'"
  private static let middle: GnuplotScript =
    "'-' using 1:2 with lines lw 3 lc rgb \(GnuplotColor.vermilion) title 'measured, 50 %'"
  private static let ends: GnuplotScript =
    "'-' using 1:2 with lines lw 3 dt 2 lc rgb \(GnuplotColor.vermilion) title 'measured, 5 and 95 %'"

  private static func measured(_ isBelow: Bool) -> GnuplotScript {
    """
    '-' using 1:2 with points pt \(isBelow ? 6 : 7) ps 1.5 lw 2 lc rgb \(GnuplotColor.vermilion) \
    title '\(isBelow ? "below the limit" : "measured")'
    """
  }

  /// The key along the lower edge: everything that any panel shows, each with a point that lies outside.
  private func key(_ layout: Layout) -> GnuplotScript {
    var plots = [Self.nineTenths, Self.half, Self.median]
    for isBelow in [false, true] where !observed(isBelow).isEmpty { plots.append(Self.measured(isBelow)) }
    if report.observed.contains(where: { !$0.groups.isEmpty }) { plots += [Self.middle, Self.ends] }
    plots += DoseMarks(fan.schedule, until: end, unit: unit).plots
    let outside = plots.map { _ in GnuplotScript.data([[-1, 0.5, 0.5]]) }
    return """
      set lmargin at screen 0.01; set rmargin at screen 0.99
      set tmargin at screen \(layout.key); set bmargin at screen 0
      unset title; unset xlabel; unset ylabel; unset border; unset xtics; unset ytics; unset grid
      unset logscale y; set xrange [0:1]; set yrange [0:1]
      set key center center horizontal samplen 1.8 width 1
      plot \(plots, separator: ", ")
      \(outside)
      """
  }

  private func title(_ site: Int) -> String {
    let name = fan.siteNames[site]
    let samples =
      fan.failed == 0 ? "\(fan.samples) samples" : "\(fan.samples - fan.failed) of \(fan.samples) samples"
    return site == 0 ? "\(fan.drug), catheter to \(fan.tip): \(name), \(samples)" : name
  }
}

import Glibc
import ThecalEstimation
import ThecalStudy
import ThecalTransport

/// The picture of a fit: above, measurements and fitted levels over time, on a logarithmic axis; below, each measurement
/// against its prediction. A measurement below its limit is an open triangle at the limit.
struct FitPlot {
  let job: FitJob
  /// `svg` or `png`.
  let kind: String

  /// Courses that a picture can show apart.
  private static let mostCourses = 14

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script) }

  private var points: [Estimation.FittedPoint] { job.estimation.points }

  var script: GnuplotScript {
    """
    \(gnuplotTerminal(kind, width: 1_200, height: 1_250, letters: (22, 18)))
    set multiplot
    set border 3 lw 1.5; set tics nomirror
    set logscale y; set format y '10^{%T}'; set grid ytics lc rgb '#DDDDDD'
    set lmargin at screen 0.14; set rmargin at screen 0.80
    \(levels)
    \(agreement)
    unset multiplot

    """
  }

  private var levels: GnuplotScript {
    let courses = Array(job.estimation.courses.prefix(Self.mostCourses))
    var (plots, data): ([GnuplotScript], [GnuplotScript]) = ([], [])
    for (index, course) in courses.enumerated() {
      let color = GnuplotColor(index)
      let name = course.subject.isEmpty ? course.site : "\(course.subject) \(course.site)"
      plots.append(
        "'-' using 1:2 with lines lw 3 dt \(index % 3 + 1) lc rgb \(color) title \(quoted: name)")
      let floor = least / 10
      data.append(
        .data(zip(course.times_h, course.levels_ng_per_mL).filter { $0.1 > floor }.map { [$0.0, $0.1] }))
      for isBelow in [false, true] {
        let own = points.filter {
          $0.subject == course.subject && $0.point.site.columnName == course.site
            && $0.point.isBelow == isBelow
        }
        guard !own.isEmpty else { continue }
        plots.append("'-' using 1:2 with points pt \(isBelow ? 10 : 7) ps 1.3 lw 2 lc rgb \(color) notitle")
        data.append(.data(own.map { [$0.point.time_h, $0.point.value_ng_per_mL] }))
      }
    }
    return """
      set tmargin at screen 0.94; set bmargin at screen 0.56
      set title \(quoted: "Fit of \(job.estimation.drug)")
      set xlabel 'Time (h)'; set ylabel 'Concentration (ng/mL)'
      set key outside right top samplen 1.6
      plot \(plots, separator: ", ")
      \(data)
      """
  }

  /// The least measurement, ng/mL.
  private var least: Double { points.map(\.point.value_ng_per_mL).min() ?? 1 }

  private var agreement: GnuplotScript {
    let values = points.flatMap { [$0.point.value_ng_per_mL, $0.prediction_ng_per_mL] }.filter { $0 > 0 }
    let (low, high) = ((values.min() ?? 1) / 1.5, (values.max() ?? 1) * 1.5)
    let groups = [false, true].map { isBelow in points.filter { $0.point.isBelow == isBelow } }
    var plots: [GnuplotScript] = ["'-' using 1:2 with lines lw 2 dt 2 lc rgb '#888888' notitle"]
    var data: [GnuplotScript] = [.data([[low, low], [high, high]])]
    for (group, color) in zip(groups, [GnuplotColor.blue, .vermilion]) where !group.isEmpty {
      let isBelow = color == .vermilion
      plots.append(
        "'-' using 1:2 with points pt \(isBelow ? 10 : 7) ps 1.3 lw 2 lc rgb \(color) title \(quoted: isBelow ? "below limit" : "measured")"
      )
      data.append(.data(group.map { [$0.prediction_ng_per_mL, $0.point.value_ng_per_mL] }))
    }
    return """
      set tmargin at screen 0.45; set bmargin at screen 0.09
      set logscale x; set format x '10^{%T}'
      set title ''
      set xlabel 'Predicted (ng/mL)'; set ylabel 'Measured (ng/mL)'
      set xrange [\(low):\(high)]; set yrange [\(low):\(high)]
      plot \(plots, separator: ", ")
      \(data)
      """
  }
}

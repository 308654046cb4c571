import ThecalFormulary
import ThecalQuantities
public import ThecalStudy
import ThecalTitration

/// The picture of a diary: above, pain by the hour of the day with its interval; below, by day with the trend.
struct DiaryPlot {
  let diary: DiarySummary
  /// `svg` or `png`.
  let kind: String

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script) }

  var script: GnuplotScript {
    """
    \(gnuplotTerminal(kind, width: 1_200, height: 1_100, letters: (22, 18)))
    set multiplot
    set border lw 1.5
    set lmargin at screen 0.12; set rmargin at screen 0.95
    set grid ytics lc rgb '#DDDDDD'; set yrange [0:10]; set ylabel 'Pain (0 to 10)'
    \(diary.rhythm.hours.isEmpty ? "" : hours)
    \(days)
    unset multiplot

    """
  }

  private var hours: GnuplotScript {
    let rows = diary.rhythm.hours.map { hour in
      let pain = hour.pain.within(DiaryScale.pain.range)
      return [Double(hour.hour) + 0.5, pain.value, pain.low ?? pain.value, pain.high ?? pain.value]
    }
    return """
      set tmargin at screen 0.93; set bmargin at screen 0.6
      set title \(quoted: "Pain by hour of the day, mean with \(diary.rules.confidence.value) % interval")
      set xrange [0:24]; set xtics 0,3,24; set xlabel 'Clock (h)'; unset key
      plot '-' using 1:2:3:4 with yerrorbars pt 7 ps 1 lw 3 lc rgb \(GnuplotColor.blue)
      \(GnuplotScript.data(rows))
      """
  }

  private var days: GnuplotScript {
    let series = diary.mainSeries
    let first = diary.diary.firstDay.dayNumber
    let points = zip(series.days, series.values).map { [Double($0 - first + 1), $1] }
    let isPain = diary.mainName == "pain"
    var plots: [GnuplotScript] = [
      "'-' using 1:2 with points pt 7 ps 0.9 lc rgb \(GnuplotColor.blue) title 'daily mean'"
    ]
    var data = [GnuplotScript.data(points)]
    if let line = series.line, diary.trend(series) != nil {
      plots.append("'-' using 1:2 with lines lw 3.5 dt 2 lc rgb \(GnuplotColor.vermilion) title 'trend'")
      let ends = [Double(series.days.first ?? first), Double(series.days.last ?? first)].map { day in
        [day - Double(first) + 1, min(10, max(0, line.level + line.slope * (day - line.middle)))]
      }
      data.append(GnuplotScript.data(ends))
    }
    return """
      set tmargin at screen 0.46; set bmargin at screen 0.11
      set title '\(isPain ? "Pain" : "Ashworth score") by day'
      set xrange [0:\(diary.diary.span + 1)]; set xtics autofreq; set yrange [0:\(isPain ? 10 : 4)]
      set ylabel '\(isPain ? "Pain (0 to 10)" : "Ashworth (0 to 4)")'
      set xlabel 'Day of the diary'; set key inside bottom left samplen 1.6
      plot \(plots, separator: ", ")
      \(data)
      """
  }
}

extension DiarySummary {
  /// Draws the diary to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    let picture = try DiaryPlot(diary: self, kind: pictureKind(of: path)).picture()
    try writeWhole(picture, to: path, inputs: [self.path])
  }
}

import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTabular
public import ThecalStudy

/// Counts beside what a model or a curve says of them: one line for each count, observed above, predicted below.
struct CountsPlot {
  /// A share with the ends of its interval.
  struct Bar {
    let value: Double, low: Double, high: Double
  }

  /// One count.
  struct Row {
    let label: String
    let observed: Bar
    let predicted: Bar
  }

  /// The name of the file, without its ending.
  let name: String
  let title: String
  let rows: [Row]

  /// Every comparison: models of exposure, and curves through counts.
  static func all(_ comparison: CountComparison) -> [CountsPlot] {
    comparison.models.map(CountsPlot.init) + comparison.fits.map(CountsPlot.init)
  }

  private init(_ model: ModelComparison) {
    name = "\(model.drug)-\(model.effect)-model".map { $0 == "_" ? "-" : String($0) }.joined()
    let effect = Self.words[model.effect] ?? model.effect.replacingUnderscores
    title = "\(model.drug), \(effect): model and counts"
    rows = model.lines.map { line in
      Row(
        label: Self.label(line.row.citation.source, line.row.dose, line.row.events ?? 0, line.row.n ?? 0),
        observed: Self.observed(line.row.events ?? 0, line.row.n ?? 1, line.row.interval),
        predicted: Bar(value: line.expected, low: line.low, high: line.high))
    }
  }

  private init(_ fit: RiskFit) {
    name = "\(fit.drug)-\(fit.effect)-curve".map { $0 == "_" ? "-" : String($0) }.joined()
    title = "\(fit.drug), \(fit.effect.replacingUnderscores): curve and counts"
    rows = fit.lines.map { line in
      let (events, n) = (Int(line.point.events), Int(line.point.n))
      let dose = line.point.dose.map {
        "\(ClinicalText.number(ExactNumber($0).rounded(toSignificantDigits: 3))) \(fit.unit)"
      }
      return Row(
        label: "\(line.point.source), \(dose ?? "any dose"), \(events) of \(n)",
        observed: Self.observed(events, n, IncidenceCount.interval(of: events, n: n)),
        predicted: Bar(
          value: line.estimate.probability, low: line.estimate.low, high: line.estimate.high))
    }
  }

  /// What an effect of a model means in words.
  private static let words = [
    "relief": "too little relief", "ashworth": "too little fall of the Ashworth score",
    "respiratory_depression": "respiratory depression",
  ]

  private static func label(_ source: String, _ dose: IncidenceCount.Dose?, _ events: Int, _ n: Int) -> String
  {
    let amount = dose.flatMap { dose in
      dose.standing.map { "\(ClinicalText.number($0)) \(dose.unit)" }
    }
    return "\(source), \(amount ?? "dose found by effect"), \(events) of \(n)"
  }

  private static func observed(_ events: Int, _ n: Int, _ interval: ClosedRange<Double>?) -> Bar {
    let share = Double(events) / Double(n)
    return Bar(value: share, low: interval?.lowerBound ?? share, high: interval?.upperBound ?? share)
  }

  /// The commands for a picture, as SVG.
  var script: GnuplotScript {
    let count = rows.count
    func place(_ index: Int) -> Double { Double(count - index) }
    let ticks = rows.indices.map { index -> GnuplotScript in "\(quoted: rows[index].label) \(place(index))" }
    func data(_ bar: (Row) -> Bar, _ shift: Double) -> GnuplotScript {
      GnuplotScript.data(
        rows.indices.map { index in
          let own = bar(rows[index])
          return [own.value * 100, place(index) + shift, own.low * 100, own.high * 100]
        })
    }
    let largest = rows.map { max($0.observed.high, $0.predicted.high) }.max() ?? 1
    return """
      \(gnuplotTerminal("svg", width: 1_150, height: 46 * count + 210, letters: (17, 15)))
      set border 1 lw 1.5; set tics nomirror
      set lmargin at screen 0.40; set rmargin at screen 0.96
      set title \(quoted: title)
      set xlabel 'Share of patients (%), 95 % intervals'
      set xrange [0:\(min(100, largest * 105))]; set yrange [0.4:\(Double(count) + 1.9)]
      set ytics (\(ticks, separator: ", ")) scale 0
      set grid xtics lc rgb '#DDDDDD'; set key top right horizontal samplen 1.5
      plot '-' using 1:2:3:4 with xerrorbars pt 7 ps 0.9 lw 2.5 lc rgb \(GnuplotColor.black) title 'counted', \
      '-' using 1:2:3:4 with xerrorbars pt 5 ps 0.8 lw 2.5 lc rgb \(GnuplotColor.vermilion) title 'predicted'
      \(data(\.observed, 0.14))
      \(data(\.predicted, -0.14))

      """
  }

  /// What a stored picture says at its end, so that it can be told whether it is of today's data.
  var mark: String { "<!-- drawn from \(SHA256Hasher.digest(of: Array(script.text.utf8))) -->" }
}

/// The pictures of models and curves beside their counts.
public struct CountsPlots: Sendable {
  private let comparison: CountComparison

  /// The pictures of `comparison`.
  public init(_ comparison: CountComparison) { self.comparison = comparison }

  /// Draws them all into `folder`, each complete or not at all, and gives their names.
  public func write(to folder: String) throws(SimulationProblem) -> [String] {
    var names: [String] = []
    for plot in CountsPlot.all(comparison) {
      let picture = try GnuplotRun.picture(plot.script)
      try writeWhole(picture + Array("\(plot.mark)\n".utf8), to: "\(folder)/\(plot.name).svg")
      names.append("\(plot.name).svg")
    }
    return names
  }
}

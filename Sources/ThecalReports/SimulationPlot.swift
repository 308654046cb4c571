public import ThecalStudy
import ThecalTransport

/// The picture of a simulation: above, the concentration over time at each site; below, over the whole canal.
///
/// Colors are those of Okabe and Ito, and cividis for the map: both can be told apart with any color vision.
/// Lines differ in their dashes too. Letters are large enough to be read at half the size.
struct SimulationPlot {
  let course: CanalCourse
  /// `svg` or `png`.
  let kind: String

  /// At most this many columns of the map in time.
  private static let columns = 300

  /// The scale of a picture without any drug, ng/mL.
  private static let leastPeak = 1e-9

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script()) }

  private var job: SimulationJob { course.job }
  private var isLong: Bool { (job.result.times_h.last ?? 0) > 96 }
  /// Hours per unit of the time axis.
  private var unit: Double { isLong ? 24 : 1 }

  func script() throws(SimulationProblem) -> GnuplotScript {
    """
    \(gnuplotTerminal(kind, width: 1_200, height: 1_100, letters: (22, 18)))
    set multiplot
    set border lw 1.5
    set xrange [0:\((job.result.times_h.last ?? 1) / unit)]
    set lmargin at screen 0.15; set rmargin at screen 0.82
    \(try lines())
    \(map)
    unset multiplot

    """
  }

  private func lines() throws(SimulationProblem) -> GnuplotScript {
    let shown = zip(job.result.siteNames, job.result.concentrations_ng_per_mL).filter { !$0.1.isEmpty }
    guard !shown.isEmpty else {
      throw SimulationProblem(message: "there is no level to plot: no site has values", exitCode: 65)
    }
    let plots = shown.enumerated().map { index, site -> GnuplotScript in
      """
      '-' using 1:2 with lines lw 3.5 dt \(index % 3 + 1) \
      lc rgb \(GnuplotColor(index)) title \(quoted: site.0)
      """
    }
    let axis = LevelAxis(shown.map(\.1))
    let data = shown.map { _, values in
      GnuplotScript.data(zip(job.result.times_h, values).map { [$0 / unit, axis.shown($1)] })
    }
    let marks = DoseMarks(job.simulation.schedule, until: job.result.times_h.last ?? 0, unit: unit)
    return """
      set tmargin at screen 0.93; set bmargin at screen 0.56
      set title \(quoted: "\(job.simulation.drug.capitalizedFirst) in CSF")
      set ylabel 'Concentration (ng/mL)'
      set xlabel ''
      \(axis.script); set grid ytics lc rgb '#DDDDDD'
      \(DoseMarks.axis)
      set key outside right top samplen 1.6
      plot \(plots + marks.plots, separator: ", ")
      \(data + marks.data)
      """
  }

  private var map: GnuplotScript {
    let length = job.simulation.canalLength_cm
    let (positions, field) = (course.positions_cm, course.levels_ng_per_mL)
    let times = job.result.times_h
    let stride = max(1, times.count / Self.columns)
    let top = field.joined().reduce(Self.leastPeak, max)
    let rows = zip(positions, field).map { position, values in
      Swift.stride(from: 0, to: times.count, by: stride).map {
        [times[$0] / unit, position, max(values[$0], top * 1e-4)]
      }
    }
    let ticks = job.simulation.levelPositions_cm.enumerated().filter { $0.offset % 3 == 1 }
      .map { level -> GnuplotScript in "\(quoted: level.element.name) \(level.element.position)" }
    return """
      set tmargin at screen 0.48; set bmargin at screen 0.1
      unset grid; unset key; unset logscale y; set format y
      set title ''
      set xlabel 'Time (\(isLong ? "days" : "h"))'
      set ylabel 'Vertebral level'
      set yrange [\(length):0]
      set ytics (\(ticks, separator: ", "))
      set logscale cb; set format cb '10^{%T}'; set cbrange [\(top * 1e-3):\(top)]
      set cblabel 'Concentration (ng/mL)' offset 1.5
      \(Self.cividis)
      set arrow from graph 0, first \(job.simulation.tipPosition_cm) to graph 1, first \(job.simulation.tipPosition_cm) \
      nohead dt 2 lw 2.5 lc rgb 'white' front
      set label 'tip' at graph 0.99, first \(job.simulation.tipPosition_cm) right offset 0,0.6 front textcolor rgb 'white'
      plot '-' using 1:2:3 with image
      \(GnuplotScript.data(blocks: rows))
      """
  }

  /// Cividis at nine points. Source: `nunez2018`.
  private static let cividis: GnuplotScript = """
    set palette defined (0 '#00204C', 1 '#08316C', 2 '#39486B', 3 '#575C6D', 4 '#737172', 5 '#8F8A75', \
    6 '#B1A570', 7 '#D5C164', 8 '#FFE945')
    """
}

extension CanalCourse {
  /// Draws the result to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    try writeWhole(try picture(pictureKind(of: path)), to: path, inputs: [job.path])
  }

  /// The result drawn, as `svg` or `png`.
  public func picture(_ kind: String) throws(SimulationProblem) -> [UInt8] {
    try SimulationPlot(course: self, kind: kind).picture()
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

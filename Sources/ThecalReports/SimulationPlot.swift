import Glibc
import ThecalTabular
import ThecalTransport

/// The picture of a simulation: above, the concentration over time at each site; below, over the whole canal.
///
/// Colors are those of Okabe and Ito, and cividis for the map: both can be told apart with any color vision.
/// Lines differ in their dashes too. Letters are large enough to be read at half the size.
struct SimulationPlot {
  let job: SimulationJob
  /// `svg` or `png`.
  let kind: String

  /// Rows of the map along the canal, and at most this many columns in time.
  private static let positions = 120
  private static let columns = 300

  /// The scale of a picture without any drug, ng/mL.
  private static let leastPeak = 1e-9

  /// The eight colors without yellow, which is too light on white. Source: `okabe2008`.
  private static let colors = ["0072B2", "D55E00", "009E73", "CC79A7", "56B4E9", "E69F00", "000000"]

  /// Draws the picture.
  func picture() throws(SimulationProblem) -> [UInt8] { try GnuplotRun.picture(script()) }

  private var isLong: Bool { (job.result.times_h.last ?? 0) > 96 }
  /// Hours per unit of the time axis.
  private var unit: Double { isLong ? 24 : 1 }

  private func script() throws(SimulationProblem) -> String {
    let terminal =
      kind == "png"
      ? "set terminal pngcairo size 1200,1100 font 'DejaVu Sans,18' enhanced"
      : "set terminal svg size 1200,1100 font 'DejaVu Sans,22' enhanced background 'white'"
    return """
      \(terminal)
      set encoding utf8
      set multiplot
      set border lw 1.5
      set xrange [0:\(number((job.result.times_h.last ?? 1) / unit))]
      set lmargin at screen 0.15; set rmargin at screen 0.82
      \(try lines())
      \(try map())
      unset multiplot

      """
  }

  private func lines() throws(SimulationProblem) -> String {
    let shown = zip(job.result.siteNames, job.result.concentrations_ng_per_mL).filter { !$0.1.isEmpty }
    guard !shown.isEmpty else {
      throw SimulationProblem(message: "there is no level to plot: no site has values", exitCode: 65)
    }
    let plots = shown.enumerated().map { index, site in
      "'-' using 1:2 with lines lw 3.5 dt \(index % 3 + 1) "
        + "lc rgb '#\(Self.colors[index % Self.colors.count])' title '\(title(site.0))'"
    }
    let data = shown.map { _, values in
      zip(job.result.times_h, values).map { "\(number($0 / unit)) \(number($1))" }
        .joined(separator: "\n") + "\ne"
    }
    return """
      set tmargin at screen 0.93; set bmargin at screen 0.56
      set title '\(job.simulation.drug.capitalizedFirst) in CSF'
      set ylabel 'Concentration (ng/mL)'
      set xlabel ''
      set yrange [0:*]; set grid ytics lc rgb '#DDDDDD'
      set key outside right top samplen 1.6
      plot \(plots.joined(separator: ", "))
      \(data.joined(separator: "\n"))
      """
  }

  private func map() throws(SimulationProblem) -> String {
    let length = job.simulation.canalLength_cm
    let positions = (0..<Self.positions).map { (Double($0) + 0.5) * length / Double(Self.positions) }
    let field: [[Double]]
    do { field = try job.simulation.map(positions: positions) } catch {
      throw SimulationProblem(message: error.explanation, exitCode: 65)
    }
    let times = job.result.times_h
    let stride = max(1, times.count / Self.columns)
    let top = field.joined().reduce(Self.leastPeak, max)
    let rows = zip(positions, field).map { position, values in
      Swift.stride(from: 0, to: times.count, by: stride).map {
        "\(number(times[$0] / unit)) \(number(position)) \(number(max(values[$0], top * 1e-4)))"
      }.joined(separator: "\n")
    }
    let ticks = job.simulation.levelPositions_cm.enumerated().filter { $0.offset % 3 == 1 }
      .map { "'\($0.element.name)' \(number($0.element.position))" }
    return """
      set tmargin at screen 0.48; set bmargin at screen 0.1
      unset grid; unset key
      set title ''
      set xlabel 'Time (\(isLong ? "days" : "h"))'
      set ylabel 'Vertebral level'
      set yrange [\(number(length)):0]
      set ytics (\(ticks.joined(separator: ", ")))
      set logscale cb; set format cb '10^{%T}'; set cbrange [\(number(top * 1e-3)):\(number(top))]
      set cblabel 'Concentration (ng/mL)' offset 1.5
      \(Self.cividis)
      plot '-' using 1:2:3 with image
      \(rows.joined(separator: "\n\n"))
      e
      """
  }

  /// Cividis at nine points. Source: `nunez2018`.
  private static let cividis = """
    set palette defined (0 '#00204C', 1 '#08316C', 2 '#39486B', 3 '#575C6D', 4 '#737172', 5 '#8F8A75', \
    6 '#B1A570', 7 '#D5C164', 8 '#FFE945')
    """

  private func title(_ site: String) -> String { site.map { $0 == "_" ? " " : String($0) }.joined() }

  /// Six digits are more than a picture shows.
  private func number(_ value: Double) -> String {
    var writer = ByteWriter()
    let scale = value == 0 ? 1 : pow(10, 5 - floor(log10(abs(value))))
    writer.append((value * scale).rounded() / scale)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension SimulationJob {
  /// Draws the result to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    let picture = try SimulationPlot(job: self, kind: path.hasSuffix(".png") ? "png" : "svg").picture()
    do {
      let file = try AtomicFile(path: path, inputs: [self.path])
      try file.write(picture.span)
      try file.commit()
    } catch {
      throw SimulationProblem(error)
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

import Mustache
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalTabular
import ThecalTitration

extension TrialReport {
  /// What is given, the level and the effect over the hours; the bands hold nine in ten of the population.
  func plot(to path: String) throws(SimulationProblem) {
    guard !trial.hours.isEmpty else {
      throw SimulationProblem(message: "there is nothing to plot: the trial is refused", exitCode: 65)
    }
    let picture = try GnuplotRun.picture(script(path.hasSuffix(".png") ? "png" : "svg"))
    try put(picture, at: path)
  }

  private func put(_ bytes: [UInt8], at path: String) throws(SimulationProblem) {
    do {
      let output = try AtomicFile(path: path, inputs: [file.path])
      try output.write(bytes.span)
      try output.commit()
    } catch {
      throw SimulationProblem(error)
    }
  }

  /// Colors of Okabe and Ito. Source: `okabe2008`.
  private func script(_ kind: String) -> String {
    let terminal =
      kind == "png"
      ? "set terminal pngcairo size 1100,960 font 'DejaVu Sans,17' enhanced"
      : "set terminal svg size 1100,960 font 'DejaVu Sans,20' enhanced background 'white'"
    let given = trial.hours.map { hour in
      let amount = isInfusion ? dose(hour) : hour.given.exactValue(in: trial.unit.mass)
      return "\(hour.hour) \((amount ?? .zero).double)"
    }.joined(separator: "\n")
    let level = bands { $0.level }
    let effect = bands { hour in
      let band = self.effect(hour.effect)
      let scale = trial.isTone ? 1.0 : 100
      return Trial.Band(middle: band.middle * scale, low: band.low * scale, high: band.high * scale)
    }
    return """
      \(terminal)
      set encoding utf8
      set multiplot
      set border 3 lw 1.5; set tics nomirror; set xrange [0:\(trial.hours.count - 1)]; set yrange [0:*]
      set lmargin at screen 0.13; set rmargin at screen 0.96; set grid ytics lc rgb '#DDDDDD'
      set style fill solid 0.25 noborder
      set tmargin at screen 0.93; set bmargin at screen 0.68; set format x ''
      set title '\(title)'; set ylabel '\(isInfusion ? "Rate" : "Given") (\(doseUnit))' offset 1
      plot '-' using 1:2 with steps lw 3.5 lc rgb '#0072B2' notitle
      \(given)
      e
      set title ''; set tmargin at screen 0.65; set bmargin at screen 0.39
      set ylabel 'CSF level (ng/mL)' offset 1
      \(panel(level, "009E73"))
      set tmargin at screen 0.36; set bmargin at screen 0.10; set format x '%g'
      set ylabel '\(trial.isTone ? "Ashworth score" : "Relief (%)")' offset 1; set xlabel 'Hour'
      \(panel(effect, "CC79A7"))
      unset multiplot

      """
  }

  private func bands(_ band: (Trial.Hour) -> Trial.Band) -> String {
    trial.hours.map { hour in
      let band = band(hour)
      return "\(hour.hour) \(band.low) \(band.high) \(band.middle)"
    }.joined(separator: "\n")
  }

  private func panel(_ rows: String, _ color: String) -> String {
    """
    plot '-' using 1:2:3 with filledcurves lc rgb '#\(color)' notitle, \
    '-' using 1:4 with lines lw 3.5 lc rgb '#\(color)' notitle
    \(rows)
    e
    \(rows)
    e
    """
  }

  /// Writes the trial as a page to print.
  func writePage(to path: String, engine: String) throws(SimulationProblem) {
    let html: String
    do {
      html = try MustacheTemplate(string: TitrationPage.page).render(pageContent(engine))
    } catch {
      throw SimulationProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
    }
    try put(Array(html.utf8), at: path)
  }

  private func pageContent(_ engine: String) -> [String: Any] {
    [
      "title": title, "engine": engine, "status": status.rawValue, "when": "Hour", "begin": "Start of hour 0",
      "facts": summary.joined(separator: " "), "arrival": "", "unit": doseUnit, "left": "",
      "effect": trial.isTone ? "Ashworth" : "Relief",
      "rows": shownHours.map { index, hour in
        let cells = cells(hour)
        return [
          "day": cells[0], "dose": cells[1],
          "step": step(index).map { $0 == .zero ? "" : "\($0.plainText) %" } ?? "",
          "level": "\(cells[2]) (\(cells[3]))", "effect": "\(cells[4]) (\(cells[5]))", "risk": cells[6],
        ]
      },
      "next": match?.start.map { words($0, trial.unit) } ?? "",
      "reasons": (match?.candidates ?? []).map { ["text": "\(words($0.dose, trial.unit)): \($0.reason)"] },
      "rules": trial.stopRules.map { ["text": $0.text] }, "notes": messages.map { ["text": $0] },
      "sources": sources.joined(separator: ", "),
    ]
  }
}

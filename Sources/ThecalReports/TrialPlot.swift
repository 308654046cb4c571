import ThecalDosing
import Mustache
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalTitration
import ThecalStudy

extension TrialReport {
  /// What is given, the level and the effect over the hours; the bands hold nine in ten of the population.
  func plot(to path: String) throws(SimulationProblem) {
    try writeWhole(try picture(pictureKind(of: path)), to: path, inputs: [self.path])
  }

  func picture(_ kind: String) throws(SimulationProblem) -> [UInt8] {
    guard !trial.hours.isEmpty else {
      throw SimulationProblem(message: "there is nothing to plot: the trial is refused", exitCode: 65)
    }
    return try GnuplotRun.picture(script(kind))
  }

  /// The commands for the picture.
  func script(_ kind: String) -> GnuplotScript {
    let given = trial.hours.map { hour in
      let amount = isInfusion ? dose(hour) : hour.given.exactValue(in: trial.unit.mass)
      return [Double(hour.hour), (amount ?? .zero).double]
    }
    let level = bands { $0.level }
    let hasEffect = trial.hours.contains { $0.effect != nil }
    let effect = bands { hour in
      let scale = trial.isTone ? 1.0 : 100
      return self.effect(hour.effect).map { band in
        Trial.Band(middle: band.middle * scale, low: band.low * scale, high: band.high * scale)
      }
    }
    // A panel without a figure, where counts contradict the model, is none.
    let last: GnuplotScript =
      hasEffect
      ? """
      set tmargin at screen 0.36; set bmargin at screen 0.10; set format x '%g'
      set ylabel '\(trial.isTone ? "Ashworth score" : "Relief (%)")' offset 1; set xlabel 'Hour'
      \(panel(effect, .purple))
      """ : ""
    return """
      \(gnuplotTerminal(kind, width: 1_100, height: 960, letters: (20, 17)))
      set multiplot
      set border 3 lw 1.5; set tics nomirror; set xrange [0:\(trial.hours.count - 1)]; set yrange [0:*]
      set lmargin at screen 0.13; set rmargin at screen 0.96; set grid ytics lc rgb '#DDDDDD'
      set style fill solid 0.25 noborder
      set tmargin at screen 0.93; set bmargin at screen 0.68; set format x ''
      set title \(quoted: title); set ylabel \(quoted: "\(isInfusion ? "Rate" : "Given") (\(doseUnit))") offset 1
      plot '-' using 1:2 with steps lw 3.5 lc rgb \(GnuplotColor.blue) notitle
      \(GnuplotScript.data(given))
      set title ''; set tmargin at screen 0.65; set bmargin at screen 0.39
      set ylabel 'CSF level (ng/mL)' offset 1
      \(hasEffect ? "" : "set format x '%g'; set xlabel 'Hour'")
      \(panel(level, .green))
      \(last)
      unset multiplot

      """
  }

  private func bands(_ band: (Trial.Hour) -> Trial.Band?) -> GnuplotScript {
    GnuplotScript.data(
      trial.hours.compactMap { hour in
        band(hour).map { [Double(hour.hour), $0.low, $0.high, $0.middle] }
      })
  }

  private func panel(_ rows: GnuplotScript, _ color: GnuplotColor) -> GnuplotScript {
    """
    plot '-' using 1:2:3 with filledcurves lc rgb \(color) notitle, \
    '-' using 1:4 with lines lw 3.5 lc rgb \(color) notitle
    \(rows)
    \(rows)
    """
  }

  /// Writes the trial as a page to print.
  func page(engine: String) throws(SimulationProblem) -> String {
    do {
      return try MustacheTemplate(string: TitrationPage.page).render(pageContent(engine))
    } catch {
      throw SimulationProblem(message: "the page could not be laid out: \(error)", exitCode: 74)
    }
  }

  private func pageContent(_ engine: String) -> [String: Any] {
    let places: [String: Any] = [
      "title": title, "engine": engine, "status": status.rawValue, "when": "Hour",
      "begin": TitrationPage.begin("Start of hour 0", firstDay),
      "facts": section(summary.joined(separator: " ")), "unit": doseUnit,
      "effect": trial.isTone ? "Ashworth" : "Relief",
      "rows": shownHours.map { index, hour in
        let cells = cells(hour)
        return [
          "day": cells[0], "date": TitrationPage.date(firstDay.map { $0 + hour.hour / 24 }), "dose": cells[1],
          "step": step(index).map { $0 == .zero ? "" : "\($0.plainText) %" } ?? "",
          "level": "\(cells[2]) (\(cells[3]))",
          "effect": hour.effect == nil ? cells[4] : "\(cells[4]) (\(cells[5]))", "risk": cells[6],
        ]
      },
      "next": match?.start.map { words($0, trial.unit) as Any } ?? false,
      "reasons": (match?.candidates ?? []).map {
        ["text": "\(words($0.dose, trial.unit)): \($0.reason.text)"]
      },
      "rules": section(trial.hours.isEmpty ? [] : trial.stopRules.map(\.text)), "notes": section(messages),
      "sources": sources.joined(separator: ", "),
    ]
    return PageStyle.figure { () throws(SimulationProblem) in try picture("svg") }.merging(places) { $1 }
  }
}

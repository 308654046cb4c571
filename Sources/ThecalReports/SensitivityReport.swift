import Glibc
import ThecalDosing
import ThecalQuantities
public import ThecalSweep
public import ThecalStudy

/// The weight of the parameters of a sweep, as a table, as one JSON object, and as a picture.
public struct SensitivityReport: Sendable {
  private let study: SensitivityStudy

  /// A report of `study`.
  public init(_ study: SensitivityStudy) { self.study = study }

  /// The weights as text and as one JSON object.
  public var answer: Answer {
    let isWhole = study.results.allSatisfy { $0.sobol != nil || $0.morris != nil }
    let codes: [Code] = (isWhole ? [] : [.noVariance]) + (study.failed > 0 ? [.samplesFailed] : [])
    let words = [
      isWhole ? "" : "Some results do not vary, or too many samples failed.",
      study.failed > 0 ? failures : "",
    ]
    return Answer(
      text: text, status: codes.isEmpty ? .ok : .review, codes: codes,
      message: words.filter { !$0.isEmpty }.joined(separator: " "),
      fields: [
        AnswerField("design", .text(study.design)), AnswerField("seed", .number(ExactNumber(study.seed))),
        AnswerField("parameters", .list(study.parameters.map { .text($0) })),
        AnswerField("units", .list(study.units.map { .text($0) })),
        AnswerField("samples", .number(ExactNumber(study.samples))),
        AnswerField("failed", .number(ExactNumber(study.failed))),
        AnswerField("first_failure", study.firstFailure.map { .text($0) } ?? .null),
        AnswerField("points", .number(ExactNumber(study.points))),
        AnswerField("results", .list(study.results.map(record))),
      ])
  }

  /// How many samples failed, and the first reason.
  private var failures: String {
    let reason = study.firstFailure.map { ", the first: \($0)" } ?? ""
    return "\(study.failed) of \(study.samples) samples failed\(reason)."
  }

  /// Of how many base points or trajectories the weights of a result are made.
  private func used(_ result: SensitivityStudy.Result) -> Int? {
    result.sobol?.points ?? result.morris?.counts.min()
  }

  private func record(_ result: SensitivityStudy.Result) -> AnswerValue {
    func index(_ value: SobolIndices.Index) -> AnswerValue {
      .object([
        AnswerField("value", .shown(value.value)), AnswerField("low", .shown(value.low)),
        AnswerField("high", .shown(value.high)),
      ])
    }
    let weights = study.parameters.indices.map { k -> AnswerValue in
      var fields = [AnswerField("parameter", .text(study.parameters[k]))]
      if let sobol = result.sobol {
        fields += [AnswerField("first", index(sobol.first[k])), AnswerField("total", index(sobol.total[k]))]
      } else if let morris = result.morris {
        fields += [
          AnswerField("mu_star", .shown(morris.size[k])), AnswerField("mu", .shown(morris.mean[k])),
          AnswerField("sigma", .shown(morris.spread[k])),
        ]
      }
      return .object(fields)
    }
    return .object([
      AnswerField("result", .text(result.name)), AnswerField("unit", .text(result.unit)),
      AnswerField("points_used", used(result).map { .number(ExactNumber($0)) } ?? .null),
      AnswerField("variance", .shown(result.sobol?.variance)),
      AnswerField("weights", result.sobol == nil && result.morris == nil ? .null : .list(weights)),
    ])
  }

  private var text: String {
    let heading = study.failed > 0 ? "\(failures)\n\n" : ""
    return heading
      + study.results.map { result in
        let basis = used(result).map {
          ", \($0) of \(study.points) \(study.design == "saltelli" ? "base points" : "trajectories")"
        }
        var lines = ["\(result.name)\(result.unit.isEmpty ? "" : " (\(result.unit))")\(basis ?? "")"]
        let order = ranked(result)
        if let sobol = result.sobol {
          lines.append("  \("parameter".padded(to: 22))first order (95 %)         total (95 %)")
          lines += order.map { k in
            "  \(study.parameters[k].padded(to: 22))\(wide(words(sobol.first[k])))\(words(sobol.total[k]))"
          }
        } else if let morris = result.morris {
          lines.append("  \("parameter".padded(to: 22))\(wide("mu*"))\(wide("mu"))sigma")
          lines += order.map { k in
            "  \(study.parameters[k].padded(to: 22))\(wide(morris.size[k].clinical()))\(wide(morris.mean[k].clinical()))\(morris.spread[k].clinical())"
          }
        } else {
          lines.append("  does not vary, or too many samples failed")
        }
        return lines.joined(separator: "\n")
      }.joined(separator: "\n\n")
  }

  /// The parameters, the weightiest first.
  func ranked(_ result: SensitivityStudy.Result) -> [Int] {
    let weights = result.sobol?.total.map(\.value) ?? result.morris?.size ?? []
    return weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
  }

  /// A cell of the table of weights.
  private func wide(_ text: String) -> String { text.padded(to: 27) }

  private func words(_ index: SobolIndices.Index) -> String {
    func two(_ value: Double) -> String { ClinicalText.number(ExactNumber(value).rounded(toPlaces: 3)) }
    return "\(two(index.value)) (\(two(index.low)) to \(two(index.high)))"
  }

  /// Draws a tornado of the weights of result `name` (the first where nil) and a scatter over the weightiest
  /// parameter to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String, result name: String? = nil) throws(SimulationProblem) {
    try writeWhole(GnuplotRun.picture(script(result: name, kind: pictureKind(of: path))), to: path)
  }

  /// The commands for the picture of result `name`, the first where nil.
  func script(result name: String?, kind: String) throws(SimulationProblem) -> GnuplotScript {
    guard let result = study.results.first(where: { name == nil || $0.name == name }) else {
      throw SimulationProblem(message: "there is no result '\(name ?? "")'", exitCode: 65)
    }
    let order = ranked(result)
    guard let top = order.first else {
      throw SimulationProblem(message: "\(result.name) does not vary: there is nothing to plot", exitCode: 65)
    }
    return script(result, order, top, kind: kind)
  }

  /// A parameter with its unit.
  private func named(_ k: Int) -> String {
    study.units[k].isEmpty ? study.parameters[k] : "\(study.parameters[k]) (\(study.units[k]))"
  }

  /// Points of the scatter at most: more would hide each other.
  private static let mostPoints = 2_000

  /// A round distance that gives three to six ticks over `values`.
  private func spacing(_ values: [Double]) -> Double {
    let range = (values.max() ?? 1) - (values.min() ?? 0)
    guard range > 0 else { return 1 }
    let decade = pow(10, (log10(range / 3)).rounded(.down))
    return [5, 2, 1].map { $0 * decade }.first { $0 <= range / 3 } ?? decade
  }

  private func script(
    _ result: SensitivityStudy.Result, _ order: [Int], _ top: Int, kind: String
  ) -> GnuplotScript {
    let ticks = order.reversed().enumerated().map { place, k -> GnuplotScript in
      "\(quoted: study.parameters[k]) \(place)"
    }
    let step = max(1, result.values.count / Self.mostPoints)
    let points = stride(from: 0, to: min(result.values.count, study.drawn[top].count), by: step)
      .filter { result.values[$0].isFinite }.map { [study.drawn[top][$0], result.values[$0]] }
    let weights = weights(result, order)
    let isSobol = result.sobol != nil
    return """
      \(gnuplotTerminal(kind, width: 1_300, height: 620, letters: (17, 15)))
      set multiplot
      set border 3 lw 1.5; set tics nomirror
      set lmargin at screen 0.17; set rmargin at screen 0.52; set tmargin at screen 0.9; set bmargin at screen 0.14
      set title \(quoted: "Weights for \(result.name)")
      set xlabel \(quoted: isSobol ? "Share of variance" : "Effect (\(result.unit))")
      set ytics (\(ticks, separator: ", ")); set yrange [-0.7:\(Double(order.count) - 0.3)]; set xrange [0:*]
      set key bottom right
      plot '-' using (0.0):1:(0.0):2:($1-0.32):($1+0.32) with boxxyerror fs solid 0.35 noborder \
      lc rgb \(GnuplotColor.blue) title '\(isSobol ? "total" : "mu*")', \
      '-' using (0.0):1:(0.0):5:($1-0.16):($1+0.16) with boxxyerror fs solid 0.9 noborder \
      lc rgb \(GnuplotColor.vermilion) title '\(isSobol ? "first order" : "sigma")', \
      '-' using 2:1:3:4 with xerrorbars pt 0 lw 2 lc rgb \(GnuplotColor.black) notitle
      \([weights, weights, weights])
      set lmargin at screen 0.64; set rmargin at screen 0.97
      set title ''; set xlabel \(quoted: named(top)); set ylabel \(quoted: "\(result.name) (\(result.unit))")
      set ytics autofreq; set xtics \(spacing(study.drawn[top])); set yrange [*:*]; set xrange [*:*]; unset key
      plot '-' using 1:2 with points pt 7 ps 0.5 lc rgb \(GnuplotColor.blue)
      \(GnuplotScript.data(points))
      unset multiplot

      """
  }

  /// By place from below: the weight, its interval, and the share that acts alone.
  private func weights(_ result: SensitivityStudy.Result, _ order: [Int]) -> GnuplotScript {
    GnuplotScript.data(
      order.reversed().enumerated().map { place, k in
        let (main, low, high) =
          result.sobol.map { ($0.total[k].value, $0.total[k].low, $0.total[k].high) }
          ?? result.morris.map { ($0.size[k], $0.size[k], $0.size[k]) } ?? (0, 0, 0)
        let first = result.sobol?.first[k].value ?? result.morris?.spread[k] ?? 0
        return [Double(place), main, low, high, max(0, first)]
      })
  }
}

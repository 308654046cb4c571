public import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport

/// The spread of the levels of a sweep over time: percentiles at each site over the samples that were computed.
public struct SweepFan: Sendable {
  /// The percentiles, in percent.
  public static let percentages = [5.0, 25, 50, 75, 95]
  /// Times, h.
  public let times_h: [Double]
  /// The sites.
  public let siteNames: [String]
  /// The drug.
  public let drug: String
  /// Where the catheter ends, as the scenario says it.
  public let tip: String
  /// Samples in the file, and those of them that could not be computed.
  public let samples: Int, failed: Int
  /// Per site and percentile the level over time, ng/mL.
  public let levels_ng_per_mL: [[[Double]]]
  /// What the pump gives in the scenario.
  public let schedule: DeliverySchedule

  /// The spread of the sweep whose result stands in the file at `path`.
  ///
  /// - Throws: `SweepProblem` where the file is no sweep with levels over time, or no sample of it was computed.
  public init(path: String) throws(SweepProblem) {
    let plan = try SweepRun(path: path).plan
    drug = plan.simulation.drug
    tip = plan.scenario.input.tip.columnName
    schedule = plan.scenario.input.schedule
    do {
      let reader = try NetCDFReader(path: path)
      _ = try SweepRecord(reader, path: path)
      guard let variable = reader.schema.variables.first(where: { $0.name == "csf" }),
        variable.dimensions == ["sample", "time", "site"], let times = try reader.numbers("time"),
        let sites = try reader.texts("site"), let failures = try reader.texts("failure")
      else {
        throw SweepProblem(
          message: "\(path): it has no levels over time; ask for outputs: [csf]", exitCode: 65)
      }
      let sound = failures.indices.filter { failures[$0].isEmpty }
      guard !sound.isEmpty else {
        throw SweepProblem(message: "\(path): no sample was computed: \(failures.first ?? "")", exitCode: 65)
      }
      guard times.allSatisfy(\.isFinite), zip(times, times.dropFirst()).allSatisfy(<) else {
        throw SweepProblem(message: "\(path): its times are no numbers that rise", exitCode: 65)
      }
      (times_h, siteNames, samples, failed) = (times, sites, failures.count, failures.count - sound.count)
      var levels = sites.map { _ in Self.percentages.map { _ in [Double]() } }
      for t in times.indices {
        let block =
          try reader.numbers("csf", start: [0, t, 0], count: [failures.count, 1, sites.count]) ?? []
        for s in sites.indices {
          let sorted = sound.map { block[$0 * sites.count + s] }.sorted()
          guard sorted.allSatisfy(\.isFinite) else {
            throw SweepProblem(
              message: "\(path): a level of a sample that did not fail is no number", exitCode: 65)
          }
          for (k, percentage) in Self.percentages.enumerated() {
            levels[s][k].append(Self.quantile(percentage / 100, of: sorted))
          }
        }
      }
      levels_ng_per_mL = levels
    } catch let problem as SweepProblem {
      throw problem
    } catch let error as TabularError {
      throw SweepProblem(reading: error)
    } catch {
      throw SweepProblem(message: "\(path): \(error)", exitCode: 65)
    }
  }

  /// The value below which the share `p` of `sorted` lies, linear between its members.
  ///
  /// - Source: `hyndman1996`, definition 7.
  package static func quantile(_ p: Double, of sorted: [Double]) -> Double {
    let place = p * Double(sorted.count - 1)
    let low = min(Int(place), sorted.count - 1)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  /// Percentile `k` at `site` at any time of the sweep, linear between rows, ng/mL; nil outside.
  public func level(site: Int, percentile k: Int, at time: Double) -> Double? {
    guard let right = times_h.firstIndex(where: { $0 >= time }), let first = times_h.first, time >= first
    else {
      return nil
    }
    let column = levels_ng_per_mL[site][k]
    guard right > 0, times_h[right] > time else { return column[right] }
    let share = (time - times_h[right - 1]) / (times_h[right] - times_h[right - 1])
    return column[right - 1] + share * (column[right] - column[right - 1])
  }
}

import ThecalQuantities
import ThecalTabular

/// A table of measured levels: `time` (h, or with a unit), `site`, `value` (ng/mL, or with a unit), and `below_limit`
/// where a level was below what can be measured. Other columns, such as `subject`, are carried by nobody.
package struct ObservedLevels: Sendable {
  /// One measured level.
  package struct Point: Sendable {
    package let time_h: Double
    /// The site, by its place among those of the sweep.
    package let site: Int
    /// ng/mL.
    package let level: Double
    package let isBelowLimit: Bool
  }

  package private(set) var points: [Point] = []

  private static let names: [String: [String]] = [
    "time": ["time", "time_h", "hour", "hours"], "site": ["site", "place"],
    "value": ["value", "level", "conc", "dv", "value_ng_per_ml", "level_ng_per_ml"],
    "below_limit": ["below_limit", "blq", "bloq", "censored"],
  ]

  /// Reads the table at `path`, whose sites are among `sites`.
  ///
  /// - Throws: `SimulationProblem` with line and column of the first cell that cannot be read.
  package init(path: String, sites: [String]) throws(SimulationProblem) {
    var problem: String?
    do throws(TabularError) {
      var reader = try CSVReader(path: path)
      var places: [String: Int] = [:]
      for (index, name) in reader.header.enumerated() {
        let key = String(name.lowercased().map { $0 == " " ? "_" : $0 })
        if let column = Self.names.first(where: { $0.value.contains(key) })?.key { places[column] = index }
      }
      if let missing = ["time", "site", "value"].first(where: { places[$0] == nil }) {
        problem = "\(path):\(reader.headerLine): the header lacks \(missing)"
      }
      var batch = RowBatch()
      while problem == nil {
        guard try reader.nextBatch(into: &batch, maxRows: 4_096) else { break }
        for row in 0..<batch.count where problem == nil && !batch.isBlank(row: row) {
          func cell(_ column: String) -> String {
            places[column].map { batch.string(row: row, column: $0) } ?? ""
          }
          if let wrong = add(cell, sites) {
            problem =
              "\(path):\(batch.line(row: row)): \(wrong.column): '\(cell(wrong.column))' \(wrong.words)"
          }
        }
      }
    } catch {
      throw SimulationProblem(error)
    }
    if let problem { throw SimulationProblem(message: problem, exitCode: 65) }
  }

  /// Takes a row; what is wrong with it, if something is.
  private mutating func add(_ cell: (String) -> String, _ sites: [String]) -> (column: String, words: String)?
  {
    guard let time = Self.hours(cell("time")) else { return ("time", "is no time, such as 2 or 2 h") }
    guard let level = Self.level(cell("value")) else {
      return ("value", "is no level, such as 120 or 0.12 mcg/mL")
    }
    guard let site = sites.firstIndex(where: { $0.lowercased() == cell("site").lowercased() }) else {
      return ("site", "is no site of the sweep; it has \(sites.joined(separator: ", "))")
    }
    let flag = ["1", "yes", "true", "y"].contains(cell("below_limit").lowercased())
    points.append(Point(time_h: time, site: site, level: level, isBelowLimit: flag))
    return nil
  }

  private static func hours(_ text: String) -> Double? {
    if let number = Double(text) { return number.isFinite && number >= 0 ? number : nil }
    return (try? Time(reading: text)).flatMap { $0 >= .zero ? $0.value(in: .hours) : nil }
  }

  private static func level(_ text: String) -> Double? {
    if let number = Double(text) { return number.isFinite && number >= 0 ? number : nil }
    return (try? Concentration(reading: text)).flatMap {
      $0 >= .zero ? $0.value(in: .nanogramsPerMilliliter) : nil
    }
  }
}

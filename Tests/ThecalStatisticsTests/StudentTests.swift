import Foundation
import Testing

@testable import ThecalStatistics

/// What scipy says of Student's distribution; `Tests/References/diary.py` writes it.
private struct StudentReference: Decodable {
  let student_quantiles: [[Double]]

  static func stored() throws -> Self {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      Self.self, from: Data(contentsOf: tests.appending(path: "References/diary.json")))
  }
}

@Test func `the quantiles of Student are those of scipy`() throws {
  for row in try StudentReference.stored().student_quantiles {
    #expect(abs(StudentT.quantile(row[0], degrees: row[1]) - row[2]) < 1e-9 * (1 + abs(row[2])))
    #expect(abs(StudentT.quantile(1 - row[0], degrees: row[1]) + row[2]) < 1e-9 * (1 + abs(row[2])))
  }
}

@Test func `values on a line have its mean and slope, whatever resembles what`() throws {
  let days = [1, 2, 4, 7, 8, 11]
  let slope = days.map { Double($0) - Double(days.reduce(0, +)) / Double(days.count) }
  let line = try #require(
    AutocorrelatedMean(days: days, values: slope.map { 3 + 0.5 * $0 }, slope: slope)?.interval(0.95))
  #expect(abs(line.low - 0.5) < 1e-9 && abs(line.high - 0.5) < 1e-9)
  let flat = try #require(
    AutocorrelatedMean(days: days, values: days.map { _ in 3 }, slope: nil)?.interval(0.95))
  #expect(abs(flat.low - 3) < 1e-9 && abs(flat.high - 3) < 1e-9)
  #expect(AutocorrelatedMean(days: [1], values: [3], slope: nil) == nil)
}

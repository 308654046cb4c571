import CThecal
import Foundation
import Testing
import ThecalCInterface

private struct ConvertVector: Decodable {
  let name: String, format: String, input: String, output: String
}

private struct SimulateVector: Decodable {
  let name: String, input: String, columns: [String], tolerance: Double
  let time_h: [Double], levels_ng_per_mL: [[Double]]
}

private struct TitrateVector: Decodable {
  struct Output: Decodable { let status: String, codes: [String], start: Double?, doses: [Double] }
  let name: String, input: String, output: Output
}

private struct TitrateAnswer: Decodable {
  struct Day: Decodable { let dose: Double }
  let status: String, codes: [String], start: Double?, schedule: [Day]
}

private func vectors<Vector: Decodable>(_ call: String) throws -> [Vector] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let file = root.appending(path: "Data/test-vectors/\(call).json")
  return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
}

@Suite struct `The test vectors` {
  @Test func `of conversion are met to the byte`() throws {
    let all: [ConvertVector] = try vectors("convert")
    #expect(all.count == 2)
    for vector in all {
      let (_, result) = called { thecal_convert(vector.input, vector.input.utf8.count, vector.format, $0) }
      #expect(words(result) == vector.output, "\(vector.name)")
      thecal_free(result)
    }
  }

  @Test func `of simulation are met within their tolerance`() throws {
    let all: [SimulateVector] = try vectors("simulate")
    for vector in all {
      let (status, result) = called { thecal_simulate(vector.input, vector.input.utf8.count, $0) }
      #expect(status == 0)
      let (rows, columns) = (vector.time_h.count, vector.columns.count)
      var levels = [Double](repeating: 0, count: rows * columns)
      #expect(thecal_levels_ng_per_mL(result, &levels, levels.count) == 0)
      for c in 0..<columns {
        let peak = vector.levels_ng_per_mL.map { $0[c] }.max()!
        for r in 0..<rows {
          #expect(abs(levels[r * columns + c] - vector.levels_ng_per_mL[r][c]) <= vector.tolerance * peak)
        }
      }
      thecal_free(result)
    }
  }

  @Test func `of titration are met dose by dose`() throws {
    let all: [TitrateVector] = try vectors("titrate")
    for vector in all {
      let (status, result) = called { thecal_titrate(vector.input, vector.input.utf8.count, nil, 0, $0) }
      let answer = try JSONDecoder().decode(TitrateAnswer.self, from: Data(words(result).utf8))
      #expect(answer.status == vector.output.status && answer.codes == vector.output.codes)
      #expect(answer.schedule.map(\.dose) == vector.output.doses && answer.start == vector.output.start)
      #expect((status == 1) == (answer.status == "blocked"))
      thecal_free(result)
    }
  }
}

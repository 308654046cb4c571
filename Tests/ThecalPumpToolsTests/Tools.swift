import Foundation
import Testing
import Thecal
import ThecalPumpTools

/// The report of a tool.
func report(_ tool: String, _ flags: [String]) throws -> PumpReport {
  try PumpTools.report(tool, flags: flags)
}

/// The answer of a tool as an object.
func answer(_ tool: String, _ flags: [String]) throws -> [String: Any] {
  let text = try report(tool, flags).answer.json
  return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

/// Why a tool gave none.
func problem(_ tool: String, _ flags: [String]) throws -> PumpToolProblem {
  try #require(throws: PumpToolProblem.self) { try PumpTools.report(tool, flags: flags) }
}

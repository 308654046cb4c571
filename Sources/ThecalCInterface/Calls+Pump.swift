import CThecal
import Thecal
import ThecalPumpTools

extension Calls {
  static func pump(_ tool: String, _ flags: [String]) throws -> (thecal_status, CallResult) {
    do {
      let report = try PumpTools.report(tool, flags: flags)
      return (report.outcome.isRefused ? 1 : 0, CallResult(text: report.answer.json))
    } catch let problem as PumpToolProblem {
      throw CallFailure(problem.exitCode, problem.message)
    }
  }

  static func pumpList(_ table: String, format: String, asOf: String) throws -> (thecal_status, CallResult) {
    guard ["csv", "jsonl"].contains(format) else {
      throw CallFailure(status: usage, message: "format is csv or jsonl, not '\(format)'")
    }
    let day: CalendarDate
    do throws(CalendarDate.Problem) { day = try CalendarDate(reading: asOf) } catch {
      throw CallFailure(status: usage, message: "as_of: '\(asOf)' \(error.explanation)")
    }
    do throws(BatchProblem) {
      let made = RefillListTable(try RefillList(bytes: Array(table.utf8), asOf: day))
      return (made.hasRefusals ? 1 : 0, CallResult(text: format == "csv" ? made.csv : made.jsonLines))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }
}

import BenchmarkSupport
import CThecal
import Glibc
import ThecalBatch
import ThecalCInterface
import ThecalReports

// One patient by a converter that is made once: through `thecal.h` beside the same in Swift, on one thread, in one process.
// Both take texts and leave the cells of a result. With `--guard FILE`: the ratio that `Thresholds/calls.json` limits.

let columns = ["patient_id", "drug", "dose", "unit", "frequency", "opioid_days"]
let doses = (0..<200).map { String(20 + $0) }

/// Seconds for one patient, in Swift.
func swiftCall() throws -> Double {
  var table = try PatientTable(
    columns: columns, BatchOptions(), engine: "benchmark", wording: ClinicalWording())
  var next = 0
  return shortest(40) {
    for _ in doses {
      next = (next + 1) % doses.count
      for cell in ["a", "morphine", doses[next], "mg", "bid", "30"] { table.add(cell.utf8.span) }
      table.endRow()
      precondition(table.convert().rows.count == 1)
    }
  } / Double(doses.count)
}

/// Texts as C takes them; they stay until the end.
func texts(_ words: [String]) -> [UnsafePointer<CChar>?] { words.map { UnsafePointer(strdup($0)) } }

/// Seconds for one patient, through C.
func cCall() -> Double {
  var names = texts(columns)
  var converter: OpaquePointer?
  precondition(thecal_converter_new(&names, names.count, nil, nil, &converter, nil) == THECAL_OK)
  defer { thecal_converter_free(converter) }
  var cells = texts(["a", "morphine", "", "mg", "bid", "30"])
  let amounts = texts(doses)
  var next = 0
  return shortest(40) {
    for _ in doses {
      next = (next + 1) % doses.count
      cells[2] = amounts[next]
      var result: OpaquePointer?
      precondition(thecal_converter_convert(converter, &cells, 1, &result) == THECAL_OK)
      var (rows, width) = (0, 0)
      precondition(thecal_shape(result, &rows, &width) == THECAL_OK && rows == 1)
      thecal_free(result)
    }
  } / Double(doses.count)
}

let (swift, c) = (try swiftCall(), cCall())
print(
  "one patient by a converter at hand: Swift \(written(swift)), C \(written(c)), ratio \(rounded(c / swift))")
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--guard" {
  exit(try areWithin(CommandLine.arguments[2], [("cCall", c / swift)]) ? 0 : 1)
}

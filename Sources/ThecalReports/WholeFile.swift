import ThecalTabular
import ThecalStudy

/// Writes `bytes` to `path`, complete or not at all, and never over one of `inputs`; `-` is standard output.
///
/// - Throws: `SimulationProblem` with 73 where there can be no such file, 74 where writing fails.
func writeWhole(_ bytes: [UInt8], to path: String, inputs: [String] = []) throws(SimulationProblem) {
  do {
    let file = try AtomicFile(path: path, inputs: inputs)
    try file.write(bytes.span)
    try file.commit()
  } catch {
    throw SimulationProblem(error)
  }
}

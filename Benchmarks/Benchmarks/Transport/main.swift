import BenchmarkSupport
import CTransportPeers
import Glibc
import ThecalLinearAlgebra
import ThecalSolvers
import ThecalTransport

// Transport in CSF against general solvers, on one thread, in one process. Ratios, not times, are the result;
// each stands beside the errors of both sides, which are not equal.

// With `--guard FILE`: only the ratios to a reference kernel that `Thresholds/transport.json` limits.

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--guard" {
  exit(try isWithinThresholds(CommandLine.arguments[2]) ? 0 : 1)
}
let task = try Task()
let reference = try task.reference().values
let sundials = String(cString: peer_sundials_version())

print("# Transport benchmarks: 7 days, a rate a day, hourly, 5 sites; \(task.network.count) states")
print("\n## One simulation")
let peer = task.cvode(relative: 1e-6, absolute: 1e-6)
let peerTime = median { _ = task.cvode(relative: 1e-6, absolute: 1e-6) }
let peerError = error(peer.values.map { $0 }, reference)
print(
  "CVODE \(sundials), banded, rtol 1e-6: \(written(peerTime)), \(peer.steps) steps, error \(rounded(peerError))"
)

for tolerance in [1e-6, 1e-8] {
  var course = Course?.none
  let whole = median {
    var contour = ContourPropagator(shape: task.network, task.experiment, tolerance: tolerance)!
    contour.run(task.network, sources: task.experiment.sources)
    course = contour.course()
  }
  var prepared = ContourPropagator(shape: task.network, task.experiment, tolerance: tolerance)!
  let again = median { prepared.run(task.network, sources: task.experiment.sources) }
  let reached = error(course?.values ?? [], reference)
  print(
    "contour, tolerance \(tolerance), \(prepared.shifts) shifts: \(written(whole)) with its plan, "
      + "\(written(again)) after; error \(rounded(reached)), bound \(rounded(prepared.errorBound)); "
      + "ratio \(rounded(peerTime / whole)) and \(rounded(peerTime / again))")
}
let spectral = median { _ = try? task.reference() }
print("spectral: \(written(spectral)), exact in time; ratio \(rounded(peerTime / spectral))")
var steps = Course?.none
let implicit = median {
  var stepper = ImplicitPropagator(task.network, tolerance: 1e-6)
  steps = try? stepper.run(task.experiment)
}
print(
  "implicit, tolerance 1e-6: \(written(implicit)), error \(rounded(error(steps?.values ?? [], reference))); "
    + "ratio \(rounded(peerTime / implicit))")

try measureBatch(task, peerTime)
try measureGrowth()

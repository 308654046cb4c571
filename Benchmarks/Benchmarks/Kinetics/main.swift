import BenchmarkSupport
import CKineticsPeers
import Glibc
import ThecalKinetics

// 10,000 people, 14 oral doses, 169 hourly levels: the plan's general machinery beside a closed form in C that can do
// nothing else, on one thread, in one process. Both keep the levels of eight people at a time and add them up.
// With `--guard FILE`: only the ratios that `Thresholds/kinetics.json` limits.

let ratios = try [1, 2].map { compartments in
  let task = try Task(compartments: compartments)
  let (peer, own) = task.seconds()
  print(
    "\(compartments) compartment\(compartments > 1 ? "s" : ""): peer \(rounded(peer * 1e9)) ns per person, "
      + "plan \(rounded(own * 1e9)) ns, ratio \(rounded(own / peer)); largest relative difference "
      + "\(rounded(task.difference()))")
  return ("oral\(compartments)", own / peer)
}
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--guard" {
  exit(try areWithin(CommandLine.arguments[2], ratios) ? 0 : 1)
}

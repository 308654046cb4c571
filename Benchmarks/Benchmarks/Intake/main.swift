import BenchmarkSupport
import Glibc

// Medicines a second on one core, from the bytes of a hospital's table to typed medicines, beside the least that any
// reader of words does: a scan in C that cuts and hashes the same words.
// With `--guard FILE`: only the ratio that `Thresholds/intake.json` limits.

let task = Task()
let (peer, own) = (task.peerTime(), task.ownTime())
print(
  "scan \(rounded(peer * 1e9)) ns per medicine, intake \(rounded(own * 1e9)) ns, ratio \(rounded(own / peer)): "
    + "\(Int(1 / own)) medicines a second")
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--guard" {
  exit(try areWithin(CommandLine.arguments[2], [("medicine", own / peer)]) ? 0 : 1)
}

import Glibc
import _CThecalAllocationCounter
import _ThecalTestSupport

/// How often `body` asked for memory on this thread.
func allocations(_ body: () throws -> Void) rethrows -> Int {
  let before = thecal_allocation_count_of_thread()
  try body()
  return Int(thecal_allocation_count_of_thread() - before)
}

extension SeededGenerator {
  /// A number between `low` and `high`, uniform in its logarithm.
  mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * exp(log(high / low) * Double.random(in: 0..<1, using: &self))
  }
}

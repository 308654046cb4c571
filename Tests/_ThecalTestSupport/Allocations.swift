import _CThecalAllocationCounter

/// How often `body` asked for memory on this thread.
public func allocations(_ body: () throws -> Void) rethrows -> Int {
  let before = thecal_allocation_count()
  try body()
  return Int(thecal_allocation_count() - before)
}

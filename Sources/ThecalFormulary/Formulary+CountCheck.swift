/// What is wrong with an object as a count: a count that was taken from a percentage says so, and says which counts print alike.
func countProblems(of row: DataTree) -> [String] {
  guard let events = row["events"]?.number, let n = row["n"]?.number else { return [] }
  var problems: [String] = []
  if events > n { problems.append("more events than people") }
  let isDerived = row["read"]?.text == Citation.Reading.derived.rawValue
  if let range = row["countRange"] {
    if !isDerived { problems.append("a count taken from a percentage claims to have been read") }
    let (low, high) = (range["low"]?.number ?? .infinity, range["high"]?.number ?? -.infinity)
    if !(low <= events && events <= high && high <= n) {
      problems.append("the count is none of those that print as its percentage")
    }
  }
  if let percent = row["percent"]?.number {
    if isDerived && row["countRange"] == nil {
      problems.append("a count taken from a percentage without every count that prints as it")
    }
    // A source prints at least whole percents.
    if n > 0, abs(percent - 100 * events / n) > 0.51 { problems.append("the count is not its percentage") }
  }
  return problems
}

/// Which of `known` was meant by `name`, or all of them where none is near.
public func suggestion(for name: String, among known: [String]) -> String {
  guard name.utf8.count <= longestName else { return "known here: \(known.joined(separator: ", "))" }
  let nearest = known.map { ($0, editDistance(name.lowercased(), $0.lowercased())) }.min { $0.1 < $1.1 }
  if let nearest, nearest.1 <= max(1, name.count / 3) { return "did you mean '\(nearest.0)'?" }
  return "known here: \(known.joined(separator: ", "))"
}

/// Longer than any name that is known: what is longer is no slip of one, and not worth comparing.
private let longestName = 200

/// The number of letters to change, drop or add (Levenshtein), a swap of neighbors counting as one.
public func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in 0..<b.count {
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

import FoundationEssentials

/// The limits of a file of `Thresholds`.
private struct Thresholds: Decodable {
  struct Limit: Decodable {
    let limit: Double
    let reason: String
  }
  let ratios: [String: Limit]
}

/// Whether every ratio keeps the limit that the file at `path` sets for its name; says so line by line.
package func areWithin(_ path: String, _ ratios: [(String, Double)]) throws -> Bool {
  let thresholds = try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: URL(filePath: path)))
  var isFine = true
  for (name, ratio) in ratios {
    guard let limit = thresholds.ratios[name] else {
      print("\(name): no threshold")
      isFine = false
      continue
    }
    let holds = ratio <= limit.limit
    print(
      "\(holds ? "ok  " : "FAIL") \(name): \(rounded(ratio)) of at most \(limit.limit)\(holds ? "" : ". " + limit.reason)"
    )
    isFine = isFine && holds
  }
  return isFine
}

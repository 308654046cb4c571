extension BatchRun {
  /// Whether a table with `header` is one that a batch reads.
  package static func reads(_ header: [String]) -> Bool { (try? InputLayout(header)) != nil }
}

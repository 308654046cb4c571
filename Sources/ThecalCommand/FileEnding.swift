import ArgumentParser

/// Refuses a `--plot` whose name is that of no picture; nil, for no plot, passes.
func requirePictureName(_ plot: String?) throws {
  if let plot, !plot.hasSuffix(".svg"), !plot.hasSuffix(".png") {
    throw ValidationError("--plot draws .svg and .png")
  }
}

/// Endings that say what a file holds; a name with another, or with none, promises nothing.
private let knownEndings: Set = [
  "csv", "tsv", "json", "jsonl", "ndjson", "xlsx", "xls", "ods", "parquet", "feather", "arrow", "nc", "h5",
  "hdf5", "html", "htm",
  "pdf", "svg", "png", "ics", "sqlite", "gz", "zip", "zst",
]

/// Refuses a name that promises another format than those in `endings`; nil, for no file, passes.
func requireEnding(_ name: String?, of endings: String...) throws {
  guard let name,
    let ending = name.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased(),
    knownEndings.contains(ending), !endings.contains(ending)
  else { return }
  throw ValidationError(
    "'\(name)' would not hold what .\(ending) says: what is written is .\(endings.joined(separator: " or ."))"
  )
}

/// The same for a table: rows of CSV, or an object on each line.
func requireTableEnding(_ name: String?, asObjects: Bool) throws {
  try asObjects ? requireEnding(name, of: "jsonl", "ndjson", "json") : requireEnding(name, of: "csv")
}

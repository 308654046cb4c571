/// Version, size and checksum of every data file.
struct DataManifest: Decodable, Sendable {
  struct Entry: Decodable, Sendable {
    let path: String
    let bytes: Int
    let sha256: String
  }

  let version: String
  let files: [Entry]

  /// What differs between the manifest and the files.
  func compare(with data: DataFiles) -> [DataFinding] {
    func error(_ path: String, _ message: String) -> DataFinding {
      DataFinding(severity: .error, file: path, place: "", message: message)
    }
    var findings: [DataFinding] = []
    for entry in files {
      if data[entry.path]?.count != entry.bytes || data.digest(entry.path) != entry.sha256 {
        findings.append(error(entry.path, "the file is not the one that the manifest lists"))
      }
    }
    let listed = Set(files.map(\.path))
    for path in data.paths where path != "manifest.json" && !listed.contains(path) {
      findings.append(error(path, "the manifest does not list this file"))
    }
    return findings
  }
}

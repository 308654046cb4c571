import Foundation

/// The package as it lies on disk, for tests that read it.
enum SourceTree {
  /// The folder that holds `Package.swift`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A Swift file, with the module it belongs to.
  struct File: CustomStringConvertible, Sendable {
    let module: String
    let name: String
    let lines: [String]

    var description: String { "\(module)/\(name)" }
  }

  /// The text of a file below the root.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every Swift file of the modules.
  static let files: [File] = {
    let sources = root.appending(path: "Sources")
    let modules = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
    return modules.sorted().flatMap { module in
      let folder = sources.appending(path: module)
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().filter { $0.hasSuffix(".swift") }.compactMap { name in
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map {
          File(
            module: module, name: name,
            lines: $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
      }
    }
  }()

  /// The table of `Package.swift`: what each module may import, in the order of the table.
  static func architecture() throws -> [(module: String, imports: [String])] {
    let manifest = try text("Package.swift")
    let entry = #/name: "(\w+)",\s*purpose:\s*"[^"]+",\s*imports: \[([^\]]*)\]/#
    return manifest.matches(of: entry).map { match in
      (String(match.1), match.2.matches(of: #/"(\w+)"/#).map { String($0.1) })
    }
  }
}

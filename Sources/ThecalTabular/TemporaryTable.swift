/// A place for a table that is needed twice in one run: this user's alone, and gone with this value or the process.
package final class TemporaryTable {
  private let file: TemporaryFile

  /// An empty file, to be written over.
  package init() throws(TabularError) {
    file = try TemporaryFile.create(beside: temporaryFolder + "/-", mode: 0o600, path: temporaryFolder)
  }

  /// Where it is.
  package var path: String { file.path }

  /// What it holds.
  package var bytes: [UInt8] {
    get throws(TabularError) { try TextFile.bytes(path, most: Self.mostBytes) }
  }

  /// Bytes of a table that is taken into memory.
  private static let mostBytes = 1 << 30
}

/// How much a reader holds at once, so that no input can exhaust the memory.
package struct CSVLimits: Hashable, Sendable {
  /// Bytes asked of the operating system at once, at least 1.
  package var chunkBytes = 1 << 20
  /// Bytes that the fields of one row may have together, 1 to 1 GiB.
  package var rowBytes = 1 << 20
  /// Fields that one row may have. Excel stops at the same number of columns.
  package var rowFields = 16_384
  /// A batch is handed out once its fields have this many bytes, however few its rows, 1 to 1 GiB.
  package var batchBytes = 4 << 20

  /// The limits that suit a clinic's files.
  package init() {}
}

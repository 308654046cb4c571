/// Why a table could not be read or written. What is wrong with a single row is not an error but one of
/// its `RowProblems`.
package enum TabularError: Error, Hashable, Sendable {
  /// There is nothing at `path`.
  case notFound(path: String)
  /// `path` exists and cannot be read; `code` is the system's `errno`.
  case unreadable(path: String, code: Int32)
  /// The input is UTF-16, as spreadsheets write it under the name "Unicode Text".
  case utf16(path: String)
  /// The input is a workbook, which is a zip archive, and not text.
  case workbookAsText(path: String)
  /// `line` holds a NUL byte, so the input is not text.
  case binary(path: String, line: Int)
  /// The input is no text.
  case notText(path: String)
  /// The input is longer than `limit` bytes.
  case tooLong(path: String, limit: Int)
  /// The input has no line with anything in it.
  case noHeader(path: String)
  /// The header on `line` cannot be taken apart.
  case badHeader(path: String, line: Int, problems: RowProblems)

  /// No output can be created at `path`; `code` is the system's `errno`.
  case cannotCreate(path: String, code: Int32)
  /// The output would replace the input `path`.
  case outputIsInput(path: String)
  /// The output would replace another output, `other`.
  case outputIsOutput(path: String, other: String)
  /// Reading or writing `path` failed half-way: the disk is full or broken. `code` is `errno`.
  case inputOutput(path: String, code: Int32)
  /// Whoever read the output has stopped reading; not a failure.
  case closedReader

  /// The output at `path` holds at most `limit` rows.
  case tooManyRows(path: String, limit: Int)
  /// The library that writes or reads `path` reports `message` while doing `action`.
  case library(path: String, action: String, message: String)
}

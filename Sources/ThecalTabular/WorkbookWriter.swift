import CThecalXLSX
import Glibc

/// Writes one sheet of a workbook, row by row, in constant memory.
///
/// The first row is bold, stays in view and filters the rows below. Text is text, also if it begins with
/// an equals sign; numbers are numbers. Equal rows make equal bytes: the file carries a fixed date.
///
/// The library keeps the rows in a file in the system's temporary folder until `commit`. It must be used
/// from one thread at a time.
package struct WorkbookWriter: ~Copyable {
  /// A column of the sheet.
  package struct Column: Hashable, Sendable {
    let title: String
    let width: Double
    let isHidden: Bool
    let colors: [Color]

    /// A word of a column and the background that its cells then have, as 0xRRGGBB.
    package struct Color: Hashable, Sendable {
      let word: String
      let color: UInt32

      /// Cells that say `word` on `color`.
      package init(_ word: String, _ color: UInt32) { (self.word, self.color) = (word, color) }
    }

    /// A column under `title`, `width` characters of the standard font wide; what is hidden can be shown again in the sheet.
    package init(_ title: String, width: Double = 14, isHidden: Bool = false, colors: [Color] = []) {
      (self.title, self.width, self.isHidden, self.colors) = (title, width, isHidden, colors)
    }
  }

  /// Rows that a sheet can hold, the header among them.
  package static let rowLimit = 1_048_576

  private let file: AtomicFile
  private let workbook: OpenWorkbook
  private let columnCount: Int
  private var row = 1
  private var column = 0

  /// A workbook at `path`, with a header of `columns`; see `AtomicFile` for `path` and `inputs`.
  package init(
    path: String, inputs: [String] = [], sheet name: String = "thecal", columns: [Column]
  ) throws(TabularError) {
    let file = try AtomicFile(path: path, inputs: inputs, isStaged: true)
    workbook = try OpenWorkbook(file.temporaryPath, path: path, sheet: name, columns: columns)
    columnCount = columns.count
    self.file = file
  }

  /// Adds a cell of text, of at most 32,767 characters.
  package mutating func appendText(_ text: String) throws(TabularError) {
    try check(
      worksheet_write_string(workbook.sheet, lxw_row_t(row), lxw_col_t(column), text, nil), column: column)
    column += 1
  }

  /// Adds a cell of text given in UTF-8; what is not UTF-8 in it becomes U+FFFD.
  package mutating func appendText(_ text: Span<UInt8>) throws(TabularError) {
    try appendText(text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
  }

  /// Adds a cell with a number, which must be finite; a sheet keeps 15 of its digits or more.
  package mutating func appendNumber(_ number: Double) throws(TabularError) {
    precondition(number.isFinite, "\(number) has no digits")
    try check(
      worksheet_write_number(workbook.sheet, lxw_row_t(row), lxw_col_t(column), number, nil), column: column)
    column += 1
  }

  /// Adds a cell with a day of the calendar, which a sheet sorts and counts as one.
  package mutating func appendDate(year: Int, month: Int, day: Int) throws(TabularError) {
    var date = lxw_datetime()
    (date.year, date.month, date.day) = (Int32(year), Int32(month), Int32(day))
    try check(
      worksheet_write_datetime(
        workbook.sheet, lxw_row_t(row), lxw_col_t(column), &date, workbook.dateFormat), column: column)
    column += 1
  }

  /// Adds a cell without anything in it.
  package mutating func appendEmpty() { column += 1 }

  /// Ends the row.
  package mutating func endRow() throws(TabularError) {
    guard row < Self.rowLimit else { throw .tooManyRows(path: file.path, limit: Self.rowLimit - 1) }
    row += 1
    column = 0
  }

  /// Publishes the workbook.
  package consuming func commit() throws(TabularError) {
    if columnCount > 0 {
      workbook.color(rows: row)
      worksheet_autofilter(workbook.sheet, 0, 0, lxw_row_t(row - 1), lxw_col_t(columnCount - 1))
    }
    guard workbook.hasRoomToClose else { throw .writing(file.path, ENOSPC) }
    let (status, code) = workbook.close()
    if status != LXW_NO_ERROR {
      if [ENOSPC, EFBIG, EDQUOT, EIO].contains(code) { throw .writing(file.path, code) }
      throw failure(status, path: file.path, action: "writing the workbook")
    }
    try file.commit()
  }

  private func check(_ status: lxw_error, column: Int) throws(TabularError) {
    guard status != LXW_NO_ERROR else { return }
    if row == Self.rowLimit { throw .tooManyRows(path: file.path, limit: Self.rowLimit - 1) }
    throw failure(status, path: file.path, action: "row \(row), column \(column + 1)")
  }
}

/// What the library's `status` says about doing `action`.
private func failure(_ status: lxw_error, path: String, action: String) -> TabularError {
  let message = lxw_strerror(status).map { String(cString: $0) } ?? "error \(status.rawValue)"
  return .library(path: path, action: action, message: message)
}

/// The library's workbook, which is freed when it is closed or no longer needed.
private final class OpenWorkbook {
  /// 2000-01-01 00:00 UTC in seconds since 1970. Without a date of ours, the library writes the time.
  private static let creationDate = 946_684_800

  let sheet: UnsafeMutablePointer<lxw_worksheet>
  /// How days are written, `2026-01-31`.
  let dateFormat: UnsafeMutablePointer<lxw_format>?
  private let columns: [WorkbookWriter.Column]
  private let handle: UnsafeMutablePointer<lxw_workbook>
  private var isClosed = false

  /// A workbook at `temporaryPath` whose sheet has a header; errors name `path`.
  init(
    _ temporaryPath: String, path: String, sheet name: String, columns: [WorkbookWriter.Column]
  ) throws(TabularError) {
    var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 0)
    guard let handle = workbook_new_opt(temporaryPath, &options) else { throw .outOfMemory(path) }
    guard let sheet = workbook_add_worksheet(handle, name) else {
      lxw_workbook_free(handle)
      throw .library(path: path, action: "naming the sheet \(name)", message: "not a name for a sheet")
    }
    self.handle = handle
    self.sheet = sheet
    self.columns = columns
    let bold = workbook_add_format(handle)
    format_set_bold(bold)
    dateFormat = workbook_add_format(handle)
    format_set_num_format(dateFormat, "yyyy-mm-dd")
    format_set_align(dateFormat, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    var properties = lxw_doc_properties()
    properties.created = Self.creationDate
    workbook_set_properties(handle, &properties)
    worksheet_freeze_panes(sheet, 1, 0)
    setUpPrint()
    let wrapped = workbook_add_format(handle)
    format_set_text_wrap(wrapped)
    format_set_align(wrapped, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    for (index, column) in columns.enumerated() {
      let place = lxw_col_t(index)
      var options = lxw_row_col_options()
      options.hidden = column.isHidden ? 1 : 0
      worksheet_set_column_opt(sheet, place, place, column.width, wrapped, &options)
      let status = worksheet_write_string(sheet, 0, place, column.title, bold)
      guard status == LXW_NO_ERROR else { throw failure(status, path: path, action: "column \(index + 1)") }
    }
  }

  /// A4 across, as wide as the sheet, the header on every page, and the number of the page below.
  private func setUpPrint() {
    let a4: UInt8 = 9
    worksheet_set_paper(sheet, a4)
    worksheet_set_landscape(sheet)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_repeat_rows(sheet, 0, 0)
    worksheet_set_footer(sheet, "&LTo be checked by a second person&RPage &P of &N")
  }

  /// Gives the words of columns their colors, in `rows` rows with the header.
  func color(rows: Int) {
    for (index, column) in columns.enumerated() where rows > 1 {
      for color in column.colors {
        let format = workbook_add_format(handle)
        format_set_bg_color(format, color.color)
        format_set_font_color(format, 0xFFFFFF)
        "\"\(color.word)\"".withCString { word in
          var rule = lxw_conditional_format()
          rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
          rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
          rule.value_string = UnsafeMutablePointer(mutating: word)
          rule.format = format
          worksheet_conditional_format_range(
            sheet, 1, lxw_col_t(index), lxw_row_t(rows - 1), lxw_col_t(index), &rule)
        }
      }
    }
  }

  deinit {
    if !isClosed { lxw_workbook_free(handle) }
  }

  /// Whether the temporary folder has held the rows so far and has room for the library's second copy
  /// of them. The library itself does not look, and would publish a workbook that is cut short.
  var hasRoomToClose: Bool {
    guard let rows = sheet.pointee.optimize_tmpfile else { return true }
    var disk = statvfs()
    guard fflush(rows) == 0, ferror(rows) == 0, fstatvfs(fileno(rows), &disk) == 0 else { return false }
    // A file system without an end may say more than 64 bits hold.
    let (free, overflows) = UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize))
    return overflows || free > UInt64(clamping: ftell(rows))
  }

  /// Writes the file; the library's verdict and the system's error code.
  func close() -> (status: lxw_error, code: Int32) {
    isClosed = true
    errno = 0
    let status = workbook_close(handle)
    return (status, errno)
  }
}

import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

private let columns = [WorkbookWriter.Column("patient_id"), WorkbookWriter.Column("estimate", width: 9)]

/// Writes a workbook of `rows` rows to `path`.
private func publish(_ path: String, rows: Int = 3) throws(TabularError) {
  var workbook = try WorkbookWriter(path: path, columns: columns)
  for row in 0..<rows {
    try workbook.appendText(row == 0 ? "=1+1" : "P\(row) é\u{1F9EA}<&\u{1}")
    if row == 1 { workbook.appendEmpty() } else { try workbook.appendNumber(0.4 * Double(row + 1)) }
    try workbook.endRow()
  }
  try workbook.commit()
}

/// The file `name` in the archive at `path`.
private func member(_ name: String, of path: String) -> String {
  guard let pipe = popen("unzip -p '\(path)' '\(name)'", "r") else { return "" }
  defer { pclose(pipe) }
  var bytes: [UInt8] = []
  while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct `Writing a workbook` {
  let folder = Folder()

  @Test func `equal rows make equal bytes at any time`() throws {
    let (first, second) = (folder.path + "/1.xlsx", folder.path + "/2.xlsx")
    try publish(first)
    sleep(2)  // the clock in a zip archive ticks every two seconds
    try publish(second)
    #expect(contents(first) == contents(second) && contents(first)?.isEmpty == false)
    #expect(folder.names == ["1.xlsx", "2.xlsx"])
  }

  @Test(.enabled(if: access("/usr/bin/unzip", X_OK) == 0))
  func `text stays text, numbers are numbers, empty cells are absent`() throws {
    let path = folder.path + "/out.xlsx"
    try publish(path)
    let sheet = member("xl/worksheets/sheet1.xml", of: path)
    #expect(sheet.firstMatch(of: #/<c r="A2" s="[0-9]+" t="inlineStr"><is><t>=1\+1<\/t><\/is><\/c>/#) != nil)
    #expect(sheet.firstMatch(of: #/<c r="B2" s="[0-9]+"><v>0.4<\/v><\/c>/#) != nil)
    #expect(sheet.contains("P1 é\u{1F9EA}&lt;&amp;_x0001_") && !sheet.contains("<f>"))
    #expect(sheet.contains(#"r="A3""#) && !sheet.contains(#"r="B3""#))
    #expect(sheet.contains(#"<autoFilter ref="A1:B4"/>"#) && sheet.contains(#"state="frozen""#))
    #expect(sheet.contains(#"<c r="A1" s="1" t="inlineStr">"#) && sheet.contains("width=\"9."))
    #expect(member("docProps/core.xml", of: path).contains("2000-01-01T00:00:00Z"))
  }

  @Test(.enabled(if: access("/usr/bin/unzip", X_OK) == 0))
  func
    `days are days, words have colors, what proves the row is hidden, and a print has its header and number`()
    throws
  {
    let path = folder.path + "/out.xlsx"
    var workbook = try WorkbookWriter(
      path: path,
      columns: [
        .init("status", colors: [.init("ok", 0x00664B), .init("blocked", 0xB03A00)]), .init("refill_by"),
        .init("row_sha256", isHidden: true),
      ])
    try workbook.appendText("blocked")
    try workbook.appendDate(year: 2026, month: 2, day: 14)
    try workbook.appendText("abc")
    try workbook.endRow()
    try workbook.commit()
    let sheet = member("xl/worksheets/sheet1.xml", of: path)
    // 14 February 2026 is day 46,067 of the calendar of sheets.
    #expect(sheet.firstMatch(of: #/<c r="B2" s="[0-9]+"><v>46067<\/v>/#) != nil, "\(sheet)")
    #expect(
      sheet.contains(#"<conditionalFormatting sqref="A2">"#) && sheet.contains("&quot;blocked&quot;")
        || sheet.contains(#""blocked""#))
    #expect(sheet.firstMatch(of: #/<col min="3" max="3"[^>]*hidden="1"/#) != nil)
    #expect(sheet.contains(#"orientation="landscape""#) && sheet.contains("fitToPage=\"1\""))
    #expect(sheet.contains("Page &amp;P of &amp;N"))
    let styles = member("xl/styles.xml", of: path)
    #expect(styles.contains("yyyy-mm-dd") && styles.contains(#"wrapText="1""#) && styles.contains("FFB03A00"))
    #expect(member("xl/workbook.xml", of: path).contains("_xlnm.Print_Titles"))
  }

  @Test func `a cell that is too long is named and leaves nothing behind`() {
    let path = folder.path + "/out.xlsx"
    let error = #expect(throws: TabularError.self) {
      var workbook = try WorkbookWriter(path: path, columns: columns)
      workbook.appendEmpty()
      try workbook.appendText(String(repeating: "x", count: 32_768))
    }
    guard case .library(path, "row 1, column 2", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.names == [])
  }

  @Test func `a sheet ends at the row where Excel's does`() {
    #expect(throws: TabularError.tooManyRows(path: folder.path + "/out.xlsx", limit: 1_048_575)) {
      var workbook = try WorkbookWriter(path: folder.path + "/out.xlsx", columns: columns)
      for _ in 0..<WorkbookWriter.rowLimit { try workbook.endRow() }
    }
  }

  @Test func `a stream gets the workbook in one piece`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    try publish("/dev/fd/\(ends[1])")
    close(ends[1])
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let got = read(ends[0], &bytes, bytes.count)
    close(ends[0])
    try publish(folder.path + "/out.xlsx")
    #expect(Array(bytes.prefix(got)) == contents(folder.path + "/out.xlsx"))
  }

  @Test(.enabled(if: Folder.canBecomeDisk)) func `a full disk is an error of output`() {
    let disk = folder.path
    folder.becomeDisk(kibibytes: 64)
    let error = #expect(throws: TabularError.self) { try publishNoise(disk + "/out.xlsx") }
    #expect(error?.exitCode == 74)
    #expect(folder.names == [])
  }

  @Test(.enabled(if: Folder.canBecomeDisk)) func `a full temporary folder does not cut the workbook short`()
    async
  {
    let disk = folder.path
    folder.becomeDisk(kibibytes: 256)
    await #expect(processExitsWith: .exitCode(74)) { [disk = disk as String] in
      setenv("TMPDIR", disk, 1)
      do throws(TabularError) { try publishNoise("/dev/null") } catch { exit(error.exitCode) }
    }
  }
}

/// Writes a workbook of text that does not compress.
private func publishNoise(_ path: String) throws(TabularError) {
  var random = SeededGenerator(seed: 1)
  var workbook = try WorkbookWriter(path: path, columns: columns)
  for _ in 0..<4_000 {
    try workbook.appendText((0..<6).map { _ in String(random.next(), radix: 36) }.joined())
    try workbook.endRow()
  }
  try workbook.commit()
}

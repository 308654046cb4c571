import Glibc
import Testing

@testable import ThecalTabular

@Suite struct `An error says what to do` {
  static let cases: [(TabularError, Int32, String)] = [
    (.notFound(path: "a.csv"), 66, "a.csv: no such file"),
    (.unreadable(path: "a.csv", code: EACCES), 66, "a.csv cannot be read: Permission denied"),
    (.unreadable(path: "-", code: EIO), 74, "standard input cannot be read: Input/output error"),
    (.utf16(path: "a.csv"), 65, "a.csv is UTF-16: save it as \"CSV UTF-8 (comma delimited)\""),
    (.workbookAsText(path: "a.xlsx"), 65, "a.xlsx is a workbook: save the sheet as \"CSV UTF-8\""),
    (.binary(path: "a.csv", line: 3), 65, "a.csv:3: a NUL byte: this is not a text file"),
    (.noHeader(path: "-"), 65, "standard input is empty: its first line must name the columns"),
    (
      .badHeader(path: "a.csv", line: 2, problems: .tooLong), 65,
      "a.csv:2: the header is longer than a row may be"
    ),
    (.cannotCreate(path: "b.csv", code: EACCES), 73, "b.csv cannot be created: Permission denied"),
    (
      .outputIsInput(path: "b.csv"), 73,
      "b.csv is the input, which is never modified: choose another output"
    ),
    (.inputOutput(path: "-", code: ENOSPC), 74, "standard output: No space left on device"),
    (.closedReader, 0, "the reader of the output has closed it"),
    (
      .tooManyRows(path: "b.xlsx", limit: 1_048_575), 65,
      "b.xlsx holds at most 1048575 rows: write CSV instead"
    ),
    (.library(path: "b.nc", action: "opening the file", message: "no"), 74, "b.nc: opening the file: no"),
  ]

  @Test(arguments: cases)
  func `in one line and with one exit code`(error: TabularError, exitCode: Int32, text: String) {
    #expect(error.description == text)
    #expect(error.exitCode == exitCode)
  }

  @Test func `every problem of a row has words`() {
    for flag in [RowProblems.invalidUTF8, .unclosedQuote, .strayQuote, .tooLong] {
      #expect(flag.messages.count == 1)
    }
    #expect(RowProblems([.tooLong, .invalidUTF8]).messages.count == 2)
    #expect(RowProblems().messages == [])
  }
}

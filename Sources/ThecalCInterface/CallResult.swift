/// What a call made, behind the handle that C holds.
final class CallResult: Sendable {
  /// What went wrong or should be known.
  let message: StaticText
  /// The text.
  let text: StaticText
  /// Names of the columns.
  let names: [StaticText]
  /// Number of rows.
  let rows: Int
  /// Times of the rows, h.
  let times: [Double]
  /// Row by row, one number per column.
  let levels: [Double]
  /// Row by row, one text per column.
  let cells: TextBlock?
  /// The row of the input on which each row's patient begins.
  let firstRows: [Int]

  private static let empty = StaticText("")

  /// A result with a text.
  init(message: String = "", text: String = "") {
    self.message = message.isEmpty ? Self.empty : StaticText(message)
    self.text = text.isEmpty ? Self.empty : StaticText(text)
    (names, rows, times, levels, cells, firstRows) = ([], 0, [], [], nil, [])
  }

  /// A result with a text and a number per row and column.
  init(
    message: String = "", text: String, times: [Double], names: [String], levels: [Double]
  ) {
    self.message = message.isEmpty ? Self.empty : StaticText(message)
    self.text = StaticText(text)
    (cells, firstRows) = (nil, [])
    self.times = times
    self.names = names.map { StaticText($0) }
    self.levels = levels
    rows = times.count
  }

  /// A result with a text per row and column.
  init(names: [StaticText], cells rows: [[String]], firstRows: [Int]) {
    (message, text, times, levels) = (Self.empty, Self.empty, [], [])
    self.names = names
    self.firstRows = firstRows
    self.rows = rows.count
    cells = TextBlock(rows.joined())
  }

  /// The cell in `row` and `column`; nil where there is none.
  func cell(_ row: Int, _ column: Int) -> UnsafePointer<CChar>? {
    guard let cells, (0..<rows).contains(row), names.indices.contains(column) else { return nil }
    return cells[row * names.count + column]
  }
}

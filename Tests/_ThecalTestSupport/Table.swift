/// A CSV file as a spreadsheet would show it, read by a second reader that shares no line with the program's.
public struct Table {
  /// Names of the columns.
  public let header: [String]
  /// Cells, by row.
  public let rows: [[String]]

  /// The table that `text` holds, by RFC 4180.
  public init(_ text: String) {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var quoted = false
    var previous: Unicode.Scalar = "\n"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        if !quoted && previous == "\"" { cell.unicodeScalars.append(scalar) }
        quoted.toggle()
      case "," where !quoted:
        row.append(cell)
        cell = ""
      case "\n" where !quoted:
        if cell.hasSuffix("\r") { cell.removeLast() }
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
    header = rows.first ?? []
    self.rows = Array(rows.dropFirst())
  }

  /// The cell of `column` on `row`, counted from zero; nil where there is none.
  public subscript(row: Int, column: String) -> String? {
    guard rows.indices.contains(row), let index = header.firstIndex(of: column) else { return nil }
    return rows[row].indices.contains(index) ? rows[row][index] : nil
  }

  /// All cells of `column`.
  public func column(_ name: String) -> [String] { rows.indices.map { self[$0, name] ?? "" } }
}

import ThecalQuantities
import ThecalTabular

/// Where results go: a file of bytes, or a workbook, or memory. Complete after `commit`, absent without it.
struct ResultSink: ~Copyable {
  /// The place of the results.
  enum Place {
    /// A file, or standard output for `-`.
    case file(String)
    /// Memory of the caller, for bytes alone.
    case memory(ResultBytes)
  }

  private var bytes: ResultBytes?
  private var file: AtomicFile?
  private var workbook: WorkbookWriter?
  private let numbers: [Bool]
  private let dates: [Bool]

  init(_ format: BatchFormat, _ place: Place, inputs: [String], header: [String]) throws(TabularError) {
    let fixed = OutputColumn.allCases
    numbers = header.indices.map { $0 < fixed.count && fixed[$0].isNumber }
    dates = header.indices.map { $0 < fixed.count && fixed[$0].isDate }
    guard case .file(let path) = place else {
      if case .memory(let bytes) = place { self.bytes = bytes }
      file = nil
      workbook = nil
      if format == .csv {
        var writer = CSVWriter()
        writer.appendRow(header)
        bytes?.all += writer.output.bytes
      }
      return
    }
    if format == .xlsx {
      let columns = header.enumerated().map { index, title in
        index < fixed.count ? fixed[index].sheetColumn(title) : WorkbookWriter.Column(title)
      }
      workbook = try WorkbookWriter(path: path, inputs: inputs, sheet: "conversion", columns: columns)
      file = nil
      return
    }
    workbook = nil
    file = try AtomicFile(path: path, inputs: inputs)
    if format == .csv {
      var writer = CSVWriter()
      writer.appendRow(header)
      try file?.write(writer.output.bytes.span)
    }
  }

  /// Writes what a unit has become.
  mutating func write(_ unit: ConvertedUnit) throws(TabularError) {
    bytes?.all += unit.bytes
    try file?.write(unit.bytes.span)
    for row in unit.table { try write(row) }
  }

  private mutating func write(_ row: [String]) throws(TabularError) {
    for (column, cell) in row.enumerated() {
      if cell.isEmpty {
        workbook?.appendEmpty()
      } else if numbers[column], let number = Double(cell) {
        try workbook?.appendNumber(number)
      } else if dates[column], let day = try? CalendarDate(reading: cell).components {
        try workbook?.appendDate(year: day.year, month: day.month, day: day.day)
      } else {
        try workbook?.appendText(String(cell.prefix(32_767)))  // the most a cell of a workbook holds
      }
    }
    try workbook?.endRow()
  }

  /// Publishes the result.
  consuming func commit() throws(TabularError) {
    try file.take()?.commit()
    try workbook.take()?.commit()
  }
}

/// Results in memory.
final class ResultBytes {
  var all: [UInt8] = []
}

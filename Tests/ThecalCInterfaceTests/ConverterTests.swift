import CThecal
import Glibc
import Testing
import Thecal
import ThecalCInterface
import _ThecalTestSupport

let columns = ["patient_id", "drug", "dose", "unit", "frequency", "opioid_days", "ward"]

/// A converter for `columns`.
func converter() -> OpaquePointer? {
  var made: OpaquePointer?
  let status = withCells(columns) { thecal_converter_new($0, columns.count, nil, nil, &made, nil) }
  return status == 0 ? made : nil
}

/// Texts as C has them.
func withCells<Value>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value) -> Value {
  let copies = texts.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return copies.map { UnsafePointer<CChar>($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Converts rows of cells, and gives the cells of the result by column.
private func convert(_ converter: OpaquePointer?, _ rows: [[String]]) -> (thecal_status, [[String: String]]) {
  let (status, result) = called { result in
    withCells(rows.flatMap { $0 }) { thecal_converter_convert(converter, $0, rows.count, result) }
  }
  defer { thecal_free(result) }
  var (count, width) = (0, 0)
  _ = thecal_shape(result, &count, &width)
  let found = (0..<count).map { row in
    Dictionary(
      uniqueKeysWithValues: (0..<width).map { column in
        var (name, text): (UnsafePointer<CChar>?, UnsafePointer<CChar>?)
        _ = thecal_column_name(result, column, &name)
        _ = thecal_cell(result, row, column, &text)
        return (name.map { String(cString: $0) } ?? "", text.map { String(cString: $0) } ?? "")
      })
  }
  return (status, found)
}

@Suite struct `A converter that C holds` {
  @Test func `gives the cells that the same rows have in a table`() throws {
    let held = converter()
    defer { thecal_converter_free(held) }
    let rows = [
      ["0001", "oxycodone", "20", "mg", "q6h", "30", "=7 south"],
      ["NA", "methadone", "60", "mg", "daily", "30", ""],
      ["NA", "morphine", "1O", "mg", "bid", "30", ""], ["-17", "morphine", "60", "mg", "bid", "30", "@x"],
    ]
    let (status, found) = convert(held, rows)
    #expect(status == 1)
    let text = ([columns] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
    var options = BatchOptions()
    options.format = .jsonl
    let made = try BatchRun(options, engine: "thecal \(thecalVersion)").convert(table: Array(text.utf8))
    let lines = String(decoding: made.bytes, as: UTF8.self).split(separator: "\n")
    #expect(found.count == lines.count && found.count == 3)
    for (row, line) in zip(found, lines) {
      // The digest covers every other cell of its row.
      #expect(line.contains(#""row_sha256":"\#(row["row_sha256"] ?? "")""#), "\(row)")
    }
    #expect(found[0]["start"] == "0.2" && found[0]["patient_id"] == "0001" && found[0]["ward"] == "=7 south")
    #expect(found[1]["status"] == "error" && found[1]["start"] == "" && found[2]["patient_id"] == "-17")
  }

  @Test func `counts the lines of a part as in the whole table`() {
    let held = converter()
    defer { thecal_converter_free(held) }
    let rows = [
      ["1", "oxycodone", "20", "mg", "q6h", "30", ""], ["2", "morphine", "1O", "mg", "bid", "30", ""],
    ]
    let (_, whole) = convert(held, rows)
    let (status, result) = called { result in
      withCells(rows[1]) { thecal_converter_part(held, $0, 1, 1, result) }
    }
    var message: UnsafePointer<CChar>?
    let column = whole[1].keys.contains("message") ? name(of: "message", result) : 0
    _ = thecal_cell(result, 0, column, &message)
    #expect(status == 1 && whole[1]["message"]?.contains("line 3") ?? false)
    #expect(message.map { String(cString: $0) } == whole[1]["message"])
    thecal_free(result)
  }

  /// The place of a column of a result.
  private func name(of column: String, _ result: OpaquePointer?) -> Int {
    var (count, width) = (0, 0)
    _ = thecal_shape(result, &count, &width)
    return (0..<width).first { place in
      var name: UnsafePointer<CChar>?
      _ = thecal_column_name(result, place, &name)
      return name.map { String(cString: $0) } == column
    } ?? 0
  }

  @Test func `gives numbers, and NaN where there is none`() {
    let held = converter()
    defer { thecal_converter_free(held) }
    let (_, result) = called { result in
      withCells(["a", "morphine", "60", "mg", "bid", "30", ""]) {
        thecal_converter_convert(held, $0, 1, result)
      }
    }
    defer { thecal_free(result) }
    let names = (0..<29).map { column in
      var name: UnsafePointer<CChar>?
      _ = thecal_column_name(result, column, &name)
      return name.map { String(cString: $0) } ?? ""
    }
    var number = 7.0
    #expect(thecal_number(result, 0, names.firstIndex(of: "start") ?? -1, &number) == 0 && number == 0.4)
    #expect(thecal_number(result, 0, names.firstIndex(of: "status") ?? -1, &number) == 0 && number.isNaN)
    #expect(
      thecal_number(result, 0, names.firstIndex(of: "flow_mL_per_day") ?? -1, &number) == 0 && number.isNaN)
    #expect(thecal_number(result, 1, 0, &number) == 64 && thecal_number(result, 0, 29, &number) == 64)
    #expect(thecal_number(result, -1, 0, &number) == 64 && thecal_number(result, 0, 0, nil) == 64)
    var text: UnsafePointer<CChar>?
    #expect(thecal_cell(result, 0, -1, &text) == 64 && thecal_cell(result, 0, 0, nil) == 64)
  }

  @Test func `skips a row without anything, and says where a patient begins`() {
    let held = converter()
    defer { thecal_converter_free(held) }
    func row(_ id: String, _ dose: String) -> [String] { [id, "morphine", dose, "mg", "bid", "30", ""] }
    let rows = [
      row("a", "60"), [String](repeating: "", count: 7), row("b", "1O"), row("b", "30"), row("c", "60"),
    ]
    let (_, result) = called { result in
      withCells(rows.flatMap { $0 }) { thecal_converter_convert(held, $0, rows.count, result) }
    }
    defer { thecal_free(result) }
    let firsts = (0..<3).map { k in
      var first = -1
      return thecal_first_row(result, k, &first) == 0 ? first : -1
    }
    #expect(firsts == [0, 2, 4])
    var (cells, length): (UnsafePointer<CChar>?, Int) = (nil, 0)
    #expect(thecal_cells(result, &cells, &length) == 0)
    let bytes = UnsafeRawBufferPointer(start: cells, count: length)
    let texts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(
      texts.count == 3 * 29 + 1 && texts[29] == "b" && texts[31] == "error" && texts[33].contains("line 4"))
    var first = 0
    #expect(thecal_first_row(result, 3, &first) == 64 && thecal_cells(result, nil, &length) == 64)
  }

  @Test func `says what is wrong with its columns or tables`() {
    for (names, table, expected) in [
      (["patient_id", "drug"], nil, "the header lacks dose, unit"),
      (columns + ["drug"], nil, "names drug twice"), (columns, "nobody_2000", "nobody_2000"),
    ] as [([String], String?, String)] {
      var (made, result): (OpaquePointer?, OpaquePointer?)
      let status = withCells(names) { thecal_converter_new($0, names.count, table, nil, &made, &result) }
      let message = String(cString: thecal_message(result))
      #expect([64, 65].contains(status) && made == nil && message.contains(expected), "\(message)")
      thecal_free(result)
    }
    #expect(thecal_converter_new(nil, 3, nil, nil, nil, nil) == 64)
  }

  @Test func `takes a split patient for what it is, and forgets it`() {
    let held = converter()
    defer { thecal_converter_free(held) }
    func row(_ id: String) -> [String] { [id, "morphine", "60", "mg", "bid", "30", ""] }
    let split = convert(held, [row("a"), row("b"), row("a")]).1
    #expect(split.map { $0["status"] } == ["error", "ok", "error"])
    #expect(split[0]["codes"] == "NOT_CONSECUTIVE")
    #expect(convert(held, [row("a")]).1.map { $0["status"] } == ["ok"])
  }

  @Test func `opens no file, however often it is used`() {
    let held = converter()
    defer { thecal_converter_free(held) }
    func files() -> Int { HeldFiles.count }
    _ = convert(held, [["a", "morphine", "60", "mg", "bid", "30", ""]])
    let before = files()
    for k in 0..<200 { _ = convert(held, [["a", "morphine", "\(60 + k)", "mg", "bid", "30", ""]]) }
    #expect(files() < before + 100)  // other tests open and close a few
  }
}

/// Descriptors of this process, counting what comes and goes.
enum HeldFiles {
  static var count: Int {
    guard let folder = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
  }
}

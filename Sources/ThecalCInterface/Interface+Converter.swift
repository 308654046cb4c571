public import CThecal
import Glibc
import Synchronization
import Thecal

/// A converter that C holds.
final class HeldConverter: Sendable {
  /// Names of the columns of a result.
  let names: [StaticText]
  private let inputs: Int
  private let table: Mutex<PatientTable>

  init(_ columns: [String], _ options: BatchOptions) throws(BatchProblem) {
    let made = try PatientTable(columns: columns, options, engine: Calls.engine, wording: ClinicalWording())
    inputs = columns.count
    names = made.columns.map { StaticText($0) }
    table = Mutex(made)
  }

  /// Converts `rows` rows of `cells`, which have `before` rows of their table before them.
  func convert(
    _ cells: UnsafePointer<UnsafePointer<CChar>?>, rows: Int, before: Int
  ) throws -> (thecal_status, CallResult) {
    let made = try table.withLock { table in
      table.removeAll()
      table.rowsBefore = before
      var left = mostCellBytes
      for row in 0..<rows {
        for column in 0..<inputs {
          let cell = cells[row * inputs + column]
          let bytes = UnsafeRawBufferPointer(start: cell, count: cell.map { strlen($0) } ?? 0)
          left -= bytes.count + 1
          guard left >= 0 else {
            throw CallFailure(status: usage, message: "the cells hold more than 2 GiB: convert them in parts")
          }
          table.add(bytes.bindMemory(to: UInt8.self).span)
        }
        table.endRow()
      }
      return table.convert()
    }
    return (
      made.summary.hasRefusals ? 1 : 0, CallResult(names: names, cells: made.rows, firstRows: made.firstRows)
    )
  }
}

/// Makes a converter. The header says the rest.
@c @implementation
public func thecal_converter_new(
  _ columns: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int, _ mme_table: UnsafePointer<CChar>!,
  _ ratio_table: UnsafePointer<CChar>!, _ converter: UnsafeMutablePointer<OpaquePointer?>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  var problem: OpaquePointer?
  let status = answer(&problem) {
    guard let converter else { throw CallFailure(status: usage, message: "converter is null") }
    converter.pointee = nil
    var options = BatchOptions()
    if let mme_table { options.equivalentTable = try word(mme_table, "mme_table") }
    if let ratio_table { options.ratioTable = try word(ratio_table, "ratio_table") }
    let names = try words(columns, count, "columns")
    do throws(BatchProblem) {
      converter.pointee = Handles.hold(try HeldConverter(names, options))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
    return (0, CallResult())
  }
  if let result { result.pointee = problem } else { Handles.release(problem, CallResult.self) }
  return status
}

/// Converts rows of cells. The header says the rest.
@c @implementation
public func thecal_converter_convert(
  _ converter: OpaquePointer!, _ cells: UnsafePointer<UnsafePointer<CChar>?>!, _ rows: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  thecal_converter_part(converter, cells, rows, 0, result)
}

/// Converts rows of cells that stand behind others. The header says the rest.
@c @implementation
public func thecal_converter_part(
  _ converter: OpaquePointer!, _ cells: UnsafePointer<UnsafePointer<CChar>?>!, _ rows: Int,
  _ rows_before: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    guard let held: HeldConverter = Handles.find(converter) else {
      throw CallFailure(status: usage, message: "this is no converter, or one that was freed")
    }
    guard let cells, (0...mostRows).contains(rows) else {
      throw CallFailure(status: usage, message: "cells is null, or there are \(rows) rows")
    }
    guard (0...mostLines).contains(rows_before) else {
      throw CallFailure(status: usage, message: "no table has \(rows_before) rows")
    }
    return try held.convert(cells, rows: rows, before: rows_before)
  }
}

/// Bytes that the cells of one call may have, with the NUL behind each.
private let mostCellBytes = 1 << 31

/// Rows that one call may have.
private let mostRows = 1 << 24
/// Rows and lines that a table may have.
let mostLines = 1 << 48

/// Frees a converter. The header says the rest.
@c @implementation
public func thecal_converter_free(_ converter: OpaquePointer!) {
  Handles.release(converter, HeldConverter.self)
}

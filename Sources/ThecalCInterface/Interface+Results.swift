public import CThecal

/// What went wrong or should be known. The header says the rest.
@c @implementation
public func thecal_message(_ handle: OpaquePointer!) -> UnsafePointer<CChar>! {
  guard let found = result(behind: handle) else { return noResult.pointer }
  return found.message.pointer
}

private func result(behind handle: OpaquePointer?) -> CallResult? { Handles.find(handle) }

private let noResult = StaticText("this is no result, or one that was freed")

/// The text of a result and its length. The header says the rest.
@c @implementation
public func thecal_text(
  _ handle: OpaquePointer!, _ text: UnsafeMutablePointer<UnsafePointer<CChar>?>!,
  _ length: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let found = result(behind: handle), let text, let length else { return usage }
  text.pointee = found.text.pointer
  length.pointee = found.text.length
  return 0
}

/// The size of a simulation. The header says the rest.
@c @implementation
public func thecal_shape(
  _ handle: OpaquePointer!, _ rows: UnsafeMutablePointer<Int>!, _ columns: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let found = result(behind: handle), let rows, let columns else { return usage }
  rows.pointee = found.rows
  columns.pointee = found.names.count
  return 0
}

/// The name of a column. The header says the rest.
@c @implementation
public func thecal_column_name(
  _ handle: OpaquePointer!, _ column: Int, _ name: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> thecal_status {
  guard let found = result(behind: handle), let name, found.names.indices.contains(column) else {
    return usage
  }
  name.pointee = found.names[column].pointer
  return 0
}

/// A cell as text. The header says the rest.
@c @implementation
public func thecal_cell(
  _ handle: OpaquePointer!, _ row: Int, _ column: Int, _ text: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> thecal_status {
  guard let found = result(behind: handle), let text, let cell = found.cell(row, column) else {
    return usage
  }
  text.pointee = cell
  return 0
}

/// A cell as a number. The header says the rest.
@c @implementation
public func thecal_number(
  _ handle: OpaquePointer!, _ row: Int, _ column: Int, _ number: UnsafeMutablePointer<Double>!
) -> thecal_status {
  guard let found = result(behind: handle), let number, let cell = found.cell(row, column) else {
    return usage
  }
  number.pointee = Double(String(cString: cell)) ?? .nan
  return 0
}

/// All cells. The header says the rest.
@c @implementation
public func thecal_cells(
  _ handle: OpaquePointer!, _ cells: UnsafeMutablePointer<UnsafePointer<CChar>?>!,
  _ length: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let block = result(behind: handle)?.cells, let cells, let length else { return usage }
  cells.pointee = block.pointer
  length.pointee = block.size
  return 0
}

/// The row on which a patient begins. The header says the rest.
@c @implementation
public func thecal_first_row(
  _ handle: OpaquePointer!, _ row: Int, _ first: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let found = result(behind: handle), let first, found.firstRows.indices.contains(row) else {
    return usage
  }
  first.pointee = found.firstRows[row]
  return 0
}

/// Copies the times, h. The header says the rest.
@c @implementation
public func thecal_times_h(
  _ handle: OpaquePointer!, _ times: UnsafeMutablePointer<Double>!, _ count: Int
) -> thecal_status {
  guard let found = result(behind: handle), let times, count == found.times.count else { return usage }
  for i in 0..<count { times[i] = found.times[i] }
  return 0
}

/// Copies the concentrations, ng/mL, row by row. The header says the rest.
@c @implementation
public func thecal_levels_ng_per_mL(
  _ handle: OpaquePointer!, _ levels: UnsafeMutablePointer<Double>!, _ count: Int
) -> thecal_status {
  guard let found = result(behind: handle), let levels, count == found.levels.count else {
    return usage
  }
  for i in 0..<count { levels[i] = found.levels[i] }
  return 0
}

/// Frees a result. The header says the rest.
@c @implementation
public func thecal_free(_ handle: OpaquePointer!) { Handles.release(handle, CallResult.self) }

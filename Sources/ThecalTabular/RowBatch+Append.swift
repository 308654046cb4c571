extension RowBatch {
  /// A batch of rows that stand on no line of any file.
  package init(_ rows: [[String]]) {
    self.init()
    for cells in rows {
      for cell in cells {
        bytes.append(contentsOf: cell.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      rowEnds.append(UInt32(fieldEnds.count))
      lines.append(0)
      flags.append([])
    }
    (byteCount, fieldCount) = (bytes.count, fieldEnds.count)
  }

  /// Appends `rows` of `other`, with their lines and problems.
  ///
  /// - Complexity: O(bytes copied); allocates only where the batch grows.
  package mutating func append(_ rows: Range<Int>, of other: borrowing RowBatch) {
    guard !rows.isEmpty else { return }
    let firstField = rows.lowerBound == 0 ? 0 : Int(other.rowEnds[rows.lowerBound - 1])
    let lastField = Int(other.rowEnds[rows.upperBound - 1])
    let firstByte = firstField == 0 ? 0 : Int(other.fieldEnds[firstField - 1])
    let lastByte = lastField == 0 ? 0 : Int(other.fieldEnds[lastField - 1])
    bytes.removeLast(bytes.count - byteCount)
    fieldEnds.removeLast(fieldEnds.count - fieldCount)
    bytes.append(contentsOf: other.bytes[firstByte..<lastByte])
    for field in firstField..<lastField {
      fieldEnds.append(UInt32(Int(other.fieldEnds[field]) - firstByte + byteCount))
    }
    for row in rows {
      rowEnds.append(UInt32(Int(other.rowEnds[row]) - firstField + fieldCount))
      lines.append(other.lines[row])
      flags.append(other.flags[row])
    }
    byteCount = bytes.count
    fieldCount = fieldEnds.count
    if rows.upperBound == other.count { unclosedQuoteLine = unclosedQuoteLine ?? other.unclosedQuoteLine }
  }
}

extension RowBatch {
  /// Appends `cell` to the row in progress, which `endRow` ends.
  package mutating func append(cell: Span<UInt8>) {
    bytes.removeLast(bytes.count - byteCount)
    fieldEnds.removeLast(fieldEnds.count - fieldCount)
    cell.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    byteCount = bytes.count
    fieldEnds.append(UInt32(byteCount))
    fieldCount += 1
  }

  /// Ends the row in progress, which stands on `line`.
  package mutating func endRow(line: Int) {
    rowEnds.append(UInt32(fieldCount))
    lines.append(line)
    flags.append([])
  }

  /// Forgets the last row.
  package mutating func removeLast() {
    rowEnds.removeLast()
    lines.removeLast()
    flags.removeLast()
    fieldCount = rowEnds.last.map { Int($0) } ?? 0
    byteCount = fieldCount == 0 ? 0 : Int(fieldEnds[fieldCount - 1])
  }
}

import CThecalNetCDF

/// Writes a NetCDF-4 file with the CF conventions, slice by slice.
///
/// Every array has checksums, so that a reader notices a damaged disk; compression is on request. There
/// are no time stamps: equal writes make equal bytes. Readers and writers of a process take turns at the
/// libraries below, which are not made for threads.
package struct NetCDFWriter: ~Copyable {
  private let file: AtomicFile
  private let handle: NetCDFHandle
  private let layout: NetCDFLayout

  /// A file of `schema` at `path`; see `AtomicFile` for `path` and `inputs`. With `deflate`, 1 to 9, arrays
  /// are compressed.
  package init(
    path: String, inputs: [String] = [], schema: NetCDFSchema, deflate: Int? = nil
  ) throws(TabularError) {
    precondition(deflate.map { (1...9).contains($0) } ?? true)
    let file = try AtomicFile(path: path, inputs: inputs, isStaged: true)
    let handle = try NetCDFHandle(creating: file.temporaryPath, path: path)
    let layout = try NetCDFLayout(defining: schema, in: handle, deflate: deflate)
    self.file = file
    self.handle = handle
    self.layout = layout
  }

  /// Writes numbers into the block of `variable` that begins at `start` and is `count` long, in each of
  /// its dimensions; the last dimension runs fastest.
  package func write(
    _ values: Span<Double>, to variable: String, start: [Int], count: [Int]
  ) throws(TabularError) {
    let stored = layout.variable(variable)
    precondition(stored.width == nil && start.count == stored.rank && count.count == stored.rank)
    precondition(values.count == count.reduce(1, *), "\(values.count) values for a block of \(count)")
    guard values.count > 0 else { return }
    try values.withUnsafeBufferPointer { values throws(TabularError) in
      try handle.perform("writing \(variable)") {
        nc_put_vara_double(handle.id, stored.id, start, count, values.baseAddress)
      }
    }
  }

  /// Writes texts along the only dimension of `variable`, the first at `start`. A text that is too wide
  /// is cut between two characters.
  package func write(
    _ texts: [String], to variable: String, start: Int = 0
  ) throws(TabularError) {
    let stored = layout.variable(variable)
    guard let width = stored.width, stored.rank == 1 else {
      preconditionFailure("\(variable) is not a list of texts")
    }
    guard !texts.isEmpty else { return }
    var characters: [CChar] = []
    characters.reserveCapacity(texts.count * width)
    for text in texts { characters.append(contentsOf: padded(text, to: width)) }
    try handle.perform("writing \(variable)") {
      nc_put_vara_text(handle.id, stored.id, [start, 0], [texts.count, width], characters)
    }
  }

  /// Publishes the file.
  package consuming func commit() throws(TabularError) {
    try handle.close()
    try file.commit()
  }
}

/// The UTF-8 of as many whole characters of `text` as fit in `width` bytes, filled up with NUL.
private func padded(_ text: String, to width: Int) -> [CChar] {
  var kept = text[...]
  while kept.utf8.count > width { kept.removeLast() }
  let bytes = kept.utf8.map { CChar(bitPattern: $0) }
  return bytes + repeatElement(0, count: width - bytes.count)
}

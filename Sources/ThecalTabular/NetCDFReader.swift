import CThecalNetCDF

/// Reads back what a `NetCDFWriter` has written.
///
/// Readers and writers of a process take turns at the libraries below, which are not made for threads.
package struct NetCDFReader: ~Copyable {
  /// What the file holds; a dimension that could grow has no length here either.
  package let schema: NetCDFSchema
  /// Length of every dimension, growing ones included.
  package let lengths: [String: Int]
  private let handle: NetCDFHandle

  /// Opens the file at `path`.
  package init(path: String) throws(TabularError) {
    let handle = try NetCDFHandle(opening: path)
    let content = try NetCDFContent(reading: handle)
    schema = content.schema
    lengths = content.lengths
    self.handle = handle
  }

  /// The block of `variable` that begins at `start` and is `count` long in each dimension; all of it
  /// without them. Nil if there is no such variable of numbers.
  package func numbers(
    _ variable: String, start: [Int]? = nil, count: [Int]? = nil
  ) throws(TabularError) -> [Double]? {
    guard let found = schema.variables.first(where: { $0.name == variable }), found.kind == .number else {
      return nil
    }
    let shape = found.dimensions.map { lengths[$0, default: 0] }
    let (start, count) = (start ?? shape.map { _ in 0 }, count ?? shape)
    precondition(start.count == shape.count && count.count == shape.count)
    let id = try id(variable)
    var values = [Double](repeating: 0, count: try size(count, of: variable))
    try handle.perform("reading \(variable)") {
      nc_get_vara_double(handle.id, id, start, count, &values)
    }
    return values
  }

  /// The texts of `variable`, or nil if there is no such variable of texts along one dimension.
  package func texts(_ variable: String) throws(TabularError) -> [String]? {
    guard let found = schema.variables.first(where: { $0.name == variable }), found.dimensions.count == 1,
      case .text(let width) = found.kind
    else { return nil }
    let length = lengths[found.dimensions[0], default: 0]
    let id = try id(variable)
    var characters = [CChar](repeating: 0, count: try size([length, width], of: variable))
    try handle.perform("reading \(variable)") { nc_get_var_text(handle.id, id, &characters) }
    return (0..<length).map { place in
      let text = characters[place * width..<(place + 1) * width].prefix { $0 != 0 }
      return String(decoding: text.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// Elements of an array that are read at once: 1 GiB of numbers. A small file can claim any size.
  private static let mostElements = 1 << 27

  /// How many elements `count` names in all.
  private func size(_ count: [Int], of variable: String) throws(TabularError) -> Int {
    var size = 1
    for length in count {
      let (product, overflows) = size.multipliedReportingOverflow(by: length)
      guard !overflows, (0...Self.mostElements).contains(product) else { throw handle.tooLarge(variable) }
      size = product
    }
    return size
  }

  private func id(_ variable: String) throws(TabularError) -> Int32 {
    var id: Int32 = -1
    try handle.perform("finding \(variable)") { nc_inq_varid(handle.id, variable, &id) }
    return id
  }
}

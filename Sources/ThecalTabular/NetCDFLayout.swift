import CThecalNetCDF

/// Where the variables of a schema are in a file.
struct NetCDFLayout {
  /// A variable as the library knows it.
  struct StoredVariable {
    let id: Int32
    /// Number of dimensions, not counting that of the characters in a text.
    let rank: Int
    /// Bytes of a text, nil for numbers.
    let width: Int?
  }

  /// Bytes that a chunk is filled up to with records, so that small records do not become small reads.
  private static let chunkBytes = 1 << 18
  /// Records in a chunk at most.
  private static let chunkRecords = 1_024
  /// Bytes that a chunk may have; larger ones do not fit in the library's cache of 16 MiB.
  private static let largestChunkBytes = 1 << 22

  private var variables: [String: StoredVariable] = [:]
  private var dimensions: [String: (id: Int32, length: Int?)] = [:]
  private let handle: NetCDFHandle

  /// Defines `schema` in the new file of `handle`.
  init(defining schema: NetCDFSchema, in handle: NetCDFHandle, deflate: Int?) throws(TabularError) {
    self.handle = handle
    for dimension in schema.dimensions { try define(dimension) }
    for variable in schema.variables { try define(variable, deflate: deflate) }
    try put(.init("Conventions", .text("CF-1.10")), on: NC_GLOBAL)
    for attribute in schema.attributes { try put(attribute, on: NC_GLOBAL) }
    try handle.perform("writing the schema") { nc_enddef(handle.id) }
  }

  /// The variable `name`, which must be in the schema.
  func variable(_ name: String) -> StoredVariable {
    guard let found = variables[name] else { preconditionFailure("the schema has no variable \(name)") }
    return found
  }

  private mutating func define(_ dimension: NetCDFSchema.Dimension) throws(TabularError) {
    precondition(dimension.length != 0, "NetCDF takes a length of zero for a growing dimension")
    var id: Int32 = 0
    try handle.perform("defining \(dimension.name)") {
      nc_def_dim(handle.id, dimension.name, dimension.length ?? NC_UNLIMITED, &id)
    }
    dimensions[dimension.name] = (id, dimension.length)
  }

  private mutating func define(_ variable: NetCDFSchema.Variable, deflate: Int?) throws(TabularError) {
    var axes = variable.dimensions
    var width: Int?
    if case .text(let bytes) = variable.kind, let characters = variable.kind.characterDimension {
      if dimensions[characters] == nil { try define(.init(characters, length: bytes)) }
      axes.append(characters)
      width = bytes
    }
    let places = axes.map { axis in
      guard let place = dimensions[axis] else { preconditionFailure("the schema has no dimension \(axis)") }
      return place
    }
    var id: Int32 = 0
    try handle.perform("defining \(variable.name)") {
      let type = width == nil ? NC_DOUBLE : NC_CHAR
      return nc_def_var(handle.id, variable.name, type, Int32(places.count), places.map(\.id), &id)
    }
    variables[variable.name] = StoredVariable(id: id, rank: variable.dimensions.count, width: width)
    try store(id, lengths: places.map(\.length), elementBytes: width == nil ? 8 : 1, deflate: deflate)
    let isCoordinate = variable.dimensions == [variable.name]  // which CF does not let have gaps
    if width == nil && !places.isEmpty && !isCoordinate { try fillWithNaN(id) }
    if width != nil { try put(.init("_Encoding", .text("utf-8")), on: id) }
    for attribute in variable.attributes { try put(attribute, on: id) }
  }

  /// Sets chunks, checksums and compression. A scalar has no chunks and so none of them.
  private func store(
    _ id: Int32, lengths: [Int?], elementBytes: Int, deflate: Int?
  ) throws(TabularError) {
    guard !lengths.isEmpty else { return }
    let recordBytes = lengths.reduce(elementBytes) { $0 * ($1 ?? 1) }
    let records = min(max(Self.chunkBytes / recordBytes, 1), Self.chunkRecords)
    var chunk = lengths.map { $0 ?? records }
    for axis in chunk.indices where lengths[axis] != nil {  // the slowest axes give way first
      let bytes = chunk.reduce(elementBytes, *)
      guard bytes > Self.largestChunkBytes else { break }
      chunk[axis] = max(1, chunk[axis] * Self.largestChunkBytes / bytes)
    }
    try handle.perform("setting chunks") { nc_def_var_chunking(handle.id, id, NC_CHUNKED, chunk) }
    try handle.perform("setting checksums") { nc_def_var_fletcher32(handle.id, id, NC_FLETCHER32) }
    guard let deflate else { return }
    try handle.perform("setting compression") { nc_def_var_deflate(handle.id, id, 1, 1, Int32(deflate)) }
  }

  private func fillWithNaN(_ id: Int32) throws(TabularError) {
    var missing = Double.nan
    try handle.perform("setting the fill value") { nc_def_var_fill(handle.id, id, NC_FILL, &missing) }
  }

  private func put(_ attribute: NetCDFSchema.Attribute, on id: Int32) throws(TabularError) {
    let name = attribute.name
    try handle.perform("writing the attribute \(name)") {
      switch attribute.value {
      case .text(let text):
        return nc_put_att_text(handle.id, id, name, text.utf8.count, text)
      case .number(var number):
        return nc_put_att_double(handle.id, id, name, NC_DOUBLE, 1, &number)
      case .integer(let integer):
        var value = Int64(integer)
        return nc_put_att_longlong(handle.id, id, name, NC_INT64, 1, &value)
      }
    }
  }
}

extension NetCDFSchema.Kind {
  /// The dimension along which the characters of a text stand, named as xarray names it.
  var characterDimension: String? {
    guard case .text(let width) = self else { return nil }
    return "string\(width)"
  }
}

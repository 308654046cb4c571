import CThecalNetCDF

/// The schema of a file that exists.
struct NetCDFContent {
  private(set) var schema = NetCDFSchema(dimensions: [], variables: [])
  private(set) var lengths: [String: Int] = [:]
  private let handle: NetCDFHandle

  /// Bytes of an attribute beyond which it is none that is read here.
  private static let longestText = 1 << 20

  /// Attributes that `NetCDFLayout` adds by itself.
  private static let ownAttributes: Set = ["Conventions", "_Encoding", "_FillValue"]

  /// Reads the schema of the file of `handle`.
  init(reading handle: NetCDFHandle) throws(TabularError) {
    self.handle = handle
    var (dimensionCount, variableCount, attributeCount, growing) = (Int32(0), Int32(0), Int32(0), Int32(0))
    try handle.perform("reading the schema") {
      nc_inq(handle.id, &dimensionCount, &variableCount, &attributeCount, &growing)
    }
    var names: [String] = []
    var dimensions: [NetCDFSchema.Dimension] = []
    for id in 0..<dimensionCount {
      var length = 0
      let name = try named { nc_inq_dim(handle.id, id, $0, &length) }
      names.append(name)
      lengths[name] = length
      dimensions.append(.init(name, length: id == growing ? nil : length))
    }
    var variables: [NetCDFSchema.Variable] = []
    for id in 0..<variableCount { variables.append(try variable(id, dimensions: names)) }
    let characters = Set(variables.compactMap(\.kind.characterDimension))
    schema = NetCDFSchema(
      dimensions: dimensions.filter { !characters.contains($0.name) }, variables: variables,
      attributes: try attributes(NC_GLOBAL, count: attributeCount))
  }

  private func variable(_ id: Int32, dimensions: [String]) throws(TabularError) -> NetCDFSchema.Variable {
    var type: nc_type = 0
    var (rank, attributeCount) = (Int32(0), Int32(0))
    var axes = [Int32](repeating: 0, count: Int(NC_MAX_VAR_DIMS))
    let name = try named { nc_inq_var(handle.id, id, $0, &type, &rank, &axes, &attributeCount) }
    guard axes.prefix(Int(rank)).allSatisfy({ dimensions.indices.contains(Int($0)) }) else {
      throw handle.unknown(name)  // a dimension of another group
    }
    var over = axes.prefix(Int(rank)).map { dimensions[Int($0)] }
    var kind = NetCDFSchema.Kind.number
    if type == NC_CHAR {
      guard let last = over.popLast() else { throw handle.unknown(name) }
      kind = .text(width: lengths[last, default: 0])
    } else if type == NC_STRING {
      throw handle.unknown(name)
    }
    return .init(name, kind, over: over, attributes: try attributes(id, count: attributeCount))
  }

  private func attributes(
    _ owner: Int32, count: Int32
  ) throws(TabularError) -> [NetCDFSchema.Attribute] {
    var attributes: [NetCDFSchema.Attribute] = []
    for index in 0..<count {
      let name = try named { nc_inq_attname(handle.id, owner, index, $0) }
      if Self.ownAttributes.contains(name) { continue }
      attributes.append(.init(name, try value(of: name, owner)))
    }
    return attributes
  }

  private func value(of name: String, _ owner: Int32) throws(TabularError) -> NetCDFSchema.Attribute.Value {
    var type: nc_type = 0
    var length = 0
    try handle.perform("reading \(name)") { nc_inq_att(handle.id, owner, name, &type, &length) }
    switch type {
    case NC_CHAR where length <= Self.longestText:
      var text = [CChar](repeating: 0, count: length)
      try handle.perform("reading \(name)") { nc_get_att_text(handle.id, owner, name, &text) }
      return .text(String(decoding: text.map(UInt8.init(bitPattern:)), as: UTF8.self))
    case NC_DOUBLE where length == 1:
      var number = 0.0
      try handle.perform("reading \(name)") { nc_get_att_double(handle.id, owner, name, &number) }
      return .number(number)
    case NC_INT64 where length == 1, NC_INT where length == 1:
      var integer: Int64 = 0
      try handle.perform("reading \(name)") { nc_get_att_longlong(handle.id, owner, name, &integer) }
      return .integer(Int(integer))
    default: throw handle.unknown("the attribute \(name)")
    }
  }

  /// The name that `inquire` writes.
  private func named(_ inquire: (UnsafeMutablePointer<CChar>) -> Int32) throws(TabularError) -> String {
    try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NC_MAX_NAME) + 1) {
      buffer throws(TabularError) in
      guard let start = buffer.baseAddress else { return "" }
      try handle.perform("reading the schema") { inquire(start) }
      return String(cString: start)
    }
  }
}

import Testing

/// Modules of the toolchain and the system that any room may use.
let systemModules: Set = ["Glibc", "Dispatch", "Synchronization", "FoundationEssentials"]

@Test func `every import stands on the line of its module`() throws {
  let allowed = Dictionary(
    uniqueKeysWithValues: try SourceTree.architecture().map { ($0.module, Set($0.imports)) })
  #expect(allowed.count >= 8, "the table of Package.swift was not read")
  for file in SourceTree.files {
    let line = try #require(allowed[file.module], "\(file.module) has no line in the table")
    for name in imports(of: file) {
      #expect(line.contains(name) || systemModules.contains(name), "\(file) imports \(name)")
    }
  }
}

@Test func `every module is defined below what it imports`() throws {
  var defined: Set<String> = []
  for (module, imports) in try SourceTree.architecture() {
    for name in imports where name.hasPrefix("Thecal") {
      #expect(defined.contains(name), "\(module) imports \(name)")
    }
    defined.insert(module)
  }
}

@Test func `doses as values bring no models and no files along`() throws {
  let table = Dictionary(uniqueKeysWithValues: try SourceTree.architecture().map { ($0.module, $0.imports) })
  let product = try #require(
    SourceTree.text("Package.swift").firstMatch(of: #/name: "ThecalDoses",\s*targets: \[([^\]]*)\]/#))
  var open = product.1.matches(of: #/"(\w+)"/#).map { String($0.1) }
  #expect(open.contains("ThecalConversion") && open.contains("ThecalDosing"))
  var needed: Set<String> = []
  while let module = open.popLast() {
    if needed.insert(module).inserted { open += table[module] ?? [] }
  }
  let refused = [
    "CThecalLapack", "CThecalNetCDF", "CThecalXLSX", "ThecalTabular", "ThecalSolvers", "Yams", "Mustache",
  ]
  #expect(needed.isDisjoint(with: refused), "\(needed.sorted())")
}

@Test func `the table promises nothing that is not used`() throws {
  for (module, promised) in try SourceTree.architecture() where !module.hasPrefix("C") {
    let used = Set(SourceTree.files.filter { $0.module == module }.flatMap(imports))
    for name in promised { #expect(used.contains(name), "\(module) does not import \(name)") }
  }
}

/// Public names that a reader of a module must learn: 25, and more where the subject is a list.
let surfaces = [
  "ThecalQuantities": 80,  // a name for every dimension
  "ThecalDosing": 45,  // the words of every clinical rule, which all other rooms speak
  "ThecalPump": 40,  // a request and an answer for each of fifteen calculations
  "ThecalCInterface": 45,  // a function of the header each
  "ThecalFormulary": 32,  // a type for each kind of data file
  "ThecalReports": 35,  // a report for each command and call
]

@Test func `no room shows more than a reader can learn`() {
  let modules = Set(SourceTree.files.map(\.module))
  for module in modules {
    let shown = SourceTree.files.filter { $0.module == module }.flatMap(\.lines).filter(isTopLevelName)
    #expect(shown.count <= surfaces[module, default: 25], "\(module) shows \(shown.count)")
  }
}

@Test func `everything public says what it is`() {
  for file in SourceTree.files {
    for (number, line) in file.lines.enumerated() where isPublicDeclaration(line) {
      let above = file.lines[..<number].last {
        let text = $0.trimmingPrefix(while: \.isWhitespace)
        return !text.hasPrefix("@") && !(text.hasPrefix("//") && !text.hasPrefix("///"))
      }
      #expect(above?.contains("///") ?? false, "\(file):\(number + 1) \(line)")
    }
  }
}

@Test func `no file is longer than a reader's patience`() {
  for file in SourceTree.files { #expect(file.lines.count <= 301, "\(file) has \(file.lines.count) lines") }
}

@Test func `nothing ends a caller's program or is left for later`() {
  let forbidden = ["fatal" + "Error(", "try" + "!", "TO" + "DO", "FIX" + "ME", "assert" + "("]
  for file in SourceTree.files {
    for line in file.lines { #expect(!forbidden.contains { line.contains($0) }, "\(file): \(line)") }
  }
}

private func imports(of file: SourceTree.File) -> [String] {
  file.lines.compactMap { line in
    guard line.contains("import ") else { return nil }
    return line.firstMatch(of: #/^(?:@\w+ )*(?:public |package )?import (?:struct |func )?(\w+)/#).map {
      String($0.1)
    }
  }
}

private func isTopLevelName(_ line: String) -> Bool {
  line.hasPrefix("public ") && !["public import", "public extension"].contains { line.hasPrefix($0) }
}

private func isPublicDeclaration(_ line: String) -> Bool {
  let words = line.drop { $0 == " " }
  guard words.hasPrefix("public ") else { return false }
  // Names that a protocol of the project or the library prescribes are documented there.
  let prescribed = ["import", "extension", "static let name", "static let example", "static let units"]
  return !prescribed.contains { words.hasPrefix("public \($0)") }
}

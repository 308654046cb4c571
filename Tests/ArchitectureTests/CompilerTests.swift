import Foundation
import Testing

/// Slips that the compiler must catch, each with what it would mean.
let slips = [
  ("Mass(1, .milligrams) + DoseRate(1, .milligramsPerDay)", "a mass and a rate"),
  ("Mass(1, .milligrams) < Volume(1, .milliliters)", "a mass and a volume"),
  ("Mass(1, .kilograms)", "a drug in the unit of a body"),
  ("Flow(1, .millilitersPerDay) * Mass(1, .milligrams)", "a flow of mass"),
]

@Test(arguments: slips) func `the compiler refuses to mix`(expression: String, what: String) throws {
  #expect(try !compiles(expression), "\(what): \(expression)")
}

@Test func `the compiler takes what has a meaning`() throws {
  #expect(try compiles("Mass(1, .milligrams) + Mass(2, .milligrams)"))
  #expect(try compiles("Mass(1, .milligrams) / Volume(1, .milliliters) * Flow(1, .millilitersPerDay)"))
}

/// Whether an expression type-checks against the modules that this test was built with.
private func compiles(_ expression: String) throws -> Bool {
  let modules = SourceTree.root.appending(path: ".build/debug/Modules")
  let file = FileManager.default.temporaryDirectory.appending(path: "slip-\(UUID().uuidString).swift")
  try "import ThecalQuantities\nlet slip = \(expression)\n".write(to: file, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(at: file) }
  let compiler = Process()
  compiler.executableURL = URL(filePath: "/usr/bin/env")
  compiler.arguments = ["swiftc", "-typecheck", "-I", modules.path, file.path]
  compiler.standardOutput = FileHandle.nullDevice
  compiler.standardError = FileHandle.nullDevice
  try compiler.run()
  compiler.waitUntilExit()
  return compiler.terminationStatus == 0
}

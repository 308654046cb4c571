import Testing
import ThecalReports
import _ThecalTestSupport

@testable import ThecalStudy

@Suite struct `The text of a study` {
  @Test func `comes from a file that is read, with the reason where it is none`() throws {
    let folder = Folder()
    #expect(try readText(folder.write("t", "\u{FEFF}x: 1\n")) == "x: 1\n")
    let missing = #expect(throws: SimulationProblem.self) { try readText(folder.file("none")) }
    #expect(missing?.exitCode == 66)
    let wide = #expect(throws: SimulationProblem.self) {
      try readText(folder.write("w", [0xFF, 0xFE, 0x41, 0]))
    }
    #expect(wide?.exitCode == 65 && wide?.message.contains("UTF-16") == true)
  }
}

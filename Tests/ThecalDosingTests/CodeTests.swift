import Testing
import ThecalDosing

@Suite("A set of codes")
struct CodeTests {
  @Test func `holds every code, in the order of declaration`() {
    var set = CodeSet()
    for code in Code.allCases.reversed() { set.insert(code) }
    #expect(set.codes == Code.allCases)
  }

  @Test(arguments: Code.allCases)
  func `a code reads back from its name`(code: Code) {
    #expect(Code(name: code.name) == code)
  }

  @Test func `names are in upper case with underscores`() {
    #expect(Code.opioidNaiveCap.name == "OPIOID_NAIVE_CAP")
    #expect(Code.badId.name == "BAD_ID")
  }
}

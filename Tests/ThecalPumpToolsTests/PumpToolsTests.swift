import Foundation
import Testing
import Thecal
import ThecalPumpTools
import _ThecalTestSupport

@Suite struct `A tool around a pump` {
  @Test func `takes its long flags without hyphens`() throws {
    // 0.199 mL + 60 cm · 0.0022 mL/cm, and 25 mg in each mL of it.
    let path = try answer(
      "prime", ["tubing=0.199 mL", "length=60 cm", "per-length=0.0022 mL/cm", "concentration=25 mg/mL"])
    #expect(path["volume_mL"] as? Double == 0.331 && path["mass"] as? Double == 8.275)
  }

  @Test func `takes a switch, and a flag more than once`() throws {
    let doses = ["old=500 mcg/mL", "new=1000 mcg/mL", "old-dose=200 mcg/day", "new-dose=100 mcg/day"]
    func bridge(_ more: String...) throws -> Double? {
      let text = try PumpTools.report("bridge", flags: doses + ["path=0.2 mL"] + more).answer.json
      let found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return found?["bridge_dose"] as? Double
    }
    #expect(try bridge() == 100 && bridge("keep-old") == 200)
    // 4 mg/day of 10 mg/mL are 0.4 mL/day: of 20 mg/mL 8 mg/day.
    let mixture = try answer(
      "admix", ["drug=morphine 10 mg/mL", "drug=bupivacaine 20 mg/mL", "primary=morphine", "dose=4 mg/day"])
    let drugs = try #require(mixture["drugs"] as? [[String: Any]])
    #expect(drugs.compactMap { $0["daily"] as? Double } == [4, 8])
  }

  @Test func `refuses as an answer, and says so`() throws {
    let report = try PumpTools.report(
      "wean",
      flags: [
        "drug=baclofen", "from=400 mcg/day", "to=0 mcg/day", "per-step=50 %", "every=1 day",
      ])
    #expect(report.outcome.isRefused)
  }

  @Test func `names what is not known`() throws {
    let tool = try problem("refil", ["dose=4 mg/day"])
    #expect(tool.exitCode == 64 && tool.message.contains("'refil'") && tool.message.contains("pocket-fill"))
    #expect(try problem("washout", ["rinse=2 mL", "times=3", "often"]).exitCode == 64)
    let value = try problem("washout", ["rinse=2", "times=3"])
    #expect(value.exitCode == 64 && value.message.contains("mL"))
    #expect(try problem("washout", ["times=3"]).message.contains("rinse"))
    #expect(try problem("washout", ["help"]).exitCode == 64)
  }

  @Test func `reads earlier visits from a file, and says where one cannot be read`() throws {
    let folder = Folder()
    folder.write("v.csv", "previous,flow,days,found\n20 mL,0.25 mL/day,40,10 mL\n")
    // 20 − 40 · 0.25 = 10 mL are expected.
    let visit = try answer("discrepancy", ["history=\(folder.file("v.csv"))"])
    #expect(visit["expected_mL"] as? Double == 10 && visit["ratio"] as? Double == 1)
    folder.write("w.csv", "previous,flow,days,found\n20 mL,0.25,40,10 mL\n")
    let wrong = try problem("discrepancy", ["history=\(folder.file("w.csv"))"])
    #expect(wrong.exitCode == 65 && wrong.message.contains("line 2, column 'flow'"))
    #expect(try problem("discrepancy", ["history=\(folder.file("none.csv"))"]).exitCode == 66)
  }

  @Test func `is one of fifteen, each with a name of its own`() {
    let names = PumpTools.all.map { $0.name }
    #expect(names.count == 15 && Set(names).count == 15 && !names.contains(""))
  }
}

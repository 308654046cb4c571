import CThecal
import Glibc
import Synchronization
import Testing
import Thecal
import ThecalCInterface
import _ThecalTestSupport

private let patient = ["a", "morphine", "60", "mg", "bid", "30", ""]

@Suite struct `A handle` {
  @Test func `that was freed never answers again, whatever came after it`() {
    let (_, first) = called { thecal_convert(patients, patients.utf8.count, "csv", $0) }
    thecal_free(first)
    var later: [OpaquePointer?] = []
    for _ in 0..<1_000 { later.append(called { thecal_cite("abdominal_pain_chapter", $0) }.1) }
    #expect(!later.contains(first))
    #expect(words(first).isEmpty && String(cString: thecal_message(first)).contains("no result"))
    #expect(Set(later).count == later.count)
    later.forEach { thecal_free($0) }
  }

  @Test func `of another kind is none`() {
    let held = converter()
    let (_, result) = called { thecal_convert(patients, patients.utf8.count, "csv", $0) }
    thecal_free(held)  // a converter is no result: nothing is freed
    thecal_converter_free(result)
    #expect(!words(result).isEmpty)
    let (status, found) = called { found in
      withCells(patient) { thecal_converter_convert(held, $0, 1, found) }
    }
    #expect(status == 0)
    let wrong = called { found in withCells(patient) { thecal_converter_convert(result, $0, 1, found) } }
    #expect(wrong.0 == 64 && String(cString: thecal_message(wrong.1)).contains("no converter"))
    for one in [result, found, wrong.1] { thecal_free(one) }
    thecal_converter_free(held)
    let freed = called { found in withCells(patient) { thecal_converter_convert(held, $0, 1, found) } }
    #expect(freed.0 == 64)
    thecal_free(freed.1)
  }
}

@Suite struct `A text that names a file` {
  let plan =
    "drug: morphine\noral_mme: 120 mg/day\nopioid_tolerant: yes\ntarget: {dose: 1 mg/day}\ndiary: ../../etc/passwd\n"

  @Test func `gets it from the caller alone`() {
    let alone = called { thecal_titrate(plan, plan.utf8.count, nil, 0, $0) }
    let message = String(cString: thecal_message(alone.1))
    #expect(
      alone.0 == 65 && message.contains("diary") && message.contains("was not handed over"), "\(message)")
    thecal_free(alone.1)
    let diary = "date,pain,dose\n2026-01-01,5,0.4 mg/day\n2026-01-02,x,0.4 mg/day\n"
    let given = withFiles(["../../etc/passwd": diary]) { files, count in
      called { thecal_titrate(plan, plan.utf8.count, files, count, $0) }
    }
    // The table is read: it is its second line that is wrong.
    #expect(given.0 == 65 && String(cString: thecal_message(given.1)).contains("passwd:3"))
    thecal_free(given.1)
  }

  @Test func `says which`() {
    let spec = "scenario: a b.yaml\ndesign: {method: sobol}\nx: 1\n"
    let found = called { thecal_files(spec, spec.utf8.count, $0) }
    #expect(words(found.1) == #"["a b.yaml"]"#)
    thecal_free(found.1)
    let inline = "scenario: {drug: morphine}\n"
    let none = called { thecal_files(inline, inline.utf8.count, $0) }
    #expect(words(none.1) == "[]")
    thecal_free(none.1)
  }
}

/// Files as C has them.
func withFiles<Value>(_ texts: [String: String], _ body: (UnsafePointer<thecal_file>?, Int) -> Value) -> Value
{
  let copies = texts.map { (strdup($0.key), strdup($0.value), $0.value.utf8.count) }
  defer {
    for copy in copies {
      free(copy.0)
      free(copy.1)
    }
  }
  return copies.map { thecal_file(name: $0.0, text: $0.1, length: $0.2) }.withUnsafeBufferPointer {
    body($0.baseAddress, $0.count)
  }
}

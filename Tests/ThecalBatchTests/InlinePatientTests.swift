import Testing
import ThecalBatch
import ThecalReports

@Test func `a patient without a medicine is refused, and one with a wrong word too`() {
  let run = BatchRun(BatchOptions(), engine: "test")
  for medications in [[], ["morphine"], ["morphine oral 60 mg bid", ""]] {
    #expect(throws: BatchProblem.self) { try run.convert(InlinePatient(medications: medications)) }
  }
  #expect(throws: Never.self) {
    try run.convert(InlinePatient(medications: ["morphine oral 60 mg bid"], facts: ["opioid_days": "30"]))
  }
}

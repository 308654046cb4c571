import Glibc
import Testing
import _ThecalTestSupport

/// The example clinic: what the program makes of it stands beside it, checked by hand line by line.
///
/// After a change that is meant to change it, `THECAL_RECORD=1 swift test --filter 'example clinic'` writes it anew;
/// the difference is then read like any other change.
enum ExampleClinic {
  static func path(_ name: String) -> String { ShippedExample.path(name) }

  static let isRecording = getenv("THECAL_RECORD") != nil
}

@Test(arguments: ["csv", "jsonl"])
func `the example clinic gives what stands beside it, byte for byte`(format: String) throws {
  let folder = Folder()
  let command = "thecal convert '\(ExampleClinic.path("clinic.csv"))' -o clinic.\(format) --quiet"
  let outcome = ThecalProcess.run(command, in: folder)
  #expect(outcome.code == 1 && outcome.output.isEmpty && outcome.errors.isEmpty)
  let made = try #require(contents(folder.file("clinic.\(format)")))
  let expected = ExampleClinic.path("clinic.expected.\(format)")
  if ExampleClinic.isRecording { record(made, at: expected) }
  #expect(made == contents(expected), "the result differs from \(expected)")
}

@Test func `the example clinic shows every status and what matters most`() throws {
  let table = Table(try #require(text(ExampleClinic.path("clinic.expected.csv"))))
  #expect(Set(table.column("status")) == ["ok", "review", "blocked", "error"])
  let codes = Set(table.column("codes").flatMap { $0.split(separator: ";").map(String.init) })
  let shown: Set = [
    "RULE_OF_THUMB", "UNVERIFIED_SOURCE", "CROSS_TOLERANCE", "TOLERANCE_UNKNOWN", "OPIOID_NAIVE_CAP",
    "REDUCED_FOR_RISK", "SCREENING_REQUIRED", "NO_RESPONSE", "OVER_LIMIT", "NEAR_LIMIT", "IMPLAUSIBLE_DOSE",
    "TYPO_SUSPECTED", "NO_CONVERSION", "LIPOPHILIC_ROTATION", "NEVER_INTRATHECAL", "UNKNOWN_DRUG",
    "BAD_NUMBER", "AMBIGUOUS_NUMBER", "PATCH_UNIT", "BAD_FREQUENCY", "MISSING_FIELD", "NOT_CONSECUTIVE",
    "DUPLICATE_ROW", "ANTICOAGULANT", "ALLERGY", "PREGNANCY", "RENAL", "RESIDUAL_OPIOID",
  ]
  #expect(shown.subtracting(codes).isEmpty)
}

private func record(_ bytes: [UInt8], at path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  precondition(descriptor >= 0, "\(path) cannot be written")
  let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  precondition(written == bytes.count)
  close(descriptor)
}

import ThecalIntake
import ThecalQuantities

private let run = IntakeRun()

/// A medicine that is read has what a conversion needs; one that is not read says why.
private func check(_ medicine: IntakeMedicine) {
  switch medicine.outcome {
  case .read:
    precondition(medicine.dose.map { $0 > .zero } == true && !medicine.unit.isEmpty, "read without a dose")
    precondition(
      !medicine.drug.isEmpty && !medicine.frequency.isEmpty || medicine.unit.contains("/"),
      "read without a rate")
  case .ask, .skip:
    precondition(!medicine.findings.isEmpty, "not read, and nothing says why")
  }
}

/// Bytes as an export, table or FHIR.
func fuzzExport(_ bytes: [UInt8]) {
  _ = try? run.read(bytes: bytes, each: check)
}

/// One row whose cells are quoted: whatever they hold, it stays one row.
private func row(_ drug: String, _ sig: String) -> [IntakeMedicine] {
  func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.filter { $0 != "\0" }.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
  var found: [IntakeMedicine] = []
  let table =
    "MRN,Drug Name,Sig\nP1,\(quoted(drug)),\(quoted(sig))\nP2,MORPHINE SULFATE 15 MG TABLET,1 tablet bid\n"
  _ = try? run.read(bytes: Array(table.utf8)) { medicine in
    check(medicine)
    found.append(medicine)
  }
  precondition(found.last?.dose == 15, "a cell has moved the row below it")
  return found
}

/// Bytes as the name of a product.
func fuzzProduct(_ bytes: [UInt8]) {
  _ = row(String(decoding: bytes, as: UTF8.self), "1 tablet twice daily")
}

/// Bytes as directions: what is taken only when needed, or by a range, is never read as an amount.
func fuzzSig(_ bytes: [UInt8]) {
  let sig = String(decoding: bytes, as: UTF8.self)
  for doubt in ["", " prn", " as needed for pain", " then taper off"] {
    let found = row("MORPHINE SULFATE 15 MG TABLET", sig + doubt)
    precondition(doubt.isEmpty || found.first?.outcome != .read, "'\(sig)\(doubt)' is read")
  }
}

/// Bytes as JSON, and as the text of a dosage within a request that is sound.
func fuzzFHIR(_ bytes: [UInt8]) {
  fuzzExport(Array("{".utf8) + bytes)
  let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
    scalar == "\"" || scalar == "\\" || scalar.value < 32 ? " " : String(scalar)
  }.joined()
  fuzzExport(
    Array(
      #"{"resourceType":"MedicationRequest","status":"active","subject":{"reference":"Patient/7"},"medicationCodeableConcept":{"text":"\#(text)"},"dosageInstruction":[{"text":"\#(text)"}]}"#
        .utf8))
}

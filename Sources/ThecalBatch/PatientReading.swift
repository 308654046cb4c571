import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalTabular

/// What the lines of one patient say, and what is wrong with them.
struct PatientReading {
  /// The rows of the batch on which they stand.
  let rows: Range<Int>
  /// The medicines, line by line.
  let medicines: [MedicineLine]
  /// Those that are not converted.
  let skipped: [SkippedMedicine]
  /// What is known about the patient.
  let record: PatientRecord
  /// Everything unreadable: one bad line spoils all results of a patient.
  let problems: [Finding]

  /// The drugs of the pump that are asked for; where no line could be read so far, one result without a drug.
  var targets: [String] {
    if medicines.count == 1 { return [medicines[0].target] }
    let continuing = continuing
    let named = medicines.map(\.target).filter { !$0.isEmpty && !continuing.contains($0) }
    return named.isEmpty ? [""] : named.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Drugs of the pump that go on: what is intrathecal already, is asked for as nothing else, and is no other line's target.
  var continuing: [String] {
    if medicines.count == 1 { return [] }
    let own = medicines.filter { $0.route == .intrathecal && $0.target == $0.drug && !$0.drug.isEmpty }
    let others = medicines.filter { line in !own.contains { $0.line == line.line } }.map(\.target)
    return others.isEmpty ? [] : own.map(\.drug).filter { !others.contains($0) }
  }

  /// What is to be converted to `target`; with `isPlaceless`, without the lines on which it stands.
  func request(_ target: String, _ lines: [MedicineLine], isPlaceless: Bool = false) -> ConversionRequest {
    let medicines = lines.compactMap { line -> Medicine? in
      guard let route = line.route, let amount = line.amount else { return nil }
      return Medicine(drug: line.drug, route: route, amount: amount, line: isPlaceless ? 0 : line.line)
    }
    var request = ConversionRequest(
      medicines: medicines, target: target, targetRoute: lines[0].targetRoute, patient: record.patient)
    request.continuing = continuing
    return request
  }

  /// Whether none of the medicines is one to convert.
  var hasNothing: Bool { medicines.allSatisfy { $0.skipped != nil } }

  /// Whether all that its one result depends on was read, and nothing else is to be said; not so where several drugs
  /// are asked for.
  var hasKey: Bool {
    problems.isEmpty && skipped.isEmpty
      && medicines.allSatisfy { $0.target == medicines[0].target && $0.notes.isEmpty }
  }

  /// What the one result of this patient depends on.
  var key: ResultKey {
    ResultKey(request: request(medicines[0].target, medicines, isPlaceless: true), pump: record.pump)
  }
}

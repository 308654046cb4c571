import Testing
import ThecalBatch
import _ThecalTestSupport

/// A clinic line that is whole, by column: what stands there gives a dose.
private let columns = [
  "patient_id", "drug", "route", "dose", "unit", "frequency", "target_drug", "target_route", "indication",
  "opioid_days", "age_years", "weight_kg", "frail", "sleep_apnea", "cns_depressants", "psychosis_history",
  "screening_bolus", "screening_effect", "screening_response", "residual_mme", "anticoagulant", "pregnancy",
  "allergy", "renal", "pump", "reservoir", "concentration", "fill_date", "alarm_volume",
]
private let good: [String: String] = [
  "patient_id": "B", "drug": "morphine", "route": "oral", "dose": "60", "unit": "mg", "frequency": "bid",
  "opioid_days": "30", "age_years": "50", "weight_kg": "70", "frail": "no", "sleep_apnea": "no",
  "cns_depressants": "no", "psychosis_history": "no", "residual_mme": "0", "anticoagulant": "no",
  "pregnancy": "no",
  "allergy": "no", "renal": "no", "pump": "SynchroMed II", "reservoir": "40 mL", "concentration": "1 mg/mL",
  "fill_date": "2026-01-01", "alarm_volume": "2 mL",
]

/// What people, spreadsheets and attackers leave in cells.
private let tokens = [
  "\u{0}", "\u{1}", "\u{7F}", "\u{FEFF}", "\u{202E}", "\u{200B}5", "=1+1", "+5", "-5", "@SUM(A1)", "#N/A",
  "NaN", "inf",
  "1e308", "1e-308", "0x10", "1,500", "1.500,0", "5 mg", "5/325", "5-10", "½", "１０", "l0",
  "9999999999999999999999",
  "0", "-0", "''", "\"", "\n", "\t", ";", "NULL", "null", "yes", "maybe", "2026-02-30",
  "01/02/9223372036854775807", "mg", "q6h", "prn",
  "morphine",
  "vincristine", "oral", "x'; system('id'); '", "<script>", "../../etc/passwd",
  String(repeating: "9", count: 5_000),
  String(repeating: "a", count: 70_000), "🧪", "e\u{301}", "\u{D7FF}", "%s%n", "{{7*7}}", "TRUE", "5 ", " ",
]

private func csv(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

/// Every token in every column, between two patients that are whole; the table of the columns of one.
private func clinic(_ column: String) -> [UInt8] {
  var lines = [columns.joined(separator: ",")]
  func line(_ id: String, _ change: (String, String)? = nil) -> String {
    columns.map { name in
      csv(name == change?.0 ? change?.1 ?? "" : name == "patient_id" ? id : good[name] ?? "")
    }.joined(separator: ",")
  }
  for (number, token) in tokens.enumerated() {
    lines += [line("A\(number)"), line("B\(number)", (column, token)), line("C\(number)")]
  }
  return Array((lines.joined(separator: "\n") + "\n").utf8)
}

/// What the cell may hold without harm: it says nothing that a dose rests on, or just what it says.
private func isHarmless(_ column: String, _ token: String) -> Bool {
  switch column {
  case "patient_id":
    !["#N/A", "NaN", "NULL", "null", "", " "].contains(token)
      && !token.unicodeScalars.allSatisfy {
        $0.value < 0x21 || $0.value == 0x7F || $0 == "\u{FEFF}" || $0 == "\u{202E}"
      }
  case "allergy": true
  default: false
  }
}

@Test(arguments: columns) func `no cell harms another row, and none yields a dose by chance`(column: String)
  throws
{
  let bytes = clinic(column)
  let table = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  let plain = Table(String(decoding: try Batch.convert(bytes, watched: true), as: UTF8.self))
  #expect(table.rows == plain.rows, "what is remembered is not what is converted")
  for (number, token) in tokens.enumerated() {
    for neighbor in ["A\(number)", "C\(number)"] {
      guard let row = table.column("patient_id").firstIndex(of: neighbor) else {
        Issue.record("\(neighbor) is lost beside \(token.debugDescription)")
        continue
      }
      // A line without an id may belong to the patient above it, who then gets no dose.
      let isAbove = column == "patient_id" && neighbor.hasPrefix("A")
      #expect(
        isAbove || table[row, "start"] == "0.4", "\(neighbor) beside \(token.prefix(20).debugDescription)")
    }
  }
  let rows = table.rows.indices.filter {
    (table[$0, "patient_id"] ?? "").hasPrefix("B") || column == "patient_id"
  }
  for row in rows where column != "patient_id" {
    let number = Int((table[row, "patient_id"] ?? "").dropFirst()) ?? 0
    let status = table[row, "status"] ?? ""
    #expect(["ok", "review", "blocked", "error"].contains(status))
    #expect(!(["blocked", "error"].contains(status) && table.hasDose(row)))
    #expect(status == "ok" || !table.codes(row).isEmpty)
    // What cannot be read as anything in the column gives no dose.
    if unreadable.contains(tokens[number]), !isHarmless(column, tokens[number]), column != "pump" {
      #expect(!table.hasDose(row), "\(column) = \(tokens[number].prefix(30).debugDescription): \(status)")
    }
  }
}

/// Tokens that mean nothing in any column but free text.
private let unreadable: Set<String> = [
  "\u{0}", "\u{1}", "\u{7F}", "\u{202E}", "=1+1", "@SUM(A1)", "#N/A", "NaN", "inf", "1e308", "1e-308", "0x10",
  "1.500,0", "½",
  "l0", "9999999999999999999999", "NULL", "null", "maybe", "<script>", "../../etc/passwd", "🧪", "%s%n",
  "{{7*7}}",
  "x'; system('id'); '",
]

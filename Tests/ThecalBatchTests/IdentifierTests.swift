import Testing
import ThecalBatch
import _ThecalTestSupport

private let spoiled = [
  "#N/A", "N/A", "n/a", "nan", "NaN", "NULL", "null", "-", "--", "####", "##########", "1.67683E+15", "1E+09",
  "\"1,67683E+15\"", "#REF!", "#VALUE!", "#NAME?", "<NA>", "None", "—", "?",
]

@Test(arguments: spoiled) func `an id that a spreadsheet has spoiled is nobody's`(id: String) throws {
  let table = try Batch.table(lines: [
    "\(id),morphine,oral,60,mg,bid,30", "\(id),morphine,oral,15,mg,bid,30", "B,morphine,oral,60,mg,bid,30",
  ])
  #expect(
    table.rows.indices.map { table.hasDose($0) } == table.rows.indices.map { $0 == table.rows.count - 1 })
  #expect(table.codes(0).contains("BAD_ID") && table[0, "status"] == "error", "\(table.codes(0))")
}

@Test(arguments: [
  "NA", "na", "N", "A-1", "-17", "0001", "12E5", "1.5", "NANCY", "@x", "#12", "E+15", "NULLMEIER",
  "1.67683E15", "none", "half",
])
func `what merely looks odd is an id`(id: String) throws {
  let table = try Batch.table(lines: ["\(id),morphine,oral,60,mg,bid,30"])
  #expect(table[0, "start"] == "0.4", "\(table[0, "message"] ?? "")")
}

@Test(arguments: [
  "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{AD}", "\u{3000}", "\u{200E}", "\u{202A}", " \u{A0} ",
])
func `ids are compared without what is invisible at their ends`(mark: String) throws {
  for id in ["P3\(mark)", "\(mark)P3", "\(mark)P3\(mark)"] {
    let table = try Batch.table(lines: [
      "P3,morphine,oral,30,mg,bid,30", "\"\(id)\",oxycodone,oral,20,mg,bid,",
    ])
    #expect(table.rows.count == 1 && table[0, "rows"] == "2" && table[0, "oral_mme_mg_per_day"] == "120")
    #expect(table[0, "status"] == "review" && table[0, "start"] == "0.2")
    // Apart from each other they are one patient whose lines do not stand together.
    let apart = try Batch.table(lines: [
      "P3,morphine,oral,30,mg,bid,30", "Q,morphine,oral,60,mg,bid,30", "\"\(id)\",oxycodone,oral,20,mg,bid,",
    ])
    #expect(apart.column("status") == ["error", "ok", "error"] && apart.codes(2) == ["NOT_CONSECUTIVE"])
  }
}

/// Patients who are called after what goes on beside the pump: none of it, half, and more than there is.
@Test func `an opioid that goes on is taken off before the ratio, whatever a patient is called`() throws {
  let table = try Batch.table(
    """
    patient_id,drug,route,dose,unit,frequency,opioid_days,residual_mme,age_years,frail,sleep_apnea,cns_depressants
    none,morphine,oral,50,mg,bid,60,0,50,no,no,no
    half,morphine,oral,50,mg,bid,60,50,50,no,no,no
    more,morphine,oral,50,mg,bid,60,400,50,no,no,no

    """)
  #expect(table.column("start") == ["0.333", "0.166", ""])
  #expect(table.column("status") == ["ok", "review", "error"] && table.codes(1) == ["RESIDUAL_OPIOID"])
}

/// Two lines of one person who looks like two would each be half a list.
@Test(arguments: ["\u{200B}", "\u{AD}", "\u{2060}", "\u{FE0F}", "\u{34F}", "\u{202A}", "\u{2066}", "\u{1}"])
func `an id with a mark inside that nobody sees is nobody's`(mark: String) throws {
  let table = try Batch.table(lines: [
    "P\(mark)3,morphine,oral,30,mg,bid,30", "P3,oxycodone,oral,20,mg,bid,30",
  ])
  #expect(table.rows.count == 2 && !table.hasDose(0) && table.hasDose(1))
  #expect(table.codes(0) == ["BAD_ID"] && table[0, "message"]?.contains("nobody sees") == true)
}

@Test(arguments: ["Müller", "P 3", "P\u{A0}3", "木3", "Ζ3"]) func `an id of letters that are seen is an id`(
  id: String
)
  throws
{
  #expect(try Batch.table(lines: ["\(id),morphine,oral,60,mg,bid,30"]).hasDose(0))
}

@Test func `a line without an id spoils the patient above it, and no other`() throws {
  let table = try Batch.table(lines: [
    "P0,morphine,oral,60,mg,bid,30", "P1,morphine,oral,60,mg,bid,30", ",hydromorphone,oral,4,mg,q6h,",
    ",oxycodone,oral,20,mg,q6h,", "P2,oxycodone,oral,20,mg,q6h,30", "P3,morphine,oral,60,mg,bid,30",
    "\u{A0},codeine,oral,30,mg,qid,",
  ])
  #expect(table.column("patient_id") == ["P0", "P1", "", "", "P2", "P3", "\u{A0}"])
  #expect(table.column("status") == ["ok", "error", "error", "error", "review", "error", "error"])
  #expect(table[0, "start"] == "0.4" && table[4, "start"] == "0.2")
  for row in [1, 2, 3, 5, 6] { #expect(!table.hasDose(row) && table.codes(row) == ["MISSING_FIELD"]) }
  #expect(
    (table[1, "message"] ?? "").contains("line 4") && (table[2, "message"] ?? "").contains("P1 of line 3"))
  #expect((table[3, "message"] ?? "").contains("P1 of line 3"))
}

@Test func `a patient who goes on behind a line without an id does not stand together`() throws {
  let table = try Batch.table(lines: [
    "P1,morphine,oral,60,mg,bid,30", ",hydromorphone,oral,4,mg,q6h,", "P1,oxycodone,oral,20,mg,q6h,",
  ])
  #expect(table.column("status") == ["error", "error", "error"])
  #expect(table.codes(2).contains("NOT_CONSECUTIVE"))
}

@Test(arguments: [1, 2]) func `a line without an id finds its patient across units of work`(threads: Int)
  throws
{
  // The reader hands rows on in units; patients and the lines behind them must never be cut apart.
  for rows in [4_094, 4_095, 4_096, 4_097, 2_047, 2_048] {
    var lines = (0..<rows).map { "P\($0),morphine,oral,60,mg,bid,30" }
    lines += [",codeine,oral,30,mg,qid,", "LAST,morphine,oral,60,mg,bid,30"]
    let table = Table(
      String(
        decoding: try Batch.convert(Array(([Batch.header] + lines).joined(separator: "\n").utf8)) {
          $0.threads = threads
        },
        as: UTF8.self))
    #expect(table[rows - 1, "status"] == "error" && table[rows, "status"] == "error", "\(rows)")
    #expect(table[rows - 2, "start"] == "0.4" && table[rows + 1, "start"] == "0.4", "\(rows)")
  }
}

import Testing
import ThecalBatch
import _ThecalTestSupport

/// What a line becomes: its status, its codes, and words of its message.
struct ReadLine: Sendable, CustomTestStringConvertible {
  let line: String
  let status: String
  var codes: [String] = []
  var words: [String] = []
  var cells: [String: String] = [:]
  var testDescription: String { line }
}

private func check(_ read: ReadLine) throws {
  let table = try Batch.table(lines: [read.line])
  let message = table[0, "message"] ?? ""
  #expect(table[0, "status"] == read.status, "\(read.line): \(message)")
  for code in read.codes { #expect(table.codes(0).contains(code), "\(read.line): \(table.codes(0))") }
  for words in read.words { #expect(message.contains(words), "\(read.line): \(message)") }
  for (column, value) in read.cells { #expect(table[0, column] == value, "\(read.line): \(column)") }
  if ["error", "blocked"].contains(read.status) { #expect(!table.hasDose(0), "\(read.line)") }
}

private let besideRate =
  ["prn", "often", "q6h", "bid", "2", "q4-6h", "24", "q12h", "weekly", "qd"].map {
    ReadLine(
      line: "A,morphine,oral,60,mg/day,\($0),30", status: "error", codes: ["BAD_FREQUENCY"],
      words: ["line 2, frequency"])
  }
  + ["daily", "q24h", "1", "once daily", "continuous", ""].map {
    ReadLine(line: "A,morphine,oral,60,mg/day,\($0),30", status: "ok", cells: ["oral_mme_mg_per_day": "60"])
  } + [
    ReadLine(
      line: "A,morphine,intrathecal,0.1,mg/h,continuous,30", status: "blocked", codes: ["ALREADY_INTRATHECAL"]
    ),
    ReadLine(line: "A,morphine,intrathecal,0.1,mg/h,daily,30", status: "error", codes: ["BAD_FREQUENCY"]),
    ReadLine(
      line: "A,morphine,intrathecal,0.1,mg/h,hourly,30", status: "blocked", codes: ["ALREADY_INTRATHECAL"]),
    ReadLine(line: "A,morphine,oral,60,mg,continuous,30", status: "error", codes: ["BAD_FREQUENCY"]),
  ]

@Test(arguments: besideRate) func `a frequency beside a unit per time is blank or says the same`(
  read: ReadLine
) throws {
  try check(read)
}

/// Words and how often in a day they are, for 15 mg of morphine.
private let frequencies: [(String, Int)] = [
  ("4x daily", 4), ("4 x daily", 4), ("4X/day", 4), ("4 times a day", 4), ("4 times daily", 4), ("4/day", 4),
  ("twice a day", 2), ("two times a day", 2), ("three times per day", 3), ("once a day", 1),
  ("once daily", 1),
  ("qhs", 1), ("QHS", 1), ("at bedtime", 1), ("every 8 hours", 3), ("every six hours", 4), ("every 12 h", 2),
  ("q 6 h", 4), ("Q6H", 4), ("q8hr", 3), ("bid", 2), ("2", 2), ("3", 3), ("5", 5), ("1", 1),
]

@Test(arguments: frequencies) func `a frequency in the words of a clinic is read`(text: String, times: Int)
  throws
{
  try check(
    ReadLine(
      line: "A,morphine,oral,15,mg,\(text),30", status: "ok",
      cells: ["oral_mg_per_day": "\(15 * times)", "drugs": "morphine oral 15 mg \(text)"]))
}

private let bare: [ReadLine] =
  [8, 12, 24, 48, 72].map {
    ReadLine(
      line: "A,morphine,oral,15,mg,\($0),30", status: "blocked", codes: ["TYPO_SUSPECTED"],
      words: ["q\($0)h meant"])
  }
  + [4, 6].map {
    ReadLine(
      line: "A,morphine,oral,15,mg,\($0),30", status: "review", codes: ["AMBIGUOUS_FREQUENCY"],
      words: ["q\($0)h"],
      cells: ["oral_mg_per_day": "\(15 * $0)"])
  }
  + [3, 5].map {
    ReadLine(line: "A,morphine,oral,15,mg,\($0),30", status: "ok", cells: ["oral_mg_per_day": "\(15 * $0)"])
  }
  + ["9", "10", "q2h", "hourly"].map {
    ReadLine(line: "A,morphine,oral,15,mg,\($0),30", status: "blocked", codes: ["TYPO_SUSPECTED"])
  }
  + ["25", "96", "168"].map {
    ReadLine(line: "A,morphine,oral,15,mg,\($0),30", status: "error", codes: ["BAD_FREQUENCY"])
  } + [ReadLine(line: "A,morphine,oral,15,mg,q3h,30", status: "ok", cells: ["oral_mg_per_day": "120"])]

@Test(arguments: bare) func `a bare number is doses a day only where nobody means hours by it`(read: ReadLine)
  throws
{
  try check(read)
}

/// A note on a line stays with that line, whatever the same medicine was read from before.
@Test func `what must be confirmed about a line is not lost to memory`() throws {
  let lines = ["A,morphine,oral,15,mg,qid,30", "B,morphine,oral,15,mg,4,30", "C,morphine,oral,15,mg,qid,30"]
  let table = try Batch.table(lines: lines + lines.map { "2" + $0 })
  let ambiguous = table.rows.indices.map { table.codes($0).contains("AMBIGUOUS_FREQUENCY") }
  #expect(ambiguous == [false, true, false, false, true, false])
}

private func patch(_ interval: String, drug: String = "fentanyl", _ status: String, _ code: String? = nil)
  -> ReadLine
{
  ReadLine(
    line: "A,\(drug),transdermal,\(drug == "fentanyl" ? "50" : "20"),mcg/h,\(interval),30", status: status,
    codes: code.map { [$0] } ?? [], words: code.map { _ in ["line 2, frequency"] } ?? [])
}

/// Just below, at and just above each border of each kind of patch.
private let patches: [ReadLine] = [
  patch("q23h", "error", "BAD_FREQUENCY"), patch("q24h", "review", "UNUSUAL_INTERVAL"),
  patch("daily", "review", "UNUSUAL_INTERVAL"), patch("q25h", "review", "UNUSUAL_INTERVAL"),
  patch("q47h", "review", "UNUSUAL_INTERVAL"), patch("q48h", "review"), patch("q49h", "review"),
  patch("q71h", "review"), patch("q72h", "review"), patch("q3d", "review"), patch("", "review"),
  patch("q73h", "review", "UNUSUAL_INTERVAL"), patch("q95h", "review", "UNUSUAL_INTERVAL"),
  patch("q96h", "review", "UNUSUAL_INTERVAL"), patch("q97h", "error", "BAD_FREQUENCY"),
  patch("q720h", "error", "BAD_FREQUENCY"), patch("weekly", "error", "BAD_FREQUENCY"),
  patch("bid", "error", "BAD_FREQUENCY"), patch("72", "blocked", "TYPO_SUSPECTED"),
  patch("prn", "error", "BAD_FREQUENCY"),
]

@Test(arguments: patches) func `a patch of fentanyl is changed at an interval that is a regimen`(
  read: ReadLine
) throws {
  try check(read)
  let table = try Batch.table(lines: [read.line])
  let isUsual = ["q48h", "q49h", "q71h", "q72h", "q3d", ""].contains(
    read.line.split(separator: ",", omittingEmptySubsequences: false)[5])
  #expect(
    isUsual == !table.codes(0).contains {
      ["UNUSUAL_INTERVAL", "BAD_FREQUENCY", "TYPO_SUSPECTED"].contains($0)
    })
}

@Test(
  arguments: [
    ("butrans", "weekly", nil), ("butrans", "q168h", nil), ("butrans", "q72h", "UNUSUAL_INTERVAL"),
    ("butrans", "q71h", "BAD_FREQUENCY"), ("norspan", "q336h", "UNUSUAL_INTERVAL"),
    ("norspan", "q337h", "BAD_FREQUENCY"),
    ("transtec", "q96h", nil), ("transtec", "q72h", nil), ("transtec", "q97h", "UNUSUAL_INTERVAL"),
    ("transtec", "q47h", "BAD_FREQUENCY"), ("buprenorphine", "q72h", nil), ("buprenorphine", "q96h", nil),
    ("buprenorphine", "weekly", nil), ("buprenorphine", "q35h", "BAD_FREQUENCY"),
  ] as [(String, String, String?)])
func `a patch of buprenorphine is changed as its product is`(product: String, interval: String, code: String?)
  throws
{
  let codes = try Batch.table(lines: ["A,\(product),transdermal,20,mcg/h,\(interval),30"]).codes(0)
  let found = codes.first { ["UNUSUAL_INTERVAL", "BAD_FREQUENCY"].contains($0) }
  #expect(found == code, "\(codes)")
}

private let routes: [(String, String)] = [
  ("PO", "oral"), ("p.o.", "oral"), ("Oral", "oral"), ("by mouth", "oral"), ("IV", "iv"), ("SC", "sc"),
  ("SQ", "sc"),
  ("subcut", "sc"), ("sub-q", "sc"), ("IM", "im"), ("im", "im"), ("PR", "rectal"), ("Rectal", "rectal"),
  ("IT", "intrathecal"), ("epidural", "epidural"), ("intravenous", "iv"),
]

@Test(arguments: routes) func `a route is read in the abbreviations of a clinic`(text: String, route: String)
  throws
{
  let table = try Batch.table(lines: ["A,morphine,\(text),10,mg,q6h,30"])
  #expect(table[0, "drugs"] == "morphine \(route) 10 mg q6h" && !table.codes(0).contains("BAD_VALUE"))
}

@Test(arguments: ["TD", "patch", "Patch", "transdermal"]) func `a patch is a route`(text: String) throws {
  #expect(try Batch.table(lines: ["A,fentanyl,\(text),50,mcg/h,q72h,30"])[0, "oral_mme_mg_per_day"] == "120")
}

@Test(arguments: ["SL", "sublingual"]) func `under the tongue is a route`(text: String) throws {
  #expect(try Batch.table(lines: ["A,buprenorphine,\(text),8,mg,bid,30"]).codes(0) == ["NO_CONVERSION"])
}

/// Drugs and products that nobody swallows, and some that are swallowed.
private let blankRoutes: [(String, String)] = [
  ("Infumorph", ""), ("Mitigo", ""), ("Duramorph", ""), ("Prialt", ""), ("Duragesic", ""), ("Gablofen", ""),
  ("Duraclon", ""), ("Butrans", ""), ("Belbuca", ""), ("Actiq", ""), ("Dsuvia", ""), ("ziconotide", ""),
  ("fentanyl", ""), ("sufentanil", ""), ("bupivacaine", ""), ("MS Contin", "oral"), ("morphine", "oral"),
  ("Lioresal", "oral"), ("clonidine", "oral"), ("OxyContin", "oral"),
]

@Test(arguments: blankRoutes)
func `a blank route is by mouth for what is swallowed, and an error for the rest`(drug: String, route: String)
  throws
{
  let table = try Batch.table(lines: ["A,\(drug),,10,mg/day,,60"])
  if route.isEmpty {
    #expect(table[0, "status"] == "error" && table.codes(0).contains("MISSING_FIELD") && !table.hasDose(0))
    #expect(
      (table[0, "message"] ?? "").contains("line 2, route") && (table[0, "message"] ?? "").contains(drug))
    #expect(!(table[0, "drugs"] ?? "").contains("oral"))
  } else {
    #expect((table[0, "drugs"] ?? "").contains(" oral ") && !table.codes(0).contains("MISSING_FIELD"))
  }
}

@Test func `a product on a route on which it is not given is an error`() throws {
  try check(
    ReadLine(
      line: "A,Infumorph,oral,10,mg,bid,60", status: "error", codes: ["BAD_VALUE"],
      words: ["intrathecal; or epidural"]))
}

@Test func `a route that cannot be read is shown as it was written`() throws {
  let table = try Batch.table(lines: ["A,morphine,by Mouth?,10,mg,q6h,30", "B,morphin,IT,10,mg,q6h,30"])
  #expect(
    table[0, "drugs"] == "morphine by Mouth? 10 mg q6h"
      && table[1, "drugs"] == "morphin intrathecal 10 mg q6h")
}

/// A second line for the patient who takes 30 mg of morphine twice a day by mouth.
private let again = [
  "morphine,oral,30,mg,BID,", "MS Contin,oral,30,mg,q12h,", "Morphine Sulfate,PO,60,mg/day,,",
  "morphine,oral,30000,mcg,bid,", "morphine,,0.03,g,2,", "kadian,by mouth,60,mg,daily,",
  "morphine,oral,15,mg,qid,",
  "morphine,oral,60,mg/day,daily,", "morphine,oral,2.5,mg/h,,",
]

@Test(arguments: again) func `the same medicine twice is found in any words`(line: String) throws {
  for lines in [
    ["A,morphine,oral,30,mg,bid,30", "A,\(line)"], ["A,\(line)", "A,morphine,oral,30,mg,bid,30"],
  ] {
    let table = try Batch.table(lines: lines)
    #expect(
      table[0, "status"] == "error" && table.codes(0) == ["DUPLICATE_ROW"] && !table.hasDose(0), "\(line)")
  }
}

@Test(arguments: [
  "morphine,oral,30.1,mg,bid,", "morphine,sc,30,mg,bid,", "oxycodone,oral,30,mg,bid,",
  "morphine,oral,30,mg,tid,",
])
func `another amount, route or drug is another medicine`(line: String) throws {
  #expect(
    try !Batch.table(lines: ["A,morphine,oral,30,mg,bid,30", "A,\(line)"]).codes(0).contains("DUPLICATE_ROW"))
}

/// Two lines of 30 mg twice a day, and whether they are two medicines.
@Test(
  arguments: [
    ("morphine sulfate er 30 mg tablet", "morphine sulfate ir 30 mg tablet", true),
    ("morphine sulfate er 30 mg tablet", "morphine sulfate er 30 mg tablet", false),
    ("morphine sulfate er 30 mg tablet", "morphine", false),
    ("MS Contin", "morphine sulfate ir 30 mg tablet", true),
    ("MS Contin", "morphine sulfate er 30 mg tablet", false),
    ("MS Contin", "morphine", false),
  ] as [(String, String, Bool)])
func `the same amount in another form is another medicine where both forms are stated`(
  one: String, other: String, isTwo: Bool
) throws {
  for pair in [(one, other), (other, one)] {
    let table = try Batch.table(lines: ["A,\(pair.0),oral,30,mg,bid,30", "A,\(pair.1),oral,30,mg,bid,30"])
    #expect(table.codes(0).contains("DUPLICATE_ROW") == !isTwo, "\(pair)")
    // 60 + 60 mg a day.
    #expect(table[0, "oral_mme_mg_per_day"] == (isTwo ? "120" : ""), "\(pair)")
  }
  let three = try Batch.table(lines: [one, other, one].map { "A,\($0),oral,30,mg,bid,30" })
  #expect(three.codes(0).contains("DUPLICATE_ROW") && !three.hasDose(0))
}

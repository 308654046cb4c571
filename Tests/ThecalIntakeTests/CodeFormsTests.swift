import Testing
import _ThecalTestSupport

@testable import ThecalIntake

/// Codes as exports write them, and the keys of the table that each may mean.
let codeForms: [(code: String, keys: [String])] = [
  ("1049621", ["r1049621"]), (" 1049621 ", ["r1049621"]), ("7804", ["r7804"]),
  ("0406-0512-01", ["n004060512"]),
  ("00406-0512-01", ["n004060512"]), ("00406051201", ["n004060512"]), ("0406-0512", ["n004060512"]),
  ("11111-222-01", ["n111110222"]), ("11111-2222-1", ["n111112222"]), ("NDC 00406-0512-01", ["n004060512"]),
  ("NDC:0406-0512", ["n004060512"]), ("004060512", ["n004060512"]), ("", []), ("abc", []), ("12-34", []),
  ("0406-0512-01-9", []), ("0406--01", []), ("123456789012", []), ("0406-05X2-01", []),
  // Ten digits without dashes: three shapes, of which the digits do not say one.
  ("0406051201", ["n004060512", "n040600512", "n040605120"]),
]

@Test(arguments: codeForms.indices) func `a code is read in every shape that it has`(index: Int) {
  let (code, keys) = codeForms[index]
  #expect(ProductCode.readings(code) == keys, "\(code)")
}

/// A line of RXNCONSO for a concept that nobody published.
private func concept(_ id: String, _ kind: String, _ name: String) -> String {
  "\(id)|ENG||||||1\(id)|\(id)|\(id)||RXNORM|\(kind)|\(id)|\(name)||N||\n"
}

/// A line of RXNSAT: an NDC of a product.
private func ndc(_ id: String, _ digits: String, suppress: String = "N") -> String {
  "\(id)||||\(id)|AT||\(id)|NDC|RXNORM|\(digits)|\(suppress)||\n"
}

private func table(_ folder: Folder, conso: String, rel: String = "", sat: String = "") throws -> CodeTable {
  folder.write("RXNCONSO.RRF", conso)
  folder.write("RXNREL.RRF", rel)
  folder.write("RXNSAT.RRF", sat)
  _ = try CodeTableBuilder(source: folder.path).build(to: folder.file("codes.sqlite"))
  return try CodeTable(path: folder.file("codes.sqlite"))
}

@Test func `every kind of concept that names a product or an ingredient is kept, others are not`() throws {
  let kinds = ["IN", "PIN", "MIN", "SCD", "SBD", "GPCK", "BPCK", "SCDC", "SBDC", "SCDF", "SBDF", "BN"]
  let others = ["DF", "DFG", "PSN", "SY", "TMSY", "ET", "SCDG"]
  let conso = (kinds + others).enumerated().map {
    concept("\(500 + $0.offset)", $0.element, "name \($0.element)")
  }
  let table = try table(Folder(), conso: conso.joined())
  for (place, kind) in kinds.enumerated() { #expect(table.name(of: "\(500 + place)") == "name \(kind)") }
  for place in others.indices { #expect(table.name(of: "\(500 + kinds.count + place)") == nil) }
  #expect(table.origin == "RxNorm, \(kinds.count) codes")
}

@Test func `a brand is spelled with what is in it, from either direction of its relation`() throws {
  let conso =
    concept("1", "IN", "oxycodone") + concept("2", "IN", "acetaminophen") + concept("3", "BN", "Madeupcet")
    + concept("4", "BN", "Lonely")
  let rel =
    "3||CUI|RB|1||CUI|has_tradename|1||RXNORM||||N||\n2||CUI|RN|3||CUI|tradename_of|2||RXNORM||||N||\n"
  let table = try table(Folder(), conso: conso, rel: rel)
  #expect(table.name(of: "3") == "acetaminophen / oxycodone [Madeupcet]")
  #expect(table.name(of: "4") == "Lonely", "nothing is said of what is in it")
  #expect(summary(product(table.name(of: "3") ?? "")) == "oxycodone noStrength")
}

@Test func `suppressed codes and codes that are no eleven digits are left out`() throws {
  let conso = concept("1", "SCD", "morphine 15 MG Oral Tablet")
  let sat =
    ndc("1", "00000111122") + ndc("1", "00000333344", suppress: "Y") + ndc("1", "123")
    + ndc("9", "00000555566")
  let table = try table(Folder(), conso: conso, sat: sat)
  #expect(table.name(of: "00000-1111-22") == "morphine 15 MG Oral Tablet")
  #expect(table.name(of: "00000-3333-44") == nil && table.name(of: "00000-5555-66") == nil)
}

@Test func `a release with broken lines gives what can be read of it`() throws {
  let conso =
    concept("1", "SCD", "morphine 15 MG Oral Tablet") + "short|line\n\n"
    + concept("2", "SCD", "codeine 30 MG Oral Tablet")
  let table = try table(Folder(), conso: conso)
  #expect(table.name(of: "1") != nil && table.name(of: "2") != nil)
}

@Test func `a folder without the files of a release is refused, and nothing is left`() throws {
  let folder = Folder()
  folder.write("RXNCONSO.RRF", concept("1", "SCD", "morphine 15 MG Oral Tablet"))
  #expect(throws: IntakeProblem.self) {
    try CodeTableBuilder(source: folder.path).build(to: folder.file("codes.sqlite"))
  }
  #expect(folder.names == ["RXNCONSO.RRF"])
  let empty = Folder()
  #expect(throws: IntakeProblem.self) {
    try CodeTableBuilder(source: empty.path).build(to: empty.file("codes.sqlite"))
  }
}

@Test func `ten digits that may be two products name none`() throws {
  let conso =
    concept("1", "SCD", "morphine 15 MG Oral Tablet") + concept("2", "SCD", "codeine 30 MG Oral Tablet")
  let table = try table(Folder(), conso: conso, sat: ndc("1", "00406051201") + ndc("2", "04060051201"))
  #expect(table.name(of: "0406051201") == nil, "4-4-2 is one of them, 5-3-2 the other")
  #expect(table.name(of: "00406051201") == "morphine 15 MG Oral Tablet")
}

/// Products of the directory, and what their codes are read as.
@Test func `the directory's own strengths and units are read`() throws {
  let header =
    "PRODUCTNDC\tPROPRIETARYNAME\tSUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\tDOSAGEFORMNAME\tROUTENAME\n"
  let rows: [(row: String, read: String?)] = [
    ("10000-001\tMadeup\tMORPHINE SULFATE\t15\tmg/1\tTABLET\tORAL", "morphine 15 mg oral"),
    (
      "10000-002\tMadeup ER\tMORPHINE SULFATE\t30\tmg/1\tTABLET, FILM COATED, EXTENDED RELEASE\tORAL",
      "morphine 30 mg oral extended"
    ),
    (
      "10000-003\tMadeup\tHYDROMORPHONE HYDROCHLORIDE\t2\tmg/mL\tINJECTION, SOLUTION\tINTRAVENOUS; SUBCUTANEOUS",
      "hydromorphone 2 mg/mL iv"
    ),
    (
      "10000-004\tMadeup\tFENTANYL\t50\tug/h\tPATCH, EXTENDED RELEASE\tTRANSDERMAL",
      "fentanyl 50 mcg/h transdermal extended"
    ),
    (
      "10000-005\tMadeup\tACETAMINOPHEN; HYDROCODONE BITARTRATE\t325; 10\tmg/1; mg/1\tTABLET\tORAL",
      "hydrocodone 10 mg oral"
    ),
    (
      "10000-006\tMadeup\tBUPRENORPHINE HYDROCHLORIDE; NALOXONE HYDROCHLORIDE\t8; 2\tmg/1; mg/1\tFILM, SOLUBLE\tSUBLINGUAL",
      "buprenorphine 8 mg sublingual"
    ),
    ("10000-007\tMadeup\tOXYCODONE HYDROCHLORIDE\t5\tmg/5mL\tSOLUTION\tORAL", "oxycodone 1 mg/mL oral"),
    ("10000-008\tMadeup\tBACLOFEN\t10\tmg/1\tTABLET\tORAL", "baclofen 10 mg oral"),
    ("10000-009\tOdd\tACETAMINOPHEN; CODEINE PHOSPHATE\t300\tmg/1; mg/1\tTABLET\tORAL", nil),
  ]
  let folder = Folder()
  let path = folder.write("product.txt", header + rows.map { $0.row + "\n" }.joined())
  #expect(try CodeTableBuilder(source: path).build(to: folder.file("codes.sqlite")) == rows.count - 1)
  let table = try CodeTable(path: folder.file("codes.sqlite"))
  for (row, read) in rows {
    let code = String(row.prefix { $0 != "\t" })
    #expect(
      table.name(of: code).map { summary(product($0)) } == read, "\(row): \(table.name(of: code) ?? "none")")
  }
}

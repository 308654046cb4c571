import Testing
import _ThecalTestSupport

@testable import ThecalIntake

/// A release of RxNorm that nobody published: two products, a brand, and a name of another vocabulary.
func writeRelease(_ folder: Folder) {
  func concept(
    _ id: String, _ kind: String, _ name: String, source: String = "RXNORM", suppress: String = "N"
  ) -> String {
    "\(id)|ENG||||||1\(id)|\(id)|\(id)||\(source)|\(kind)|\(id)|\(name)||\(suppress)||\n"
  }
  folder.write(
    "RXNCONSO.RRF",
    concept("901", "IN", "oxycodone") + concept("902", "SCD", "oxycodone hydrochloride 10 MG Oral Tablet")
      + concept("903", "SCD", "acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet")
      + concept("904", "BN", "Madeupodone")
      + concept("905", "SCD", "morphine 30 MG Oral Tablet", suppress: "O")
      + concept("906", "SCD", "morphine 15 MG Oral Tablet", source: "OTHER"))
  folder.write("RXNREL.RRF", "904||CUI|RB|901||CUI|has_tradename|1||RXNORM||||N||\n")
  folder.write(
    "RXNSAT.RRF",
    "902||||902|AT1||902|NDC|RXNORM|00406051201|N||\n903||||903|AT2||903|NDC|RXNORM|11111222233|N||\n"
      + "902||||902|AT3||902|NDC|RXNORM|11111222244|N||\n")
}

/// A product file of the NDC directory that nobody published; the mark in the brand's name is Windows-1252.
func writeDirectory(_ folder: Folder) -> String {
  let header = [
    "PRODUCTID", "PRODUCTNDC", "PRODUCTTYPENAME", "PROPRIETARYNAME", "PROPRIETARYNAMESUFFIX",
    "NONPROPRIETARYNAME",
    "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE", "ENDMARKETINGDATE", "MARKETINGCATEGORYNAME",
    "APPLICATIONNUMBER",
    "LABELERNAME", "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT", "PHARM_CLASSES",
    "DEASCHEDULE",
    "NDC_EXCLUDE_FLAG", "LISTING_RECORD_CERTIFIED_THROUGH",
  ]
  func row(_ code: String, _ brand: [UInt8], _ form: String, _ route: String, _ content: [String]) -> [UInt8]
  {
    Array("x\t\(code)\tHUMAN\t".utf8) + brand
      + Array("\t\t\t\(form)\t\(route)\t\t\t\t\t\t\(content.joined(separator: "\t"))\t\tCII\tN\t\n".utf8)
  }
  let bytes =
    Array((header.joined(separator: "\t") + "\n").utf8)
    + row(
      "0406-0512", Array("Madeupcet".utf8) + [0xae], "TABLET", "ORAL",
      ["ACETAMINOPHEN; OXYCODONE HYDROCHLORIDE", "325; 5", "mg/1; mg/1"])
    + row("11111-222", Array("Fentanyl".utf8), "PATCH", "TRANSDERMAL", ["FENTANYL", "25", "ug/h"])
    + row("1111-0022", Array("Morphine".utf8), "SOLUTION", "ORAL", ["MORPHINE SULFATE", "10", "mg/5mL"])
  return folder.write("product.txt", bytes)
}

@Test func `a release of RxNorm becomes a table of names by code`() throws {
  let folder = Folder()
  writeRelease(folder)
  #expect(try CodeTableBuilder(source: folder.path).build(to: folder.file("codes.sqlite")) == 5)
  let table = try CodeTable(path: folder.file("codes.sqlite"))
  #expect(table.name(of: "902") == "oxycodone hydrochloride 10 MG Oral Tablet")
  #expect(table.name(of: "904") == "oxycodone [Madeupodone]")
  #expect(table.name(of: "905") == nil, "suppressed")
  #expect(table.name(of: "906") == nil, "another vocabulary's name")
  #expect(table.name(of: "00406-0512-01") == "oxycodone hydrochloride 10 MG Oral Tablet")
  #expect(table.name(of: "00406051201") == table.name(of: "0406-0512-01"))
  #expect(table.name(of: "11111-2222-33") == nil, "one code of two products names none")
  #expect(!folder.names.contains { $0.hasSuffix(".part") })
}

@Test func `the product file of the NDC directory becomes one, too`() throws {
  let folder = Folder()
  let count = try CodeTableBuilder(source: writeDirectory(folder)).build(to: folder.file("codes.sqlite"))
  #expect(count == 3)
  let table = try CodeTable(path: folder.file("codes.sqlite"))
  func read(_ code: String) -> String { summary(product(table.name(of: code) ?? "")) }
  #expect(read("0406-0512-01") == "oxycodone 5 mg oral")
  #expect(read("NDC:11111-222-01") == "fentanyl 25 mcg/h transdermal")
  #expect(read("01111002299") == "morphine 2 mg/mL oral")
  #expect(read("0406051201") == "oxycodone 5 mg oral", "ten digits, where only one reading is a product")
}

@Test func `equal releases give equal bytes`() throws {
  let folder = Folder()
  writeRelease(folder)
  for name in ["a", "b"] { _ = try CodeTableBuilder(source: folder.path).build(to: folder.file(name)) }
  #expect(contents(folder.file("a")) == contents(folder.file("b")))
}

@Test func `a code gives the medicine that an export does not name`() throws {
  let folder = Folder()
  writeRelease(folder)
  _ = try CodeTableBuilder(source: folder.path).build(to: folder.file("codes.sqlite"))
  var options = IntakeOptions()
  options.use(try CodeTable(path: folder.file("codes.sqlite")))
  var found: [IntakeMedicine] = []
  let export =
    "MRN,RxCUI,Drug,Sig\n1,903,,2 tab bid\n1,902,oxycodone,1 tab bid\n1,902,oxycodone 20 mg,1 tab bid\n1,999,,1 tab bid\n"
  _ = try IntakeRun(options).read(bytes: Array(export.utf8)) { found.append($0) }
  #expect(found.map(summary) == ["R oxycodone oral 10 mg bid", "R oxycodone oral 10 mg bid", "A", "A"])
}

@Test func `a file that is no table of codes is refused`() throws {
  let folder = Folder()
  let file = folder.write("codes.sqlite", "no database")
  #expect(#expect(throws: IntakeProblem.self) { try CodeTable(path: file) }?.exitCode == 65)
  #expect(#expect(throws: IntakeProblem.self) { try CodeTable(path: folder.file("none")) }?.exitCode == 66)
  #expect(
    #expect(throws: IntakeProblem.self) { try CodeTableBuilder(source: file).build(to: folder.file("out")) }?
      .exitCode == 65)
  #expect(!folder.names.contains("out"))
}

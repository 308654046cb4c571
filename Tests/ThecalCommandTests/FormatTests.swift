import Glibc
import Testing
import _ThecalTestSupport

private let clinic = """
  patient_id,drug,dose,unit,frequency,opioid_days,ward
  =A,morphine,60,mg,bid,30,-3
  B,oxycodone,20,mg,q6h,30,7
  C,morphine,1O,mg,bid,30,

  """

@Test func `a line of JSON has the columns as keys, numbers as numbers, and null where a cell is empty`() {
  let folder = Folder()
  folder.write("in.csv", clinic)
  let csv = Table(ThecalProcess.run("thecal convert in.csv --quiet", in: folder).output)
  let lines = ThecalProcess.run("thecal convert in.csv --format jsonl --quiet", in: folder).output
    .split(separator: "\n")
  #expect(lines.count == 3)
  for column in csv.header { #expect(lines.allSatisfy { $0.contains("\"\(column)\":") }, "\(column)") }
  #expect(lines[0].contains(#""patient_id":"=A","rows":1,"status":"ok","codes":[]"#))
  #expect(lines[0].contains(#""estimate":0.4,"#) && lines[0].contains(#""ward":"-3""#))
  #expect(lines[1].contains(#""codes":["CROSS_TOLERANCE"]"#) && lines[1].contains(#""ward":"7""#))
  #expect(lines[2].contains(#""start":null"#) && lines[2].contains(#""ward":null"#))
}

@Test(.enabled(if: access("/usr/bin/unzip", X_OK) == 0))
func `a workbook has numbers as numbers and text as it is, and no formula`() {
  let folder = Folder()
  folder.write("in.csv", clinic)
  let sheet = ThecalProcess.run(
    "thecal convert in.csv -o out.xlsx --quiet; unzip -p out.xlsx xl/worksheets/sheet1.xml", in: folder
  ).output
  #expect(sheet.contains("<t>=A</t>") && sheet.contains("<t>-3</t>") && !sheet.contains("<f>"))
  #expect(
    sheet.contains("<v>0.4</v>") && sheet.contains("<v>0.2</v>") && sheet.contains("<t>CROSS_TOLERANCE</t>"))
  #expect(!sheet.contains("'="))
}

@Test func `unknown columns are named once, on standard error`() {
  let folder = Folder()
  folder.write("in.csv", clinic)
  let errors = ThecalProcess.run("thecal convert in.csv -o out.csv", in: folder).errors
  #expect(errors.split(separator: "ward").count == 2, "\(errors)")
}

@Test func `a report is a page with every patient and no formula of the input in its markup`() throws {
  let folder = Folder()
  folder.write("in.csv", clinic.replacing("B,", with: "<b>B</b>,"))
  let outcome = ThecalProcess.run("thecal convert in.csv -o out.csv --report page.html --quiet", in: folder)
  let page = try #require(text(folder.file("page.html")))
  #expect(
    outcome.code == 1 && page.contains("=A") && page.contains("&lt;b&gt;B") && !page.contains("<b>B</b>"))
}

/// Calls whose output bears the name of another format than the one that is written.
private let foreignNames = [
  "thecal convert in.csv -o x.parquet", "thecal convert in.csv --format csv -o x.xlsx",
  "thecal convert in.csv --json -o x.csv", "thecal intake in.csv -o x.xlsx",
  "thecal intake in.csv --json -o x.csv",
  "thecal titrate p.yaml -o x.json", "thecal timeline p.yaml -o x.nc", "thecal simulate p.yaml -o x.parquet",
  "thecal sweep p.yaml -o x.parquet", "thecal pump list in.csv -o x.xlsx", "thecal fit p.yaml -o x.csv",
  "thecal pk --model iv1 --set CL=1 --set V=1 --events in.csv -o x.feather", "thecal fan x.nc -o x.parquet",
]

@Test(arguments: foreignNames) func `no file bears the name of a format that it is not`(command: String) {
  let folder = Folder()
  folder.write("in.csv", clinic)
  folder.write("p.yaml", "drug: morphine\n")
  let outcome = ThecalProcess.run(command, in: folder)
  #expect(outcome.code == 64, "\(outcome.errors)")
  #expect(!folder.names.contains { $0.hasPrefix("x.") })
}

@Test(arguments: ["x.csv", "x", "x.out", "2026.11", "x.jsonl"])
func `a name that promises nothing else is taken`(name: String) {
  let folder = Folder()
  folder.write("in.csv", clinic)
  #expect(ThecalProcess.run("thecal convert in.csv -o \(name) --quiet", in: folder).code == 1)
  #expect(folder.names.contains(name))
}

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

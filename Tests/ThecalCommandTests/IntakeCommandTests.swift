import Foundation
import Testing
import _ThecalTestSupport

/// Five patients of a hospital that nobody is.
let hospitalExport = """
  MRN,Patient Name,DOB,Drug Name,Dose,Units,Route,Freq,Sig,Order Start,Indication
  100001,X,03/14/1962,MORPHINE SULFATE ER 60 MG TABLET,60,MG,PO,BID,Take 1 tablet by mouth twice daily,10/01/2026,Chronic low back pain
  100001,X,03/14/1962,GABAPENTIN 300 MG CAPSULE,300,MG,PO,TID,Take 1 capsule by mouth 3 times daily,10/01/2026,Neuropathic pain
  100002,Y,07/02/1955,OXYCODONE-ACETAMINOPHEN 5-325 MG TABLET,1-2,TAB,PO,Q4-6H PRN,1-2 tabs q4-6h prn pain,09/11/2026,FBSS
  100003,Z,1948-11-30,FENTANYL 50 MCG/HR PATCH,1,PATCH,TD,Q72H,Apply 1 patch every 72 hours,08/15/2026,Pancreatic CA
  100004,V,01/20/1970,OxyContin 40 mg,40,mg,PO,Q12H,,07/01/2026,noncancer
  100005,W,12/12/1980,HYDROMORPHONE 4 MG TABLET,4,mg,PO,Q4H,,07/01/2026,noncancer

  """

@Suite struct `thecal intake` {
  let folder = Folder()

  private func run(_ line: String) -> ThecalProcess.Outcome {
    ThecalProcess.run("thecal \(line)", in: folder)
  }

  private func table(_ text: String) -> [[String: String]] {
    let table = Table(text)
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
  }

  @Test func `needs no more memory for twenty thousand resources by line than for two thousand`() throws {
    /// The most that the program held, in KiB, while it read `count` resources.
    func peak(_ count: Int) throws -> Int {
      let lines = (0..<count).map { k in
        #"{"resourceType":"MedicationRequest","id":"m\#(k)","status":"active","intent":"order","#
          + #""subject":{"reference":"Patient/p\#(k / 2)"},"medicationCodeableConcept":{"text":"#
          + #""morphine sulfate ER 30 mg tablet"},"dosageInstruction":[{"text":"Take 1 tablet by mouth every 12 hours"}]}"#
          + "\n"
      }
      folder.write("export.ndjson", lines.joined())
      let asked = ThecalProcess.run(
        """
        python3 -c "import subprocess, resource
        subprocess.run(['thecal', 'intake', 'export.ndjson', '-o', 'out.csv', '--quiet'])
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        """, in: folder)
      #expect(text(folder.file("out.csv"))?.split(separator: "\n").count == count + 1)
      return try #require(Int(asked.output.prefix { $0.isNumber }))
    }
    let (few, many) = (try peak(2_000), try peak(20_000))
    // The text of the larger file alone is 6 MB, read as a tree it is ten times that.
    #expect(few > 10_000 && many < few + 3_000, "\(few) KiB, \(many) KiB")
  }

  @Test func `writes a row for each medicine of a hospital's export`() {
    folder.write("export.csv", hospitalExport)
    let outcome = run("intake export.csv --as-of 2026-11-25 --quiet")
    #expect(outcome.code == 1, "something is asked")
    let rows = table(outcome.output)
    #expect(rows.map { $0["intake"] } == ["read", "skip", "ask", "read", "read", "read"])
    #expect(
      rows.map { $0["drug"] } == [
        "morphine", "gabapentin", "oxycodone", "fentanyl", "oxycodone", "hydromorphone",
      ])
    #expect(rows.map { $0["dose"] } == ["60", "", "", "50", "40", "4"])
    #expect(rows.map { $0["frequency"] } == ["bid", "", "", "q72h", "bid", "q4h"])
    #expect(rows.map { $0["source_line"] } == ["2", "3", "4", "5", "6", "7"])
    #expect(rows[1]["cns_depressants"] == "yes" && rows[0]["cns_depressants"] == "")
    #expect(rows[2]["reason"]?.contains("at most 60 mg/day") ?? false, "\(rows[2]["reason"] ?? "")")
    #expect(rows[2]["code"] == "BAD_FREQUENCY")
    #expect(rows[3]["age_years"] == "77" && rows[3]["indication"] == "cancer")
  }

  @Test func `gives convert what it needs, whether in two steps or in one`() {
    folder.write("export.csv", hospitalExport)
    #expect(run("intake export.csv --as-of 2026-11-25 -o clinic.csv --quiet").code == 1)
    let twice = run("convert clinic.csv --quiet")
    let once = run("convert export.csv --as-of 2026-11-25 --quiet")
    #expect(once.output == twice.output && once.code == 1)
    let rows = table(once.output)
    #expect(rows.map { $0["patient_id"] } == ["100001", "100002", "100003", "100004", "100005"])
    #expect(rows.map { $0["start"] } == ["0.1", "", "0.1", "0.2", "0.2"])
    #expect(rows.map { $0["status"] } == ["review", "error", "review", "review", "review"])
    #expect(
      rows.filter { $0["status"] == "review" }.allSatisfy { $0["codes"]?.contains("READ_FROM_TEXT") ?? false }
    )
    #expect(rows[0]["message"]?.contains("gabapentin") ?? false)
    #expect(rows[1]["message"]?.contains("at most 60 mg/day") ?? false)
  }

  @Test func `a preview stands beside every source`() throws {
    folder.write("export.csv", hospitalExport)
    _ = run("intake export.csv -o clinic.csv --report page.html --quiet")
    let page = try #require(text(folder.file("page.html")))
    #expect(page.contains("OXYCODONE-ACETAMINOPHEN 5-325 MG TABLET") && page.contains("at most 60 mg/day"))
    #expect(!page.contains("<script"))
  }

  @Test func `JSON has an object for each medicine`() throws {
    folder.write("export.csv", hospitalExport)
    let lines = run("intake export.csv --json --quiet").output.split(separator: "\n")
    let objects = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 6 && objects[2]["status"] as? String == "error")
    #expect(objects[2]["codes"] as? [String] == ["BAD_FREQUENCY"] && objects[0]["dose"] as? Int == 60)
  }

  @Test func `says in one line what it cannot read, with the code that fits`() {
    folder.write("bad.json", "{\"resourceType\": ,}")
    folder.write("odd.csv", "Kunde,Ware\nA,morphine 15 mg\n")
    folder.write("export.csv", hospitalExport)
    #expect(run("intake bad.json").code == 65 && run("intake bad.json").errors.contains("line 1, column 18"))
    #expect(run("intake odd.csv").code == 65 && run("intake odd.csv").errors.contains("--map"))
    #expect(run("intake none.csv").code == 66)
    #expect(run("intake export.csv --map Preis=dose").code == 64)
    #expect(run("intake export.csv --as-of 03/04/2026").code == 64)
    #expect(
      run("intake export.csv -o export.csv").code == 73 && text(folder.file("export.csv")) == hospitalExport)
    #expect(
      run("convert export.csv -o export.csv").code == 73 && text(folder.file("export.csv")) == hospitalExport)
  }

  @Test func `reads the table of codes that it builds`() {
    folder.write(
      "product.txt",
      "PRODUCTNDC\tPROPRIETARYNAME\tSUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\tDOSAGEFORMNAME\tROUTENAME\n"
        + "0406-0512\tMadeup\tMORPHINE SULFATE\t15\tmg/1\tTABLET\tORAL\n")
    folder.write("coded.csv", "MRN,NDC,Sig\n1,00406051201,1 tab bid\n")
    #expect(run("codes build product.txt -o codes.sqlite").code == 0)
    let rows = table(run("intake coded.csv --codes codes.sqlite --quiet").output)
    #expect(rows.map { $0["drug"] } == ["morphine"] && rows[0]["dose"] == "15")
    #expect(table(run("intake coded.csv --quiet").output)[0]["intake"] == "ask")
  }
}

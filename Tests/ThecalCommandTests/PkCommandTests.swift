import Testing
import _ThecalTestSupport

private let events = """
  id,Time,AMT,addl,ii,evid,DV,note
  7,0,100,1,12,1,.,first
  7,1,.,.,.,0,3.5,=cmd
  7,23,.,.,.,0,2,
  A 8,0,50,0,0,1,,
  A 8,6,0,0,0,0,1e-3,x
  """

private let two = "--model oral2 --set CL=10 --set V=50 --set Q=5 --set V2=100 --set KA=0.5"

@Suite struct `thecal pk` {
  let folder = Folder()

  private func run(_ options: String, _ text: String = events) -> ThecalProcess.Outcome {
    folder.write("e.csv", text)
    return ThecalProcess.run("thecal pk \(options)", in: folder)
  }

  @Test func `writes a row per reading and lets other columns pass`() throws {
    let outcome = run("\(two) --events e.csv")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let table = Table(outcome.output)
    #expect(table.header == ["ID", "TIME", "A1", "A2", "A3", "CP", "DV", "note"])
    #expect(table.column("ID") == ["7", "7", "A 8"] && table.column("TIME") == ["1", "23", "6"])
    #expect(table.column("DV") == ["3.5", "2", "1e-3"] && table.column("note") == ["'=cmd", "", "x"])
    // PKPDsim: 0.302 mg/L at 23 h of 100 mg every 12 h.
    let level = try #require(table[1, "CP"].flatMap(Double.init))
    #expect((level * 1_000).rounded() == 302)
  }

  @Test func `reads standard input and units, and writes the same bytes into a file`() {
    let outcome = run("\(two) --events e.csv")
    let units =
      "--model ORAL2 --set 'cl=10000 mL/h' --set 'V1=50 L' --set Q2=5 --set V2=100 --set 'KA=12 1/day'"
    #expect(run("\(units) --events - -o out.csv < e.csv").code == 0)
    #expect(text(folder.file("out.csv")) == outcome.output)
  }

  @Test func `draws people who do not depend on their number or on other subjects`() {
    let omega = "--omega 'CL=30 %' --omega KA=0.5 --seed 3"
    let many = Table(run("\(two) --events e.csv --population 20 \(omega)").output)
    #expect(many.header.prefix(3) == ["ID", "SAMPLE", "TIME"] && many.rows.count == 60)
    let few = Table(run("\(two) --events e.csv --population 3 \(omega)").output)
    #expect(few.rows == many.rows.filter { (Int($0[1]) ?? 0) <= 3 })
    let second = events.split(separator: "\n").filter { !$0.hasPrefix("7") }.joined(separator: "\n")
    let alone = Table(run("\(two) --events e.csv --population 20 \(omega)", second).output)
    #expect(alone.rows == many.rows.filter { $0[0] == "A 8" })
  }

  @Test(arguments: [
    ("7,0,100,0,12,1,,", "e.csv:2: II without ADDL or SS"),
    ("7,0,100,2,0,1,,", "e.csv:2: ADDL or SS without II"),
    ("7,0,-1,0,0,1,,", "e.csv:2: AMT is -1"),
    ("7,0,1,5,0,0,1,,", "e.csv:2: AMT is not 0 on a line that gives no dose"),
    ("7,5,0,0,0,0,,\n7,4,0,0,0,0,,", "e.csv:3: TIME lies before that of the line above (5 h)"),
    ("7,0,1,0,0,1,,,5", "e.csv:2: more cells than the header has columns"),
    ("7,zero,1,0,0,1,,", "e.csv:2: TIME 'zero' is not a number"), (",0,1,0,0,1,,", "e.csv:2: ID is empty"),
  ])
  func `names the line of a table that cannot be followed`(line: String, message: String) {
    let lines = line.replacing("7,0,1,5,0,0,1,,", with: "7,0,1,0,0,0,,")
    let outcome = run("\(two) --events e.csv -o out.csv", "id,time,amt,addl,ii,evid,dv,note\n\(lines)\n")
    #expect(outcome.code == 65 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(text(folder.file("out.csv")) == nil)
  }

  @Test(arguments: [
    ("--model oral9 --events e.csv", 64, "oral"),
    ("--model oral1 --set CL=1 --events e.csv", 64, "needs V in L"),
    ("--model iv1 --set CL=1 --set V=1 --set KA=1 --events e.csv", 64, "iv1 has no KA"),
    ("--model iv1 --set CL=1 --set V=0 --events e.csv", 64, "V cannot be 0"),
    ("--model iv1 --set 'CL=1 mg' --set V=1 --events e.csv", 64, "L/h"),
    ("--model iv1 --set CL=1 --set cl=2 --set V=1 --events e.csv", 64, "CL twice"),
    ("--model iv1 --set CL=1 --set V=1 --events nothing.csv", 66, "no such file"),
    ("--model iv1 --set CL=1 --set V=1 --events e.csv -o no/where.csv", 73, "cannot be created"),
    ("--model iv1 --set CL=1 --set V=1 --events e.csv -o e.csv", 73, "is the input"),
    ("--model iv1 --set CL=1 --set V=1 --events e.csv --population 5", 64, "needs --omega"),
    ("--events e.csv", 64, "--model"),
  ])
  func `answers a wrong call with its reason`(options: String, code: Int32, reason: String) {
    let outcome = run(options)
    #expect(outcome.code == code && outcome.errors.contains(reason), "\(outcome.code): \(outcome.errors)")
  }

  @Test func `lists its models`() {
    let lines = ThecalProcess.run("thecal pk --models", in: folder).output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("iv3  CL L/h, V L, Q L/h, V2 L, Q3 L/h, V3 L") })
  }

  @Test func `takes a published model by its id, and says whom it was found in`() {
    let outcome = run("--model baclofen_oral_simon2018 --events e.csv")
    #expect(outcome.code == 0 && outcome.errors.contains("57 adults"))
    let changed = run("--model baclofen_oral_simon2018 --set CL=20 --events e.csv --quiet")
    #expect(changed.code == 0 && changed.errors.isEmpty && changed.output != outcome.output)
    // People vary as published, without --omega.
    let many = Table(run("--model baclofen_oral_simon2018 --events e.csv --population 4 --quiet").output)
    #expect(Set(many.column("CP")).count == 12)
    let patch = run("--model fentanyl_transdermal_label --events e.csv").errors
    #expect(patch.contains("not compared with its source: CL, V") && !patch.contains("V, F"))
    let morphine = Table(run("--model morphine_oral_ir_oosten2017 --events e.csv --quiet").output)
    #expect(morphine.header.prefix(7) == ["ID", "TIME", "A1", "A2", "CP", "CP_M3G", "CP_M6G"])
    let listed = ThecalProcess.run("thecal pk --models", in: folder).output
    #expect(listed.contains("morphine_oral_er_oosten2017  oral1"))
  }
}

import Testing

@testable import ThecalKinetics

/// A table on which nothing is wrong but what a case changes.
private func records(_ header: String, _ lines: [String], _ model: String = "oral2") throws -> [DosingRecord]
{
  let table = try EventTable(header: header.split(separator: ",").map(String.init))
  return try lines.enumerated().map { index, line in
    try table.record(
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init), line: index + 2)
  }
}

/// The fault that a table of one subject has.
private func fault(_ header: String, _ lines: String..., model name: String = "oral2") -> DosingError? {
  do {
    let model = try #require(KineticModel(named: name))
    _ = try DosingPlan(records(header, lines), model: model)
    return nil
  } catch { return error as? DosingError }
}

private let dosing = "ID,TIME,EVID,AMT,RATE,II,ADDL,SS,CMT"

@Test func `an interval without doses to lie between names its line`() {
  #expect(
    fault(dosing, "1,0,1,100,0,0,0,0,1", "1,5,1,100,0,12,0,0,1")
      == DosingError(line: 3, .intervalWithoutDoses))
}

@Test func `additional doses or a steady state without an interval are refused`() {
  #expect(fault(dosing, "1,0,1,100,0,0,3,0,1") == DosingError(line: 2, .dosesWithoutInterval))
  #expect(fault(dosing, "1,0,1,100,0,0,0,1,1") == DosingError(line: 2, .dosesWithoutInterval))
}

@Test func `a negative or missing amount is refused`() {
  #expect(
    fault(dosing, "1,0,1,-5,0,0,0,0,1")
      == DosingError(line: 2, .outOfRange(column: "AMT", text: "-5.0", admitted: "from 0 to 1e15")))
  #expect(
    fault(dosing, "1,0,1,1e308,0,0,0,0,1")
      == DosingError(line: 2, .outOfRange(column: "AMT", text: "1e+308", admitted: "from 0 to 1e15")))
  #expect(fault(dosing, "1,0,1,0,0,0,0,0,1") == DosingError(line: 2, .noAmount))
  #expect(fault(dosing, "1,0,1,.,0,0,0,0,1") == DosingError(line: 2, .noAmount))
  #expect(fault(dosing, "1,0,1,0,10,0,0,0,2") == DosingError(line: 2, .noAmount))
}

@Test func `time runs backwards only at a reset`() {
  #expect(
    fault(dosing, "1,5,1,10,0,0,0,0,1", "1,4,0,0,0,0,0,0,1")
      == DosingError(line: 3, .unorderedTime(previous_h: 5)))
  #expect(fault(dosing, "1,5,1,10,0,0,0,0,1", "1,0,4,10,0,0,0,0,1", "1,3,0,0,0,0,0,0,1") == nil)
  #expect(fault(dosing, "1,5,1,10,0,0,0,0,1", "1,0,3,0,0,0,0,0,1", "1,3,0,0,0,0,0,0,1") == nil)
}

@Test func `a line that gives nothing holds nothing of a dose`() {
  for event in [0, 2, 3] {
    #expect(fault(dosing, "1,0,\(event),5,0,0,0,0,1") == DosingError(line: 2, .doseOnOther(column: "AMT")))
    #expect(fault(dosing, "1,0,\(event),0,5,0,0,0,1") == DosingError(line: 2, .doseOnOther(column: "RATE")))
    #expect(fault(dosing, "1,0,\(event),0,0,5,0,0,1") == DosingError(line: 2, .doseOnOther(column: "II")))
    #expect(fault(dosing, "1,0,\(event),0,0,0,5,0,1") == DosingError(line: 2, .doseOnOther(column: "ADDL")))
    #expect(fault(dosing, "1,0,\(event),0,0,0,0,1,1") == DosingError(line: 2, .doseOnOther(column: "SS")))
  }
}

@Test func `codes that NM-TRAN does not know are refused`() {
  #expect(
    fault(dosing, "1,0,5,0,0,0,0,0,1")?.reason == .outOfRange(column: "EVID", text: "5", admitted: "0 to 4"))
  #expect(
    fault(dosing, "1,0,1,10,0,12,0,4,1")?.reason
      == .outOfRange(column: "SS", text: "4", admitted: "0, 1 or 2"))
  #expect(
    fault(dosing, "1,0,1,10,-3,0,0,0,2")?.reason
      == .outOfRange(column: "RATE", text: "-3", admitted: "0, positive, -1 or -2"))
  #expect(fault(dosing, "1,0,1,10,-1,0,0,0,2")?.reason == .noModelledInput(column: "R"))
  #expect(fault(dosing, "1,0,1,10,-2,0,0,0,2")?.reason == .noModelledInput(column: "D"))
  #expect(fault(dosing, "1,0,1,10,0,0,0,0,4")?.reason == .unknownCompartment(4, known: 3))
  #expect(fault(dosing, "1,0,1,10,0,0,0,0,2", model: "iv1")?.reason == .unknownCompartment(2, known: 1))
  #expect(
    fault(dosing, "1,0,1,10,0,12,1.5,0,1")?.reason
      == .outOfRange(column: "ADDL", text: "1.5", admitted: "a whole number, not negative"))
  #expect(fault(dosing, "1,0,1,0,10,12,0,1,2")?.reason == .endlessInfusion)
  #expect(fault(dosing, "1,0,1,100,0.001,1,0,1,2")?.reason == .tooManyAtOnce)
}

/// A series that nobody can have had ends with an error, not with a program that runs for days.
@Test func `a million doses of a series are followed, and ten thousand infusions at once`() {
  #expect(fault(dosing, "1,0,1,100,0,0.001,1000000,0,1", "1,1000,0,0,0,0,0,0,1") == nil)
  #expect(
    fault(dosing, "1,0,1,100,0,0.001,1000001,0,1", "1,1001,0,0,0,0,0,0,1")
      == DosingError(line: 3, .tooManyDoses))
  #expect(
    fault(dosing, "1,0,1,100,0,1e-9,999999999999,0,1", "1,24,0,0,0,0,0,0,1")?.reason == .tooManyDoses)
  // Each of them runs for a million hours: at 9,999 h it is the ten thousandth.
  #expect(fault(dosing, "1,0,1,1e6,1,1,20000,0,2", "1,9999,0,0,0,0,0,0,1") == nil)
  #expect(
    fault(dosing, "1,0,1,1e6,1,1,20000,0,2", "1,10000,0,0,0,0,0,0,1") == DosingError(line: 3, .tooManyAtOnce))
}

@Test(arguments: ["1O", "1,5".replacing(",", with: ";"), "nan", "inf", "0x10", "12:30", "1e400", "--1"])
func `a cell that is no decimal number is named`(text: String) {
  #expect(
    fault("ID,TIME,AMT", "1,\(text),0") == DosingError(line: 2, .notANumber(column: "TIME", text: text)))
}

@Test func `columns are found in any case and order, and the rest pass through`() throws {
  let table = try EventTable(header: ["dv", "Cmt", "amt", "Weight", "time", "iD", "evid"])
  #expect(table.passing.map(\.name) == ["dv", "Weight"])
  #expect(table.passing.map(\.place) == [0, 3])
  let cells = ["4.1", "2", "250", "70", "3.5", "A-7", "1"]
  #expect(try table.subject(cells, line: 9) == "A-7")
  let record = try table.record(cells, line: 9)
  #expect(record == .dose(250, at: 3.5, into: 2, line: 9))
}

@Test func `a table without ID or TIME, or with one of them twice, is refused`() {
  #expect(throws: DosingError(line: 3, .missingColumn("TIME"))) {
    try EventTable(header: ["ID", "AMT"], line: 3)
  }
  #expect(throws: DosingError(line: 1, .missingColumn("ID"))) { try EventTable(header: ["TIME"]) }
  #expect(throws: DosingError(line: 1, .doubleColumn("AMT"))) {
    try EventTable(header: ["ID", "TIME", "AMT", "amt"])
  }
}

@Test func `without EVID what gives something is a dose`() throws {
  let list = try records("ID,TIME,AMT,RATE,SS", ["1,0,100,0,0", "1,1,0,0,0", "1,2,.,10,1"])
  #expect(list.map(\.event) == [.dose, .observation, .dose])
}

@Test func `a mean that has settled is the dose over interval and clearance, whatever the delivery`() throws {
  // 30 mg, of which half arrive, every 8 h, cleared at 10 L/h: 30 · 0.5 / (8 · 10) = 0.1875 mg/L.
  let person = try KineticParameters(
    #require(KineticModel(named: "oral2")), [.CL: 10, .V: 40, .Q: 5, .V2: 60, .KA: 1.5, .F: 0.5])
  for delivery in [DosingRecord.Delivery.atOnce, .over(2), .over(8), .over(20)] {
    var record = DosingRecord.dose(30, at: 0)
    (record.interval_h, record.additional, record.steadyState) = (8, 5, .replacing)
    record.delivery = delivery
    let dosing = SystemicDosing(person: person, records: [record])
    #expect(dosing.isSettled)
    #expect(try abs(dosing.settledMean() / 0.1875 - 1) < 1e-7, "\(delivery)")
    // Written out from long before, it is the same from 0 h on.
    let before = dosing.beginning(by: -100)
    #expect(before.records[0].time_h == -104 && before.records[0].additional == 18)
    let times = (0...60).map(Double.init)
    for (a, b) in zip(try dosing.levels(at: times), try before.levels(at: times)) {
      #expect(abs(a - b) < 1e-12)
    }
  }
  let once = SystemicDosing(person: person, records: [.dose(30, at: 0)])
  #expect(try !once.isSettled && once.settledMean() == 0 && once.beginning(by: -100) == once)
}

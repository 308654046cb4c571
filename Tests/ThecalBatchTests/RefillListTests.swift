import Testing
import ThecalBatch
import ThecalDosing
import ThecalPump
import ThecalQuantities

private let header = "patient_id,drug,concentration,dose,fill,fill_date,device\n"

private func list(_ lines: String, header: String = header, asOf: String = "2026-02-01") throws -> RefillList
{
  try RefillList(bytes: Array((header + lines).utf8), asOf: CalendarDate(reading: asOf))
}

@Test func `patients stand in the order of their refills, and each day is that of a single refill`() throws {
  let rows = try list(
    """
    late,morphine,10 mg/mL,2 mg/day,40 mL,2026-01-01,
    soon,morphine,10 mg/mL,4 mg/day,20 mL,2026-01-01,8637-20
    mid,baclofen,2000 mcg/mL,200 mcg/day,20 mL,2026-01-01,synchromed_2

    """
  ).rows
  #expect(rows.map(\.patient) == ["soon", "mid", "late"] && rows.map(\.line) == [3, 4, 2])
  for row in rows {
    let plan = try #require(row.plan)
    #expect(row.refillBy == RefillPlan(plan.request).refillBy && row.findings.status == .ok)
  }
  #expect(rows[0].refillBy?.text == "2026-02-10")
}

/// As lists of clinics name their columns; the file of names is read, and nothing beside it.
@Test(arguments: [
  "MRN,Medication,Conc (mg/mL),Daily dose (mg/day),Reservoir volume (mL),Last fill,Pump model",
  "Patient ID,Drug,Drug Concentration (mg/mL),Dose per day (mg/day),Fill Volume (mL),Filled on,Pump",
  "patient_id,drug,concentration (mg/mL),dose (mg/day),volume (mL),refill date,model",
])
func `columns are found under the names that clinics give them`(names: String) throws {
  let rows = try list("A,morphine,10,4,20,2026-01-01,8637-20\n", header: names + "\n").rows
  // The same pump as `soon` above.
  #expect(rows.count == 1 && rows.first?.patient == "A" && rows.first?.refillBy?.text == "2026-02-10")
}

@Test func `the drugs of one pump are one patient, checked each, and share one flow`() throws {
  let rows = try list(
    """
    A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,
    A,bupivacaine,20 mg/mL,8 mg/day,,,
    A,clonidine,200 mcg/mL,80 mcg/day,,,
    B,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,
    B,bupivacaine,20 mg/mL,4 mg/day,,,
    C,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,
    C,bupivacaine,60 mg/mL,24 mg/day,,,

    """
  ).rows
  #expect(rows.map(\.patient) == ["A", "B", "C"])
  #expect(
    rows[0].plan?.request.others.count == 2 && rows[0].plan?.bounds.contains { $0.kind == .stability } == true
  )
  #expect(rows[1].findings.status == .error && rows[1].findings.codes.contains(.conflictingValues))
  #expect(
    rows[2].findings.status == .blocked && rows[2].findings.codes.contains(.overLimit)
      && rows[2].refillBy == nil)
}

@Test(
  arguments: [
    ("A,morphine,10,4 mg/day,40 mL,2026-01-01,", Code.badNumber, "concentration"),
    ("A,morphine,10 mg/mL,4 mg,40 mL,2026-01-01,", .badNumber, "dose"),
    ("A,morphine,10 mg/mL,0 mg/day,40 mL,2026-01-01,", .badValue, "dose"),
    ("A,morphine,10 mg/mL,4 mg/day,,2026-01-01,", .missingField, "fill"),
    ("A,,10 mg/mL,4 mg/day,40 mL,2026-01-01,", .missingField, "drug"),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2026-02-30,", .badDate, "fill_date"),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2026-02-02,", .badDate, "fill_date"),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2027-01-01,", .badDate, "fill_date"),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,unheard", .badValue, "device"),
    (",morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,", .missingField, "patient_id"),
    ("A,morphine,10 mg/mL,4 mg/h,40 mL,2026-01-01,", .typoSuspected, "morphine"),
    ("A,vincristine,10 mg/mL,4 mg/day,40 mL,2026-01-01,", .neverIntrathecal, nil),
    ("A,exampline,10 mg/mL,4 mg/day,40 mL,2026-01-01,", .unknownDrug, nil),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,8637-20", .reservoirTooSmall, nil),
    ("A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01", .badText, nil),
  ] as [(String, Code, String?)])
func `a line that cannot be read or given has no day, and spoils no other`(
  line: String, code: Code, field: String?
) throws {
  let rows = try list(line + "\nZ,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,\n").rows
  #expect(rows.map(\.patient).first == "Z" && rows[0].refillBy?.text == "2026-03-26")
  let bad = try #require(rows.last)
  #expect(bad.refillBy == nil && bad.findings.isRefused && bad.findings.codes.contains(code))
  if let field { #expect(bad.findings.all.contains { $0.code == code && $0.place?.field == field }) }
}

@Test func `a patient whose lines do not stand together is an error on every line`() throws {
  let good = ",morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,\n"
  let rows = try list("A" + good + "B" + good + "A" + good).rows
  #expect(rows.map(\.patient) == ["B", "A", "A"])
  #expect(rows.dropFirst().allSatisfy { $0.findings.codes.contains(.notConsecutive) && $0.refillBy == nil })
}

@Test func `an id that a spreadsheet spoiled is an error, and invisible characters make no second patient`()
  throws
{
  let good = ",morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,\n"
  let rows = try list("#N/A" + good + "\u{200B}B" + good + "B,bupivacaine,20 mg/mL,8 mg/day,,,\n").rows
  #expect(rows.map(\.patient) == ["B", "#N/A"] && rows[0].plan?.request.others.count == 1)
  #expect(rows[1].findings.codes.contains(.badId) && rows[1].refillBy == nil)
}

@Test func `a line without an id spoils the patient above it`() throws {
  let good = ",morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,\n"
  let rows = try list("A" + good + ",bupivacaine,20 mg/mL,8 mg/day,,,\n" + "B" + good).rows
  #expect(rows.filter { $0.refillBy != nil }.map(\.patient) == ["B"])
}

@Test func `a list with other names for its columns, and units in its header, is the same list`() throws {
  let named = try list(
    "A1,Morphine,10,4,40,2026-01-01,SynchroMed II\n",
    header:
      "Patient ID,Medication,Conc (mg/mL),Daily dose (mg/day),Reservoir volume (mL),Last refill,Pump model\n")
  let plain = try list("A1,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,SynchroMed II\n")
  #expect(named.unknownColumns.isEmpty && named.rows[0].refillBy != nil)
  #expect(named.rows[0].refillBy == plain.rows[0].refillBy)
  // A cell with a unit of its own keeps it.
  let mixed = try list(
    "A1,morphine,10 mg/mL,4000 mcg/day,40,2026-01-01,\n",
    header: "patient_id,drug,concentration (mcg/mL),dose (mg/day),fill (mL),fill_date,device\n")
  #expect(mixed.rows[0].refillBy == plain.rows[0].refillBy)
}

@Test func `columns that are not read are named, and missing ones refuse the file`() throws {
  let named = try list(
    "1,A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,3 mL,first\n",
    header: ",Patient ID,Drug,Concentration,Dose,Reservoir,Fill date,Alarm,Filling\n")
  #expect(named.unknownColumns == ["(no name)"])
  #expect(
    named.rows[0].plan?.request.alarm == Volume(3, .milliliters)
      && named.rows[0].plan?.request.isFirstFilling == true)
  #expect(throws: BatchProblem.self) { try list("A,1\n", header: "patient_id,dose\n") }
  #expect(throws: BatchProblem.self) { try list("") }
}

@Test func `past visits are read from a table, and a bad cell is named`() throws {
  let text =
    "\u{FEFF}Date,Previous,Flow,Days,Found\r\n2026-01-01,20 mL,0.25 mL/day,60,5 mL\r\n2026-03-02,20 mL,0.25 mL/day,60 day,8.5 mL\r\n"
  let visits = try RefillHistory(bytes: Array(text.utf8)).visits
  #expect(visits.count == 2 && visits[1].delta(residual: .zero) == Volume(3.5, .milliliters))
  func problem(_ text: String) -> RefillHistory.Problem? {
    do { _ = try RefillHistory(bytes: Array(text.utf8)) } catch { return error as? RefillHistory.Problem }
    return nil
  }
  let header = "previous,flow,days,found\n"
  let bad = problem(header + "20 mL,0.25 mL/day,60,5\n")
  #expect(bad?.column == "found" && bad?.line == 2)
  #expect(problem("previous,flow,days\n20 mL,0.25 mL/day,60\n")?.column == "found")
  #expect(problem(header + "20 mL,0.25 mL/day,60\n")?.line == 2)
  #expect(problem(header + "20 mL,0 mL/day,60,5 mL\n") != nil && problem(header) != nil)
  // A pump that was dry before its last filling, or moved against its flow.
  let boluses = "previous,flow,days,found,extra\n"
  for row in ["1 mL/day,-3 day,1 mL,10 mL", "-1 mL/day,-30 day,1 mL,0 mL", "-1 mL/day,3,1 mL,10 mL"] {
    #expect(problem(boluses + "20 mL,\(row)\n")?.line == 2)
  }
  #expect(problem(boluses + "20 mL,0 mL/day,3,1 mL,10 mL\n") == nil)
}

@Test func `a filling of the day itself has a day, one of the next has none`() throws {
  let rows = try list(
    "A,morphine,10 mg/mL,4 mg/day,40 mL,2026-02-01,\nB,morphine,10 mg/mL,4 mg/day,40 mL,2026-02-02,\n"
  ).rows
  #expect(rows[0].patient == "A" && rows[0].refillBy != nil && rows[1].refillBy == nil)
  #expect(rows[1].findings.all.contains { $0.topic == Topic(ReadingTopic.dayToCome) })
}

@Test func `a pump whose day has passed is a review on the day after, and not before`() throws {
  // 20 mL, of which 1.4 mL stay, at 0.4 mL/day from the 1st of January on: refilled by the 10th of February.
  let line = "A,morphine,10 mg/mL,4 mg/day,20 mL,2026-01-01,8637-20\n"
  for (day, isLate) in [
    ("2026-02-09", false), ("2026-02-10", false), ("2026-02-11", true), ("2026-12-31", true),
  ] {
    let row = try #require(try list(line, asOf: day).rows.first)
    #expect(row.refillBy?.text == "2026-02-10")
    #expect(row.findings.codes.contains(.refillOverdue) == isLate, "\(day)")
    #expect(row.findings.status == (isLate ? .review : .ok), "\(day)")
  }
}

import Testing
import ThecalBatch
import _ThecalTestSupport

/// A promised result, computed by hand.
struct Promise: Sendable {
  let lines: String
  let expected: [String: String]
}

/// Noncancer pain, 30 days on the dose, all facts of risk unknown.
let promises = [
  Promise(
    lines: "A,morphine,oral,60,mg,bid,30",
    expected: [
      "status": "ok", "codes": "", "oral_mg_per_day": "120", "oral_mme_mg_per_day": "120", "estimate": "0.4",
      "estimate_low": "0.4", "estimate_high": "2.4", "start": "0.4", "start_unit": "mg/day", "rows": "1",
      "ratio": "300", "ratio_table": "leaflet_300", "mme_table": "cdc_2022", "indication": "noncancer",
    ]),
  Promise(
    lines: "A,oxycodone,,20,mg,q6h,30",
    expected: [
      "status": "review", "codes": "CROSS_TOLERANCE", "oral_mg_per_day": "80", "oral_mme_mg_per_day": "120",
      "estimate": "0.4", "start": "0.2",
    ]),
  Promise(
    lines: "A,morphine,oral,60,mg,bid,30\nA,hydromorphone,oral,4,mg,q6h,30",
    expected: [
      "status": "review", "oral_mg_per_day": "", "oral_mme_mg_per_day": "200", "estimate": "0.667",
      "start": "0.333", "rows": "2", "drugs": "morphine oral 60 mg bid; hydromorphone oral 4 mg q6h",
    ]),
  Promise(
    lines: "A,morphine,oral,10,mg,bid,30",
    expected: ["estimate": "0.0667", "start": "0.0666", "opioid_class": "not_tolerant"]),
  Promise(
    lines: "A,fentanyl,transdermal,100,mcg/h,q72h,30",
    expected: ["oral_mme_mg_per_day": "240", "oral_mg_per_day": "", "estimate": "0.8", "start": "0.4"]),
  Promise(
    lines: "A,fentanyl,transdermal,100,mcg/h,,30",
    expected: ["oral_mme_mg_per_day": "240", "start": "0.4"]),
  Promise(
    lines: "A,methadone,oral,20,mg,tid,30",
    expected: [
      "status": "blocked", "codes": "NO_CONVERSION", "oral_mme_mg_per_day": "282", "estimate": "",
      "start": "",
    ]),
  Promise(
    lines: "A,buprenorphine,sublingual,8,mg,bid,30",
    expected: ["status": "blocked", "codes": "NO_CONVERSION", "oral_mme_mg_per_day": "", "start": ""]),
  Promise(
    lines: "A,baclofen,oral,20,mg,tid,",
    expected: [
      "status": "review", "codes": "RULE_OF_THUMB;SCREENING_REQUIRED", "estimate": "200",
      "estimate_low": "200", "estimate_high": "200", "estimate_unit": "mcg/day", "start": "",
      "target_drug": "baclofen",
    ]),
]

@Test(arguments: promises) func `the promised rows come out of a file`(promise: Promise) throws {
  let table = try Batch.table(lines: [promise.lines])
  try #require(table.rows.count == 1)
  for (column, value) in promise.expected {
    #expect(table[0, column] == value, "\(column) of \(promise.lines)")
  }
}

@Test(arguments: [("6 h", "100"), ("8 h", "100"), ("9 h", "50"), ("", "50")])
func `baclofen starts from the screening columns`(effect: String, start: String) throws {
  let table = try Batch.table(
    """
    patient_id,drug,dose,unit,frequency,screening_bolus,screening_effect
    A,baclofen,20,mg,tid,50 mcg,\(effect)

    """)
  #expect(table[0, "start"] == start && table[0, "start_unit"] == "mcg/day")
  #expect(table[0, "status"] == "review" && table[0, "estimate"] == "200")
}

@Test func `a patient with two kinds of medicine has a row for each drug of the pump, in order`() throws {
  let table = try Batch.table(lines: [
    "A,baclofen,oral,20,mg,tid,30", "A,oxycodone,oral,20,mg,q6h,30", "A,morphine,oral,60,mg,bid,30",
    "B,morphine,oral,60,mg,bid,30",
  ])
  #expect(table.column("patient_id") == ["A", "A", "B"])
  #expect(table.column("target_drug") == ["baclofen", "morphine", "morphine"])
  #expect(table.column("rows") == ["1", "2", "1"])
}

@Test func `the columns come in the promised order, the user's own behind them`() throws {
  let table = try Batch.table(
    "Ward,DOSE,Patient_ID,status,unit,frequency,Drug\n7,60,A,new,mg,bid,morphine\n")
  let promised =
    """
    patient_id,rows,status,codes,message,drugs,target_drug,indication,oral_mg_per_day,oral_mme_mg_per_day,\
    mme_table,ratio_table,ratio,estimate_low,estimate,estimate_high,estimate_unit,start,start_unit,start_basis,\
    max_daily,max_daily_unit,opioid_class,flow_mL_per_day,refill_by,engine,data,row_sha256
    """
  #expect(table.header.joined(separator: ",") == promised + ",Ward,input_status")
  #expect(table[0, "Ward"] == "7" && table[0, "input_status"] == "new")
  #expect(table[0, "oral_mme_mg_per_day"] == "120" && table[0, "engine"] == "test")
}

@Test func `a table can be chosen for equivalents and for the ratio`() throws {
  let text = Batch.header + "\nA,hydromorphone,oral,6,mg,q6h,30\n"
  let table = try Batch.table(text) {
    $0.equivalentTable = "cdc_2017"
    $0.ratioTable = "krames_1996"
  }
  #expect(table[0, "oral_mme_mg_per_day"] == "96" && table[0, "mme_table"] == "cdc_2017")
  #expect(table[0, "ratio_table"] == "krames_1996" && table[0, "estimate"] == "0.32")
}

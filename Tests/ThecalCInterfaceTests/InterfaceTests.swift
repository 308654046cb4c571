import CThecal
import Dispatch
import Glibc
import Testing
import Thecal
import ThecalCInterface
import _ThecalTestSupport

let scenario = """
  drug: baclofen
  catheter: {tip: T10}
  program: [{at: 0 h, rate: 400 mcg/day}]
  cells: 100
  output: {every: 6 h, until: 2 day, at: [tip, L4, cranial]}
  """

let patients =
  "patient_id,drug,dose,unit,frequency,opioid_days\na,morphine,60,mg,bid,30\nb,methadone,60,mg,daily,30\n"

/// What a call gives: its status, and the result that it makes.
func called(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> thecal_status) -> (
  thecal_status, OpaquePointer?
) {
  var result: OpaquePointer?
  let status = call(&result)
  return (status, result)
}

/// A call that takes long flags without their hyphens.
func withFlags<Answer>(
  _ flags: [String], _ call: (UnsafePointer<UnsafePointer<CChar>?>, Int) -> Answer
) -> Answer {
  let copies = flags.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return call(copies.map { UnsafePointer($0) }, flags.count)
}

/// The risks of a dose, without models.
func weighed(
  _ drug: String, _ dose: String, _ regimen: String = "continuous", _ more: String...,
  into result: UnsafeMutablePointer<OpaquePointer?>
) -> thecal_status {
  withFlags(["drug=\(drug)", "dose=\(dose)", "regimen=\(regimen)"] + (more.isEmpty ? ["patients=0"] : more)) {
    thecal_risk($0, $1, result)
  }
}

func words(_ result: OpaquePointer?) -> String {
  var text: UnsafePointer<CChar>?
  var length = 0
  guard thecal_text(result, &text, &length) == 0, let text else { return "" }
  let found = String(cString: text)
  return found.utf8.count == length ? found : "the length is wrong"
}

@Suite struct `The C interface` {
  @Test func `names its versions`() {
    #expect(String(cString: thecal_version()) == thecalVersion)
    #expect(String(cString: thecal_data_version()) == Formulary.embedded.version)
  }

  @Test func `converts a table to the bytes of the command line`() {
    let (status, result) = called { thecal_convert(patients, patients.utf8.count, "csv", $0) }
    defer { thecal_free(result) }
    #expect(status == 1)  // methadone is blocked
    let folder = Folder()
    folder.write("p.csv", patients)
    let outcome = ThecalProcess.run("thecal convert p.csv --quiet", in: folder)
    #expect(words(result) == outcome.output && words(result).contains("a,1,ok"))
    let lines = called { thecal_convert(patients, patients.utf8.count, "jsonl", $0) }
    #expect(words(lines.1).hasPrefix(#"{"patient_id":"a""#))
    thecal_free(lines.1)
  }

  @Test func `simulates to the bits of the Swift library`() throws {
    let (status, result) = called { thecal_simulate(scenario, scenario.utf8.count, $0) }
    defer { thecal_free(result) }
    #expect(status == 0)
    var (rows, columns) = (0, 0)
    #expect(thecal_shape(result, &rows, &columns) == 0 && rows == 9 && columns == 3)
    var times = [Double](repeating: 0, count: rows)
    var levels = [Double](repeating: 0, count: rows * columns)
    #expect(
      thecal_times_h(result, &times, rows) == 0 && thecal_levels_ng_per_mL(result, &levels, levels.count) == 0
    )
    let swift = try Simulation(SimulationScenario(yaml: scenario, file: "s")).run()
    #expect(times == swift.times_h)
    for c in 0..<columns {
      var name: UnsafePointer<CChar>?
      #expect(thecal_column_name(result, c, &name) == 0)
      #expect(name.map { String(cString: $0) } == swift.siteNames[c])
      for r in 0..<rows { #expect(levels[r * columns + c] == swift.concentrations_ng_per_mL[c][r]) }
    }
  }

  @Test func `plans, checks and weighs risks as JSON`() {
    let plan =
      "drug: baclofen\nindication: spasticity_spinal\nage_years: 40\nscreening: {bolus: 50 mcg, effect: 6 h}\ntarget: {dose: 300 mcg/day}\n"
    let titration = called { thecal_titrate(plan, plan.utf8.count, nil, 0, $0) }
    #expect(titration.0 == 0 && words(titration.1).contains(#""start":100"#))
    let bare = "drug: baclofen\ntarget: {dose: 300 mcg/day}\n"
    let refused = called { thecal_titrate(bare, bare.utf8.count, nil, 0, $0) }
    #expect(refused.0 == 1 && words(refused.1).contains("SCREENING_REQUIRED"))
    let risks = called { weighed("morphine", "0.15 mg", "single", into: $0) }
    #expect(risks.0 == 0 && words(risks.1).contains(#""probability":0.010"#))
    let facts = "indication: noncancer\ndrug: morphine\n"
    let candidate = called { thecal_candidate(facts, facts.utf8.count, $0) }
    #expect([0, 1].contains(candidate.0) && words(candidate.1).contains(#""items":["#))
    for result in [titration.1, refused.1, risks.1, candidate.1] { thecal_free(result) }
  }

  @Test func `plans a patient, follows levels and compares exposures`() {
    let patient = """
      patient_id: A
      drug: morphine
      opioid_days: 90
      medications: [morphine oral 60 mg bid]
      concentration: 2 mg/mL
      fill: {volume: 20 mL, stock: 10 mg/mL, date: 2026-01-05}
      target: {dose: 0.8 mg/day}
      days: 10
      cells: 60

      """
    let plan = called { thecal_plan(patient, patient.utf8.count, $0) }
    #expect(plan.0 == 0 && words(plan.1).contains(#""start":0.4,"start_unit":"mg/day","limit":20"#))
    let refused = patient.replacing("morphine oral 60 mg bid", with: "methadone oral 20 mg tid")
    let blocked = called { thecal_plan(refused, refused.utf8.count, $0) }
    #expect(blocked.0 == 1 && words(blocked.1).contains(#""start":null"#))
    let axis =
      "drug: morphine\nprogram: [{at: 0 h, rate: 1 mg/day}]\ncells: 60\noutput: {every: 6 h, until: 1 day}\n"
    let timeline = called { thecal_timeline(axis, axis.utf8.count, $0) }
    #expect(timeline.0 == 0 && words(timeline.1).contains(#""intrathecal_mg_per_day":[1,1,1,1,1]"#))
    let events = "ID,TIME,AMT,EVID\n1,0,100,1\n1,1,0,0\n"
    let set: [UnsafeMutablePointer<CChar>?] = [strdup("CL=10"), strdup("V=50")]
    let names = set.map { UnsafePointer<CChar>($0) }
    let levels = called {
      thecal_pk("iv1", names, names.count, nil, 0, 0, 1, events, events.utf8.count, $0)
    }
    // 100 mg / 50 L · exp(-0.2)
    #expect(levels.0 == 0 && words(levels.1).contains("1.63746150615596"))
    let wrong = called { thecal_pk("iv9", nil, 0, nil, 0, 0, 1, events, events.utf8.count, $0) }
    #expect(wrong.0 == 64 && String(cString: thecal_message(wrong.1)).hasPrefix("model:"))
    for text in set { free(text) }
    let ratio = called { thecal_explain_ratio("morphine", "T10", "L3", 20, 1, $0) }
    #expect(ratio.0 == 0 && words(ratio.1).contains("RESEARCH_ONLY"))
    #expect(called { thecal_explain_ratio("morphine", "T10", "L3", 1, 1, $0) }.0 == 64)
    for result in [plan.1, blocked.1, timeline.1, levels.1, wrong.1, ratio.1] { thecal_free(result) }
  }

  @Test func `says how far a sweep is`() {
    final class Seen {
      var last = 0, of = 0
      var isRising = true
    }
    let (folder, seen) = (Folder(), Seen())
    let spec = """
      scenario:
        drug: morphine
        catheter: {tip: L3}
        program: [{at: 0 h, rate: 1 mg/day}]
        cells: 20
        output: {every: 6 h, until: 12 h, at: [L4]}
      design: {method: latin, samples: 600}
      parameters: {loss: {uniform: {low: 1e-5 1/s, high: 5e-5 1/s}}}
      outputs: [csf]
      """
    let (status, result) = called {
      thecal_sweep_watched(
        spec, spec.utf8.count, nil, 0, folder.file("o.nc"), 1, 1, 2, 0,
        { context, done, of in
          guard let context else { return }
          let seen = Unmanaged<Seen>.fromOpaque(context).takeUnretainedValue()
          seen.isRising = seen.isRising && done > seen.last
          (seen.last, seen.of) = (done, of)
        }, Unmanaged.passUnretained(seen).toOpaque(), $0)
    }
    #expect(status == 0 && seen.isRising && seen.last == 600 && seen.of == 600)
    thecal_free(result)
  }

  @Test func `does the arithmetic around a pump`() {
    let given = ["residual=1.4 mL", "rinse=2 mL", "times=3"]
    // (1.4 / 3.4)³
    let washout = called { result in withFlags(given) { thecal_pump("washout", $0, $1, result) } }
    #expect(washout.0 == 0 && words(washout.1).contains("\"fraction_left\":0.0698"))
    let wrong = called { result in withFlags(given) { thecal_pump("wash", $0, $1, result) } }
    #expect(wrong.0 == 64 && String(cString: thecal_message(wrong.1)).contains("'wash'"))
    #expect(called { thecal_pump(nil, nil, 0, $0) }.0 == 64)
    // 20 mL less 2 mL at 0.4 mL/day are 45 days.
    let table =
      "patient_id,drug,concentration,dose,fill,fill_date,alarm_volume\n"
      + "A,morphine,10 mg/mL,4 mg/day,20 mL,2026-01-01,2 mL\nB,morphine,10 mg/mL,4 mg/day,20 mL,soon,2 mL\n"
    let list = called { thecal_pump_list(table, table.utf8.count, "csv", "2026-01-11", $0) }
    let rows = words(list.1).split(separator: "\n")
    #expect(list.0 == 1 && rows.count == 3 && rows[1].hasPrefix("A,") && rows[2].hasPrefix("B,"))
    #expect(called { thecal_pump_list(table, table.utf8.count, "xml", "2026-01-11", $0) }.0 == 64)
    #expect(called { thecal_pump_list(table, table.utf8.count, "csv", "soon", $0) }.0 == 64)
    for result in [washout.1, wrong.1, list.1] { thecal_free(result) }
  }

  @Test func `reads what a hospital exports`() {
    let export = "MRN,Drug,Sig\n1,morphine 15 mg tablet,1 tab bid\n1,morphine 15 mg tablet,1 tab prn\n"
    let (status, result) = called { thecal_intake(export, export.utf8.count, "csv", nil, nil, 0, $0) }
    #expect(status == 1 && words(result).contains("1,morphine,oral,15,mg,bid,"))
    thecal_free(result)
  }

  @Test func `counts the lines of a part of an export as in the whole`() {
    let export = "MRN,Drug,Sig\n1,morphine 15 mg tablet,1 tab bid\n1,morphine 15 mg tablet,1 tab bid\n"
    let (status, result) = called {
      thecal_intake_part(export, export.utf8.count, "csv", nil, nil, 0, 40, $0)
    }
    let text = words(result)
    #expect(status == 0 && text.contains(",42,") && text.contains(",43,") && text.contains("on line 42"))
    thecal_free(result)
  }

  @Test func `says what is wrong, by file line and key, without naming its own files`() {
    let wrong = "drug: morphine\ntarget: {dose: 3}\n"
    let (status, result) = called { thecal_titrate(wrong, wrong.utf8.count, nil, 0, $0) }
    let message = String(cString: thecal_message(result))
    #expect(status == 65 && message.hasPrefix("plan:2: target.dose:"), "\(message)")
    thecal_free(result)
    let bad = called { thecal_simulate("drug: nothing", 13, $0) }
    #expect(bad.0 == 65 && String(cString: thecal_message(bad.1)).hasPrefix("scenario"))
    thecal_free(bad.1)
  }

  @Test func `gives a status for every bad use, and never ends the process`() {
    #expect(thecal_convert(patients, patients.utf8.count, "csv", nil) == 64)
    for (status, result) in [
      called { thecal_convert(nil, 3, "csv", $0) }, called { thecal_convert(patients, -1, "csv", $0) },
      called { thecal_convert(patients, patients.utf8.count, "xlsx", $0) },
      called { thecal_convert(patients, patients.utf8.count, nil, $0) },
      called { thecal_simulate(nil, 0, $0) }, called { thecal_intake(nil, 3, "csv", nil, nil, 0, $0) },
      called { thecal_intake("{}", 2, "xml", nil, nil, 0, $0) },
      called { thecal_intake("{}", 2, "csv", nil, nil, 3, $0) },
      called { thecal_intake_part("{}", 2, "csv", nil, nil, 0, -1, $0) },
      called { thecal_converter_part(nil, nil, 1, 0, $0) },
      called { thecal_intake("{}", 2, "csv", "tomorrow", nil, 0, $0) },
      called { weighed("morphine", "0.3", "single", into: $0) },
      called { weighed("morphine", "nan mg", "single", into: $0) },
      called { weighed("morphine", "0.3 mg", "often", into: $0) },
      called { weighed("morphine", "0.3 mg", "single", "patients=-4", into: $0) },
      called { weighed("morphine", "0.3 mg", "single", "tolerance=perhaps", into: $0) },
      called { weighed("morphine", "0.3 mg", "single", "tip=Q9", into: $0) },
      called { thecal_risk(nil, 2, $0) },
      called { thecal_sweep("spec", 4, nil, 0, "out.nc", 3, 2, 1, 0, $0) },
      called { thecal_sweep("spec", 4, nil, 1, "out.nc", 1, 1, 1, 0, $0) },
      called { thecal_merge(nil, 1, "out.nc", $0) }, called { thecal_sensitivity(nil, $0) },
      called { thecal_cite("nobody2000", $0) }, called { thecal_converter_convert(nil, nil, 1, $0) },
    ] {
      #expect(status == 64 && result != nil && !String(cString: thecal_message(result)).isEmpty)
      thecal_free(result)
    }
    let (_, result) = called { thecal_simulate(scenario, scenario.utf8.count, $0) }
    var levels = [Double](repeating: 7, count: 5)
    #expect(thecal_levels_ng_per_mL(result, &levels, 5) == 64 && levels == [7, 7, 7, 7, 7])
    #expect(thecal_times_h(result, nil, 9) == 64 && thecal_shape(result, nil, nil) == 64)
    var name: UnsafePointer<CChar>?
    #expect(thecal_column_name(result, 3, &name) == 64 && thecal_column_name(result, -1, &name) == 64)
    // Freed, freed again, foreign, null.
    thecal_free(result)
    thecal_free(result)
    thecal_free(nil)
    let foreign = OpaquePointer(bitPattern: 0x1234)
    thecal_free(foreign)
    for gone in [result, foreign, nil] {
      #expect(String(cString: thecal_message(gone)).contains("no result"))
      var (rows, columns) = (0, 0)
      #expect(thecal_shape(gone, &rows, &columns) == 64)
    }
  }

  /// Bytes that nobody would write: a status for each, and the process goes on.
  @Test func `takes any bytes`() {
    var random = SeededGenerator(seed: 8)
    let seeds = [scenario, patients, "drug: baclofen\ntarget: {dose: 300 mcg/day}\n"].map { Array($0.utf8) }
    for _ in 0..<300 {
      var bytes = seeds.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let text = bytes.map { CChar(bitPattern: $0) }
      for (status, result) in [
        called { thecal_convert(text, text.count, "csv", $0) },
        called { thecal_titrate(text, text.count, nil, 0, $0) },
        called { thecal_simulate(text, text.count, $0) },
      ] {
        #expect([0, 1, 64, 65, 74].contains(status))
        thecal_free(result)
      }
    }
  }

  @Test func `gives the same to many threads at once`() {
    let alone = called { thecal_simulate(scenario, scenario.utf8.count, $0) }.1
    var expected = [Double](repeating: 0, count: 27)
    _ = thecal_levels_ng_per_mL(alone, &expected, 27)
    thecal_free(alone)
    let (reference, failures) = (expected, Failures())
    DispatchQueue.concurrentPerform(iterations: 64) { k in
      let made =
        k % 2 == 0
        ? called { thecal_simulate(scenario, scenario.utf8.count, $0) }
        : called { thecal_convert(patients, patients.utf8.count, "csv", $0) }
      if k % 2 == 0 {
        var levels = [Double](repeating: 0, count: 27)
        if thecal_levels_ng_per_mL(made.1, &levels, 27) != 0 || levels != reference { failures.add() }
      } else if !words(made.1).contains("a,1,ok") {
        failures.add()
      }
      thecal_free(made.1)
    }
    #expect(failures.count == 0)
  }
}

/// A count that threads share.
final class Failures: @unchecked Sendable {
  private var value: Int32 = 0
  private let lock = DispatchSemaphore(value: 1)

  func add() {
    lock.wait()
    value += 1
    lock.signal()
  }

  var count: Int32 { value }
}

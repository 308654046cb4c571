import Testing
import _ThecalTestSupport

@Suite struct `thecal sweep` {
  let folder = Folder()

  private func run(_ command: String) -> ThecalProcess.Outcome {
    folder.write(
      "scenario.yaml",
      """
      drug: morphine
      catheter: {tip: T10}
      program: [{at: 0 h, rate: 1 mg/day}]
      cells: 100
      output: {every: 1 h, until: 2 day, at: [tip, L4, cranial]}
      """)
    folder.write(
      "spec.yaml",
      """
      scenario: scenario.yaml
      design: {method: saltelli, samples: 300, seed: 1}
      parameters:
        spinal_fraction: {uniform: {low: 0.05, high: 0.5}}
        loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
      outputs: [steady, auc]
      """)
    return ThecalProcess.run(command, in: folder)
  }

  @Test func `writes NetCDF and CSV, joins parts, and weighs the parameters`() {
    let first = run("thecal sweep spec.yaml -o a.nc --quiet && thecal sweep spec.yaml -o a.csv --quiet")
    #expect(first.code == 0 && first.errors.isEmpty, "\(first.errors)")
    let table = (text(folder.file("a.csv")) ?? "").split(separator: "\n")
    #expect(table.count == 1_201)
    #expect(
      table[0]
        == "sample,spinal_fraction,loss_per_s,steady_tip_ng_per_mL,steady_L4_ng_per_mL,steady_cranial_ng_per_mL,"
        + "auc_tip_ng_h_per_mL,auc_L4_ng_h_per_mL,auc_cranial_ng_h_per_mL,failure"
    )
    let parts = run(
      "for i in 1 2 3; do thecal sweep spec.yaml -o p$i.nc --shard $i/3 --quiet; done; thecal merge p2.nc p3.nc p1.nc -o m.nc --quiet && cmp m.nc a.nc"
    )
    #expect(parts.code == 0, "\(parts.errors)\(parts.output)")
    let weights = run("thecal sensitivity a.nc --result steady_L4 --json --plot w.svg")
    #expect(
      weights.code == 0 && weights.output.contains(#""parameter":"loss","first":{"value":"#),
      "\(weights.errors)")
    #expect((text(folder.file("w.svg")) ?? "").contains("Weights for steady L4"))
  }

  /// Killed at a moment that nobody chose, again and again, until it is done.
  @Test func `goes on after every kill -9, and ends with the same bytes`() {
    let outcome = run(
      """
      thecal sweep spec.yaml -o whole.nc --quiet
      tries=0
      until [ -f cut.nc ] || [ $tries -gt 60 ]; do
        thecal sweep spec.yaml -o cut.nc --resume --quiet --threads 1 & pid=$!
        sleep 0.$((RANDOM % 3))$((RANDOM % 10)); kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
        tries=$((tries + 1))
      done
      rm -f .thecal-*.tmp
      cmp whole.nc cut.nc && ls -A | grep -c sweep$ || echo "no journal left"
      """)
    #expect(
      outcome.output.contains("no journal left") && !outcome.output.contains("differ"),
      "\(outcome.output)\(outcome.errors)")
  }

  @Test(arguments: [
    ("thecal sweep spec.yaml -o x.txt", 64), ("thecal sweep nothing.yaml -o x.nc", 66),
    ("thecal sweep spec.yaml -o x.nc --shard 4/3", 64), ("thecal sweep spec.yaml -o nowhere/x.nc", 73),
    ("sed -i 's/scenario.yaml/gone.yaml/' spec.yaml; thecal sweep spec.yaml -o x.nc", 65),
    ("thecal sensitivity scenario.yaml", 65), ("thecal merge spec.yaml -o m.nc", 65),
    ("sed -i 's/outputs: .*/outputs: [csf]/' spec.yaml; thecal sweep spec.yaml -o x.csv", 65),
    (
      "sed -i 's/low: 0.05, high: 0.5/low: 0.9, high: 1.5/' spec.yaml; thecal sweep spec.yaml -o x.nc --quiet",
      1
    ),
  ])
  func `says by its exit code what went wrong`(command: String, code: Int32) {
    let outcome = run(command)
    #expect(outcome.code == code, "\(outcome.errors)")
  }
}

@Suite struct `thecal fan and thecal schema` {
  let folder = Folder()

  private func run(_ command: String) -> ThecalProcess.Outcome { ThecalProcess.run(command, in: folder) }

  private static let spec = """
    scenario:
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}, {at: 6 h, rate: 1 mg/day}]
      cells: 40
      output: {every: 2 h, until: 12 h, at: [tip, T10, cranial]}
    design: {method: sobol, samples: 32}
    distributions: default
    outputs: [csf]
    """

  @Test func `a fan is a table, an object and a picture, with measured levels beside it`() {
    folder.write("f.yaml", Self.spec)
    folder.write(
      "points.csv",
      "subject,time,site,value,below_limit\na,4,T10,700,\nb,8 h,cranial,0.2 mcg/mL,\nb,9,tip,1,yes\n")
    #expect(run("thecal sweep f.yaml -o f.nc --quiet").code == 0)
    let table = run("thecal fan f.nc --quiet").output.split(separator: "\n")
    #expect(
      table.count == 22
        && table[0] == "time_h,site,p5_ng_per_mL,p25_ng_per_mL,p50_ng_per_mL,p75_ng_per_mL,p95_ng_per_mL")
    let json = run("thecal fan f.nc --data points.csv --json --plot f.svg")
    for part in [
      "\"samples\":32", "\"failed\":0", "\"compared\":2", "\"inside_p5_p95\":", "\"p50_ng_per_mL\":[",
    ] {
      #expect(json.output.contains(part), "\(part)")
    }
    let picture = String(decoding: contents(folder.file("f.svg")) ?? [], as: UTF8.self)
    for word in ["5 to 95 %", "median", "bolus", "new rate", "measured", "below the limit", "T10"] {
      #expect(picture.contains(word), "\(word)")
    }
    // Five people at one time: 100 … 500, of which the fifth percentile lies 0.2 of a step above the lowest.
    let people = (1...5).map { "p\($0),6,T10,\($0)00" }.joined(separator: "\n")
    folder.write("people.csv", "subject,time,site,value\n\(people)\n")
    let check = run("thecal fan f.nc --data people.csv --json --plot v.svg")
    #expect(
      check.output.contains(
        #""observed":[{"site":"T10","time_h":6,"n":5,"below_limit":0,"p5_ng_per_mL":120,"p50_ng_per_mL":300,"p95_ng_per_mL":480}]"#
      ))
    let both = String(decoding: contents(folder.file("v.svg")) ?? [], as: UTF8.self)
    for word in ["measured, 50 %", "measured, 5 and 95 %", "catheter to L3"] {
      #expect(both.contains(word), "\(word)")
    }
    let again = run("thecal sweep f.nc -o g.nc --quiet && cmp f.nc g.nc")
    #expect(again.code == 0, "\(again.errors)\(again.output)")
  }

  @Test(arguments: [
    ("time,site,value\n4,T10,x\n", "points.csv:2: value: 'x'"),
    ("time,site,value\n4,T1,5\n", "no site of the sweep"),
    ("time,site,value\n-4,T10,5\n", "is no time"), ("time,place\n4,T10\n", "the header lacks value"),
  ])
  func `measured levels that cannot be read are named with line and column`(text: String, words: String) {
    folder.write("f.yaml", Self.spec)
    folder.write("points.csv", text)
    let outcome = run("thecal sweep f.yaml -o f.nc --quiet && thecal fan f.nc --data points.csv")
    #expect(outcome.code == 65 && outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(arguments: ["simulate", "sweep", "titrate", "timeline", "plan", "candidate"])
  func `every kind of file has a schema`(kind: String) {
    let outcome = run("thecal schema \(kind)")
    #expect(
      outcome.code == 0
        && outcome.output.hasPrefix("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\""))
    #expect(outcome.output.contains("\"title\":\"thecal \(kind)\""))
  }

  @Test func `a kind that is none, or nothing, is a usage error, and the page has every kind`() {
    #expect(run("thecal schema nothing").code == 64 && run("thecal schema").code == 64)
    #expect(run("thecal schema --page simulate").code == 64)
    let page = run("thecal schema --page").output
    for kind in ["simulate", "sweep", "titrate", "timeline", "plan", "candidate"] {
      #expect(page.contains("## thecal \(kind)"))
    }
  }

  @Test func `exposures are a table and stand in JSON, and a NetCDF file is made again from itself`() {
    folder.write(
      "s.yaml",
      "drug: morphine\ncatheter: {tip: L3}\nprogram: [{at: 0 h, bolus: 0.25 mg}]\ncells: 60\noutput: {times: [1 h, 24 h], at: [tip, plasma]}\n"
    )
    let table = run("thecal simulate s.yaml --nca").output.split(separator: "\n")
    #expect(
      table.count == 3
        && table[0].hasPrefix("site,auc_ng_h_per_mL,aumc_ng_h2_per_mL,average_ng_per_mL,peak_ng_per_mL"))
    let json = run("thecal simulate s.yaml --json").output
    #expect(
      json.contains("\"nca\":[{\"site\":\"tip\",\"auc_ng_h_per_mL\":") && json.contains("\"half_life_h\":"))
    #expect(run("thecal simulate s.yaml --steady --json").output.contains("\"nca\":null"))
    #expect(
      run("thecal simulate s.yaml --nca --steady").code == 64
        && run("thecal simulate s.yaml --nca -o x.nc").code == 64)
    let again = run("thecal simulate s.yaml -o a.nc && thecal simulate a.nc -o b.nc && cmp a.nc b.nc")
    #expect(again.code == 0, "\(again.errors)\(again.output)")
    let csv = run("thecal simulate a.nc > a.csv && thecal simulate s.yaml | cmp - a.csv")
    #expect(csv.code == 0)
  }
}

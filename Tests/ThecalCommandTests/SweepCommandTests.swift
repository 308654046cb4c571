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
        == "sample,spinal_fraction,loss,steady_tip,steady_L4,steady_cranial,auc_tip,auc_L4,auc_cranial,failure"
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

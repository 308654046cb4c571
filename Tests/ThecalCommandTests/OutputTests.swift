import Glibc
import Testing
import _ThecalTestSupport

/// A folder with one input for each command, under its own name and a second one.
private func inputs() -> Folder {
  let folder = Folder()
  folder.write("c.csv", "patient_id,drug,dose,unit,frequency,opioid_days\nA,morphine,60,mg,bid,30\n")
  folder.write(
    "s.yaml",
    """
    drug: morphine
    catheter: {tip: L3}
    program: [{at: 0 h, bolus: 0.25 mg}]
    output: {every: 1 h, until: 4 h, at: [tip]}
    """)
  folder.write("d.csv", "date,pain,dose\n2026-01-05,7,100 mcg/day\n2026-01-06,6,100 mcg/day\n")
  folder.write(
    "p.yaml",
    """
    drug: baclofen
    indication: spasticity_spinal
    screening: {bolus: 50 mcg, effect: 6 h}
    target: {dose: 200 mcg/day}
    protocol: label
    diary: d.csv
    """)
  folder.write(
    "w.yaml",
    """
    scenario: s.yaml
    design: {method: saltelli, samples: 4, seed: 1}
    parameters: {loss: {uniform: {low: 1e-5 1/s, high: 4e-5 1/s}}}
    outputs: [steady]
    """)
  return folder
}

/// Calls whose output is a file that they read, or another of their outputs.
private let overlappingCalls = [
  "thecal convert c.csv -o c.csv", "thecal convert c.csv -o x.csv --report c.csv",
  "thecal convert c.csv -o f --report f",
  "thecal convert c.csv -o ./f --report f", "thecal convert - -o c.csv < c.csv",
  "ln c.csv hard; thecal convert c.csv -o hard",
  "ln -s c.csv soft; thecal convert c.csv -o x.csv --report soft",
  "thecal convert c.csv -o f.csv --explain > f.csv",
  "thecal simulate s.yaml -o s.yaml",
  "ln -s s.yaml s.svg; thecal simulate s.yaml -o x.csv --plot s.svg",
  "thecal simulate s.yaml -o f.csv --json > f.csv",
  "thecal titrate p.yaml -o p.yaml", "thecal titrate p.yaml -o d.csv", "thecal titrate p.yaml -o f --page f",
  "ln -s d.csv d.svg; thecal titrate p.yaml --plot d.svg", "thecal titrate p.yaml --page p.yaml",
  "ln -s d.csv d.svg; thecal diary d.csv --plot d.svg",
  "thecal sweep w.yaml -o out.nc --quiet; cp out.nc in.nc; "
    + "ln -s in.nc in.svg; thecal sensitivity in.nc --plot in.svg",
  "ln w.yaml w.nc; thecal sweep w.yaml -o w.nc", "ln s.yaml s.nc; thecal sweep w.yaml -o s.nc",
  "ln -s s.yaml .t.nc.sweep; thecal sweep w.yaml -o t.nc",
  "cp s.yaml part.nc; thecal merge part.nc -o part.nc",
  "thecal risk --drug morphine --dose '0.5 mg' --regimen single --plot f.svg > f.svg",
]

@Test(arguments: overlappingCalls) func `no command writes over what it reads or writes`(command: String)
  throws
{
  let folder = inputs()
  let names = ["c.csv", "s.yaml", "d.csv", "p.yaml", "w.yaml"]
  let before = names.map { contents(folder.file($0)) }
  let outcome = ThecalProcess.run(command, in: folder)
  #expect(outcome.code == 73, "\(command): \(outcome.code) \(outcome.errors)")
  #expect(names.map { contents(folder.file($0)) } == before, "\(command)")
  #expect(!folder.names.contains("x.csv") && !folder.names.contains { $0.hasPrefix(".thecal") })
}

/// Calls whose answer goes to standard output.
private let printingCalls = [
  "convert c.csv --quiet", "convert c.csv --json --quiet", "convert c.csv -o x.csv --explain --quiet",
  "convert --medication 'morphine oral 60 mg bid'", "convert --medication 'morphine oral 60 mg bid' --json",
  "simulate s.yaml --quiet", "simulate s.yaml --json --quiet", "simulate s.yaml --steady --quiet",
  "titrate p.yaml",
  "titrate p.yaml --json", "titrate p.yaml -o -", "diary d.csv", "diary d.csv --json", "tables",
  "tables show cdc_2022",
  "cite cdc2022", "check-data", "doctor",
  "risk --drug morphine --dose '0.5 mg' --regimen single --patients 0",
  "pump flush --tubing '0.199 mL' --length '60 cm' --per-length '0.0022 mL/cm' --concentration '25 mg/mL'",
  "--version", "--help", "convert --help", "pump --help",
]

@Test(arguments: printingCalls) func `an answer on a full disk or a closed descriptor is 74`(call: String) {
  let folder = inputs()
  for end in ["> /dev/full", ">&-"] {
    let outcome = ThecalProcess.run("thecal \(call) \(end)", in: folder)
    #expect(outcome.code == 74, "\(call) \(end): \(outcome.code) \(outcome.errors)")
    #expect(outcome.errors.contains("standard output"), "\(call) \(end): \(outcome.errors)")
  }
}

@Test(arguments: printingCalls) func `a reader that has left is no failure`(call: String) {
  let outcome = ThecalProcess.run("(thecal \(call); echo $? >code) | true; cat code", in: inputs())
  #expect(["0\n", "1\n"].contains(outcome.output), "\(call): \(outcome.output) \(outcome.errors)")
}

/// Names that would run a command, or end the text that they stand in.
private let hostileNames = [
  "x'; system('id > pwned'); set title 'morphine", "`id > pwned`", "@x", "a\\n!id > pwned", "{/=90 x}",
  "x\" . system(\"id>pwned\")",
]

@Test(arguments: hostileNames) func `no text of a scenario is a command`(name: String) {
  let folder = inputs()
  for (place, text) in [
    ("drug", "drug: '\(name.replacing("'", with: "''"))'\ncatheter: {tip: L3}"),
    ("site", "drug: morphine\ncatheter: {tip: '\(name.replacing("'", with: "''"))'}"),
  ] {
    folder.write(
      "h.yaml",
      text + "\nprogram: [{at: 0 h, bolus: 0.25 mg}]\nparameters: {loss: 3.0e-5 1/s}\n"
        + "output: {every: 1 h, until: 4 h, at: [tip]}\n")
    let before = folder.names
    let outcome = ThecalProcess.run("thecal simulate h.yaml -o t.csv --plot o.svg --quiet", in: folder)
    #expect([0, 65].contains(outcome.code), "\(place): \(outcome.errors)")
    #expect(Set(folder.names).subtracting(before).isSubset(of: ["o.svg", "t.csv"]))
  }
}

@Test func `gnuplot reads no settings of its user`() throws {
  let folder = inputs()
  folder.write(".gnuplot", "system('touch home')\n")
  folder.write("init.gp", "system('touch init')\n")
  let outcome = ThecalProcess.run(
    "HOME=$PWD GNUPLOT_LIB=$PWD thecal simulate s.yaml -o t.csv --plot o.svg --quiet", in: folder)
  #expect(
    outcome.code == 0 && text(folder.file("o.svg"))?.contains("Morphine in CSF") == true, "\(outcome.errors)")
  #expect(!folder.names.contains("home") && !folder.names.contains("init"))
}

import _ThecalTestSupport

/// Patients by chance, all of whose lines can be read: what they get is another matter.
struct RandomClinic {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let header =
    "patient_id,drug,route,dose,unit,frequency,target_drug,indication,opioid_days,age_years,frail,sleep_apnea,"
    + "cns_depressants,psychosis_history,residual_mme,anticoagulant,pregnancy,allergy,renal,screening_bolus,"
    + "screening_effect,screening_response,concentration,ward"

  /// Name, route, unit, frequencies, and the largest multiple of a tenth of a unit that is given at once.
  private static let medicines: [(String, String, String, [String], Int)] = [
    ("morphine", "oral", "mg", ["bid", "q4h", "daily"], 2_000),
    ("oxycodone", "oral", "mg", ["q6h", "bid"], 800),
    ("hydromorphone", "oral", "mg", ["q6h", "qid"], 160), ("codeine", "oral", "mg", ["qid"], 600),
    ("tramadol", "oral", "mg", ["tid", "qid"], 1_000), ("tapentadol", "oral", "mg", ["bid"], 2_500),
    ("hydrocodone", "oral", "mg", ["q4h"], 200), ("oxymorphone", "oral", "mg", ["bid"], 400),
    ("fentanyl", "transdermal", "mcg/h", ["q72h", ""], 1_000), ("methadone", "oral", "mg", ["tid"], 300),
    ("buprenorphine", "sublingual", "mg", ["bid"], 120), ("morphine", "intrathecal", "mg/day", [""], 100),
    ("hydromorphone", "intrathecal", "mg/day", [""], 80), ("fentanyl", "intrathecal", "mcg/day", [""], 9_000),
    ("baclofen", "oral", "mg", ["tid", "qid"], 300), ("vincristine", "iv", "mg", ["weekly"], 20),
  ]

  /// A value, or blank as often as clinics leave it so.
  private mutating func maybe(_ values: String...) -> String {
    Bool.random(using: &random) ? "" : values.randomElement(using: &random) ?? ""
  }

  /// Facts about a patient, in the order of the columns behind `target_drug`.
  mutating func facts() -> [String] {
    [
      maybe("cancer", "noncancer", "spasticity_spinal"), maybe("3", "7", "30", "400"),
      maybe("17", "40", "64", "65", "90"),
      maybe("yes", "no"), maybe("yes", "no"), maybe("yes", "no"), maybe("yes", "no"), maybe("0", "30", "90"),
      maybe("yes", "no"), maybe("no", "no", "no", "yes"), maybe("no", "none", "penicillin", "morphine"),
      maybe("yes", "no"), maybe("50 mcg", "75 mcg", "100 mcg", "0.05 mg", "150 mcg"), "",
      maybe("yes", "yes", "no"),
      maybe("1 mg/mL", "500 mcg/mL", "25 mg/mL"), maybe("3 East", "-", "=7"),
    ]
  }

  /// The cells of a medicine, with its dose as tenths of the unit.
  mutating func medicine() -> (cells: [String], tenths: Int) {
    let pick = RandomClinic.medicines[Int.random(in: 0..<RandomClinic.medicines.count, using: &random)]
    let tenths = Int.random(in: 1...pick.4, using: &random)
    let target =
      pick.0 == "baclofen" ? "" : maybe("morphine", "morphine", "hydromorphone", "ziconotide", "clonidine")
    return ([pick.0, pick.1, "", pick.2, pick.3.randomElement(using: &random) ?? "", target], tenths)
  }

  /// The lines of one patient; doses as decimal text.
  mutating func patient(_ id: String, medicines: Int? = nil) -> [String] {
    let count = medicines ?? [1, 1, 1, 2, 3].randomElement(using: &random) ?? 1
    let facts = facts()
    var seen: Set<String> = []
    var lines: [String] = []
    while lines.count < count {
      var (cells, tenths) = medicine()
      if lines.count > 0 { cells[5] = "" }
      guard seen.insert(cells[0] + cells[1]).inserted else { continue }
      cells[2] = RandomClinic.decimal(tenths)
      lines.append(([id] + cells + facts).joined(separator: ","))
    }
    return lines
  }

  /// A number of tenths, in digits.
  static func decimal(_ tenths: Int) -> String {
    tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// A whole clinic.
  static func table(patients: Int, seed: UInt64) -> String {
    var clinic = RandomClinic(seed: seed)
    var lines = [header]
    for number in 0..<patients { lines += clinic.patient("P\(number)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

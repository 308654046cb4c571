/// Files as users write them, that tests of several rooms read.
public enum WrittenFile {
  /// A patient from regimen to refill; `id` and `medications` as they are written in YAML.
  public static func patient(
    id: String = "A-17", medications: String = "[morphine oral 60 mg bid]", more: String = ""
  )
    -> String
  {
    """
    patient_id: \(id)
    drug: morphine
    age_years: 54
    opioid_days: 90
    medications: \(medications)
    concentration: 2 mg/mL
    fill: {volume: 20 mL, stock: 10 mg/mL, date: 2026-01-05}
    target: {dose: 0.8 mg/day}
    days: 10
    cells: 60
    output: {every: 12 h, until: 10 day}
    \(more)
    """
  }

  /// A bolus and a rate into a coarse canal.
  public static let bolusAndRate = """
    drug: morphine
    catheter: {tip: L3}
    program: [{at: 0 h, bolus: 0.25 mg}, {at: 2 h, rate: 1 mg/day}]
    parameters: {loss: 0.1 1/h}
    cells: 60
    output: {every: 6 h, until: 1 day, at: [L3, cranial]}
    """
}

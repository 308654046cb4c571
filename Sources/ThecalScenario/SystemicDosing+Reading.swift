import ThecalFormulary
import ThecalKinetics
import ThecalQuantities

extension SystemicDosing {
  /// Reads one entry: a model, a dose or a rate, and when.
  ///
  ///     - {model: morphine_oral_ir_oosten2017, dose: 30 mg, at: 0 h, every: 6 h, times: 28}
  ///     - {model: fentanyl_transdermal_label, rate: 100 mcg/h, for: 72 h, every: 72 h, times: 5}
  init(_ node: ScenarioNode, of drug: String) throws(ScenarioError) {
    let members = try node.members()
    let person = try KineticParameters(members["model"] ?? node, of: drug, changing: members["set"])
    self.init(person: person, records: [try Self.record(node, members)])
  }

  private static func record(
    _ node: ScenarioNode, _ members: [String: ScenarioNode]
  ) throws(ScenarioError) -> DosingRecord {
    let at: Time = try members["at"]?.positive(orZero: true) ?? .zero
    var record = DosingRecord.dose(0, at: at.base)
    switch (members["dose"], members["rate"]) {
    case (let dose?, nil):
      let mass: Mass = try dose.positive()
      record.amount_mg = mass.value(in: .milligrams)
      if let stray = members["for"] {
        throw stray.error("'for' belongs to a rate; a dose goes in 'over' a time")
      }
      if let over = members["over"] {
        let time: Time = try over.positive()
        record.delivery = .over(time.base)
      }
    case (nil, let rate?):
      guard let length = members["for"] else { throw rate.error("for how long? A rate needs 'for'") }
      if let stray = members["over"] { throw stray.error("'over' belongs to a dose") }
      let (speed, time): (DoseRate, Time) = (try rate.positive(), try length.positive())
      let milligrams = 1_000.0  // µg in one
      record.delivery = .rate(speed.base / milligrams)
      record.amount_mg = speed.base * time.base / milligrams
    default: throw node.error("an entry has a 'dose' or a 'rate'")
    }
    if let every = members["every"] {
      let interval: Time = try every.positive()
      guard interval >= Time(1, .minutes) else {
        throw every.error("doses less than a minute apart are an infusion: write 'rate' and 'for'")
      }
      record.interval_h = interval.base
      record.additional = try members["times"]?.count() ?? 1
      record.additional -= 1
      if let steady = members["steady"], try steady.yesOrNo() { record.steadyState = .replacing }
      guard record.additional > 0 || record.steadyState != .none else {
        throw every.error("how often? An interval needs 'times' above 1, or steady: true")
      }
    } else if let stray = members["times"] ?? members["steady"] {
      throw stray.error("this needs the interval 'every'")
    }
    return record
  }
}

extension KineticParameters {
  /// Reads a published model of `drug` by its id, or a structure such as `oral2`; `set` changes parameters.
  init(_ node: ScenarioNode, of drug: String, changing set: ScenarioNode? = nil) throws(ScenarioError) {
    let name = try node.text()
    let changes = try Self.changes(set)
    let published = PublishedModel(named: name)
    guard let model = published?.model ?? KineticModel(named: name) else {
      let known = KineticModel.all.map(\.name) + Formulary.embedded.systemicModels.map(\.id)
      throw node.error("no such model; \(suggestion(for: name, among: known))")
    }
    if let other = published?.source.drug, other != Formulary.embedded.drug(named: drug)?.id ?? drug {
      throw node.error("this is a model of \(other), not of \(drug)")
    }
    do throws(KineticProblem) {
      if let published {
        self = try published.typical(changing: changes)
      } else {
        self = try Self(model, changes)
      }
    } catch {
      throw (set ?? node).error(error.sentence)
    }
  }

  private static func changes(_ set: ScenarioNode?) throws(ScenarioError) -> [KineticParameter: Double] {
    var changes: [KineticParameter: Double] = [:]
    for (key, value) in try set?.pairs() ?? [] {
      guard let parameter = KineticParameter(named: key) else {
        let known = KineticParameter.allCases.map(\.rawValue)
        throw value.error("no such parameter; \(suggestion(for: key, among: known))")
      }
      let text = try value.text()
      do throws(QuantityProblem) { changes[parameter] = try parameter.value(reading: text) } catch {
        throw value.error(error.explanation)
      }
    }
    return changes
  }
}

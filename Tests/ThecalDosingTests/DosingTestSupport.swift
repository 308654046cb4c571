import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// The rules that every command asks.
let rules = DosingRules.standard

/// The rules of a drug.
func use(_ drug: String) throws -> DrugUse { try #require(rules.drug(drug)) }

/// What the rules say of a drug in the cerebrospinal fluid.
func intrathecal(_ drug: String) throws -> IntrathecalRules { try #require(use(drug).intrathecal) }

/// A medicine of `milligrams`, so many times a day.
func taken(
  _ drug: String, _ milligrams: ExactNumber, times: ExactNumber = 1, by route: AdministrationRoute = .oral,
  line: Int = 0
) -> Medicine {
  Medicine(
    drug: drug, route: route, amount: .doses(Mass(milligrams, .milligrams), Frequency(timesPerDay: times)),
    line: line)
}

/// A medicine given evenly.
func infused(_ drug: String, _ rate: ExactNumber, _ unit: DoseRate.Unit, by route: AdministrationRoute)
  -> Medicine
{
  Medicine(drug: drug, route: route, amount: .rate(DoseRate(rate, unit)))
}

/// A patch.
func patch(_ drug: String, _ microgramsPerHour: ExactNumber) -> Medicine {
  infused(drug, microgramsPerHour, .microgramsPerHour, by: .transdermal)
}

/// A patient of whom `change` alone is known.
func patient(_ change: (inout Patient) -> Void = { _ in }) -> Patient {
  var patient = Patient()
  change(&patient)
  return patient
}

func mg(_ value: ExactNumber) -> DoseRate { DoseRate(value, .milligramsPerDay) }
func mcg(_ value: ExactNumber) -> DoseRate { DoseRate(value, .microgramsPerDay) }

extension [Finding] {
  /// The finding of `topic`.
  func first(_ topic: DosingTopic) -> Finding? { first { $0.isAbout(topic) } }

  /// Whether `topic` was found.
  func has(_ topic: DosingTopic) -> Bool { first(topic) != nil }

  /// The topics of the clinical rules that were found, in order.
  var topics: [DosingTopic] { compactMap { finding in DosingTopic.allCases.first { finding.isAbout($0) } } }

  /// What the findings amount to.
  var status: Status { Findings(self).status }
}

/// A little less and a little more than a border.
let justBelow = ExactNumber(999, over: 1_000)
let justAbove = ExactNumber(1_001, over: 1_000)

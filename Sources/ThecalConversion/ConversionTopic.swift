public import ThecalDosing

/// What a conversion finds.
public enum ConversionTopic: UInt8, FindingTopic {
  /// The table of equivalents has been replaced: its id.
  case supersededTable
  /// The target route is neither intrathecal nor oral: route.
  case noRoute
  /// Nobody has published a conversion to the target: drug.
  case noTarget
  /// As `noTarget`, with the published start: drug, low, high, source.
  case noTargetWithStart
  /// A medicine is no opioid: drug, target.
  case notAnOpioid
  /// A medicine does not convert to baclofen: drug.
  case notBaclofen
  /// Intrathecal and systemic opioids stand together.
  case mixedRoutes
  /// Several intrathecal opioids at once.
  case severalIntrathecal
  /// The drug is in the pump already: drug.
  case alreadyIntrathecal
  /// Other drugs of the same pump go on: drugs.
  case othersContinue
  /// No ratio between two intrathecal drugs: source, target.
  case noIntrathecalRatio
  /// From a lipophilic opioid to another: source, target, reason.
  case lipophilicRotation
  /// As `lipophilicRotation`, with the published start: source, target, reason, low, high, source.
  case lipophilicRotationWithStart
  /// No way back to oral for this pair: drug, target.
  case noWayBack
  /// An intrathecal dose too large for tablets: dose, limit.
  case tooMuchForTablets
  /// The table has no factor: route, drug, table.
  case noFactor
  /// As `noFactor`, with the tables that have one: route, drug, table, tables.
  case noFactorButOthers
  /// No dose is derived from the equivalents: reason, drug.
  case notConvertible
  /// No ratio table speaks for the indication: indication.
  case noRatioFor
  /// What goes on is more than the total: residual, total.
  case residualAboveTotal
  /// All of the systemic opioid goes on: nothing is left to convert.
  case nothingStops
  /// The estimate is above the limit: estimate, limit.
  case estimateOverLimit
  /// The estimate is near the limit: estimate, limit.
  case estimateNearLimit
  /// The 1/300 rule has no primary study: ratio.
  case ruleOfThumb
  /// No dose is converted to ziconotide: lowest, highest, authority.
  case ziconotideStart
  /// The end of the range between two intrathecal opioids that gives the lower dose.
  case rotation
  /// The opioid effect falls with a rotation: percent.
  case effectFalls
  /// The way back rests on one patient.
  case oneCase
  /// What to watch on the way back.
  case oralMonitoring
  /// Intrathecal use is off label: drug.
  case offLabel
  /// The table gives a range and no middle: table.
  case rangeOnly
  /// The table does not speak for the indication: table, indication.
  case settingMismatch
  /// The table holds ratios seen at stable doses: table.
  case notForStarting
  /// The start replaces only a part of what is taken: equivalents replaced, equivalents in all.
  case startFarBelow
  /// Tramadol and tapentadol act on more than opioid receptors: drugs.
  case mixedMechanism

  /// Step: the estimate by a ratio: amount, ratio, estimate.
  case stepEstimate
  /// Step: the estimate by a ratio and the potency of the target: amount, ratio, potency, estimate.
  case stepEstimatePotency
  /// Step: the estimate by multiplication: amount, ratio, estimate.
  case stepEstimateBack
  /// Step: what goes on is taken off: total, residual, rest.
  case stepResidual
  /// Step: a ceiling of a start without conversion: authority, ceiling.
  case stepCeilingAlone

  /// The room of conversion.
  public static var room: Room { .conversion }
}

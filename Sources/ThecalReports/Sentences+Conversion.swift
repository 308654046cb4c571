import ThecalConversion

extension ConversionTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .supersededTable:
      "{0} has been superseded: its equivalents are shown as asked for; compare with cdc_2022."
    case .noRoute: "There is no conversion to {0}: target_route is intrathecal or oral."
    case .noTarget:
      "Nobody has published a conversion to intrathecal {0}. No start is published for it in the data."
    case .noTargetWithStart:
      "Nobody has published a conversion to intrathecal {0}. The consensus start is {1} to {2} ({3})."
    case .notAnOpioid: "{0} is no opioid: there is no conversion from it to {1}. Name another target_drug."
    case .notBaclofen: "{0} does not convert to baclofen. Name another target_drug."
    case .mixedRoutes:
      "Intrathecal and systemic opioids do not add up to one dose. Convert the systemic part alone, and put what goes on into residual_mme."
    case .severalIntrathecal:
      "Several intrathecal opioids at once have no published conversion. Start the new drug at its own starting dose."
    case .alreadyIntrathecal: "{0} is in the pump already: there is nothing to convert."
    case .othersContinue: "Continues in the pump, not converted: {0}."
    case .noIntrathecalRatio:
      "No ratio from intrathecal {0} to intrathecal {1} is supportable. Start at the starting dose of {1}."
    case .lipophilicRotation: "{0} to {1}: {2}"
    case .lipophilicRotationWithStart: "{0} to {1}: {2} For {1} that is {3} to {4} ({5})."
    case .noWayBack:
      "From intrathecal to oral there is a published ratio for morphine to morphine alone, not for {0} to {1}. An abrupt stop may bring withdrawal."
    case .tooMuchForTablets:
      "{0} intrathecally is above {1}: it is never turned into tablets by a ratio. Check the unit (per hour for per day?); if it is real, a specialist changes it over days, in hospital."
    case .noFactor: "{2} has no factor for {0} {1}, nor has another table: no equivalent and no dose."
    case .noFactorButOthers:
      "{2} has no factor for {0} {1}: no equivalent and no dose. These tables have one (--mme-table): {3}."
    case .notConvertible: "{0} No dose is derived from {1}."
    case .noRatioFor:
      "No ratio table speaks for opioids with the indication {0}: enter cancer or noncancer."
    case .residualAboveTotal:
      "{0} mg/day MME are said to go on, but all medicines together are {1} mg/day MME."
    case .nothingStops: "All of the systemic opioid goes on (residual_mme): nothing is left to convert."
    case .estimateOverLimit: "The estimate {0} is above the limit of {1}."
    case .estimateNearLimit: "The estimate {0} is near the limit of {1}."
    case .ruleOfThumb:
      "The 1/{0} rule for baclofen has no primary study: an estimate only; the start comes from screening."
    case .ziconotideStart:
      "No dose is converted to ziconotide: it starts at {0} to {1} ({3}, {2}); the opioid is tapered separately."
    case .rotation:
      "Between intrathecal opioids the end of 2:1 to 6:1 is taken that gives the lower dose; confirm and watch for withdrawal."
    case .effectFalls:
      "The opioid effect falls by {0} to {1} %, by which published ratio holds: watch for withdrawal and pain, and raise by the rules of titration."
    case .oneCase:
      "Intrathecal to oral rests on one patient: it guards against overdose and can under-treat."
    case .oralMonitoring:
      "Keep rescue doses at hand and watch for withdrawal and for sedation for at least 24 h after the pump is lowered or stopped."
    case .offLabel:
      "Intrathecal {0} is off label; its ratio to morphine is 2:1 to 6:1, and the lower dose is taken."
    case .rangeOnly: "{0} gives a range and no middle: no estimate."
    case .settingMismatch: "{0} does not speak for {1}: the start does not rest on it."
    case .notForStarting:
      "{0} holds ratios seen at stable doses: not for starting; the start does not rest on it."
    case .startFarBelow:
      "The start stands for about {0} of the {1} mg/day MME: plan how the rest is tapered and covered."
    case .mixedMechanism:
      "{0} acts on more than opioid receptors: its equivalents say less, and it is tapered for itself."
    case .stepEstimate: "estimate: {0} / {1} = {2}"
    case .stepEstimatePotency: "estimate: {0} / {1} / {2} (intrathecal morphine to hydromorphone) = {3}"
    case .stepEstimateBack: "estimate: {0} x {1} = {2}"
    case .stepResidual: "what stops: {0} - {1} = {2} mg/day MME"
    case .stepCeilingAlone: "ceiling of the start: {0}: {1}"
    }
  }
}

import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import ThecalTransport

/// What is kept of a sample.
package struct SweepOutput: Sendable {
  /// The quantities.
  enum Quantity: Sendable {
    /// Concentration at every time and site.
    case csf
    /// The level that the last rate settles at.
    case steady
    /// ∫ C dt and ∫ t C dt from the start to the end, and the mean level.
    case auc, aumc, average
    /// The time in which the level halves in the end.
    case halfLife
    /// The largest level, and when.
    case peak, timeToPeak
    /// The time above, or below, a level in ng/mL.
    case timeAbove(Double), timeBelow(Double)
    /// The AUC at a site over that in the cranial pool.
    case ratio(site: Int, cranial: Int)
    /// The effect over time at a site.
    case effect(EffectModel, site: Int)
    /// The share of patients in whom the largest level in the cranial pool is toxic.
    case risk(EffectModel, cranial: Int)
  }

  /// The axes beside the sample.
  enum Axes: Hashable, Sendable { case timesAndSites, sites, times, none }

  /// The name of the variable.
  package let name: String
  /// Its unit.
  package let unit: String
  /// What it is, for people.
  let longName: String
  let quantity: Quantity
  /// The site for which it stands, where it stands for one.
  let site: String?

  /// What counts say of it; nil where it is no effect and no risk, or none is calibrated by counts.
  let gate: ProgrammeGate?

  /// Whether it is a share of patients, who are taken to be without tolerance.
  var isRisk: Bool { if case .risk = quantity { true } else { false } }

  /// The output that `word` names.
  init(
    _ word: Placed<String>, _ simulation: Simulation, _ formulary: Formulary
  ) throws(ScenarioError) {
    let parts = word.value.split(separator: ":", maxSplits: 1).map { $0.drop(while: \.isWhitespace) }.map(
      String.init)
    let drug = simulation.drug
    name = Self.variable(word.value)
    let named = ["effect", "lumbar_cisternal_ratio"].contains(parts[0])
    let index = named ? try Self.site(parts.count == 2 ? parts[1] : nil, word, simulation) : nil
    site = index.map { simulation.siteNames[$0] }
    switch parts[0] {
    case "csf": (quantity, unit, longName) = (.csf, "ng/mL", "concentration of \(drug)")
    case "steady": (quantity, unit, longName) = (.steady, "ng/mL", "level that the last rate settles at")
    case "auc": (quantity, unit, longName) = (.auc, "ng h/mL", "area under the concentration")
    case "aumc": (quantity, unit, longName) = (.aumc, "ng h2/mL", "area under time times concentration")
    case "average": (quantity, unit, longName) = (.average, "ng/mL", "mean concentration")
    case "half_life": (quantity, unit, longName) = (.halfLife, "h", "terminal half-life")
    case "peak": (quantity, unit, longName) = (.peak, "ng/mL", "largest concentration")
    case "time_to_peak": (quantity, unit, longName) = (.timeToPeak, "h", "time of the largest concentration")
    case "time_above", "time_below":
      guard parts.count == 2, let level = try? Concentration(reading: parts[1]) else {
        throw word.place.error("write \(parts[0]):100 ng/mL")
      }
      let number = level.value(in: .nanogramsPerMilliliter)
      let isAbove = parts[0] == "time_above"
      (quantity, unit) = (isAbove ? .timeAbove(number) : .timeBelow(number), "h")
      longName = "time \(isAbove ? "above" : "below") \(parts[1])"
    case "lumbar_cisternal_ratio":
      (quantity, unit) = (.ratio(site: index ?? 0, cranial: try Self.cranial(word, simulation)), "1")
      longName = "area under the concentration at \(site ?? "") over that in the cranial pool"
    case "effect":
      guard
        let model = EffectModel("relief", of: drug, in: formulary)
          ?? EffectModel("ashworth", of: drug, in: formulary)
      else { throw word.place.error("how an effect follows the level of \(drug) is not on record") }
      (quantity, unit) = (.effect(model, site: index ?? 0), "1")
      longName =
        (model.record.effect == "relief" ? "relief as a share" : "points off the Ashworth score")
        + " from the level at \(site ?? ""), in somebody of median sensitivity who responds; none where counts contradict it"
    case "risk":
      guard parts.count == 2, let model = EffectModel(parts[1], of: drug, in: formulary), model.toxic != nil
      else {
        throw word.place.error(
          "no toxic effect of that name is on record for \(drug); write risk:respiratory_depression")
      }
      (quantity, unit) = (.risk(model, cranial: try Self.cranial(word, simulation)), "1")
      longName =
        "share of patients without tolerance with \(parts[1].replacingUnderscores), by this sample's level; none where counts contradict it"
    default:
      throw word.place.error("unknown output; \(suggestion(for: parts[0], among: Self.known))")
    }
    gate =
      switch quantity {
      case .effect(let model, _), .risk(let model, _): ProgrammeGate(model, of: drug, in: formulary)
      default: nil
      }
  }

  private static let known = [
    "csf", "steady", "auc", "aumc", "average", "peak", "half_life", "time_to_peak", "time_above",
    "time_below", "lumbar_cisternal_ratio",
    "effect",
    "risk",
  ]

  /// A name that NetCDF and programs take: `time_above_100_ng_per_mL`.
  static func variable(_ word: String) -> String {
    var name = ""
    for character in word {
      switch character {
      case "/": name += "_per_"
      case _ where character.isLetter || character.isNumber || character == "_": name.append(character)
      default: if !name.hasSuffix("_") { name += "_" }
      }
    }
    return name
  }

  /// The site that an output names; where there is one site in CSF alone, it need not be named.
  private static func site(
    _ name: String?, _ word: Placed<String>, _ simulation: Simulation
  ) throws(ScenarioError) -> Int {
    let names = simulation.siteNames
    guard let name else {
      let inCanal = names.indices.filter { !["cranial", "plasma"].contains(names[$0]) }
      // A ratio is that of the first site, as its description says; an effect is of one site, which must be meant.
      guard inCanal.count == 1 || word.value != "effect" && !inCanal.isEmpty else {
        throw word.place.error("name the site: \(word.value):\(names[inCanal.first ?? 0])")
      }
      return inCanal[0]
    }
    guard let index = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) else {
      throw word.place.error(
        "'\(name)' is no site of the scenario's output; \(suggestion(for: name, among: names))")
    }
    return index
  }

  private static func cranial(_ word: Placed<String>, _ simulation: Simulation) throws(ScenarioError) -> Int {
    guard let index = simulation.siteNames.firstIndex(of: "cranial") else {
      throw word.place.error("this needs the site 'cranial' in the scenario's output")
    }
    return index
  }

  var axes: Axes {
    switch quantity {
    case .csf: .timesAndSites
    case .effect: .times
    case .ratio, .risk: .none
    default: .sites
    }
  }

  /// Whether it needs more times than the rows.
  var needsGrid: Bool {
    switch quantity {
    case .csf, .steady, .halfLife: false
    default: true
    }
  }

  /// Whether it needs the largest level.
  var needsPeak: Bool {
    switch quantity {
    case .peak, .timeToPeak: true
    default: false
    }
  }

  /// Numbers per sample.
  func shape(times: Int, sites: Int) -> Int {
    switch axes {
    case .timesAndSites: times * sites
    case .sites: sites
    case .times: times
    case .none: 1
    }
  }
}

import Glibc
import ThecalQuantities
import ThecalTransport

/// Reads how one parameter varies, in the unit in which it is written.
struct SweptReader {
  let key: String
  let node: ScenarioNode
  let isGrid: Bool

  func parameter() throws(ScenarioError) -> SweepScenario.Parameter {
    switch TransportParameter(rawValue: key)?.dimension {
    case .length: return try read(LengthDimension.self)
    case .flow: return try read(FlowDimension.self)
    case .diffusivity: return try read(DiffusivityDimension.self)
    case .volume: return try read(VolumeDimension.self)
    case .rateConstant: return try read(RateConstantDimension.self)
    case .number: return try assembled(unit: "", scale: 1) { node throws(ScenarioError) in try node.number() }
    case nil: break
    }
    guard let kind = node.kind, kind.table != nil else {
      throw node.error("this does not vary in a sweep; \(suggestion(for: key, among: Self.known))")
    }
    switch dimensionKey {
    case KeyTable.tipKey:
      if let places = try places() { return places }
      return try read(LengthDimension.self)
    case "rate": return try read(DoseRateDimension.self)
    case "bolus": return try read(MassDimension.self)
    default:
      throw node.error("this does not vary in a sweep; \(suggestion(for: key, among: Self.known))")
    }
  }

  private static let known =
    TransportParameter.allCases.map(\.rawValue) + [KeyTable.tipKey, "program[0].rate", "program[0].bolus"]

  /// A list of places along the canal; nil where the numbers are lengths.
  private func places() throws(ScenarioError) -> SweepScenario.Parameter? {
    let (name, inner) = try shape()
    guard name == "values", let list = inner["values"] else { return nil }
    var sites: [CanalSite] = []
    for item in list.items { sites.append(try CanalSite(item)) }
    guard sites.contains(where: { if case .distance = $0 { false } else { true } }) else { return nil }
    for (site, item) in zip(sites, list.items) where [.tip, .cranial, .plasma].contains(site) {
      throw item.error("a catheter ends at a level such as L3, or at 45 cm from C1")
    }
    return .init(
      key: key, unit: "cm", scale: 1, family: .sites(sites), range: try range { _ in 0 }, place: node.place)
  }

  /// `program[3].rate` is a rate.
  private var dimensionKey: String {
    guard key.hasPrefix("program["), let dot = key.lastIndex(of: ".") else { return key }
    return String(key[key.index(after: dot)...])
  }

  private func read<D: Dimension>(_: D.Type) throws(ScenarioError) -> SweepScenario.Parameter {
    // The unit of the first number is that of all of them, and of the file that is written.
    let unit = try firstQuantity().unit(D.self)
    return try assembled(unit: unit.symbol, scale: Quantity<D>(1, unit).base) { node throws(ScenarioError) in
      let value: Quantity<D> = try node.quantity()
      return value.value(in: unit)
    }
  }

  private func firstQuantity() throws(ScenarioError) -> ScenarioNode {
    let (_, shape) = try shape()
    if let list = shape["values"] {
      guard let first = list.items.first else { throw list.error("the list is empty") }
      return first
    }
    let names = ["low", "mean", "median"]
    for name in names { if let node = shape[name] { return node } }
    throw node.error("no number is given")
  }

  /// The name of the family and its members.
  private func shape() throws(ScenarioError) -> (String, [String: ScenarioNode]) {
    let members = try node.members()
    let named = node.chosen(members)
    guard named.count == 1, let inner = members[named[0]] else {
      throw node.error(
        "write one of {uniform: {low, high}}, {normal: {mean, sd}}, {lognormal: {median, gsd or cv}}, {values: […]}"
      )
    }
    if isGrid, named[0] != "values" { throw inner.error("a grid has {values: […]}") }
    return (named[0], named[0] == "values" ? ["values": inner] : try inner.members())
  }

  private func assembled(
    unit: String, scale: Double, _ number: (ScenarioNode) throws(ScenarioError) -> Double
  ) throws(ScenarioError) -> SweepScenario.Parameter {
    let (name, inner) = try shape()
    let family: SweepScenario.Family
    switch name {
    case "uniform":
      let (low, high) = (try number(inner["low"] ?? node), try number(inner["high"] ?? node))
      guard low <= high else { throw node.error("'low' is above 'high'") }
      family = .uniform(low: low, high: high)
    case "normal":
      let (mean, sd) = (try number(inner["mean"] ?? node), try number(inner["sd"] ?? node))
      guard sd >= 0 else { throw node.error("'sd' is below zero") }
      family = .normal(mean: mean, sd: sd)
    case "lognormal": family = try lognormal(inner, number)
    default:
      var values: [Double] = []
      for item in inner["values"]?.items ?? [] { values.append(try number(item)) }
      guard !values.isEmpty else { throw node.error("the list is empty") }
      family = .values(values)
    }
    return .init(
      key: key, unit: unit, scale: scale, family: family, range: try range(number), place: node.place)
  }

  /// More than ten times the median is no spread of people: 40 is meant as 40 %.
  static let mostVariation = 10.0

  private func lognormal(
    _ inner: [String: ScenarioNode], _ number: (ScenarioNode) throws(ScenarioError) -> Double
  ) throws(ScenarioError) -> SweepScenario.Family {
    let median = try number(inner["median"] ?? node)
    guard median > 0 else { throw node.error("the median of a log-normal distribution is above zero") }
    switch (inner["gsd"], inner["cv"]) {
    case (let gsd?, nil):
      return .lognormal(median: median, sigma: log(try gsd.number()))
    case (nil, let cv?):
      let written = try cv.text()
      let share = try cv.reading(as: .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude)).number()
      // A bare number above one is read as a share by some and as a percentage by others.
      guard share <= 1 || written.hasSuffix("%") else {
        let percent = plainDecimal(share * 100)
        throw cv.error("a coefficient of variation of \(written) would be \(percent) %; \(written) %?")
      }
      guard (0...Self.mostVariation).contains(share) else {
        throw cv.error("must lie between 0 % and \(plainDecimal(Self.mostVariation * 100)) %, not \(written)")
      }
      return .lognormal(median: median, sigma: log(1 + share * share).squareRoot())
    default: throw node.error("write one of 'gsd' and 'cv'")
    }
  }

  private func range(
    _ number: (ScenarioNode) throws(ScenarioError) -> Double
  ) throws(ScenarioError) -> ClosedRange<Double>? {
    let members = try node.members()
    guard let truncate = members["truncate"] else { return nil }
    let ends = truncate.items
    guard truncate.isList, ends.count == 2 else { throw truncate.error("write [lowest, highest]") }
    let (low, high) = (try number(ends[0]), try number(ends[1]))
    guard low < high else { throw truncate.error("the lowest is not below the highest") }
    if members["values"] != nil { throw truncate.error("a list of values is not cut off") }
    return low...high
  }
}

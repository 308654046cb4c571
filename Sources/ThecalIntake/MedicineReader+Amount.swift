import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension MedicineReader {
  // MARK: The way

  mutating func readRoute(
    _ source: MedicineSource, _ product: Product, _ directions: SigReading?,
    _ medicine: inout IntakeMedicine
  ) {
    var route = product.route
    let column = source[.route].isEmpty ? nil : sigs.read(source[.route]).route
    for other in [column, directions?.route] {
      guard let other else { continue }
      guard let known = route else { route = other; continue }
      switch (known, other) {
      case (known, known) where known == other: break
      case (.injection, .iv), (.injection, .im), (.injection, .sc), (.injection, .epidural),
        (.injection, .intrathecal):
        route = other
      case (.sublingual, .oral), (.buccal, .oral): break  // "by mouth" is the way there, too
      case (.transdermal, .topical): break
      default:
        if known != other {
          medicine.findings.append(.ask(.routeConflict, [.text(known.rawValue), .text(other.rawValue)]))
        }
      }
    }
    let drug = product.drug.flatMap { words.drugs[$0] }
    if route == nil, drug?.routes.contains(.oral) ?? false, product.brand.map({ !isSpinal($0) }) ?? true {
      route = .oral
    }
    if let route, route != .injection {
      medicine.route = route.rawValue
    } else if product.drug != nil {
      medicine.findings.append(.ask(.noRoute))
    }
  }

  /// Whether the brand has no oral form, so that a missing route cannot be by mouth.
  func isSpinal(_ brand: String) -> Bool {
    words.products.brands.first { $0.name == brand }?.route.map { $0 != .oral } ?? false
  }

  // MARK: The amount

  mutating func readAmount(
    _ source: MedicineSource, _ product: Product, _ directions: SigReading?,
    _ medicine: inout IntakeMedicine
  ) {
    guard product.drug != nil else { return }
    let orders = OrderReadings(source, directions, &sigs)
    if orders.isSkipped {
      medicine.findings.append(.note(.notTaken))
      medicine.outcome = .skip
      return
    }
    if orders.isBareFrequency { medicine.findings.append(.ask(.bareFrequency, [.text(source[.frequency])])) }
    var doses = orders.readings.map { DailyDose(product, $0) }
    if doses.count == 2 {
      if !agree(doses[0], doses[1]) { medicine.findings.append(.ask(.sourcesDisagree)) }
      doses.sort { $0.findings.count < $1.findings.count }
    }
    for finding in doses.flatMap(\.findings) where !medicine.findings.contains(finding) {
      medicine.findings.append(finding)
    }
    medicine.largest = doses.compactMap(\.largest).max { $0.size < $1.size }
    let notes = Set(orders.readings.flatMap(\.notes))
    if notes.contains(.spoon) { medicine.findings.append(.note(.spoon)) }
    if !notes.isDisjoint(with: [.trailingZero, .barePoint]) {
      medicine.findings.append(.note(.errorProneNumber))
    }
    if notes.contains(.bounded) { medicine.findings.append(.note(.bounded)) }
    if notes.contains(.meals) { medicine.findings.append(.note(.meals)) }
    if let dose = doses.first { write(dose, &medicine) }
  }

  /// Whether two readings of one order give the same amount of drug in a day.
  func agree(_ a: DailyDose, _ b: DailyDose) -> Bool {
    if let left = a.rate, let right = b.rate { return left == right && interval(a) == interval(b) }
    if let left = a.daily, let right = b.daily { return left == right }
    // Where one of them is asked for anyway, its own reason says why.
    return !a.findings.isEmpty || !b.findings.isEmpty
  }

  func interval(_ dose: DailyDose) -> ExactNumber? { dose.parts.first?.interval }

  /// Writes the dose in the unit in which the drug's amounts are read.
  func write(_ dose: DailyDose, _ medicine: inout IntakeMedicine) {
    if let rate = dose.rate {
      medicine.dose = rate.exactValue(in: .microgramsPerHour)
      medicine.unit = "mcg/h"
      if let hours = interval(dose) { medicine.frequency = "q\(hours.plainText)h" }
      return
    }
    // Nothing a day is no order: what was meant is asked for.
    guard let daily = dose.daily, daily > .zero, let drug = words.drugs[medicine.drug] else { return }
    let route = AdministrationRoute(rawValue: medicine.route)
    let isMicrograms = route.flatMap { drug.units[$0]?.first } == "mcg"
    let unit: Mass.Unit = isMicrograms ? .micrograms : .milligrams
    if dose.parts.count == 1, !dose.parts[0].isContinuous, let mass = dose.parts[0].mass,
      let times = dose.parts[0].times,
      let frequency = FrequencyText.text(times)
    {
      medicine.dose = mass.exactValue(in: unit)
      medicine.unit = unit.symbol
      medicine.frequency = frequency
    } else {
      medicine.dose = daily.exactValue(in: unit)
      medicine.unit = unit.symbol + "/day"
    }
  }

  /// Settles what may be done, and leaves no amount beside a question.
  func decide(_ medicine: inout IntakeMedicine) {
    if medicine.outcome == .skip {
      (medicine.dose, medicine.unit, medicine.frequency) = (nil, "", "")
      return
    }
    let isAsked = medicine.findings.contains { $0.severity >= .error }
    if !isAsked && medicine.dose != nil {
      medicine.outcome = .read
      medicine.findings.append(Finding(IntakeTopic.readFromText, .readFromText, .review))
      return
    }
    medicine.outcome = .ask
    (medicine.dose, medicine.unit, medicine.frequency) = (nil, "", "")
    if !isAsked { medicine.findings.append(.ask(.noAmount)) }
    if let largest = medicine.largest { medicine.findings.append(.note(.largest, [largest])) }
  }
}

extension Evidence {
  /// The size of an amount, for the largest of several in one unit.
  fileprivate var size: ExactNumber { if case .amount(let number, _) = self { number } else { .zero } }
}

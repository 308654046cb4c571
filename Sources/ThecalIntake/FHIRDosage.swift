import ThecalQuantities

/// One `Dosage` of FHIR as a reading of directions.
struct FHIRDosage {
  /// What its data say; nil where there are none.
  private(set) var data: SigReading?
  /// What its text says; blank where there is none.
  let text: String
  let sequence: String?
  /// The day on which it ends.
  let end: CalendarDate?
  /// Whether an extension may change what it means.
  let isModified: Bool
  let route: String

  init(_ dosage: JSONTree, _ sigs: inout SigReader) {
    text = dosage["text"]?.string ?? dosage["patientInstruction"]?.string ?? ""
    sequence = dosage["sequence"]?.digits
    isModified = dosage["modifierExtension"] != nil
    route =
      dosage["route"]?["text"]?.string ?? dosage["route"]?["coding"]?.elements.compactMap {
        $0["display"]?.string ?? $0["code"]?.string
      }.first ?? ""
    let timing = FHIRTiming(dosage["timing"], &sigs)
    end = timing.end
    var reading = SigReading()
    reading.reasons = timing.reasons
    reading.notes = timing.notes
    if Self.isAsNeeded(dosage) { reading.reasons.insert(.asNeeded) }
    var part = SigReading.Part()
    part.times = timing.times
    let hasDose = Self.readDose(dosage, &part, &reading, &sigs)
    if let interval = timing.interval, interval >= 24, part.unit == .patch || part.isRate {
      (part.interval, part.times) = (interval, part.isRate ? 24...24 : 1...1)
      reading.reasons.remove(.notEveryDay)
    }
    reading.maximum = Self.maximum(dosage, &sigs)
    guard hasDose || timing.times != nil || !reading.reasons.isEmpty else { return }
    if part.times.map({ $0.upperBound < 1 }) ?? false { part.times = 1...1 }
    reading.parts = [part]
    SigReader.check(&reading)
    reading.outcome = reading.reasons.isEmpty ? .read : .ask
    data = reading
  }

  private static func isAsNeeded(_ dosage: JSONTree) -> Bool {
    if dosage["asNeededBoolean"]?.isTrue ?? false || dosage["asNeeded"]?.isTrue ?? false { return true }
    return dosage["asNeededCodeableConcept"] != nil || dosage["asNeededFor"] != nil
  }

  /// Amount and unit; an ordered dose beats a calculated one, a rate beats the bag that holds it.
  private static func readDose(
    _ dosage: JSONTree, _ part: inout SigReading.Part, _ reading: inout SigReading, _ sigs: inout SigReader
  ) -> Bool {
    let given = dosage["doseAndRate"]?.elements ?? []
    let ordered = given.filter { type(of: $0) == "ordered" }
    let chosen = ordered.isEmpty ? given : ordered
    if chosen.count > 1 { reading.reasons.insert(.contradiction) }
    let dose = chosen.first ?? dosage
    for key in ["rateQuantity", "rateRatio", "rateRange"] {
      guard let rate = dose[key] else { continue }
      return readRate(rate, key, &part, &reading, &sigs)
    }
    if let range = dose["doseRange"] {
      reading.reasons.insert(.range)
      let high = quantity(range["high"] ?? .null, &part, &reading, &sigs)
      let low = range["low"]?["value"]?.digits.flatMap(number) ?? .zero
      if let high { part.amount = min(low, high)...high }
      return high != nil
    }
    guard let given = dose["doseQuantity"] ?? dose["doseSimpleQuantity"] else { return false }
    if let amount = quantity(given, &part, &reading, &sigs) { part.amount = amount...amount }
    return true
  }

  private static func type(of dose: JSONTree) -> String? {
    dose["type"]?["coding"]?.elements.compactMap { $0["code"]?.string }.first
  }

  private static func readRate(
    _ rate: JSONTree, _ key: String, _ part: inout SigReading.Part, _ reading: inout SigReading,
    _ sigs: inout SigReader
  ) -> Bool {
    if key == "rateRange" { reading.reasons.insert(.range) }
    var text = ""
    if key == "rateRatio" {
      let (top, bottom) = (rate["numerator"] ?? .null, rate["denominator"] ?? .null)
      guard bottom["value"]?.digits.flatMap(number) ?? 1 == 1 else {
        reading.reasons.insert(.unclearUnit); return true
      }
      text = "\(top["value"]?.digits ?? "") \(unit(top))/\(unit(bottom))"
    } else {
      let value = key == "rateRange" ? rate["high"] ?? .null : rate
      text = "\(value["value"]?.digits ?? "") \(unit(value))"
    }
    let read = sigs.read(text)
    guard let first = read.parts.first, first.isRate, read.unclear.isEmpty else {
      reading.reasons.insert(.unclearUnit)
      return true
    }
    (part.amount, part.unit, part.isUnitStated, part.isRate) = (first.amount, first.unit, true, true)
    part.times = 24...24
    return true
  }

  /// The amount of a quantity, with its unit in `part`.
  private static func quantity(
    _ quantity: JSONTree, _ part: inout SigReading.Part, _ reading: inout SigReading, _ sigs: inout SigReader
  ) -> ExactNumber? {
    if quantity["comparator"] != nil { reading.reasons.insert(.upTo) }
    guard let value = quantity["value"]?.digits.flatMap(number) else {
      reading.reasons.insert(.unclearNumber)
      return nil
    }
    let unit = unit(quantity)
    if unit.isEmpty || unit == "1" { return value }
    let read = sigs.read("1 \(unit)")
    if let first = read.parts.first, first.isUnitStated, read.unclear.isEmpty,
      let scale = first.amount?.lowerBound
    {
      (part.unit, part.isUnitStated) = (first.unit, true)
      if first.isRate { (part.isRate, part.times) = (true, 24...24) }
      return scale * value
    }
    (part.unit, part.isUnitStated) = (.other, true)
    reading.reasons.insert(.unclearUnit)
    return value
  }

  /// The unit of a quantity without the braces of UCUM's annotations.
  static func unit(_ quantity: JSONTree) -> String {
    let text = quantity["unit"]?.string ?? quantity["code"]?.string ?? ""
    return text.filter { !"{}[]".contains($0) }
  }

  private static func maximum(_ dosage: JSONTree, _ sigs: inout SigReader) -> SigReading.Maximum? {
    guard let ratio = dosage["maxDosePerPeriod"]?.elements.first, let top = ratio["numerator"],
      let value = top["value"]?.digits
    else { return nil }
    let bottom = ratio["denominator"] ?? .null
    let isDay =
      (bottom["value"]?.digits == "24" && unit(bottom).hasPrefix("h"))
      || (bottom["value"]?.digits == "1" && unit(bottom).hasPrefix("d"))
    return isDay ? sigs.read("max \(value) \(unit(top)) per day").maximum : nil
  }
}

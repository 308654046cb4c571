import ThecalDosing
import ThecalQuantities

/// Turns a MedicationRequest or MedicationStatement into the cells that are read, with what only FHIR can say.
struct FHIRSource {
  let index: FHIRIndex
  let asOf: CalendarDate?
  private var sigs: SigReader

  init(_ index: FHIRIndex, _ words: SigWords, asOf: CalendarDate?) {
    self.index = index
    self.asOf = asOf
    sigs = SigReader(words)
  }

  /// The kinds of resource that are one medicine each.
  static let medicineTypes: Set<String> = [
    "MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration",
    "MedicationUsage",
    "MedicationOrder",
  ]

  /// The cells of `resource`, which stands on `line`; `text` is the resource as it was written.
  mutating func source(_ resource: JSONTree, line: Int, text: String) -> MedicineSource {
    var source = MedicineSource()
    source.line = line
    source.text = text
    let subject = resource["subject"] ?? resource["patient"] ?? .null
    let reference = subject["reference"]?.string ?? ""
    source[.patientID] = Self.patient(subject)
    source[.birthDate] = index.birthDate(reference) ?? ""
    readMedication(resource, &source)
    readStanding(resource, &source)
    readDosages(resource["dosageInstruction"] ?? resource["dosage"], &source)
    let reason = resource["reasonCode"]?.elements.first ?? resource["reasonCodeableConcept"] ?? .null
    source[.indication] = Self.names(of: reason).first ?? ""
    return source
  }

  /// The id of a reference to a patient: what stands behind the last slash or colon; nothing where a
  /// reference ends with one, for then every patient would be called `Patient`.
  private static func patient(_ subject: JSONTree) -> String {
    if let reference = subject["reference"]?.string,
      let id = reference.split(omittingEmptySubsequences: false, whereSeparator: { "/:#".contains($0) }).last,
      !id.isEmpty
    {
      return String(id)
    }
    return subject["identifier"]?["value"]?.string ?? subject["display"]?.string ?? ""
  }

  // MARK: The medicine

  private func readMedication(_ resource: JSONTree, _ source: inout MedicineSource) {
    var concept = resource["medicationCodeableConcept"] ?? .null
    if let reference = resource["medicationReference"] {
      let address = reference["reference"]?.string ?? ""
      let display = reference["display"]?.string
      if let medication = index.medication(address, in: resource) {
        concept = medication["code"] ?? .null
        readIngredients(medication, &source)
        source[.form] = Self.names(of: medication["form"] ?? .null).first ?? ""
      } else if display == nil {
        source.findings.append(
          .ask(.missingMedication, [.text(address.isEmpty ? "medicationReference" : address)]))
      }
      if let display { source.otherNames.append(display) }
    }
    source.otherNames = Self.names(of: concept) + source.otherNames
    if !source.otherNames.isEmpty { source[.name] = source.otherNames.removeFirst() }
    source.codes = concept["coding"]?.elements.compactMap { $0["code"]?.string } ?? []
  }

  /// Text and displays of a concept, each once.
  private static func names(of concept: JSONTree) -> [String] {
    let all = [concept["text"]?.string] + (concept["coding"]?.elements.map { $0["display"]?.string } ?? [])
    return all.compactMap(\.self).filter { !$0.isEmpty }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// Ingredients with their strengths, as the name of a product would write them.
  private func readIngredients(_ medication: JSONTree, _ source: inout MedicineSource) {
    let parts: [String] = (medication["ingredient"]?.elements ?? []).compactMap { ingredient in
      let item = ingredient["itemCodeableConcept"] ?? ingredient["item"]?["concept"] ?? .null
      guard let name = Self.names(of: item).first, let strength = ingredient["strength"] else { return nil }
      let (top, bottom) = (strength["numerator"] ?? .null, strength["denominator"] ?? .null)
      guard let value = top["value"]?.digits else { return nil }
      let unit = FHIRDosage.unit(bottom)
      let isVolume =
        ["ml", "l", "milliliter", "liter"].contains(unit.lowercased()) || unit.lowercased() == "h"
      let per = isVolume ? "/\(bottom["value"]?.digits ?? "1") \(unit)" : ""
      return "\(name) \(value) \(FHIRDosage.unit(top))\(per)"
    }
    if !parts.isEmpty { source.otherNames.append(parts.joined(separator: " / ")) }
  }

  // MARK: Whether it counts

  private func readStanding(_ resource: JSONTree, _ source: inout MedicineSource) {
    let type = resource["resourceType"]?.string ?? ""
    if type == "MedicationDispense" || type == "MedicationAdministration" {
      source.skipping = .note(.otherResource, [.text(type)])
      return
    }
    if resource["doNotPerform"]?.isTrue ?? false { source.skipping = .note(.notTaken) }
    switch resource["status"]?.string {
    case "active", "on-hold": break
    case "intended", "completed", "entered-in-error", "stopped", "cancelled", "draft", "unknown", "not-taken",
      "ended":
      source.skipping = .note(.inactive, [.text(resource["status"]?.string ?? "")])
    case let other: source.findings.append(.ask(.unclearStatus, [.text(other ?? "")]))
    }
    switch resource["intent"]?.string {
    case nil, "order", "original-order", "reflex-order", "filler-order", "instance-order": break
    case "plan": source.findings.append(.note(.plannedOrder))
    case let other?: source.findings.append(.ask(.noOrder, [.text(other)]))
    }
    if let address = resource["modifierExtension"]?.elements.first?["url"]?.string {
      source.findings.append(.ask(.modifier, [.text(address)]))
    }
  }

  // MARK: The dose

  private mutating func readDosages(_ dosages: JSONTree?, _ source: inout MedicineSource) {
    let read = (dosages?.elements ?? []).map { FHIRDosage($0, &sigs) }
    if read.isEmpty {
      source.readings = [[]]
      return
    }
    if read.contains(where: \.isModified) { source.findings.append(.ask(.modifier, [.text("dosage")])) }
    source[.route] = read.first?.route ?? ""
    let ends = read.compactMap(\.end)
    if let asOf, ends.count == read.count, let last = ends.max(), last < asOf {
      source.skipping = .note(.ended, [.date(last)])
    }
    let isSequence = Set(read.compactMap(\.sequence)).count > 1
    let data = read.compactMap(\.data)
    let texts = read.map(\.text).filter { !$0.isEmpty }.map { sigs.read($0) }
    source.readings = [
      data.count == read.count ? [Self.together(data, isSequence)] : [],
      texts.count == read.count || data.count < read.count
        ? texts.isEmpty ? [] : [Self.together(texts, isSequence)] : [],
    ].filter { !$0.isEmpty }
  }

  /// Several dosages as one reading: doses of one day, or steps one after another.
  private static func together(_ readings: [SigReading], _ isSequence: Bool) -> SigReading {
    var whole = readings[0]
    for reading in readings.dropFirst() {
      whole.parts += reading.parts
      whole.reasons.formUnion(reading.reasons)
      whole.notes.formUnion(reading.notes)
      whole.unclear += reading.unclear
      whole.drugs += reading.drugs
      if let route = reading.route, whole.route ?? route != route { whole.reasons.insert(.contradiction) }
      whole.isSequence = whole.isSequence || reading.isSequence
    }
    if isSequence {
      whole.isSequence = true
      whole.reasons.insert(.steps)
    }
    if whole.parts.count > 1 && whole.unit == nil { whole.reasons.insert(.contradiction) }
    if whole.outcome != .skip { whole.outcome = whole.reasons.isEmpty ? .read : .ask }
    return whole
  }
}

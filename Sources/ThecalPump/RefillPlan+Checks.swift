import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension RefillPlan {
  /// Asks the clinical rules about every drug of the reservoir at the flow with all boluses.
  static func checkDrugs(_ request: Request, _ flow: Flow, _ checks: inout PumpChecks) {
    checks.check(
      request.drug, dose: request.concentration * flow, strength: request.concentration, bolus: request.bolus)
    for part in request.others {
      let bolus = part.concentration * (request.bolus / request.concentration)
      checks.check(part.drug, dose: part.concentration * flow, strength: part.concentration, bolus: bolus)
    }
  }

  /// Refuses what cannot be; returns what could.
  static func check(
    _ request: Request, _ flow: Flow, alarm: Volume, residual: Volume, _ checks: inout PumpChecks
  ) -> Finding? {
    checks.checkReservoir(request.fill, on: request.device)
    checks.checkKept(residual: residual, alarm: request.alarm)
    checks.check(
      request.fill > alarm, passed: (.alarmBelowFilling, .alarmVolume),
      failed: (.alarmAboveFilling, .alarmAboveFill),
      [.volume(alarm), .volume(request.fill)])
    checks.check(
      request.fill > residual, passed: (.fillingAboveResidual, .residual),
      failed: (.nothingToDeliver, .residualAboveFill),
      [.volume(residual), .volume(request.fill)])
    if alarm < residual {
      checks.add(.alarmBelowResidual, .alarmBelowResidual, .review, [.volume(alarm), .volume(residual)])
    }
    if request.bolus > .zero, request.bolusesPerDay == .zero {
      checks.add(.bolusNotCounted, .bolusNotCounted, .review)
    }
    guard checks.checkFlow(flow, on: request.device) else {
      return checks.concentrationAdvice(request.dose, flow, unit: request.unit, on: request.device)
    }
    let lowest = max(residual, request.device.alarm?.value ?? residual)
    if let largest = request.device.largestReservoir?.value, request.fill > largest {
      return PumpChecks.instead(.fillAtMost, [.volume(largest)])
    }
    return request.fill > lowest
      ? PumpChecks.instead(.alarmAt, [.volume(lowest)]) : PumpChecks.instead(.fillMoreThan, [.volume(lowest)])
  }

  /// Says where a pump within its accuracy is empty before its alarm, and whether the alarm volume decides.
  static func compare(_ bounds: [Bound], _ request: Request, _ checks: inout PumpChecks) {
    let device = request.device
    if request.alarm == nil, let volume = device.alarm {
      let decides = bounds.min { $0.after < $1.after }?.kind == .alarm
      _ = checks.use(volume, as: "alarm volume", decides ? .decides : .informs)
    }
    if let source = device.alarmSource { checks.cite(source) }
    guard !device.alarmMeasures else {
      return checks.add(.alarmMeasures, .alarmMeasures, .note, [.text(device.name)])
    }
    guard let alarm = bounds.first(where: { $0.kind == .alarm })?.after,
      let early = bounds.first(where: { $0.kind == .earlyEdge })?.after
    else { return }
    checks.check(
      early >= alarm, passed: (.alarmFirst, .alarmFirst), failed: (.emptyBeforeAlarm, .emptyBeforeAlarm),
      [.share(device.fastest?.value ?? .zero), .time(early), .time(alarm)], severity: .note)
  }
}

extension PumpChecks {
  /// What must be left in the reservoir: the most that any of its drugs asks for.
  mutating func reserve(of request: RefillPlan.Request) -> Volume? {
    let drugs = [request.drug].compactMap { $0 } + request.others.map(\.drug)
    let reserves = drugs.compactMap { drug in drug.reserve.map { (drug, $0) } }
    guard let (drug, figure) = reserves.max(by: { $0.1.value < $1.1.value }) else { return nil }
    let volume = use(figure, of: drug, as: "reserve")
    add(.reserveKept, .reserveKept, .note, [.volume(volume), .drug(drug.id)], citing: [figure.citation])
    return volume
  }

  /// How long the filling keeps: the drug alone, or exactly the mixture.
  mutating func keeping(of request: RefillPlan.Request, _ formulary: Formulary) -> Time? {
    guard let drug = request.drug else { return nil }
    guard request.others.isEmpty else {
      let own = Admixture.Part(drug, request.concentration, unit: request.unit)
      return stability(of: [own] + request.others, in: formulary)
    }
    return keeping(of: drug, at: request.concentration, isFirst: request.isFirstFilling)
  }

  /// How long `drug` keeps at a strength, with a concern where several times may hold or none is on record.
  mutating func keeping(of drug: PumpDrug, at strength: Concentration, isFirst: Bool?) -> Time? {
    let (shortest, all) = drug.keeping(of: strength, isFirst: isFirst)
    guard let shortest else {
      add(.stabilityUnknown, .stabilityUnknown, .review, [.list([.drug(drug.id)])])
      return nil
    }
    if all.count > 1 {
      add(
        .stabilityByCondition, .stabilityCondition, .review,
        [
          .drug(drug.id),
          .list(all.flatMap { [.time($0.time.value), .text($0.condition ?? "any filling")] }),
        ],
        citing: all.map(\.time.citation))
    }
    return use(shortest, of: drug, as: "stability")
  }
}

import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

extension Found {
  /// What pump calculations amount to, each with good figures, with bad ones and with other pumps.
  static let pump: [PumpOutcome] = refills + visits + courses + programmes + paths + mixtures

  private static let day = CalendarDate(dayNumber: 20_454)

  static func mL(_ value: ExactNumber) -> Volume { Volume(value, .milliliters) }
  static func mgPerML(_ value: ExactNumber) -> Concentration {
    Concentration(value, .milligramsPerMilliliter)
  }
  static func mgPerDay(_ value: ExactNumber) -> DoseRate { DoseRate(value, .milligramsPerDay) }
  static func hours(_ value: ExactNumber) -> Time { Time(value, .hours) }

  /// Every pump of the formulary, and one of which nothing is known.
  static let devices: [PumpDevice] =
    Formulary.embedded.devices.map { PumpDevice($0) } + [PumpDevice(id: "bare", name: "Bare pump")]
  static let drugs: [PumpDrug] = [
    "morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine", "fentanyl", "vincristine",
    "exampline",
  ]
  .map { PumpDrug(named: $0) }

  /// Refill plans over pumps, drugs, fillings and doses.
  static let refillPlans: [RefillPlan] = devices.flatMap { device in
    drugs.flatMap { drug in
      ([(18, 10, 4), (40, 25, 0.2), (40, 0.1, 5), (60_000, 10, 4), (1, 10, 4), (20, 10, 400)]
        as [(ExactNumber, ExactNumber, ExactNumber)]).flatMap { figures in
          [nil, mL(0.5), mL(50)].map { (alarm: Volume?) -> RefillPlan in
            var request = RefillPlan.Request(
              device: device, fill: mL(figures.0), concentration: mgPerML(figures.1),
              dose: mgPerDay(figures.2), date: day)
            (request.drug, request.alarm, request.bolus) = (drug, alarm, Mass(0.3, .milligrams))
            return RefillPlan(request)
          }
        }
    }
  }

  private static let refills: [PumpOutcome] = refillPlans.map(\.outcome)

  /// Visits: as expected, too little, too much, dry, impossible.
  static let discrepancies: [RefillDiscrepancy] = devices.prefix(4).flatMap { device in
    ([4, 0.5, 30, 1.4, 19, 8] as [ExactNumber]).map { found in
      let visit = RefillDiscrepancy.Visit(
        previous: mL(20), flow: Flow(0.4, .millilitersPerDay), elapsed: Time(40, .days), found: mL(found))
      let content = RefillDiscrepancy.Content(
        PumpDrug(named: "baclofen"), dose: DoseRate(400, .microgramsPerDay))
      return RefillDiscrepancy(
        device: device, visits: found == 8 ? [visit, visit, visit] : [visit], content: content)
    }
  }

  /// Gaps of every length with every drug and reason.
  static let interruptions: [Interruption] = drugs.flatMap { drug in
    Interruption.Reason.allCases.flatMap { reason in
      ([2, 30, 400] as [ExactNumber]).map { gap in
        Interruption(
          drug: drug, dose: (mgPerDay(0.4), .milligrams),
          stop: .init(hours(gap), reason: reason, device: PumpDevice(named: PumpDevice.usual)))
      }
    }
  }

  private static let visits: [PumpOutcome] = discrepancies.map(\.outcome) + interruptions.map(\.outcome)

  /// Tapers that end, that cannot and that are too fast.
  static let tapers: [Weaning] = devices.prefix(3).flatMap { device in
    drugs.flatMap { drug in
      ([(1, 0.2, 10), (1, 0, 10), (0.2, 1, 10), (1, 0.2, 60), (0.4, 0.01, 20)]
        as [(ExactNumber, ExactNumber, ExactNumber)]).flatMap { from, to, step in
          Weaning.Shape.allCases.map { shape in
            var request = Weaning.Request(
              device: device, drug: drug, doses: (mgPerDay(from), mgPerDay(to)), step: Ratio(step, .percent),
              interval: Time(1, .days))
            (request.shape, request.concentration) = (shape, from == 1 ? mgPerML(10) : nil)
            return Weaning(request)
          }
        }
    }
  }

  private static let courses: [PumpOutcome] = tapers.map(\.outcome)

  /// Boluses of the patient that fit, that outlast their lockout and that are too fast.
  static let bolusPlans: [PatientBolusPlan] = devices.flatMap { device in
    drugs.prefix(6).flatMap { drug in
      ([(240, 4, 3), (300, 20, 2), (10, 2, 10), (240, 4, 0.1)] as [(ExactNumber, ExactNumber, ExactNumber)])
        .map { lockout, most, length in
          PatientBolusPlan(
            .init(
              device: device, parts: [.init(drug, mgPerML(10), unit: .milligrams)],
              doses: (mgPerDay(4), Mass(0.31, .milligrams)),
              maximum: most.floor, times: (Time(lockout, .minutes), Time(length, .minutes))))
        }
    }
  }

  private static let programmes: [PumpOutcome] = bolusPlans.map(\.outcome)

  /// Bridges and priming boluses, over paths that can be and that cannot.
  static let bridges: [BridgePlan] = devices.prefix(4).flatMap { device in
    ([(10, 20, 0.331), (17, 1, 0.331), (0.01, 20, 331), (10, 10, 3)]
      as [(ExactNumber, ExactNumber, ExactNumber)]).flatMap { old, new, path in
        [false, true].map { changesDrug in
          var request = BridgePlan.Request(
            device: device, strengths: (mgPerML(old), mgPerML(new)), doses: (mgPerDay(0.5), mgPerDay(4)),
            path: FluidPath(stated: mL(path)))
          (request.drug, request.oldDrug, request.changesDrug) = (drugs[0], drugs[1], changesDrug)
          return BridgePlan(request)
        }
      }
  }

  /// Rinses and fillings beside the pump.
  static let primings: [PrimingBolus] = [PrimingBolus.Purpose.prime, .flush].flatMap { purpose in
    drugs.flatMap { drug in
      ([0.1, 50] as [ExactNumber]).map { daily in
        PrimingBolus(
          purpose, path: FluidPath(stated: mL(0.331)), concentration: mgPerML(10), unit: .milligrams,
          daily: mgPerDay(daily), drug: drug)
      }
    }
  }

  private static let paths: [PumpOutcome] =
    bridges.map(\.outcome) + primings.map(\.outcome)
    + [1, 3, 8].map { Washout(residual: Cited(stated: mL(1.4)), rinse: mL(10), times: $0).outcome }
    + drugs.map {
      PocketFill(volume: mL(20), concentration: (mgPerML(10), .milligrams), daily: mgPerDay(4), drug: $0)
        .outcome
    }

  /// Mixtures and strengths to choose among.
  static let admixtures: [Admixture] = devices.flatMap { device in
    drugs.prefix(6).map { drug in
      Admixture(
        device: device,
        parts: [
          .init(drug, mgPerML(10), unit: .milligrams),
          .init(PumpDrug(named: "bupivacaine"), mgPerML(20), unit: .milligrams),
        ],
        primary: 0, doses: (mgPerDay(4), Mass(0.3, .milligrams)))
    }
  }

  static let choices: [ConcentrationChoice] = devices.prefix(4).flatMap { device in
    drugs.flatMap { drug in
      ([30, 90, 400] as [ExactNumber]).map { days in
        ConcentrationChoice(
          .init(device: device, drug: drug, dose: mgPerDay(4), interval: Time(days, .days), reservoir: mL(20))
        )
      }
    }
  }

  private static let mixtures: [PumpOutcome] = admixtures.map(\.outcome) + choices.map(\.outcome)
}

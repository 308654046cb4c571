import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

@testable import ThecalReports

/// What a sheet must say: the calculation, and values worked out by hand beside their keys.
private struct Worked: CustomTestStringConvertible, Sendable {
  let name: String
  let report: @Sendable () throws -> PumpReport
  let numbers: [(key: String, value: Double)]
  let lines: [String]

  var testDescription: String { name }
}

private func part(_ drug: String, _ strength: String, _ unit: DoseUnit = .milligrams) throws -> Admixture.Part
{
  Admixture.Part(PumpDrug(named: drug), try Sample.q(strength), unit: unit)
}

private let worked: [Worked] = [
  Worked(
    name: "refill", report: { try Sample.refill().report },
    // 38 mL above the alarm and 38.6 above the residual at 0.4 mL/day; 14.5 % fast and slow.
    numbers: [
      ("flow_mL_per_day", 0.4), ("days_to_alarm", 95), ("days_to_empty", 96.5),
      ("days_empty_early", 38.6 / 0.458), ("days_empty_late", 38.6 / 0.342),
    ],
    lines: [
      "Refill by: 2026-03-26", "  Alarm on: 2026-04-06", "  Flow: 0.4 mL/day",
      "  Date of filling: 2026-01-01",
    ]),
  Worked(
    name: "bridge",
    report: {
      var request = BridgePlan.Request(
        device: try Sample.device(), strengths: (try Sample.q("500 mcg/mL"), try Sample.q("2000 mcg/mL")),
        doses: (try Sample.q("200 mcg/day"), try Sample.q("200 mcg/day")),
        path: FluidPath(stated: try Sample.q("0.331 mL")))
      request.unit = .micrograms
      return BridgePlan(request).report
    },
    // 0.331 mL at 0.4 mL/day, then a quarter of that flow.
    numbers: [
      ("bridge_hours", 0.331 / 0.4 * 24), ("bridge_flow_mL_per_day", 0.4), ("bridge_dose", 200),
      ("bridge_mass_old", 165.5), ("bridge_mass_as_new", 662), ("new_flow_mL_per_day", 0.1),
      ("unbridged_dose", 50),
      ("unbridged_percent", 25), ("unbridged_hours", 79.44),
    ], lines: ["Bridge runs for: 19.86 h", "Bridge dose: 200 mcg/day"]),
  Worked(
    name: "admixture",
    report: {
      Admixture(
        device: try Sample.device(),
        parts: [
          try part("morphine", "10 mg/mL"), try part("bupivacaine", "20 mg/mL"),
          try part("clonidine", "200 mcg/mL", .micrograms),
        ], primary: 0, doses: (try Sample.q("4 mg/day"), try Sample.q("0.3 mg"))
      ).report
    },
    // 0.4 mL/day and 0.03 mL of each.
    numbers: [
      ("flow_mL_per_day", 0.4), ("drugs.0.daily", 4), ("drugs.1.daily", 8), ("drugs.2.daily", 80),
      ("drugs.1.per_bolus", 0.6), ("drugs.2.per_bolus", 6), ("drugs.0.limit", 20),
    ],
    lines: [
      "  drug bupivacaine; concentration 20; daily 8 mg/day; per bolus 0.6; limit 15; concentration limit 30; status ok",
      "  Its dose in one bolus: 0.3 mg",
    ]),
  Worked(
    name: "design",
    report: {
      Admixture.Design(
        device: try Sample.device(),
        wanted: [
          .init(PumpDrug(named: "morphine"), try Sample.q("4 mg/day"), unit: .milligrams),
          .init(PumpDrug(named: "bupivacaine"), try Sample.q("8 mg/day"), unit: .milligrams),
        ], flow: try Sample.q("0.4 mL/day")
      ).report
    }, numbers: [("flow_mL_per_day", 0.4), ("drugs.0.concentration", 10), ("drugs.1.concentration", 20)],
    lines: ["  morphine: 4 mg/day", "  Flow: 0.4 mL/day"]),
  Worked(
    name: "compounding",
    report: {
      CompoundingSheet(
        [
          .init(try part("morphine", "10 mg/mL"), from: try Sample.q("25 mg/mL"), vial: try Sample.q("20 mL"))
        ],
        making: .init(filling: try Sample.q("43 mL"))
      ).report
    },
    // 430 mg of 25 mg/mL.
    numbers: [
      ("drugs.0.stock_mL", 17.2), ("drugs.0.vials", 1), ("drugs.0.leftover_mL", 2.8), ("drugs.0.actual", 10),
      ("diluent_mL", 25.8), ("total_mL", 43),
    ],
    lines: [
      "Diluent (preservative-free 0.9 % saline): 25.8 mL",
      "  morphine: 10 mg/mL from 25 mg/mL in vials of 20 mL",
    ]),
  Worked(
    name: "priming",
    report: {
      let stated = Cited<VolumePerLength>(stated: try Sample.q("0.0022 mL/cm"))
      let whole = FluidPath(
        tubing: Cited(stated: try Sample.q("0.199 mL")), length: try Sample.q("60 cm"), bore: stated)
      return PrimingBolus(
        .prime, path: whole, concentration: try Sample.q("25 mg/mL"), unit: .milligrams,
        daily: try Sample.q("4 mg/day"),
        drug: PumpDrug(named: "morphine")
      ).report
    },
    // 0.199 + 60 × 0.0022 mL.
    numbers: [
      ("volume_mL", 0.331), ("mass", 8.275), ("catheter_only_mL", 0.132), ("catheter_only_mass", 3.3),
      ("daily_doses", 8.275 / 4),
    ], lines: ["Volume of the path: 0.331 mL", "Drug in the path: 8.275 mg"]),
  Worked(
    name: "flush",
    report: {
      PrimingBolus(
        .flush, path: FluidPath(stated: try Sample.q("0.331 mL")), concentration: try Sample.q("25 mg/mL"),
        unit: .milligrams, daily: nil, drug: PumpDrug(named: "morphine")
      ).report
    }, numbers: [("volume_mL", 0.331), ("aspirate_mL", 0.662)], lines: ["  Draw back at least: 0.662 mL"]),
  Worked(
    name: "wash-out",
    report: {
      Washout(residual: Cited(stated: try Sample.q("1.4 mL")), rinse: try Sample.q("2 mL"), times: 3).report()
    },
    // (1.4/3.4)³; five rinses still leave 1.18 %, six 0.49 %.
    numbers: [("fraction_left", 0.069_814_777), ("percent_left", 6.981_477_7), ("times_for_1_percent", 6)],
    lines: ["Left: 6.981 %", "  Rinses: 3"]),
  Worked(
    name: "pocket fill",
    report: {
      PocketFill(
        volume: try Sample.q("20 mL"), concentration: (try Sample.q("10 mg/mL"), .milligrams),
        daily: try Sample.q("4 mg/day"), drug: PumpDrug(named: "morphine")
      ).report
    }, numbers: [("mass", 200), ("syringe_mass", 200), ("days_of_dose", 50)],
    lines: ["Drug beside the pump: 200 mg"]),
  Worked(
    name: "flex",
    report: {
      FlexProgram(
        device: try Sample.device(), concentration: (try Sample.q("10 mg/mL"), .milligrams),
        program: (
          [(0, "0.01 mL/h"), (6, "0.03 mL/h"), (22, "0.01 mL/h")].compactMap { hour, flow in
            guard let clock = FlexProgram.ClockTime(minutes: hour * 60), let flow: Flow = try? Sample.q(flow)
            else {
              return nil
            }
            return FlexProgram.Step(start: clock, flow: flow)
          }, []
        ), days: [.mon, .tue]
      ).report
    },
    // 8 h of 0.1 mg/h and 16 h of 0.3 mg/h; two days of seven; one hour less or more at night.
    numbers: [
      ("daily", 5.6), ("weekly", 11.2), ("daily_mL", 0.56), ("mean_flow_mL_per_day", 0.16), ("min_day", 0),
      ("max_day", 5.6), ("day_of_23_h", 5.5), ("day_of_25_h", 5.7), ("steps.1.dose", 4.8),
      ("steps.1.hours", 16),
    ], lines: ["Dose on a programmed day: 5.6 mg/day", "  Days: mon, tue", "  From 06:00: 0.03 mL/h"]),
  Worked(
    name: "patient boluses",
    report: {
      PatientBolusPlan(
        .init(
          device: try Sample.device(), parts: [try part("morphine", "10 mg/mL")],
          doses: (try Sample.q("4 mg/day"), try Sample.q("0.3 mg")), maximum: 4,
          times: (try Sample.q("4 h"), try Sample.q("3 min")))
      ).report
    },
    // 4 + 4 × 0.3; 0.03 mL in 3 min.
    numbers: [
      ("max_daily", 5.2), ("max_count", 4), ("bolus_mL", 0.03), ("rate_mL_per_h", 0.6),
      ("drugs.0.daily", 5.2),
    ],
    lines: ["Most in a day: 5.2 mg/day", "  Lockout: 4 h"]),
  Worked(
    name: "discrepancy",
    report: {
      RefillDiscrepancy(
        device: try Sample.device(),
        visits: [
          .init(
            previous: try Sample.q("20 mL"), flow: try Sample.q("0.25 mL/day"),
            elapsed: try Sample.q("60 day"),
            found: try Sample.q("8.5 mL"))
        ]
      ).report
    },
    // 15 mL programmed, 11.5 given.
    numbers: [("expected_mL", 5), ("found_mL", 8.5), ("delta_mL", 3.5), ("ratio", 11.5 / 15)],
    lines: ["  Expected: 5 mL", "  Time since: 60 days"]),
  Worked(
    name: "interruption",
    report: {
      Interruption(
        drug: PumpDrug(named: "baclofen"), dose: (try Sample.q("400 mcg/day"), .micrograms),
        stop: .init(try Sample.q("25 h"), reason: .empty)
      ).report
    }, numbers: [("missed", 400.0 * 25 / 24), ("gap_hours", 25), ("withdrawal_from_h", 12)],
    lines: ["  Dose missed: 416.7 mcg", "  Time without drug: 25 h"]),
  Worked(
    name: "weaning",
    report: {
      var request = Weaning.Request(
        device: try Sample.device(), drug: PumpDrug(named: "morphine"),
        doses: (try Sample.q("4 mg/day"), try Sample.q("2 mg/day")), step: try Sample.q("10 %"),
        interval: try Sample.q("7 day"))
      (request.concentration, request.date) = (
        try Sample.q("10 mg/mL"), try CalendarDate(reading: "2026-01-01")
      )
      return Weaning(request).report
    },
    // 0.9 to the sixth is 0.531, to the seventh 0.478: the seventh step ends it.
    numbers: [
      ("days", 49), ("steps", 7), ("schedule.1.dose", 3.6), ("schedule.2.dose", 3.24), ("schedule.7.dose", 2),
    ],
    lines: [
      "Length: 49 days",
      "    day 7; date 2026-01-08; dose 3.6 mg/day; step 10 %; flow 0.36 mL/day",
    ]),
  Worked(
    name: "battery",
    report: {
      BatteryPlan(
        device: try Sample.device(), implanted: try CalendarDate(reading: "2020-03-01"),
        flow: try Sample.q("0.4 mL/day"),
        alarmed: try CalendarDate(reading: "2026-10-01"), asOf: try CalendarDate(reading: "2026-11-01")
      ).report
    }, numbers: [],
    // Ninety days after the alarm; six months before that would be past.
    lines: ["Replace by: 2026-12-30", "Plan by: 2026-11-01", "  Implanted: 2020-03-01"]),
  Worked(
    name: "choice",
    report: {
      ConcentrationChoice(
        .init(
          device: try Sample.device(), drug: PumpDrug(named: "morphine"), dose: try Sample.q("4 mg/day"),
          interval: try Sample.q("60 day"), reservoir: try Sample.q("40 mL"))
      ).report
    }, numbers: [], lines: ["  Interval: 60 days", "  Filling: 40 mL"]),
]

@Suite struct `The sheet of every pump calculation` {
  @Test(arguments: worked) fileprivate func `states what the arithmetic gives, to programs and to people`(
    worked: Worked
  )
    throws
  {
    let report = try worked.report()
    let answer = try ReadAnswer(report.answer)
    for (key, value) in worked.numbers {
      #expect(
        abs((answer.number(key) ?? .nan) - value) <= 1e-6 * max(1, abs(value)),
        "\(key): \(answer.number(key) ?? .nan)")
    }
    let lines = report.text.split(separator: "\n").map(String.init)
    for line in worked.lines { #expect(lines.contains { $0.hasSuffix(line) }, "\(line)\n\(report.text)") }
  }

  @Test(arguments: worked) fileprivate func `begins with its answer, and has nothing empty`(worked: Worked)
    throws
  {
    let report = try worked.report()
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for answer in report.figures where answer.role == .answer && !answer.isList && answer.value != .null {
      #expect(lines.prefix(10).contains { $0.hasPrefix("\(answer.label): ") }, "\(answer.label)")
    }
    #expect(Reading.faults(report.text).isEmpty, "\(Reading.faults(report.text))")
    #expect(Reading.repeated(report.text).isEmpty, "\(Reading.repeated(report.text))")
    #expect(!report.formulas.isEmpty && !report.inputs.isEmpty)
  }

  @Test(arguments: worked) fileprivate func `is a page with the same figures`(worked: Worked) throws {
    let report = try worked.report()
    let page = ReadPage(try report.html)
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(page.headings.first == report.title)
    #expect(page.root.all("span").contains { $0.text == report.outcome.status.rawValue })
    for figure in report.figures where !figure.isList && figure.isForPeople {
      #expect(
        page.text.contains(figure.label) && page.text.contains(figure.value.sheetText), "\(figure.label)")
    }
    for input in report.inputs { #expect(page.rows.contains([input.label, input.text]), "\(input.label)") }
  }

  @Test(arguments: worked)
  fileprivate func `to be checked again asks for every figure and gives none of the answers`(
    worked: Worked
  ) throws {
    let report = try worked.report()
    let sheet = report.blankSheet.split(separator: "\n").map(String.init)
    for question in report.questions { #expect(sheet.contains { $0.hasPrefix("  \(question.label): ") }) }
    for input in report.inputs { #expect(sheet.contains("  [ ] \(input.label): \(input.text)")) }
    #expect(sheet.count { $0.contains("______________") } == report.questions.count { !$0.isList } + 1)
  }

  /// Every line of the choice is what a refill plan with the same figures gives.
  @Test func `of a choice agrees with the refill`() throws {
    let choice = ConcentrationChoice(
      .init(
        device: try Sample.device(), drug: PumpDrug(named: "morphine"), dose: try Sample.q("4 mg/day"),
        interval: try Sample.q("60 day"), reservoir: try Sample.q("40 mL")))
    let answer = try ReadAnswer(choice.report.answer)
    #expect(answer.count("options") > 0)
    for (place, option) in choice.options.enumerated() {
      let request = RefillPlan.Request(
        device: try Sample.device(), fill: try Sample.q("40 mL"), concentration: option.concentration,
        dose: try Sample.q("4 mg/day"), date: try CalendarDate(reading: "2026-01-01"))
      let plan = RefillPlan(request)
      let days = try #require(plan.refillBy) - request.date
      #expect(answer.number("options.\(place).plan_days") == Double(days))
      let strength = try #require(answer.number("options.\(place).concentration"))
      #expect(abs((answer.number("options.\(place).flow_mL_per_day") ?? 0) - 4 / strength) < 1e-9)
    }
  }

  @Test func `without a drug's name leaves no hole where it would stand`() throws {
    let plan = PatientBolusPlan(
      .init(
        device: try Sample.device(),
        parts: [.init(PumpDrug(named: ""), try Sample.q("10 mg/mL"), unit: .milligrams)],
        doses: (try Sample.q("4 mg/day"), try Sample.q("0.3 mg")), maximum: 4,
        times: (try Sample.q("4 h"), try Sample.q("3 min"))))
    #expect(
      !plan.report.text.contains("drug ;") && plan.report.text.contains("    concentration 10; daily 5.2"))
  }

  @Test func `of a wash-out states the strength after the next filling only where it is known`() throws {
    let washout = Washout(
      residual: Cited(stated: try Sample.q("1.4 mL")), rinse: try Sample.q("2 mL"), times: 3)
    #expect(try ReadAnswer(washout.report().answer).isNull("concentration_after"))
    let after = washout.report(after: (try Sample.q("1.5 mg/mL"), .milligrams))
    #expect(after.text.contains("  Strength after the filling: 1.5 mg/mL"))
  }
}

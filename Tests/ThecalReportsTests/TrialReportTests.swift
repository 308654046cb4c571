import Testing
import ThecalDosing
import ThecalQuantities
import ThecalTitration
import _ThecalTestSupport

@testable import ThecalReports

@Suite struct `A trial in words` {
  @Test(arguments: [
    ("injection", "Trial of intrathecal morphine by a single injection"),
    ("screening", "Trial of intrathecal baclofen by several injections"),
    ("infusion", "Trial of intrathecal morphine by an infusion in steps"),
  ])
  func `is called by what is done`(name: String, title: String) throws {
    let lines = try Sample.report(name).answer.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == title && lines[1] == "Status: REVIEW")
  }

  /// Steps of 0.1 mg/day every two hours until the target level's dose, with what is felt and what is still to come.
  @Test func `of an infusion has the hours of the steps, and every fourth`() throws {
    let trial = try Sample.trial("infusion")
    let hours = trial.shownHours.map(\.hour.hour)
    #expect(hours.filter { $0 % 4 == 0 } == [0, 4, 8, 12, 16, 20, 24])
    for (index, hour) in trial.trial.hours.enumerated() where (trial.step(index) ?? .zero) != .zero {
      #expect(hours.contains(hour.hour))
    }
    #expect(trial.isInfusion && trial.doseUnit == "mg/day")
    #expect(trial.answer.text.contains("When the steps end the effect is"))
  }

  /// 0.1 to 0.2 is a rise by the whole, 0.2 to 0.3 by a half.
  @Test func `gives steps in percent of the rate before, and none for injections`() throws {
    let trial = try Sample.trial("infusion")
    let steps = trial.trial.hours.indices.compactMap(trial.step).filter { $0 != .zero }
    #expect(steps == [100, 50] && trial.step(0) == nil)
    let screening = try Sample.trial("screening")
    #expect(screening.trial.hours.indices.allSatisfy { screening.step($0) == nil })
    #expect(screening.doseUnit == "mcg" && !screening.isInfusion)
  }

  @Test func `states the first programme with every dose that was considered`() throws {
    let trial = try Sample.trial("screening")
    // 50 mcg worked for 6 h: twice that for a day.
    #expect(
      trial.programmeLines == [
        "", "First programme: 100 mcg/day, for a prescriber to confirm",
        "  100 mcg/day: The trial's bolus x 2 (lioresal_label_2022)",
      ])
    #expect(try Sample.trial("infusion").programmeLines.isEmpty)
  }

  @Test func `says of its own cut-offs and of what nobody read once, in one list each`() throws {
    for name in ["screening", "infusion", "injection"] {
      let messages = try Sample.trial(name).messages
      for begin in ["Rests on this project's own cut-offs", "Rests on figures that nobody has read"] {
        #expect(messages.count { $0.hasPrefix(begin) } <= 1, "\(name): \(begin)")
      }
    }
    #expect(
      try Sample.trial("screening").messages.contains(
        "Rests on this project's own cut-offs: what counts as a success, what counts as sustained."))
  }

  /// A drop of Ashworth's points is shown as the score that is left; no score lies below zero.
  @Test func `shows tone as what is left of it`() throws {
    let trial = try Sample.trial("screening")
    let band = Trial.Band(middle: 1.3, low: 0.3, high: 5)
    #expect(trial.effect(band).map { [$0.low, $0.high] } == [0, 3])
    #expect(abs((trial.effect(band)?.middle ?? 0) - 2) < 1e-12 && trial.effect(nil) == nil)
    let relief = try Sample.trial("infusion")
    #expect(relief.effect(band) == band)
  }

  @Test func `spells out no level that no assay would find`() throws {
    let trial = try Sample.trial("screening")
    let rows = trial.trial.hours.map(trial.cells)
    #expect(rows[0][0] == "0" && rows[0][1] == "50" && rows.allSatisfy { $0.count == 7 })
    #expect(rows.contains { $0[2] == "< 0.01" } && rows.dropFirst().allSatisfy { $0[1].isEmpty })
    for (row, hour) in zip(rows, trial.trial.hours) where hour.level.middle >= 0.01 {
      #expect(row[2] == hour.level.middle.clinical())
    }
  }
}

@Suite struct `A trial for programs` {
  @Test func `has an hour for each row of its table, with the same figures`() throws {
    for name in ["infusion", "injection", "screening"] {
      let trial = try Sample.trial(name)
      let (answer, table) = (try ReadAnswer(trial.answer), Table(String(decoding: trial.csv, as: UTF8.self)))
      #expect(
        answer.count("schedule") == trial.trial.hours.count && table.rows.count == trial.trial.hours.count)
      for (column, key) in [
        ("hour", "hour"), ("dose", "dose"), ("step_percent", "step_percent"), ("given", "given"),
        ("level_ng_per_mL", "level"), ("level_low", "level_low"), ("level_high", "level_high"),
        ("effect", "effect"), ("effect_low", "effect_low"), ("effect_high", "effect_high"), ("risk", "risk"),
      ] {
        #expect(
          ReadAnswer.same(table.column(column).map(Double.init), answer.column("schedule", key)),
          "\(name): \(column)")
      }
      for hour in 0..<answer.count("schedule") {
        let (low, middle, high) = (
          answer.number("schedule.\(hour).level_low") ?? 1, answer.number("schedule.\(hour).level") ?? 0,
          answer.number("schedule.\(hour).level_high") ?? -1
        )
        #expect(low <= middle && middle <= high, "\(name) \(hour)")
      }
    }
  }

  @Test func `has days for injections and hours alone for an infusion`() throws {
    let infusion = try ReadAnswer(Sample.report("infusion").answer)
    #expect(!infusion.has("schedule.0.day") && infusion.number("schedule.24.hour") == 24)
    let screening = try ReadAnswer(Sample.report("screening").answer)
    #expect(screening.number("schedule.0.day") == 1 && screening.number("schedule.23.day") == 1)
    #expect(screening.number("schedule.24.day") == 2 && screening.isNull("days_to_target"))
  }

  /// By two in the morning 0.1 mg/day has given a 240th of a milligram per hour.
  @Test func `adds up what was given`() throws {
    let answer = try ReadAnswer(Sample.report("infusion").answer)
    #expect(answer.number("schedule.0.given") == 0)
    #expect(abs((answer.number("schedule.2.given") ?? 0) - 0.2 / 24) < 1e-7)
    #expect(abs((answer.number("schedule.4.given") ?? 0) - (0.2 + 0.4) / 24) < 1e-7)
    let injection = try ReadAnswer(Sample.report("injection").answer)
    #expect(injection.number("schedule.0.given") == 0.2 && injection.number("schedule.24.given") == 0.2)
  }

  @Test func `carries the success, the median person and the programme, or null`() throws {
    let answer = try ReadAnswer(Sample.report("screening").answer)
    // 22 of 24 people.
    #expect(abs((answer.number("success.probability") ?? 0) - 22.0 / 24) < 1e-5)
    #expect(answer.number("success.people") == 24 && answer.number("success_from") == 1)
    #expect(answer.flag("median.success") == true && answer.text("median.unit") == "mcg")
    #expect(
      answer.number("match.start") == 100 && answer.text("match.candidates.0.source") == "lioresal_label_2022"
    )
    #expect(try ReadAnswer(Sample.report("infusion").answer).isNull("match"))
  }
}

/// Injections twelve hours apart, sooner than morphine allows, of which one is said to have worked.
private let tooSoon = """
  drug: morphine
  indication: noncancer
  opioid_tolerant: yes
  monitored: yes
  trial: {method: multiple, doses: [0.1 mg, 0.2 mg], interval: 12 h, result: {bolus: 0.2 mg, relief: 60 %}}
  population: {samples: 12, seed: 1}
  """
/// An infusion that may be made, and that has brought too little.
private let failed = """
  drug: morphine
  indication: noncancer
  opioid_tolerant: yes
  monitored: yes
  ceiling: 0.5 mg/day
  trial: {method: continuous, step: 0.1 mg/day, result: {rate: 0.3 mg/day, relief: 20 %}}
  population: {samples: 12, seed: 1}
  """

@Suite struct `A trial that is refused, or what follows from it` {
  @Test(arguments: [
    (tooSoon, "Injections of morphine follow each other after 24 h"), (failed, "did not reach 50 % relief"),
  ])
  func `shows no dose, and says first why`(yaml: String, reason: String) throws {
    let report = try #require(try Sample.report(yaml: yaml) as? TrialReport)
    #expect(report.isBlocked && report.text.contains("Status: BLOCKED"))
    let answer = try ReadAnswer(report.answer)
    #expect(answer.isNull("start") && answer.isNull("match") && answer.count("schedule") == 0)
    #expect(answer.isNull("success") && answer.isNull("median") && answer.isNull("toxic"))
    #expect(
      !report.text.contains("First programme")
        && Table(String(decoding: report.csv, as: UTF8.self)).rows.isEmpty)
    let notes = report.text.split(separator: "\n").drop { $0 != "Notes" }.dropFirst()
    #expect(notes.first?.contains(reason) ?? false, "\(report.text)")
  }
}

@Suite struct `The picture and the page of a trial` {
  private func script(_ name: String) throws -> ReadScript {
    ReadScript(try Sample.trial(name).script("svg"))
  }

  @Test func `has a panel for dose, level and effect, with bands that hold their middle`() throws {
    for (name, effect) in [("infusion", "Relief (%)"), ("screening", "Ashworth score")] {
      let script = try script(name)
      #expect(script.faults.isEmpty && script.curves.count == 5, "\(name): \(script.faults)")
      #expect(script.settings("ylabel").last == "'\(effect)' offset 1")
      for curve in [script.curves[1], script.curves[3]] {
        for row in curve.rows { #expect(row[1] <= row[3] + 1e-9 && row[3] <= row[2] + 1e-9) }
      }
      let hours = try Sample.trial(name).trial.hours.count
      #expect(
        script.curves.allSatisfy { $0.rows.count == hours }
          && script.settings("xrange") == ["[0:\(hours - 1)]"])
    }
  }

  /// The rate as it is set, in mg/day, and not what was given so far.
  @Test func `draws rates for an infusion and amounts for injections`() throws {
    let rates = try script("infusion").curves[0].rows
    #expect(
      rates[0] == [0, 0.1] && rates[2] == [2, 0.2] && rates[4] == [4, 0.3] && rates[24] == [24, 0.3])
    let given = try script("screening").curves[0].rows
    #expect(given.allSatisfy { $0[1] == 50 } && given.map { $0[0] } == given.indices.map(Double.init))
  }

  @Test func `has no panel of an effect that counts contradict, and no cell`() throws {
    let script = try script("injection")
    #expect(script.curves.count == 3 && !script.settings("ylabel").contains { $0.contains("Relief") })
    let page = ReadPage(try Sample.report("injection").page(engine: "e"))
    let rows = page.table("Hour", "Dose (mg)")
    #expect(rows.count == 7 && rows.allSatisfy { $0[4] == "-" }, "\(rows)")
    #expect(rows[0][1] == "0.2" && rows.dropFirst().allSatisfy { $0[1].isEmpty })
  }

  @Test func `has the first programme as the next step, with its reasons, and no heading without one`() throws
  {
    let page = ReadPage(try Sample.report("screening").page(engine: "e"))
    #expect(page.headings.contains("Next step: 100 mcg/day"))
    #expect(page.root.all("li").map(\.text).contains("100 mcg/day: The trial's bolus x 2"))
    let infusion = ReadPage(try Sample.report("infusion").page(engine: "e"))
    #expect(
      !infusion.headings.contains { $0.hasPrefix("Next step") } && infusion.text.contains("Start of hour 0"))
  }
}

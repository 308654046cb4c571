import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTitration

extension KeyTable {
  /// A plan of `thecal titrate`.
  package static let titrate = KeyTable(
    "titrate", "A drug, a patient, a target, and what has been observed so far",
    [Key("drug", .text(example: "morphine"), "The drug, by any of its names", required: true)] + patient
      + therapy)

  /// Facts of a patient, under the names that thecal convert has for them.
  static let patient: [Key] = [
    Key("indication", .word(Indication.allCases.map(\.rawValue)), "Why the drug is given"),
    Key("age_years", .number(0...130), "Age, years"),
    Key("weight_kg", .number(0...500), "Weight, kg"),
    Key("frail", .yesOrNo, "Whether the patient is frail"),
    Key("sleep_apnea", .yesOrNo, "Whether there is sleep apnea"),
    Key("cns_depressants", .yesOrNo, "Whether other drugs depress the central nervous system"),
    Key("opioid_days", .number(0...40_000), "Days on the present opioid dose; tolerance needs 7"),
    Key("opioid_tolerant", .yesOrNo, "Whether the patient is tolerant to opioids, as stated"),
    Key("monitored", .yesOrNo, "Whether the patient is monitored"),
    Key("psychosis_history", .yesOrNo, "Whether there was a psychosis"),
    Key("anticoagulant", .yesOrNo, "Whether clotting is inhibited"),
    Key("pregnancy", .yesOrNo, "Whether the patient is pregnant"),
    Key("renal", .yesOrNo, "Whether the kidneys fail"),
    Key("allergy", .text(example: "morphine"), "What the patient is allergic to"),
    Key(
      "residual_mme", .number(0...100_000),
      "Oral morphine equivalent, mg/day, of what goes on beside the pump"),
    Key(
      "medications", .list(.any([.text(example: "oxycodone oral 20 mg q6h"), .object(medicine)])),
      "What is taken: drug, route, dose, unit and frequency"),
    Key(
      "oral_mme", .fromZero(DoseRate.self),
      "Oral morphine equivalent where the medicines are not known; goes without medications"),
  ]

  private static let therapy: [Key] = [
    Key("slow", .yesOrNo, "The slow protocol where there are two, as for ziconotide"),
    Key("catheter", .object(catheter), "Where the catheter ends; T10 where nothing is said"),
    Key("segment", .site, "Where the effect is wanted; at the tip where nothing is said"),
    Key("parameters", .object(parameters), "Parameters of the transport model that differ from the defaults"),
    Key("pump", .text(example: "8637-20"), "The device, which bounds the flow"),
    Key("concentration", .above(Concentration.self), "Of the solution in the pump"),
    Key(
      "screening", .object(screening), "The screening dose that worked, which a first dose of baclofen needs"),
    Key(
      "trial", .any([.word(TitrationRequest.Trial.allCases.map(\.rawValue)), .object(trial)]),
      "A trial before a pump is implanted"),
    Key("start", .above(DoseRate.self), "The first dose, where it is not that of the rules"),
    Key("ceiling", .above(DoseRate.self), "A dose that is not passed"),
    Key("target", .object(target), "What is to be reached"),
    Key(
      "protocol", .word(TitrationRequest.Method.allCases.map(\.rawValue)),
      "The steps of label and consensus, or those that reach the target soonest within the same rules"),
    Key("limits", .list(.object(limit)), "Levels that are not passed"),
    Key("baseline", .number(0...10), "The score of pain before the first dose"),
    Key("observations", .list(.object(observation)), "What was observed, day by day"),
    Key(
      "diary", .text(example: "diary.csv"),
      "A table of scores in the folder of this file; goes without observations"),
    Key("first_day", .text(example: "2026-01-31"), "The date of day 1, by which text and page name dates"),
    Key("days", .count(1...730), "How many days are planned"),
    Key("population", .object(population), "Virtual patients for whom a plan holds"),
  ]

  static let screening = KeyTable(
    "screening", "A screening dose",
    [
      Key("bolus", .above(Mass.self), "The dose that worked", required: true),
      Key("effect", .above(Time.self), "How long it worked"),
    ])

  static let trial = KeyTable(
    "trial", "A trial, and how it went if it was made",
    [
      Key("method", .word(TitrationRequest.Trial.allCases.map(\.rawValue)), "How it is made", required: true),
      Key(
        "route", .word(TrialSettings.Route.allCases.map(\.rawValue)),
        "The way in; intrathecal where nothing is said"),
      Key(
        "doses", .list(.above(Mass.self)), "The injections, 1 to 20; those on record where nothing is said"),
      Key("interval", .above(Time.self), "From one injection to the next"),
      Key("step", .above(DoseRate.self), "The first rate of an infusion, and each increase"),
      Key("every", .above(Time.self), "From one step to the next"),
      Key("total", .above(Mass.self), "The most in the first 24 h of an infusion"),
      Key("result", .object(trialResult), "How it went"),
    ])

  static let trialResult = KeyTable(
    "trial_result", "The bolus or the rate that worked, and how well",
    [
      Key("bolus", .above(Mass.self), "The injection that worked"),
      Key("rate", .above(DoseRate.self), "The rate that worked"),
      Key("relief", .number(-10...1), "By what share the pain fell: 60 %"),
      Key("ashworth_drop", .number(-4...4), "By how much the Ashworth score fell"),
      Key("effect", .above(Time.self), "How long it worked"),
    ], exactlyOne: ["bolus", "rate"])

  static let target = KeyTable(
    "target", "What is to be reached",
    [
      Key("dose", .above(DoseRate.self), "A dose"),
      Key("relief", .number(0.01...0.99), "A share by which the pain falls: 50 %"),
      Key("ashworth", .number(0...4), "A score"),
      Key("level", .above(Concentration.self), "A level in CSF"),
      Key("at", .site, "Where the level is read; at the tip where nothing is said"),
    ], exactlyOne: ["dose", "relief", "ashworth", "level"])

  static let limit = KeyTable(
    "limit", "A level that is not passed",
    [
      Key("level", .above(Concentration.self), "The level", required: true),
      Key("at", .site, "Where it is read", required: true),
    ])

  static let observation = KeyTable(
    "observation", "What was seen on a day",
    [
      Key("day", .number(0...3_650), "The day; days rise", required: true),
      Key("dose", .fromZero(DoseRate.self), "The dose of that day", required: true),
      Key("pain", .number(0...10), "The score of pain"),
      Key("ashworth", .number(0...4), "The Ashworth score"),
      Key("side_effects", .list(.text(example: "nausea")), "What else was noted"),
    ])

  static let population = KeyTable(
    "population", "Virtual patients for whom a plan holds",
    [
      Key("samples", .count(1...100_000), "How many"),
      Key("seed", .count(0...Int.max), "What they are drawn from"),
      Key("exceeding", .number(0...0.5), "The share that may pass a limit"),
    ])

  static let medicine = KeyTable(
    "medicine", "What is taken, and how it is taken back",
    [
      Key(
        "take", .text(example: "oxycodone oral 20 mg q6h"), "Drug, route, dose, unit and frequency",
        required: true),
      Key(
        "model", .text(example: "oxycodone_oral_franke2015"),
        "A published model; the first on record for drug and route where nothing is said"),
      Key(
        "from", .fromZero(Time.self),
        "When it begins. Where nothing is said, it has been taken so long that its levels have settled at 0 h"
      ),
      Key("until", .fromZero(Time.self), "When it ends"),
      Key("wean", .object(weaning), "How it is taken back"),
    ])

  static let weaning = KeyTable(
    "weaning", "How a medicine is taken back",
    [
      Key(
        "by", .above(Ratio.self), "The share of the first dose that each step takes off, 0.1 % to 100 %",
        required: true),
      Key("every", .above(Time.self), "From one step to the next", required: true),
      Key(
        "from", .fromZero(Time.self),
        "When the first step is made; when the medicine begins where nothing is said"),
    ])

  /// A timeline: a programme, or a plan that gives one, and medicines beside it.
  package static let timeline = timelineProgramme.joined(
    titrate, name: "timeline",
    meaning: "A pump's programme, or a plan of titration that gives one, and medicines beside it",
    required: ["drug"])

  /// The keys of a timeline with a programme.
  static let timelineProgramme = KeyTable(
    "timeline_programme", "A pump's programme, and medicines beside it",
    simulate.keys.map { key in
      switch key.name {
      case "drug": key
      case "output": Key("output", .object(timelineOutput), key.meaning)
      case "cells": Key("cells", key.kind, "Into how many cells the canal is cut; 200 where nothing is said")
      default: Key(key.name, key.kind, key.meaning)
      }
    } + patient.filter { $0.name == "medications" })

  static let timelineOutput = KeyTable(
    "timeline_output", "Rows at equal steps, and sites",
    [
      Key("every", .above(Time.self), "The time between two rows; 6 h where nothing is said"),
      Key("until", .above(Time.self), "The time of the last row; the planned days, or 28"),
      Key("at", .list(.site), "The sites; tip, cranial and plasma where nothing is said"),
    ])

  /// A patient of `thecal plan`: a timeline with a plan of titration, and how the reservoir is filled.
  package static let plan: KeyTable = {
    let whole = KeyTable(
      "plan", "A patient, the regimen, the pump's drug, the target, and how the reservoir is filled",
      [
        Key("patient_id", .text(example: "P-17"), "The patient, as the clinic names them"),
        Key("fill", .object(fill), "How the reservoir is filled"),
        Key("path", .object(path), "The way from the reservoir to the tip"),
        Key(
          "breakthrough", .list(.any([.text(example: "morphine oral 10 mg q4h"), .object(medicine)])),
          "What stays for pain that breaks through"),
        Key("screening_response", .yesOrNo, "Whether the screening dose worked"),
      ]
    ).joined(
      timeline, name: "plan",
      meaning: "A patient, the regimen, the pump's drug, the target, and how the reservoir is filled",
      required: ["patient_id", "drug", "medications", "concentration", "fill"])
    return KeyTable(
      whole.name, whole.meaning, whole.keys.filter { PatientScenario.refused[$0.name] == nil })
  }()

  static let fill = KeyTable(
    "fill", "How the reservoir is filled",
    [
      Key("volume", .above(Volume.self), "What goes into the reservoir", required: true),
      Key("stock", .above(Concentration.self), "The solution that it is made from", required: true),
      Key("vial", .above(Volume.self), "The size of a vial"),
      Key("date", .text(example: "2026-01-31"), "The day of the filling", required: true),
      Key("alarm", .above(Volume.self), "The volume at which the pump alarms"),
      Key("overfill", .fromZero(Volume.self), "What is made beyond the filling"),
      Key("sample", .fromZero(Volume.self), "What is kept for a test"),
      Key("max_interval", .above(Time.self), "The longest time to the next filling"),
    ])

  static let path = KeyTable(
    "path", "The way from the reservoir to the tip",
    [
      Key(
        "tubing", .fromZero(Volume.self),
        "The volume inside the pump; that of the device where nothing is said"),
      Key("length", .above(Length.self), "The length of the catheter", required: true),
      Key("per_length", .above(VolumePerLength.self), "Its volume per length"),
      Key("catheter", .text(example: "8780"), "Its name, where the volume per length is on record"),
    ])

  /// Facts for the checklist of `thecal candidate`: `questions` are the keys that may be answered, with their unit where
  /// a number answers too.
  static func candidate(indications: [String], questions: [(key: String, unit: String?)]) -> KeyTable {
    KeyTable(
      "candidate",
      "Facts about a candidate for a pump, each yes, no or unknown, or a number where one is asked for",
      [
        Key("indication", .word(indications), "Why a pump is considered", required: true),
        Key("drug", .text(example: "morphine"), "The drug that is meant"),
      ]
        + questions.map { question in
          let answers: [KeyKind] = [.yesOrNo, .word(["unknown", "?"])]
          let number = question.unit.map { unit -> KeyKind in
            unit == "%"
              ? .quantity(QuantityKind(RatioDimension.self, .any))
              : .quantity(
                QuantityKind(
                  name: TimeDimension.name, units: ages, example: unit == "year" ? "45 year" : "6 month"))
          }
          return Key(
            question.key, .any(answers + (number.map { [$0] } ?? [])),
            "An item of the checklist of leaflets and labels")
        })
  }

  /// Units of an age or of the time that is left: those of time, and months.
  private static let ages =
    QuantityKind(TimeDimension.self, .zero).units + [["month", "months", "mo"]]

  /// The same with the checklist that ships with the engine.
  package static let candidate: KeyTable = {
    let checklist = Formulary.embedded.candidateChecklist
    return candidate(indications: checklist.indications, questions: checklist.questions)
  }()
}

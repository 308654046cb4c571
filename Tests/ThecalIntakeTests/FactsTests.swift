import ThecalDosing
import ThecalFormulary
import Testing

@testable import ThecalIntake

/// Medicines beside an opioid as lists have them, and the class that each counts as; nil for one that says nothing.
let medicinesBeside: [(name: String, classes: Set<String>)] = [
  ("LORAZEPAM 1 MG TABLET", ["benzodiazepine"]), ("diazePAM (VALIUM) 5 mg tablet", ["benzodiazepine"]),
  ("clonazePAM 0.5 MG Oral Tablet [Klonopin]", ["benzodiazepine"]),
  ("ALPRAZolam 0.25 mg", ["benzodiazepine"]),
  ("temazepam 15mg capsules", ["benzodiazepine"]),
  ("midazolam 2 MG/ML Injectable Solution", ["benzodiazepine"]),
  ("zolpidem 10 mg tablet", ["z_drug"]), ("Ambien CR 12.5 mg", ["z_drug"]),
  ("zopiclone 7.5mg tablets", ["z_drug"]),
  ("eszopiclone 2 MG Oral Tablet [Lunesta]", ["z_drug"]), ("GABAPENTIN 300 MG CAPSULE", ["gabapentinoid"]),
  ("Neurontin 600 mg tablet", ["gabapentinoid"]), ("pregabalin (LYRICA) 75 mg capsule", ["gabapentinoid"]),
  ("tizanidine 4 mg tablet", ["muscle_relaxant"]), ("cyclobenzaprine 10 MG TAB", ["muscle_relaxant"]),
  ("methocarbamol 750 mg", ["muscle_relaxant"]), ("carisoprodol 350 mg tablet", ["muscle_relaxant"]),
  ("trazodone 50 mg tablet", ["sedative"]), ("QUEtiapine 25 mg tablet", ["antipsychotic"]),
  ("diphenhydrAMINE 25 mg capsule", ["antihistamine"]), ("WARFARIN 5 MG TABLET", ["anticoagulant"]),
  ("apixaban (ELIQUIS) 5 mg tablet", ["anticoagulant"]),
  ("rivaroxaban 20 MG Oral Tablet [Xarelto]", ["anticoagulant"]),
  ("enoxaparin 40 mg/0.4 mL syringe", ["anticoagulant"]), ("dabigatran 150 mg capsule", ["anticoagulant"]),
  ("clopidogrel 75 mg tablet", ["antiplatelet"]), ("aspirin 81 mg chewable tablet", ["antiplatelet"]),
  ("acetaminophen 500 mg tablet", []), ("lisinopril 10 mg tablet", []), ("metformin 500 MG Oral Tablet", []),
  ("omeprazole 20 mg capsule", []), ("senna 8.6 mg tablet", []), ("duloxetine 60 mg capsule", []),
]

@Test(arguments: medicinesBeside)
func `a medicine beside is skipped, and what it says about the patient stays`(
  name: String, classes: Set<String>
) throws {
  let found = try medicines("MRN,Drug,Sig\n1,\"\(name)\",1 tab bid\n")
  #expect(found.map(\.outcome) == [.skip], "\(name): \(found.first?.codes.map(\.name) ?? [])")
  let medicine = try #require(found.first)
  #expect(Set(product(name).classes.map(\.name)) == classes, "\(name)")
  let facts = Set(product(name).classes.map(\.fact))
  #expect(medicine.isDepressant == facts.contains(.cnsDepressant), "\(name)")
  #expect(medicine.isAnticoagulant == facts.contains(.anticoagulant), "\(name)")
  #expect(medicine.dose == nil && medicine.frequency.isEmpty)
}

@Test(arguments: ["lorazepam 1 mg tablet", "apixaban 5 mg tablet"])
func `an order that is over says nothing about the patient`(name: String) throws {
  let found = try medicines("MRN,Drug,Sig,Status\n1,\(name),1 tab bid,discontinued\n")
  #expect(found.map(\.isDepressant) == [false] && found.map(\.isAnticoagulant) == [false])
  #expect(found.map(\.outcome) == [.skip])
}

@Test func `every name of the list of medicines beside is known, and to its own class`() {
  var reader = ProductReader(productWords)
  for group in Formulary.embedded.productVocabulary.beside {
    for name in group.names + (group.trade ?? [:]).keys {
      let read = reader.read("\(name) 10 mg tablet")
      #expect(read.drug == nil || read.drug == name, "\(name) is read as \(read.drug ?? "")")
      #expect(!read.ingredients.isEmpty, "\(name) is not known")
      if group.fact != .none {
        #expect(read.classes.contains { $0.name == group.id } || read.drug != nil, "\(name)")
      }
    }
  }
}

/// Free-text reasons as problem lists have them, and what each means where that is plain.
let reasons: [(text: String, indication: Indication?)] = [
  ("Malignant neoplasm of prostate (HCC)", .cancer), ("Metastatic breast cancer", .cancer),
  ("pancreatic CA", .cancer),
  ("bone mets", .cancer), ("Multiple myeloma", .cancer), ("cancer-related pain", .cancer),
  ("Tumorschmerz", .cancer),
  ("lung cancer with back pain", .cancer), ("Chronic low back pain", .noncancer), ("FBSS", .noncancer),
  ("Failed back surgery syndrome", .noncancer), ("CRPS, right leg", .noncancer),
  ("lumbar radiculopathy", .noncancer),
  ("non-cancer pain", .noncancer), ("Postherpetic neuralgia", .noncancer),
  ("Spinal cord injury, T6", .spasticitySpinal),
  ("Multiple sclerosis", .spasticitySpinal), ("Spasticity due to MS", .spasticitySpinal),
  ("hereditary spastic paraplegia", .spasticitySpinal),
  ("Cerebral palsy", .spasticityCerebral), ("spasticity after stroke", .spasticityCerebral),
  ("traumatic brain injury", .spasticityCerebral),
  ("cerebral palsy and spinal cord injury", nil), ("spasticity", nil), ("pain", nil), ("MS", nil),
  ("history of breast cancer", nil),
  ("no evidence of malignancy", nil), ("family history of cancer", nil), ("rule out metastatic disease", nil),
  ("benign tumor", nil),
  ("cancer survivor", nil), ("headache", nil), ("R52", nil), ("???", nil),
]

@Test(arguments: reasons.indices) func `a reason is mapped where it is plain, and left blank where it is not`(
  index: Int
) throws {
  let (text, indication) = reasons[index]
  let found = try #require(
    try medicines("MRN,Drug,Sig,Indication\n1,morphine 15 mg,1 tab bid,\"\(text)\"\n").first)
  #expect(found.indication == indication, "\(text)")
  #expect(found.outcome == .read, "what it is for is no reason to ask for the dose")
  #expect(found.findings.contains { $0.isAbout(IntakeTopic.indicationUnclear) } == (indication == nil))
}

@Test(arguments: ["cancer", "noncancer", "spasticity_spinal", "spasticity_cerebral"])
func `the words of convert's own column are taken as they are`(text: String) throws {
  let found = try medicines("MRN,Drug,Sig,Indication\n1,morphine 15 mg,1 tab bid,\(text.uppercased())\n")
  #expect(found.map { $0.indication?.rawValue } == [text])
}

/// Births, the day that counts, and the age; nil where nobody can say it.
let births: [(born: String, day: String?, age: Int?)] = [
  ("1948-11-30", "2026-11-25", 77), ("11/30/1948", "2026-11-25", 77), ("30.11.1948", "2026-11-30", 78),
  ("19481130", "2026-11-25", 77),
  ("1948-11-30T00:00:00", "2026-11-25", 77), ("1948-11-30", nil, nil), ("03/04/1962", "2026-11-25", 64),
  ("11/12/1962", "2026-11-25", nil),
  ("unknown", "2026-11-25", nil), ("", "2026-11-25", nil),
]

@Test(arguments: births.indices) func `an age is counted on the day that was given, or left blank`(index: Int)
  throws
{
  let (born, day, age) = births[index]
  let found = try medicines("MRN,DOB,Drug,Sig\n1,\(born),morphine 15 mg,1 tab bid\n", asOf: day)
  #expect(found.map(\.ageYears) == [age] && found.map(\.outcome) == [.read])
}

@Test func `an age that the export states holds, whatever the date of birth says`() throws {
  #expect(
    try medicines("MRN,Age,DOB,Drug,Sig\n1,70,1990-01-01,morphine 15 mg,1 tab bid\n", asOf: "2026-11-25").map(
      \.ageYears) == [70])
}

@Test(arguments: [
  ("2026-10-01", SigReading.Outcome.skip), ("2026-11-24", .skip), ("2026-11-25", .read),
  ("2027-01-01", .read), ("", .read), ("unknown", .read),
])
func `an order whose last day has passed is skipped`(stop: String, outcome: SigReading.Outcome) throws {
  let export = "MRN,Drug,Sig,Stop Date\n1,morphine 15 mg,1 tab bid,\(stop)\n"
  #expect(try medicines(export, asOf: "2026-11-25").map(\.outcome) == [outcome])
  #expect(try medicines(export).map(\.outcome) == [.read], "without a day, no order has ended")
}

@Test(arguments: [
  ("diazePAM (VALIUM) 5 mg tablet", "diazepam"), ("VALIUM 5 MG TABLET", "diazepam"),
  ("furosemide (LASIX) 40 mg tablet", "furosemide"), ("Eliquis 5 mg", "apixaban"),
  ("lorazepam (Ativan) 0.5 MG", "lorazepam"),
  ("gabapentin enacarbil (HORIZANT) 600 mg", "gabapentin enacarbil"),
])
func `a trade name beside an opioid is another name of what it holds`(name: String, drug: String) throws {
  let found = try medicines("MRN,Drug,Sig\n1,\(name),1 tab bid\n")
  #expect(found.map(\.drug) == [drug] && found.map(\.outcome) == [.skip])
}

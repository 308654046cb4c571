import ThecalFormulary
import ThecalQuantities
import Testing

@testable import ThecalIntake

let productWords = ProductWords(.embedded)

func product(_ name: String) -> Product {
  var reader = ProductReader(productWords)
  return reader.read(name)
}

/// A product in one line: drug, strength, route, release, doubts.
func summary(_ product: Product) -> String {
  let strength: String? =
    switch product.strength {
    case .each(let mass)?: "\(mass.exactValue(in: .milligrams)) mg"
    case .liquid(let content)?: "\(content.exactValue(in: .milligramsPerMilliliter)) mg/mL"
    case .rate(let rate)?: "\(rate.exactValue(in: .microgramsPerHour)) mcg/h"
    case nil: nil
    }
  let words = [product.drug ?? "-", strength, product.route?.rawValue, product.release?.rawValue].compactMap(
    \.self)
  return (words + product.doubts.map(\.rawValue).sorted()).joined(separator: " ")
}

/// Names in every style that hospitals, labels and RxNorm use, with what each says.
let productNames: [(name: String, expected: String)] = [
  // RxNorm
  ("12 HR morphine sulfate 45 MG Extended Release Oral Capsule", "morphine 45 mg oral extended"),
  ("72 HR fentanyl 0.012 MG/HR Transdermal System", "fentanyl 12 mcg/h transdermal"),
  ("acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet [Percocet]", "oxycodone 5 mg oral"),
  ("1 ML naloxone 0.4 MG/ML Injection", "-"),
  (
    "{2 (fentanyl 0.6 MG/ACTUAT Mucosal Spray [Subsys]) } Pack [Subsys 1200 MCG]",
    "fentanyl 0.6 mg sublingual"
  ),
  (
    "codeine phosphate 2 MG/ML / guaifenesin 20 MG/ML Oral Solution [Syrup with Codeine]",
    "codeine 2 mg/mL oral"
  ),
  ("fentanyl 0.4 MG Oral Lozenge [Actiq]", "fentanyl 0.4 mg buccal"),
  ("Abuse-Deterrent 12 HR oxycodone 27 MG Extended Release Oral Capsule", "oxycodone 27 mg oral extended"),
  // Older RxNorm, and names for prescribers
  ("morphine sulfate 30 MG 12 HR Extended Release Tablet", "morphine 30 mg oral extended"),
  ("fentaNYL 50 MCG/HR 3 Day Transdermal Patch", "fentanyl 50 mcg/h transdermal"),
  ("Acetaminophen 325 MG / oxyCODONE 5 MG Oral Tablet", "oxycodone 5 mg oral"),
  ("NDA000001 Naloxone 4 MG Nasal Spray", "-"),
  // Hospital systems
  ("HYDROcodone-acetaminophen (NORCO) 5-325 mg per tablet", "hydrocodone 5 mg oral"),
  ("morphine (MS CONTIN) 15 MG 12 hr tablet", "morphine 15 mg oral extended"),
  ("HYDROmorphone (DILAUDID) 2 mg/mL injection 0.5 mg", "hydromorphone 2 mg/mL injection"),
  ("fentaNYL (PF) 500 mcg/50 mL (10 mcg/mL) PCA", "fentanyl 0.01 mg/mL"),
  ("[Held by Provider] OXYCODONE ER 20 MG TABLET,EXTENDED RELEASE", "oxycodone 20 mg oral extended"),
  ("oxyCODONE (oxyCODONE 5 mg oral tablet)", "oxycodone 5 mg oral"),
  ("oxyCODONE 5 mg (oxyCODONE 5 mg oral tablet)", "oxycodone 5 mg oral"),
  ("morphine (morphine 30 mg/12 hr oral tablet)", "morphine 30 mg oral extended"),
  ("MORPHINE SULFATE ER 60 MG TABLET", "morphine 60 mg oral extended"),
  ("OXYCODONE-ACETAMINOPHEN 5-325 MG TABLET", "oxycodone 5 mg oral"),
  // Veterans Affairs
  ("MORPHINE SO4 15MG TAB,SA", "morphine 15 mg oral extended"),
  ("ACETAMINOPHEN 325MG/OXYCODONE 5MG TAB", "oxycodone 5 mg oral"),
  ("HYDROMORPHONE HCL 2MG/ML INJ 1ML", "hydromorphone 2 mg/mL injection"),
  ("FENTANYL 25MCG/HR PATCH", "fentanyl 25 mcg/h transdermal"),
  ("OXYCODONE HCL 5MG CAP,ORAL", "oxycodone 5 mg oral"),
  // United Kingdom
  ("Fentanyl 25micrograms/hour transdermal patches", "fentanyl 25 mcg/h transdermal"),
  ("Morphine 10mg/5ml oral solution", "morphine 2 mg/mL oral"),
  ("Oxycodone 20mg modified-release tablets", "oxycodone 20 mg oral extended"),
  ("Morph Sulf_Cap 30mg M/R", "morphine 30 mg oral extended"),
  ("Co-codamol 30mg/500mg tablets", "codeine 30 mg oral"),
  // Combinations in every order and separator
  ("Percocet 10/325", "oxycodone 10 mg"),
  ("oxycodone and acetaminophen 325-5 mg tablet", "oxycodone 5 mg oral"),
  ("acetaminophen w/ codeine 300 mg-30 mg oral tablet", "codeine 30 mg oral"),
  ("APAP/HYDROCODONE 10 MG TABLET", "hydrocodone 10 mg oral"),
  ("hydrocodone-acetaminophen 7.5-325 mg/15 mL oral solution", "hydrocodone 0.5 mg/mL oral"),
  ("butalbital-acetaminophen-caffeine-codeine 50-325-40-30 mg capsule", "codeine 30 mg oral"),
  ("buprenorphine-naloxone 2-8 mg SL film", "buprenorphine 8 mg sublingual"),
  ("Suboxone 8-2 mg film", "buprenorphine 8 mg sublingual"),
  ("acetaminophen-codeine #3 tablet", "codeine 30 mg oral"),
  (
    "aspirin 325 MG / oxycodone hydrochloride 4.5 MG / oxycodone terephthalate 0.38 MG Oral Tablet",
    "oxycodone 4.88 mg oral"
  ),
  // Units
  ("Belbuca 75 mcg film", "buprenorphine 0.075 mg buccal"),
  ("clonidine 0.12 mg/24 h patch", "clonidine 5 mcg/h transdermal"),
  ("bupivacaine 0.25 %", "bupivacaine 2.5 mg/mL"),
  ("HYDROmorphone 1,000 mcg tablet", "hydromorphone 1 mg oral"),
  ("Lioresal Intrathecal 2,000 mcg/mL", "baclofen 2 mg/mL intrathecal"),
  // What is not settled
  ("Patch 50mcg fentanyl", "fentanyl 0.05 mg transdermal patchUnit"),
  ("Morphine SR (Kadian)", "morphine extended noStrength"),
  ("Hydrocodone w/Acetaminophen", "hydrocodone noStrength"),
  ("hydrocodone-acetaminophen 325 mg", "hydrocodone noStrength"),
  ("oxycodone 2.5-5 mg tablet", "oxycodone oral severalStrengths"),
  ("oxycodone/foobarine 5-300 mg tablet", "oxycodone oral severalStrengths"),
  ("oxycodone/foobarine 300 mg tablet", "oxycodone oral noStrength"),
  ("morphine 1.500 mg", "morphine severalStrengths"),
  ("fentanyl 100 mcg tablet", "fentanyl 0.1 mg"),
  ("morphine 15 mg [OxyContin]", "- extended brandConflict severalDrugs"),
  ("morphine / hydromorphone 10 mg", "- severalDrugs"),
  ("Sublocade 300 mg/1.5 mL", "buprenorphine 200 mg/mL sc depot"),
  ("Simbadol 1.8 mg/mL", "buprenorphine 1.8 mg/mL veterinary"),
  ("MS 15 mg", "- unknownDrug"),
  ("SK-65 APAP 65 mg tablet", "- unknownDrug"),
  ("butalbital/aspirin 30 mg capsule", "- unknownDrug"),
  ("acetaminophen 500 mg tablet", "-"),
  ("fentaNYL 1,000 mcg [50 mcg/hr] + NaCl 0.9% 100 mL", "fentanyl 1 mg"),
]

@Test(arguments: productNames)
func `a product's name gives its drug, strength, route and release`(name: String, expected: String) {
  #expect(summary(product(name)) == expected)
}

@Test(arguments: productNames)
func `capitals and blanks change nothing`(name: String, expected: String) {
  #expect(summary(product(name.uppercased())) == expected)
  #expect(
    summary(product("  " + name.lowercased().split(separator: " ").joined(separator: "   ") + " "))
      == expected)
}

/// Look-alikes that ISMP lists: no name is read as its neighbor.
let lookAlikes: [(name: String, drug: String)] = [
  ("HYDROmorphone 2 mg", "hydromorphone"), ("HYDROcodone 5 mg", "hydrocodone"), ("morphine 2 mg", "morphine"),
  ("oxyCODONE 5 mg", "oxycodone"), ("fentaNYL 50 mcg", "fentanyl"), ("SUFentanil 50 mcg", "sufentanil"),
  ("cloNIDine 0.1 mg", "clonidine"), ("traMADol 50 mg", "tramadol"),
]

@Test(arguments: lookAlikes) func `look-alikes stay apart`(name: String, drug: String) {
  #expect(product(name).drug == drug)
}

@Test(arguments: [
  "clonazePAM 1 mg", "LORazepam 1 mg", "traZODone 50 mg", "KlonoPIN 1 mg", "gabapentin 300 mg capsule",
])
func `a medicine beside an opioid is known as such`(name: String) {
  #expect(product(name).isBeside && product(name).classes.contains { $0.fact == .cnsDepressant })
}

@Test(arguments: ["hydromorfone 2 mg", "oxycodonee 5 mg", "morfine 10 mg", "fentany 25 mcg/hr"])
func `a misspelled name is asked, never corrected`(name: String) {
  #expect(product(name).doubts == [.unknownDrug] || product(name).drug == nil)
}

@Test func `no phrase of the vocabulary has two meanings in one list`() {
  var repeated: [String] = []
  _ = ProductWords(.embedded) { repeated.append($0) }
  #expect(repeated.isEmpty, "\(repeated)")
}

@Test func `every ingredient of a brand is known`() {
  for brand in Formulary.embedded.productVocabulary.brands {
    let entry = productWords.brands.first { $0.name == brand.name }
    #expect(entry?.ingredients.count == brand.ingredients.count, "\(brand.name): \(brand.ingredients)")
  }
}

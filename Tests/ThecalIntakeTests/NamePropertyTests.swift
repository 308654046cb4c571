import Testing
import _ThecalTestSupport

@testable import ThecalIntake

/// Spellings from which names of one product are put together: each list means the same.
private struct NameSpelling {
  let opioids: [(drug: String, names: [String])] = [
    ("oxycodone", ["oxycodone", "oxyCODONE", "OXYCODONE HCL", "oxycodone hydrochloride"]),
    ("hydrocodone", ["hydrocodone", "HYDROcodone", "HYDROCODONE BITARTRATE", "hydrocodone bit"]),
  ]
  let partners = ["acetaminophen", "APAP", "ACETAMINOPHEN", "paracetamol"]
  let separators = ["-", "/", " / ", " and ", " & ", " + ", " w/ ", " with "]
  let forms = ["tablet", "TABLET", "tab", "tabs", "oral tablet", "TABS"]
}

@Test(arguments: 0..<300 as Range<UInt64>)
func `order, separator, salt and case of a combination change nothing`(seed: UInt64) {
  var random = SeededGenerator(seed: seed)
  let spelling = NameSpelling()
  let (drug, names) = spelling.opioids.randomElement(using: &random)!
  let (own, other) = (
    ["5", "7.5", "10"].randomElement(using: &random)!, ["300", "325"].randomElement(using: &random)!
  )
  let name = names.randomElement(using: &random)!
  let partner = spelling.partners.randomElement(using: &random)!
  let form = spelling.forms.randomElement(using: &random)!
  let isFirst = Bool.random(using: &random)
  let text: String
  if Bool.random(using: &random) {
    // "oxycodone-acetaminophen 5-325 mg tablet": the strengths stand together, in the order of the names.
    let mark = ["-", "/"].randomElement(using: &random)!
    let pair = isFirst ? (name, partner, own, other) : (partner, name, other, own)
    text =
      "\(pair.0)\(spelling.separators.randomElement(using: &random)!)\(pair.1) \(pair.2)\(mark)\(pair.3) mg \(form)"
  } else {
    let pair =
      isFirst
      ? ("\(name) \(own) mg", "\(partner) \(other) mg") : ("\(partner) \(other) mg", "\(name) \(own) mg")
    text = "\(pair.0)\(["/", " / ", " - ", " + "].randomElement(using: &random)!)\(pair.1) \(form)"
  }
  for spelled in [text, text.uppercased(), text.lowercased()] {
    #expect(summary(product(spelled)) == "\(drug) \(own) mg oral", "\(spelled)")
  }
}

@Test(arguments: 0..<300 as Range<UInt64>)
func `a strength in mg, mcg or g, glued or not, is the same amount`(seed: UInt64) {
  var random = SeededGenerator(seed: seed &+ 5_000)
  let milligrams = [1, 2, 4, 5, 8, 10, 15, 20, 30, 60, 100].randomElement(using: &random)!
  let drug = ["morphine", "hydromorphone", "oxycodone", "methadone", "tapentadol"].randomElement(
    using: &random)!
  let amount = [
    "\(milligrams) mg", "\(milligrams)mg", "\(milligrams) MG", "\(milligrams * 1_000) mcg",
    "\(milligrams * 1_000)mcg",
    "\(milligrams * 1_000) micrograms", "\(milligrams) milligrams",
  ].randomElement(using: &random)!
  let text = Bool.random(using: &random) ? "\(drug) \(amount) tablet" : "\(drug) tablet \(amount)"
  #expect(summary(product(text)) == "\(drug) \(milligrams) mg oral", "\(text)")
}

/// Words that say extended release, and words that only look so.
@Test(
  arguments: [
    ("morphine 30 mg ER tablet", Release.extended), ("morphine 30 mg XR capsule", .extended),
    ("morphine 30 mg SR tablet", .extended),
    ("morphine 30 mg CR tablet", .extended), ("MORPHINE 30MG TAB,SA", .extended),
    ("morphine 30 mg M/R tablets", .extended),
    ("morphine 30 mg modified-release tablets", .extended),
    ("morphine 30 mg prolonged-release tablet", .extended),
    ("morphine 30 mg 12 hr tablet", .extended), ("morphine 30 mg retard", .extended),
    ("morphine LP 30 mg", .extended),
    ("morphine 30 mg IR tablet", .immediate), ("morphine immediate release 30 mg tablet", .immediate),
    ("morphine 30 mg tablet", nil),
  ] as [(String, Release?)])
func `words of release are told from those that are none`(name: String, release: Release?) {
  #expect(product(name).release == release && product(name).drug == "morphine")
}

@Test(arguments: 0..<400 as Range<UInt64>)
func `one letter more, less or changed never makes one drug of the name of another`(seed: UInt64) {
  var random = SeededGenerator(seed: seed &+ 20_000)
  let drugs = [
    "morphine", "hydromorphone", "oxymorphone", "oxycodone", "hydrocodone", "codeine", "fentanyl",
    "sufentanil", "clonidine", "baclofen",
  ]
  let drug = drugs.randomElement(using: &random)!
  var letters = Array(drug)
  let place = Int.random(in: 0..<letters.count, using: &random)
  switch Int.random(in: 0..<3, using: &random) {
  case 0: letters.remove(at: place)
  case 1: letters.insert("qxzjk".randomElement(using: &random)!, at: place)
  default: letters[place] = "qxzjk".randomElement(using: &random)!
  }
  let spelled = String(letters)
  let read = product("\(spelled) 10 mg tablet")
  #expect(
    read.drug == nil || read.drug == drug, "\(spelled) is read as \(read.drug ?? "")")
}

@Test func `a vial's volume, a pack and a quantity are no strength`() {
  #expect(
    summary(product("20 ML morphine sulfate 10 MG/ML Injection [Mitigo]")) == "morphine 10 mg/mL injection")
  #expect(summary(product("HYDROMORPHONE HCL 2MG/ML INJ 1ML")) == "hydromorphone 2 mg/mL injection")
  #expect(summary(product("morphine 2 mg/mL 100 mL bag")).hasPrefix("morphine 2 mg/mL"))
  #expect(summary(product("fentanyl 25 mcg/hr patch, box of 5")).hasPrefix("fentanyl 25 mcg/h transdermal"))
}

@Test(arguments: [
  "ibuprofen 600 mg tablet", "ibuprofen 800 mg", "carisoprodol 350 mg tablet", "celecoxib 100 mg capsule",
  "aspirin 325 mg",
  "acetaminophen 650 mg ER tablet", "butalbital-acetaminophen-caffeine 50-325-40 mg tablet",
])
func `a painkiller by itself hides no opioid`(name: String) { #expect(product(name).isBeside, "\(name)") }

@Test(arguments: [
  "acetaminophen 30 mg tablet", "butalbital/aspirin 30 mg capsule", "SK-65 APAP 65 mg",
  "aspirin 16 mg capsule",
])
func `a strength that a painkiller does not have is asked`(name: String) {
  #expect(product(name).doubts.contains(.unknownDrug), "\(name)")
}

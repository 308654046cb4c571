import Testing
import ThecalQuantities

@testable import ThecalFormulary

private let data = Formulary.embedded

/// What clinics write for a route, as the contract lists it and beyond.
private let spellings: [AdministrationRoute: [String]] = [
  .oral: ["oral", "PO", "p.o.", "P.O.", "by mouth", "per os", "Orally"],
  .transdermal: ["transdermal", "TD", "patch", "TTS", "Transdermal  Patch"],
  .sublingual: ["sublingual", "SL", "s.l.", "under the tongue"], .buccal: ["buccal", "bucc", "transmucosal"],
  .nasal: ["nasal", "intranasal", "nas"], .rectal: ["rectal", "PR", "per rectum", "p.r."],
  .intravenous: ["iv", "IV", "i.v.", "intravenous"], .intramuscular: ["im", "IM", "i.m.", "Intramuscularly"],
  .subcutaneous: ["sc", "SC", "SQ", "subq", "Sub-Q", "subcut", "s.c."],
  .epidural: ["epidural", "ED", "epid"],
  .intrathecal: ["intrathecal", "IT", "i.t.", "spinal", "I-T"],
]

@Suite struct `A route` {
  @Test(arguments: spellings.keys.sorted { $0.rawValue < $1.rawValue })
  func `is read in every spelling of clinics`(route: AdministrationRoute) throws {
    for text in try #require(spellings[route]) {
      #expect(AdministrationRoute(reading: text) == route, "\(text)")
      #expect(AdministrationRoute(reading: " \(text.uppercased()) ") == route, "\(text)")
    }
  }

  @Test func `has a spelling each`() { #expect(Set(spellings.keys) == Set(AdministrationRoute.allCases)) }

  @Test(arguments: ["", " ", "otic", "in the ear", "o", "ivpb", "ITT", "oral?", "inhaled"])
  func `that is none is not guessed`(text: String) { #expect(AdministrationRoute(reading: text) == nil) }
}

/// Brands and salts with the drug that they are.
private let names: [(text: String, drug: String)] = [
  ("MS Contin", "morphine"), ("Infumorph", "morphine"), ("Mitigo", "morphine"), ("Duramorph", "morphine"),
  ("OxyContin", "oxycodone"), ("Dilaudid", "hydromorphone"), ("Duragesic", "fentanyl"),
  ("Lioresal", "baclofen"), ("Gablofen", "baclofen"), ("Prialt", "ziconotide"), ("Nucynta", "tapentadol"),
  ("Ultram", "tramadol"), ("Demerol", "meperidine"), ("Butrans", "buprenorphine"), ("Opana", "oxymorphone"),
  ("morphine sulphate", "morphine"), ("oxycodone HCl", "oxycodone"), ("pethidine", "meperidine"),
]

@Suite struct `A drug` {
  @Test(arguments: names.indices)
  func `is found by the name on the box, in any case and spacing`(index: Int) {
    let (text, drug) = names[index]
    for spelled in [
      text, text.lowercased(), text.uppercased(), "  \(text)\t", text.replacing(" ", with: "  "),
    ] {
      #expect(data.drug(named: spelled)?.id == drug, "\(spelled)")
    }
  }

  @Test func `has names that nobody else has, all in lower case`() {
    var owners: [String: String] = [:]
    for drug in data.drugs {
      for name in Set([drug.id] + drug.names + drug.brands.map(\.name)) {
        #expect(owners.updateValue(drug.id, forKey: name) == nil, "\(name)")
        #expect(name == lookupKey(name), "\(name)")
        #expect(data.drug(named: name)?.id == drug.id)
      }
    }
  }

  @Test func `that is written in tall letters is the same word`() {
    let tall = [
      "hydromorphone": "HYDROmorphone", "oxycodone": "oxyCODONE", "fentanyl": "fentaNYL",
      "morphine": "morphine",
      "sufentanil": "SUFentanil", "tramadol": "traMADol", "hydrocodone": "HYDROcodone",
    ]
    for (id, written) in tall { #expect(data.drug(named: id)?.tallMan == written, "\(id)") }
    for drug in data.drugs { #expect(drug.tallMan.lowercased() == drug.id) }
  }

  @Test func `stands in tall letters wherever a text for people names it, and nothing else changes`() {
    // FDA and ISMP lists: hydrALAZINE and hydrOXYzine, LORazepam and ALPRAZolam.
    #expect(
      data.tallMan("HYDRALAZINE 25 mg, lorazepam; a-Lorazepam") == "hydrALAZINE 25 mg, LORazepam; a-LORazepam"
    )
    #expect(data.tallMan("oxycodone oral 20 mg q6h") == "oxyCODONE oral 20 mg q6h")
    #expect(data.tallMan("") == "" && data.tallMan("oxycodones Söhne\n") == "oxycodones Söhne\n")
    for (plain, tall) in data.tallManNames { #expect(tall.lowercased() == plain) }
  }

  @Test func `has a unit and a window on each of its routes, in order`() throws {
    for drug in data.drugs {
      #expect(Set(drug.units.keys) == Set(drug.routes) && !drug.routes.isEmpty, "\(drug.id)")
      for route in drug.routes {
        let window = try #require(drug.window(route), "\(drug.id) \(route)")
        #expect(drug.units[route]?.contains(window.unit) == true, "\(drug.id) \(route)")
        #expect(window.impossibleBelow < window.oddBelow && window.oddBelow < window.oddAbove)
        #expect(window.oddAbove < window.impossibleAbove && .zero < window.impossibleBelow)
      }
    }
  }

  @Test func `is an opioid exactly where it is said how it stays in the cerebrospinal fluid`() {
    for drug in data.drugs { #expect((drug.kind == .opioid) == (drug.lipophilic != nil), "\(drug.id)") }
    let lipophilic = data.drugs.filter { $0.lipophilic == true }.map(\.id)
    #expect(
      lipophilic.contains("fentanyl") && lipophilic.contains("sufentanil") && !lipophilic.contains("morphine")
    )
  }
}

/// What kills in the cerebrospinal fluid, by the names under which it lies on a trolley.
@Test(arguments: [
  "vincristine", "Vincristine Sulfate", "VINBLASTINE", "vinorelbine", "vindesine", "potassium chloride",
  "KCl",
  "tranexamic acid", "TXA", "diatrizoate", "ioxaglate", "methylparaben", "benzyl alcohol",
  "preserved morphine",
  // Brands of the same: Lilly, Teva, Talon; Velban and Velbe; Navelbine; Eldisine; Javlor; and of ionic contrast media.
  "Oncovin", "Vincasar PFS", "Marqibo", "Velban", "Velbe", "Navelbine", "Eldisine", "Javlor", "Cyklokapron",
  "Exacyl", "Hypaque", "Renografin", "Conray", "Hexabrix",
])
func `what kills in the cerebrospinal fluid is recognized with its reason`(name: String) throws {
  for spelled in [name, name.uppercased(), " \(name.lowercased()) "] {
    let group = try #require(data.neverIntrathecal(named: spelled), "\(spelled)")
    #expect(!group.reason.isEmpty && data.source(group.citation.source) != nil)
  }
}

@Test(arguments: ["morphine", "baclofen", "vincris", "sodium chloride", "", "iohexol"])
func `what is given there, and what is another name, is not refused`(name: String) {
  #expect(data.neverIntrathecal(named: name) == nil)
}

/// Model numbers, names and aliases of pumps and catheters.
private let devices: [(text: String, id: String)] = [
  ("SynchroMed II", "synchromed_2"), ("8637-20", "synchromed_2"), ("8637-40", "synchromed_2"),
  ("8637", "synchromed_2"), ("synchromed 2", "synchromed_2"), ("SynchroMed III", "synchromed_3"),
  ("8626", "synchromed_el"), ("Prometra", "prometra_1"), ("11827", "prometra_1"),
  ("PROMETRA II", "prometra_2"),
  ("93827", "prometra_2"), ("8472-35-25", "isomed"), ("Codman", "codman_3000"), ("91-4201", "medstream"),
  ("IP 1000V", "tricumed"), ("cadd", "cadd_solis"),
]

@Test(arguments: devices.indices)
func `a pump is found by name, model and alias, in any case`(index: Int) {
  let (text, id) = devices[index]
  for spelled in [text, text.uppercased(), text.lowercased(), " \(text) ", id] {
    #expect(data.device(named: spelled)?.id == id, "\(spelled)")
  }
}

@Test func `a pump or catheter that is none is not guessed`() {
  #expect(data.device(named: "8637-60") == nil && data.device(named: "") == nil)
  #expect(
    data.catheter(named: "8780")?.id == "ascenda_8780"
      && data.catheter(named: "8709sc")?.id == "indura_8709sc")
  #expect(data.catheter(named: "9999") == nil)
  #expect(data.unknownCatheterLength.low == 40 && data.unknownCatheterLength.high == 110)
}

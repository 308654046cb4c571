import Testing
import ThecalBatch
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular
import _ThecalTestSupport

@testable import ThecalReports

/// The page of a batch of three: one with a start, one refused, one unreadable.
private func page() throws -> String {
  let folder = Folder()
  let input = folder.write(
    "in.csv",
    """
    patient_id,drug,route,dose,unit,frequency,target_drug,opioid_days
    P1,morphine,oral,60,mg,bid,morphine,30
    P2,methadone,oral,20,mg,tid,morphine,30
    P3,morphine,oral,1O,mg,bid,morphine,30

    """)
  let done = ThecalProcess.run("thecal convert '\(input)' -o out.csv --report page.html --quiet", in: folder)
  #expect(done.code == 1, "\(done.errors)")
  return try #require(text(folder.file("page.html")))
}

@Test func `a page has no empty parentheses, no unfilled place and ends where a page ends`() throws {
  let page = try page()
  #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("</html>"))
  #expect(!page.contains("()") && !page.contains("{{") && !page.contains("}}"))
  #expect(page.contains("0.4 mg/day") && page.contains("0.4 mg/day (0.4 to 2.4)"))
  for status in ["ok", "blocked", "error"] { #expect(page.contains("class=\"tag \(status)\"")) }
}

@Test func `a refused row of a page has neither range nor basis`() throws {
  let page = try page()
  let card = try #require(page.split(separator: "<article").first { $0.contains(">P2 <span") })
  #expect(card.contains("NO_CONVERSION") && card.contains("Oral morphine"))
  #expect(!card.contains("Start on day 1") && !card.contains("Estimate") && !card.contains(", by ratio"))
}

@Test func `a patient of whom neither id nor drug is known has no empty place in the page`() throws {
  let folder = Folder()
  let input = folder.write(
    "in.csv", "patient_id,drug,route,dose,unit,frequency\nP1,,,60,mg,bid\n,morphine,oral,60,mg,bid\n")
  let done = ThecalProcess.run("thecal convert '\(input)' -o out.csv --report page.html --quiet", in: folder)
  #expect(done.code == 1, "\(done.errors)")
  let page = try #require(text(folder.file("page.html")))
  #expect(page.contains("P1 <span class=\"tag error\">") && page.contains("(no id) "))
  #expect(!page.contains(">to <") && page.contains("<td>60 mg bid</td>"))
  let table = Table(try #require(text(folder.file("out.csv"))))
  #expect(table[0, "drugs"] == "60 mg bid")
}

@Test func `what a patient is called cannot become a part of the page`() throws {
  let folder = Folder()
  let input = folder.write(
    "in.csv",
    "patient_id,drug,route,dose,unit,frequency,target_drug\n<script>x</script>,morphine,oral,60,mg,bid,morphine\n"
  )
  let done = ThecalProcess.run("thecal convert '\(input)' -o out.csv --report page.html --quiet", in: folder)
  #expect(done.code <= 1, "\(done.errors)")
  let page = try #require(text(folder.file("page.html")))
  #expect(page.contains("script") && !page.contains("<script>"))
}

@Test func `a plan without a next step has no heading for one`() throws {
  let folder = Folder()
  folder.write("plan.yaml", "drug: morphine\nopioid_tolerant: yes\ntarget: {dose: 1 mg/day}\n")
  let done = ThecalProcess.run("thecal titrate plan.yaml --page plan.html", in: folder)
  guard let page = text(folder.file("plan.html")) else {
    Issue.record("\(done.errors)")
    return
  }
  #expect(!page.contains("Next step:") && !page.contains("()") && page.contains("<h2>Stop rules</h2>"))
}

@Test func `a page of a titration has the dates, the flow of every dose and the pump`() throws {
  let folder = Folder()
  let plan = "drug: morphine\nopioid_tolerant: yes\ntarget: {dose: 1 mg/day}\ndays: 20\n"
  folder.write("plan.yaml", plan + "pump: SynchroMed II\nconcentration: 2 mg/mL\nfirst_day: 2026-01-31\n")
  folder.write("bare.yaml", plan)
  func page(_ name: String) throws -> String {
    let done = ThecalProcess.run("thecal titrate \(name).yaml --page \(name).html", in: folder)
    #expect(done.code == 0, "\(done.errors)")
    return try #require(text(folder.file("\(name).html")))
  }
  let full = try page("plan")
  #expect(full.contains("Pump: SynchroMed II, filled with 2 mg/mL") && full.contains("<th>Flow</th>"))
  // The target of 1 mg/day is half a milliliter of 2 mg/mL.
  #expect(full.contains("<b>1</b></td><td class=\"near\">0.5 mL/day</td>") && full.contains("<th>Date</th>"))
  #expect(full.contains("<td>1</td><td class=\"near\">2026-01-31</td>") && full.contains(">2026-02-"))
  let bare = try page("bare")
  #expect(!bare.contains("<th>Flow</th>") && !bare.contains("mL/day</td>") && !bare.contains("<th>Date</th>"))
  #expect(bare.contains("Date of day 1 <span class=\"blank\"></span>"))
  for page in [full, bare] {
    #expect(page.contains("counter(page)") && page.contains("Second check, date") && !page.contains("{{"))
  }
}

@Test
func
  `a page of conversions carries facts, what was not stated, derivation and two signatures for each patient`()
  throws
{
  let page = try page()
  let cards = page.split(separator: "<article").dropFirst()
  #expect(cards.count == 3)
  for card in cards {
    #expect(
      card.contains("<thead><tr><th colspan=\"2\">P") && card.contains("computed") && card.contains("checked")
    )
  }
  let first = try #require(cards.first)
  #expect(
    first.contains("opioid days 30") && first.contains("Not stated") && first.contains("pain_pump_leaflet"))
  for word in ["<script", "<link", "src=", "url(", " style="] { #expect(!page.contains(word), "\(word)") }
}

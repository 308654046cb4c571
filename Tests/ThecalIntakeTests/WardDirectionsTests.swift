import Testing

@testable import ThecalIntake

/// Directions of wards and pharmacies as they come, with the amount of a day.
let wardDirections: [(text: String, day: String)] = [
  ("One to be taken three times a day", "R 3 piece"),
  ("Two to be taken four times a day", "R 8 piece"),
  ("Take ONE tablet TWICE a day", "R 2 piece"),
  ("1 nocte", "R 1 piece"),
  ("1 mane and 2 nocte", "R 3 piece"),
  ("Take 1 tablet in the morning, 1 at lunchtime and 2 at night", "R 4 piece"),
  ("Take 1 tablet 3 times a day with or after food", "R 3 piece"),
  ("Take one capsule every twelve hours regularly", "R 2 piece"),
  ("1 tds", "R 3 piece"),
  ("1 BD", "R 2 piece"),
  ("2 QDS", "R 8 piece"),
  ("Take 1 tablet(s) by mouth every 12 hours", "R 2 piece"),
  ("2 tablet(s) bid", "R 4 piece"),
  ("Take 1 tablet by mouth every twelve hours. Do not crush, chew or split.", "R 2 piece"),
  ("Take 1 tablet by mouth BID; DO NOT DRIVE", "R 2 piece"),
  ("Give 1 tablet by mouth two times a day related to low back pain (M54.5)", "R 2 piece"),
  ("Give 10 mg by mouth three times a day for PAIN", "R 30 mg"),
  ("Give 1 tablet via G-tube every 6 hours", "R 4 piece"),
  ("10 mg via PEG tube tid", "R 30 mg"),
  ("10 mg, Oral, 3 TIMES DAILY", "R 30 mg"),
  ("10 mg, oral, Q6H SCH", "R 40 mg"),
  ("1 tab q am & q hs", "R 2 piece"),
  ("Take 1 tablet every morning, 1 tablet every afternoon, and 2 tablets every evening", "R 4 piece"),
  ("TAKE ONE TABLET BY MOUTH FOUR TIMES DAILY (MAX 4 PER DAY)", "R 4 piece"),
  ("Take one tablet by mouth twice a day #60", "R 2 piece"),
  ("Take 1 tab PO BID. Dispense 60.", "R 2 piece"),
  ("1 tablet by mouth q12 hrs (morning and night)", "R 2 piece"),
  ("Take two and one-half tablets daily", "R 2.5 piece"),
  ("Take 2 & 1/2 tablets daily", "R 2.5 piece"),
  ("i po bid", "R 2 piece"),
  ("take 1 t po bid", "R 2 piece"),
  ("1 tab by mouth every 8 hours routine", "R 3 piece"),
  ("take 1/2 tab in am and 1 tab in pm", "R 1.5 piece"),
  ("1 tab every evening at bedtime", "R 1 piece"),
  ("Take 1 tablet every 6 hours, not more than 4 in 24 hours", "R 4 piece"),
]

/// The common phrases in German, with the amount of a day.
let germanDirections: [(text: String, day: String)] = [
  ("2x täglich 1 Tablette", "R 2 piece"),
  ("1 Tablette morgens", "R 1 piece"),
  ("1 Tablette morgens und abends", "R 2 piece"),
  ("3 mal täglich 1 Tablette nach dem Essen", "R 3 piece"),
  ("alle 8 Stunden 1 Tablette", "R 3 piece"),
  ("1-0-1-0", "R 2 piece"),
  ("1 Tablette zur Nacht", "R 1 piece"),
  ("1 Tabl. morgens, 1 Tabl. mittags, 2 Tabl. abends", "R 4 piece"),
  ("täglich eine Tablette", "R 1 piece"),
  ("eine halbe Tablette zweimal täglich", "R 1 piece"),
  ("Zweimal täglich eine Tablette einnehmen", "R 2 piece"),
  ("bei Bedarf 1 Tablette", "A 1 piece"),
  ("1 Tablette bei Schmerzen, höchstens 4 am Tag", "A 4 piece"),
  ("1 bis 2 Tabletten täglich", "A 2 piece"),
  ("1-2 Tabl. 3x täglich", "A 6 piece"),
  ("alle 72 Stunden 1 Pflaster", "R 1 patch"),
]

/// The common phrases in French.
let frenchDirections: [(text: String, day: String)] = [
  ("1 comprimé 2 fois par jour", "R 2 piece"),
  ("1 comprimé matin et soir", "R 2 piece"),
  ("1 comprimé toutes les 8 heures", "R 3 piece"),
  ("prendre 1 comprimé trois fois par jour", "R 3 piece"),
  ("2 comprimés le matin et 1 comprimé le soir", "R 3 piece"),
  ("1 comprimé au coucher", "R 1 piece"),
  ("1 comprimé par jour", "R 1 piece"),
  ("un comprimé matin, midi et soir", "R 3 piece"),
  ("1 gélule toutes les 12 heures pendant 10 jours", "R 2 piece"),
  ("un demi comprimé deux fois par jour", "R 1 piece"),
  ("1 cp x 3/j", "R 3 piece"),
  ("1 comprimé le soir au coucher", "R 1 piece"),
  ("1 comprimé en cas de douleur", "A 1 piece"),
  ("1 comprimé 3 fois par jour si douleur", "A 3 piece"),
  ("1 à 2 comprimés par jour", "A 2 piece"),
  ("1 comprimé toutes les 4 à 6 heures", "A 6 piece"),
]

/// The common phrases in Spanish.
let spanishDirections: [(text: String, day: String)] = [
  ("1 tableta cada 8 horas", "R 3 piece"),
  ("una tableta dos veces al día", "R 2 piece"),
  ("tomar 1 comprimido cada 12 horas", "R 2 piece"),
  ("1 cápsula al día", "R 1 piece"),
  ("1 tableta por la mañana y 1 por la noche", "R 2 piece"),
  ("una cápsula tres veces al día", "R 3 piece"),
  ("1 tableta al acostarse", "R 1 piece"),
  ("media tableta cada 12 horas", "R 1 piece"),
  ("tome una tableta por vía oral dos veces al día", "R 2 piece"),
  ("2 tabletas cada noche", "R 2 piece"),
  ("1 tableta con el desayuno y con la cena", "R 2 piece"),
  ("1 tableta cada 8 horas si hay dolor", "A 3 piece"),
  ("1 tableta cada 8 horas por razón necesaria", "A 3 piece"),
  ("1 tableta cada 6-8 horas", "A 4 piece"),
  ("1 o 2 tabletas cada 8 horas", "A 6 piece"),
]

@Test(arguments: [wardDirections, germanDirections, frenchDirections, spanishDirections])
func `directions of wards and of four languages give the amount of a day, or are asked`(
  table: [(text: String, day: String)]
) {
  for (text, day) in table {
    let reading = sig(text)
    #expect(summary(reading) == day, "\(text): \(reading.reasons) \(reading.unclear)")
  }
  #expect(table.filter { $0.day.hasPrefix("R") }.count >= 10)
}

/// What nobody can add up, in words that a parser which looks for numbers alone would pass over.
let openDirections: [String] = [
  "1 tab bid, ok to skip if not in pain",
  "1 tab q6h if pain >5",
  "1 tab tid, decrease by 1 tab each week",
  "2 tabs bid x1 week, 1 tab bid x1 week",
  "1 tab tid-qid",
  "1 tab at onset of pain bid",
  "1 tab before physical therapy daily",
  "1 tab 30 minutes before dressing change bid",
  "1 tab bid on dialysis days",
  "1 tab bid Monday through Friday",
  "1 tab bid weekends",
  "1 tab qid for severe pain only",
  "1 tab bid; may take 3rd tab if bad day",
  "1 tab bid x 3 days, 1 tab daily x 3 days",
  "3 tabs day 1, 2 tabs day 2, 1 tab day 3",
  "wk 1: 1 tab daily; wk 2: 1 tab bid",
  "1 tab bid (or 2 tabs qhs)",
  "1~2 tabs bid",
  "1 – 2 tabs bid",
  "1..2 tabs bid",
  "1 +/- 1 tab bid",
  "<=2 tabs bid",
  "≤ 2 tabs bid",
  "≤4/day",
  "approx 1 tab bid",
  "about 2 tabs bid",
  "1 tablet twice daily or less",
  "1 tablet twice daily at most",
  "no more than 1 tab bid",
  "1 tab q6h, patient takes 2 a day",
  "1 tab bid - pt only takes at night",
  "1 tab bid with taper",
  "1 tab bid during flares",
  "1 tab bid when in pain",
  "1 tab bid for flare ups",
  "1 tab bid sparingly",
  "1 tab bid only if severe",
  "1 tab daily to twice daily",
  "1 tab once or twice daily",
  "1 tab twice-thrice daily",
  "1 tab b.i.d./t.i.d.",
  "take 1 bid, then q day",
  "1 tab bid until Friday then stop",
  "10 mg x 3 d, 5 mg x 3 d",
  "10-20mg bid",
  "10mg - 20mg bid",
  "10 mg to 20 mg bid",
  "10 mg/20 mg bid",
  "between 10 and 20 mg bid",
  "10 or 20 mg bid",
  "1 tab every 4 hours, max 3 tablets daily",
  "1 tab every 8 hrs alternating with ibuprofen",
  "1 tab bid every 3rd day",
  "1 tab bid 5 days a week",
  "1 tab bid week 1 and 3",
  "1 tab on Mon",
  "1 tab bid x 1",
  "1 tab bid x 2 doses",
  "1 tab for 1 dose",
  "1 tab tid pc prn",
  "1 tab bid a.n.",
  "1 tab bid q.s.",
  "1 tab tid w.a.",
  "1 tab tid (PRN)",
  "PRN: 1 tab tid",
  "1 tab tidprn",
  "1 tab tid P R N",
  "1 tab tid as neded",
  "1 tab tid asneeded",
  "1 tab tid as-needed",
  "1 tab tid a/n",
  "1 tab tid, as required",
  "1 tab tid if req'd",
  "1 tab tid for pain as necessary",
  "1 tab tid when necessary",
  "1 tab tid when pain is bad",
  "1 tab tid in case of pain",
  "1 tab tid should pain occur",
  "1 tab tid at need",
  "1 tab tid wenn nötig",
  "1 Tablette bei Schmerzen",
  "1 comprimé en cas de douleur",
  "1 comprimé 3 fois par jour si douleur",
  "1 tableta cada 8 horas si hay dolor",
  "1 tableta cada 8 horas por razón necesaria",
  "1 tableta cada 6-8 horas",
  "1 comprimé 1 à 3 fois par jour",
  "1 à 2 comprimés par jour",
  "1 bis 2 Tabletten täglich",
  "1-2 Tabl. 3x täglich",
  "3x tgl. 1 Tabl. ausschleichend",
]

@Test(arguments: openDirections) func `what depends on pain, days or choice is never read`(text: String) {
  #expect(sig(text).outcome != .read, "\(text)")
  #expect(sig(text.uppercased()).outcome != .read, "\(text)")
}

/// Frequencies that may stand behind any amount, and any of the open phrases behind them.
@Test(arguments: ["1 tab bid", "2 tabs q8h", "10 mg tid", "take 1 capsule daily", "1 patch q72h"])
func `a caution behind whole directions opens them again`(whole: String) {
  #expect(sig(whole).outcome == .read)
  for caution in [
    " only if severe", " on bad days", ", only", " during flares", " ~", " ≤ 4", " a.n.", " at most",
    " or less",
    ", takes 3 a day", "; patient takes 1 bid", " on Mondays", " 5 days a week", " except weekends",
  ] {
    #expect(sig(whole + caution).outcome != .read, "\(whole + caution)")
  }
}

@Test func `a sign that has no letter is a question and never nothing`() {
  for sign in ["≤", "≥", "±", "~", "→", "<", ">", "≈", "↑"] {
    #expect(sig("1 tab bid \(sign)").outcome == .ask, "\(sign)")
    #expect(sig("\(sign) 1 tab bid").outcome == .ask, "\(sign)")
  }
  #expect(sig("1 tab\u{00A0}bid").outcome == .read, "a blank that does not break is a blank")
  #expect(sig("• 1 tab bid").outcome == .read, "a bullet says nothing")
}

@Test func `two frequencies that each count a day are no sum`() {
  #expect(summary(sig("1 tab q6h, takes 2 a day")) == "A 6 piece")
  #expect(summary(sig("1 tab bid, 2 tabs tid")) == "A 8 piece")
  #expect(
    summary(sig("1 tab tid and 2 tabs at bedtime")) == "R 5 piece", "a time of the day is one dose more")
}

import ThecalStudy

/// What every page shares: one look on screen, in the dark, on a narrow screen and on paper, without anything from elsewhere.
///
/// Colors are those of Okabe and Ito, which color-blind readers tell apart; a status stands beside its color in words. On paper every sheet
/// has its number, what belongs together is not torn apart, and the head of a table, which names the patient, comes again.
package enum PageStyle {
  /// The begin of a page up to its body, for a template with a place `title`.
  static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>\(element)</style>
    </head>
    """

  /// What the style element of every page holds, to the letter: a policy may name its digest.
  package static let element = "\n\(sheet)\n"

  /// The sentence on what a page is for.
  static let use = """
    <p class="use">For clinicians, pharmacists and researchers who check the basis of every number. Not a cleared medical device. \
    An estimate is no dose to start with; a start is confirmed by a second person before it is programmed.</p>
    """

  /// Where two people sign.
  static let signatures = """
    <div class="sign"><div>Computed by, date</div><div>Checked independently by, date</div></div>
    """

  /// A place for a picture made by the engine, the one of the files.
  static let figure = """
    {{#picture}}<figure role="img" aria-label="Dose, level, effect and risk over time">{{{svg}}}</figure>{{/picture}}{{#noPicture}}<p class="small">{{text}}</p>{{/noPicture}}
    """

  /// What fills `figure`: the picture inside the page, or why there is none.
  static func figure(_ draw: () throws(SimulationProblem) -> [UInt8]) -> [String: Any] {
    do throws(SimulationProblem) {
      let text = String(decoding: try draw(), as: UTF8.self)
      let picture = text.firstRange(of: "<svg").map { text[$0.lowerBound...] } ?? ""
      return ["picture": ["svg": String(picture)], "noPicture": false]
    } catch {
      return ["picture": false, "noPicture": ["text": error.message]]
    }
  }

  /// The rules of style.
  static let sheet = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --soft: #555; --line: #d0d0d0; --band: #f4f4f4; --warn: #fdf3ec; --edge: #b84f00; }
    .ok, .read { --c: #00664b; } .review { --c: #8a5a00; } .blocked, .ask { --c: #b03a00; } .error { --c: #5b2a6e; } .skip { --c: #555; }
    @media screen and (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #ececec; --soft: #b8b8b8; --line: #454b54; --band: #23272e; --warn: #33261c; --edge: #e69f00; } }
    * { box-sizing: border-box; }
    body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
    h1 { font-size: 1.4rem; margin: .4rem 0; } h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; } p { margin: .4rem 0; }
    .use { border-left: 4px solid var(--edge); padding: .3rem .7rem; background: var(--warn); }
    .tag { background: var(--c); color: #fff; border-radius: .25rem; padding: .05rem .5rem; font-weight: 600; white-space: nowrap; }
    .small { font-size: .85em; color: var(--soft); } .lines { white-space: pre-wrap; } .answer { font-size: 1.15em; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
    thead th { background: var(--band); padding-left: .4rem; } tbody th { font-weight: 600; width: 9.5rem; } .whole tbody th { width: 15rem; }
    .wide td { padding-left: .4rem; } .wide th, .wide td { overflow-wrap: break-word; } .whole { table-layout: fixed; } .near { white-space: nowrap; } .pen { width: 22%; }
    .lists { table-layout: fixed; min-width: 44rem; } .lists thead th, .lists td { padding-left: .4rem; } .lists .line { width: 3.5rem; } .lists .name { width: 7rem; } .lists .source { width: 36%; }
    .card { margin: 0 0 1rem; border-left: 5px solid var(--c); padding-left: .6rem; }
    ul { margin: .2rem 0; padding-left: 1.1rem; } .blank { display: inline-block; min-width: 9rem; border-bottom: 1px solid var(--ink); height: 1.2em; }
    .label { border: 2px solid var(--ink); padding: .5rem .8rem; max-width: 30rem; } .label b { font-size: 1.2em; }
    .emergency { border: 2px solid #b03a00; padding: .3rem .8rem; }
    .sign { display: flex; gap: 2rem; margin-top: 2rem; } .sign div { flex: 1; border-top: 1px solid var(--ink); padding-top: .2rem; font-size: .85em; }
    figure { margin: .5rem 0; } figure svg { max-width: 100%; height: auto; background: #fff; }
    @media screen { .card { content-visibility: auto; contain-intrinsic-size: auto 24rem; } .wide { overflow-x: auto; } }
    @media screen and (max-width: 40rem) { tbody th, .whole tbody th { width: 6.5rem; } th, td { padding-right: .35rem; } .sign { gap: .8rem; } .wide table { font-size: .85em; } }
    @page { size: A4; margin: 14mm 14mm 18mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9px system-ui, sans-serif; } }
    @media print { body { max-width: none; padding: 0; font-size: 10.5px; } tr, .label, .sign, .emergency li { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; } .tag { print-color-adjust: exact; } .whole > tbody > tr { break-inside: auto; } }
    """
}

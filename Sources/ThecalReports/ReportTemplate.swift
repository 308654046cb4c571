/// The page of a conversion report. Colors are those of Okabe & Ito, which color-blind readers tell apart;
/// the status stands beside them in words.
enum ReportTemplate {
  static let page = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Intrathecal conversion</title>
    <style>
    body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1a1a1a; }
    h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
    .use { border-left: 4px solid #d55e00; padding: .4rem .8rem; background: #fdf3ec; }
    .counts span { display: inline-block; margin-right: 1.2rem; padding: .2rem .7rem; border-radius: .3rem; color: #fff; font-weight: 600; }
    .ok { background: #00664b; } .review { background: #8a5a00; } .blocked { background: #b03a00; } .error { background: #5b2a6e; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #ddd; }
    th { position: sticky; top: 0; background: #f4f4f4; } td.n { white-space: nowrap; }
    .tag { color: #fff; border-radius: .25rem; padding: .05rem .45rem; font-size: .85em; font-weight: 600; }
    ul { margin: .2rem 0; padding-left: 1.1rem; } details { color: #444; } .codes { font-size: .8em; color: #555; }
    @media print { body { margin: 0; max-width: none; font-size: 11px; } th { position: static; } details { display: none; } }
    </style>
    </head>
    <body>
    <h1>Intrathecal conversion</h1>
    <p>{{engine}}</p>
    <p class="use">For clinicians, pharmacists and researchers who check the basis of every number. Not a cleared medical device. An estimate is no dose to start with; a start is confirmed by a second person before it is programmed.</p>
    <p class="counts">{{#counts}}<span class="{{name}}">{{count}} {{name}}</span>{{/counts}}</p>
    {{#left}}<p>The first {{shown}} of {{total}} results are shown; the table holds them all.</p>{{/left}}
    <h2>Needs attention first</h2>
    <ul>{{#worst}}<li><b>{{patient}}</b>: {{status}}. {{message}}</li>{{/worst}}</ul>
    <h2>Results</h2>
    <table>
    <thead><tr><th>Patient</th><th>Takes</th><th>Status</th><th>Oral MME, mg/day</th><th>Estimate (range)</th><th>Start on day 1</th><th>Limit</th><th>Findings</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td>{{patient}}</td><td>{{drugs}}<br>to {{target}}</td><td><span class="tag {{status}}">{{status}}</span><div class="codes">{{codes}}</div></td><td class="n">{{equivalent}}</td><td class="n">{{estimate}}{{#range}}<br>({{range}}){{/range}}</td><td><b>{{start}}</b>{{#basis}}<div class="codes">{{basis}}</div>{{/basis}}</td><td class="n">{{limit}}</td><td><ul>{{#notices}}<li>{{text}}</li>{{/notices}}</ul></td></tr>
    {{/rows}}
    </tbody>
    </table>
    <h2>Sources</h2>
    <ul>{{#sources}}<li>{{text}}</li>{{/sources}}</ul>
    </body>
    </html>
    """
}

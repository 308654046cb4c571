import Glibc
import Testing
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

@Suite struct `A script for gnuplot` {
  @Test(arguments: [
    ("morphine", "'morphine'"), ("x'; system('id'); '", "'x; system(id); '"), ("`id`", "'id'"),
    ("$(id)", "'(id)'"), ("a\n!id", "'a!id'"), ("@x", "'x'"), ("{/=90 x}", "'/=90 x'"), ("a\\b", "'ab'"),
    ("\"q\"", "'q'"), ("catheter_tip", "'catheter tip'"), ("µg/mL", "'µg/mL'"), ("e\u{301}", "''"),
    ("", "''"),
    ("~#&^|\u{0}\u{7}", "''"),
  ])
  func `keeps letters, digits and harmless marks of a text, in quotes`(text: String, quoted: String) {
    let script: GnuplotScript = "set title \(quoted: text)"
    #expect(script.text == "set title \(quoted)")
  }

  @Test func `cuts a text that no picture holds`() {
    let script: GnuplotScript = "\(quoted: String(repeating: "x", count: 100_000))"
    #expect(script.text.count < 200)
  }

  @Test func `writes numbers as numbers, and what is none as a gap`() {
    let script = GnuplotScript.data([
      [1, 0.1], [.infinity, -.infinity], [.nan, .leastNonzeroMagnitude], [123_456_789, -2.5],
    ])
    let lines = script.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "1 0.1" && lines[1] == "NaN NaN" && lines[2].hasPrefix("NaN "))
    #expect(lines[3] == "123457000 -2.5" && lines[4] == "e" && lines.count == 5)
  }
}

@Test func `a drawing has none of the names that gnuplot gives to its parts`() throws {
  let script: GnuplotScript = """
    \(gnuplotTerminal("svg", width: 300, height: 200, letters: (12, 12)))
    plot '-' using 1:2 with lines title 'own'
    \(GnuplotScript.data([[0, 1], [1, 2]]))

    """
  let drawing = String(decoding: try GnuplotRun.picture(script), as: UTF8.self)
  #expect(drawing.hasPrefix("<?xml") && drawing.contains("own") && drawing.contains("</svg>"))
  #expect(!drawing.contains("<title>") && !drawing.contains("gnuplot_plot_1<"))
}

@Suite struct `A run of gnuplot` {
  let folder = Folder()

  /// A program in the place of gnuplot.
  ///
  /// A process of its own writes it: were it open for writing here, a process that another test starts in that
  /// moment would inherit it, and the system refuses to run a file that somebody still may write.
  private func program(_ lines: String) -> String {
    folder.write("gnuplot.text", "#!/bin/sh\n\(lines)\n")
    let copied = ThecalProcess.run("cp gnuplot.text gnuplot && chmod 700 gnuplot", in: folder)
    precondition(copied.code == 0, copied.errors)
    return folder.file("gnuplot")
  }

  @Test func `that hangs is ended, and is no picture`() {
    let hanging = program("exec sleep 600")
    let error = #expect(throws: SimulationProblem.self) {
      try GnuplotRun.picture("plot 1", program: hanging, seconds: 1)
    }
    #expect(error?.exitCode == 74)
  }

  @Test func `that fails, or draws nothing, is no picture`() {
    for lines in ["exit 0", "echo half; exit 3"] {
      let failing = program(lines)
      #expect(throws: SimulationProblem.self) { try GnuplotRun.picture("plot 1", program: failing) }
    }
  }

  @Test func `sees no settings, no home and nothing of its user's environment`() throws {
    setenv("THECAL_SECRET", "1", 1)
    let showing = program("echo \"$1 $HOME\"; env")
    let seen = String(decoding: try GnuplotRun.picture("plot 1", program: showing), as: UTF8.self)
    #expect(seen.hasPrefix("-d /proc/self/empty") && !seen.contains("THECAL_SECRET"))
  }
}

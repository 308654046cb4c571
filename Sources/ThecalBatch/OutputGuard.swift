import ThecalTabular

/// What a program owes the files of its user.
public enum OutputGuard {
  /// From now on an interrupt removes what is half written and ends the process with exit code 130, and what is printed
  /// while standard output is closed goes to no other file.
  ///
  /// For programs; a library leaves signals to its host.
  public static func install() {
    StandardOutput.occupy()
    InterruptGuard.install()
  }

  /// Throws, before anything is written, where one of `outputs` is one of `inputs` or another output, by whatever name;
  /// `-` is standard input or output.
  public static func refuseOverlap(outputs: [String], inputs: [String]) throws(BatchProblem) {
    try filing { () throws(TabularError) in
      try OutputCheck.refuseOverlap(outputs: outputs, inputs: inputs)
    }
  }

  /// Writes `text` to the file at `path`, or to standard output for `-`: complete, or not at all.
  ///
  /// - Throws: `BatchProblem` with exit code 73 where it cannot be created, 74 where it cannot be written.
  public static func write(_ text: String, to path: String) throws(BatchProblem) {
    try filing { () throws(TabularError) in
      let file = try AtomicFile(path: path)
      try file.write(Array(text.utf8).span)
      try file.commit()
    }
  }

  /// Writes `text` to standard output; done when the system has taken all of it.
  ///
  /// - Throws: `BatchProblem` with exit code 74 where it has not, 0 where the reader has seen enough.
  public static func print(_ text: String) throws(BatchProblem) {
    try filing { () throws(TabularError) in
      try AtomicFile(path: "-").write(Array(text.utf8).span)
    }
  }

  /// Closes standard output; a system that defers its errors until then reports them here.
  public static func closeOutput() throws(BatchProblem) {
    try filing { () throws(TabularError) in try StandardOutput.close() }
  }
}

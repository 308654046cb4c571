import Glibc

/// One run of gnuplot as a process of its own.
struct GnuplotRun {
  /// What gnuplot draws for `script`, which must send it to standard output.
  static func picture(_ script: String) throws(SimulationProblem) -> [UInt8] {
    // The script goes through a file without a name: a pipe could fill up while gnuplot fills the other one.
    guard let input = tmpfile() else {
      throw SimulationProblem(message: "no temporary file for gnuplot", exitCode: 74)
    }
    defer { fclose(input) }
    fputs(script, input)
    rewind(input)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw SimulationProblem(message: "no pipe for gnuplot", exitCode: 74)
    }
    // The child must not hold the reading end, nor any later child the writing end.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = start(input: fileno(input), output: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard let child else {
      throw SimulationProblem(
        message: "gnuplot is needed for --plot; install it, on Debian as gnuplot-nox", exitCode: 73)
    }
    let bytes = readAll(ends[0])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard status == 0, !bytes.isEmpty else {
      throw SimulationProblem(message: "gnuplot could not draw the picture", exitCode: 74)
    }
    return bytes
  }

  private static func start(input: Int32, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    let name = strdup("gnuplot")
    defer { free(name) }
    var child: pid_t = 0
    let code = posix_spawnp(&child, "gnuplot", &actions, nil, [name, nil], environ)
    return code == 0 ? child : nil
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}

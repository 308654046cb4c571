import Glibc
import ThecalStudy

/// One run of gnuplot as a process of its own, which reads no settings of anybody and ends in time.
struct GnuplotRun {
  /// Seconds after which a run is ended: the largest picture takes two.
  private static let mostSeconds = 30
  /// Bytes of a picture.
  private static let mostBytes = 64 << 20

  /// What gnuplot draws for `script`, which must send it to standard output.
  static func picture(
    _ script: GnuplotScript, program: String = "gnuplot", seconds: Int = mostSeconds
  ) throws(SimulationProblem) -> [UInt8] {
    // The script goes through a file without a name: a pipe could fill up while gnuplot fills the other one.
    guard let input = tmpfile() else {
      throw SimulationProblem(message: "no temporary file for gnuplot", exitCode: 74)
    }
    defer { fclose(input) }
    guard fputs(script.text, input) >= 0, fflush(input) == 0 else {
      throw SimulationProblem(message: "no room for gnuplot's script", exitCode: 74)
    }
    rewind(input)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw SimulationProblem(message: "no pipe for gnuplot", exitCode: 74)
    }
    // The child must not hold the reading end, nor any later child one of these.
    for end in ends + [fileno(input)] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = start(program, input: fileno(input), output: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard let child else {
      throw SimulationProblem(
        message: "gnuplot is needed for --plot; install it, on Debian as gnuplot-nox", exitCode: 73)
    }
    let picture = readAll(ends[0], seconds: seconds)
    if picture == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard let picture, status == 0, !picture.isEmpty else {
      throw SimulationProblem(message: "gnuplot could not draw the picture", exitCode: 74)
    }
    return withoutTitles(picture)
  }

  /// A drawing without the names that gnuplot gives to its parts: a browser shows `gnuplot_plot_1a` at the pointer, a
  /// screen reader reads it.
  private static func withoutTitles(_ picture: [UInt8]) -> [UInt8] {
    guard picture.starts(with: "<?xml".utf8) else { return picture }
    let lines = picture.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let kept = lines.map { line -> ArraySlice<UInt8> in
      guard let begin = line.firstRange(of: Array("<title>".utf8)),
        let end = line.firstRange(of: Array("</title>".utf8))
      else { return line }
      return line[..<begin.lowerBound] + line[end.upperBound...]
    }
    return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// The child sees a path to gnuplot and no home with settings in it.
  private static func start(_ program: String, input: Int32, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let environment = ["PATH=\(path)", "HOME=/proc/self/empty", "LC_ALL=C.UTF-8", "TZ=UTC"]
    // -d: neither the system's nor a user's settings.
    var arguments = [program, "-d"].map { (text: String) in strdup(text) } + [nil]
    var variables = environment.map { (text: String) in strdup(text) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, &actions, nil, &arguments, &variables)
    return code == 0 ? child : nil
  }

  /// Everything until the end; nil where that does not come in time, or is too much.
  private static func readAll(_ descriptor: Int32, seconds: Int) -> [UInt8]? {
    let deadline = now() + seconds
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let left = deadline - now()
      guard left > 0, bytes.count <= mostBytes else { return nil }
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, Int32(left * 1_000))
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else { return nil }
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec
  }
}

/// What a picture called `path` is drawn as: PNG where the name ends in `.png`, else SVG.
func pictureKind(of path: String) -> String { path.hasSuffix(".png") ? "png" : "svg" }

/// A picture as every plot lays it out: the terminal of its kind, and UTF-8.
func gnuplotTerminal(_ kind: String, width: Int, height: Int, letters: (svg: Int, png: Int)) -> GnuplotScript
{
  kind == "png"
    ? """
    set terminal pngcairo size \(width),\(height) font 'DejaVu Sans,\(letters.png)' enhanced
    set encoding utf8
    """
    : """
    set terminal svg size \(width),\(height) font 'DejaVu Sans,\(letters.svg)' enhanced background 'white'
    set encoding utf8
    """
}

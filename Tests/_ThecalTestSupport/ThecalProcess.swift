public import Glibc

/// The program as a user runs it: the binary that was built beside the tests, in a shell.
public struct ThecalProcess {
  /// What a command left behind.
  public struct Outcome {
    /// The exit code, as the shell reports it: 128 and the signal for one that was killed.
    public let code: Int32
    /// What came on standard output.
    public let output: String
    /// What came on standard error.
    public let errors: String
  }

  /// Folder of the binary, and of the tests.
  public static let products: String = {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    precondition(count > 0)
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }()

  /// Runs `command` in a shell whose working directory is `folder` and where `thecal` is the program.
  public static func run(_ command: String, in folder: Folder) -> Outcome {
    let number = UInt64.random(in: 0...UInt64.max)
    let (out, err) = (folder.path + ".\(number).out", folder.path + ".\(number).err")
    defer {
      unlink(out)
      unlink(err)
    }
    let script =
      "cd '\(folder.path)' || exit 99; PATH='\(products)':\"$PATH\"; (\(command)\n) >'\(out)' 2>'\(err)'"
    let status = wait(start("/bin/sh", ["-c", script]))
    return Outcome(code: status, output: text(out) ?? "", errors: text(err) ?? "")
  }

  /// Starts the program itself, without a shell; its process id.
  ///
  /// - Parameter output: The file that takes what it prints; without one nothing does.
  public static func start(_ arguments: [String], output: String = "/dev/null") -> pid_t {
    start(products + "/thecal", arguments, output: output)
  }

  /// Waits for a process; its exit code, or 128 and the signal that killed it.
  public static func wait(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  private static func start(_ path: String, _ arguments: [String], output: String = "/dev/null") -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, path, mode) in [
      (STDIN_FILENO, "/dev/null", O_RDONLY), (STDOUT_FILENO, output, O_WRONLY | O_CREAT),
      (STDERR_FILENO, "/dev/null", O_WRONLY),
    ] {
      posix_spawn_file_actions_addopen(&actions, descriptor, path, mode, 0o600)
    }
    // A thread of the test runner blocks signals, and a child would inherit that: a user's shell does not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var arguments: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, path, &actions, &attributes, &arguments, environ)
    precondition(code == 0, "\(path): error \(code)")
    return process
  }
}

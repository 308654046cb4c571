import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// Sends `number` to this process while an output at `path` is half written; if that is survived, the
/// output is committed.
private func write(_ path: String, interruptedBy number: Int32) throws(TabularError) {
  InterruptGuard.install()
  let file = try AtomicFile(path: path, inputs: [], isStaged: true)
  try file.write([1, 2, 3].span)
  kill(getpid(), number)  // not `raise`: the threads that tests run on block signals
  usleep(300_000)
  try file.commit()
}

/// Writes 1 MiB to `path`, and ends the process with the exit code of the error that this meets.
private func writeMuch(_ path: String) -> Never {
  InterruptGuard.install()
  do throws(TabularError) {
    let file = try AtomicFile(path: path)
    var output = ByteWriter()
    for _ in 0..<16 {
      for _ in 0..<65_536 { output.append(UInt8(ascii: "x")) }
      try file.write(&output)
    }
    try file.commit()
  } catch { exit(error.exitCode) }
  exit(0)
}

@Suite struct `A process that is stopped` {
  let folder = Folder()

  @Test func `removes its temporary file when interrupted and exits with 130`() async {
    let path = folder.path + "/out.csv"
    await #expect(processExitsWith: .exitCode(130)) { [path = path as String] in
      try write(path, interruptedBy: SIGINT)
    }
    #expect(folder.names == [])
  }

  @Test func `removes its temporary file when terminated, and keeps what was there`() async {
    let path = folder.path + "/out.csv"
    create(path, "old")
    await #expect(processExitsWith: .exitCode(143)) { [path = path as String] in
      try write(path, interruptedBy: SIGTERM)
    }
    #expect(folder.names == ["out.csv"] && text(path) == "old")
  }

  @Test func `goes on when its parent had the signal ignored`() async {
    let path = folder.path + "/out.csv"
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGHUP, SIG_IGN)
      try write(path, interruptedBy: SIGHUP)
    }
    #expect(contents(path) == [1, 2, 3])
  }

  @Test(arguments: [SIGQUIT, SIGABRT, SIGSEGV, SIGUSR1, SIGALRM, SIGXCPU, SIGPWR])
  func `removes its temporary file on every other signal too`(number: Int32) async {
    let path = folder.path + "/out.csv"
    await #expect(processExitsWith: .exitCode(128 + number)) {
      [path = path as String, number = number as Int32] in
      try write(path, interruptedBy: number)
    }
    #expect(folder.names == [])
  }

  @Test func `leaves nothing when killed in the middle of a table`() async {
    let path = folder.path + "/out.csv"
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let file = try AtomicFile(path: path)
      try file.write([1, 2, 3].span)
      kill(getpid(), SIGKILL)
      try file.commit()
    }
    #expect(folder.names == [])
  }

  @Test func `leaves no image of its memory`() async {
    await #expect(processExitsWith: .success) {
      InterruptGuard.install()
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
      exit(limit.rlim_cur == 0 ? 0 : 1)
    }
  }
}

@Suite struct `A full disk` {
  let folder = Folder()

  @Test func `is an error of output that leaves nothing behind`() async {
    let path = folder.path + "/out.csv"
    create(path, "old")
    await #expect(processExitsWith: .exitCode(74)) { [path = path as String] in
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      writeMuch(path)
    }
    #expect(folder.names == ["out.csv"] && text(path) == "old")
  }

  @Test(.enabled(if: Folder.canBecomeDisk)) func `leaves nothing behind on a file system of 64 KiB`() async {
    let disk = folder.path
    folder.becomeDisk(kibibytes: 64)
    await #expect(processExitsWith: .exitCode(74)) { [disk = disk as String] in writeMuch(disk + "/out.csv") }
    #expect(folder.names == [])
  }
}

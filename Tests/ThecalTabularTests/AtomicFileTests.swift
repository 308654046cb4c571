import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// Writes `text` to `path` and commits.
private func publish(_ text: String, _ path: String, inputs: [String] = []) throws(TabularError) {
  let file = try AtomicFile(path: path, inputs: inputs)
  let bytes = Array(text.utf8)
  try file.write(bytes.span)
  try file.commit()
}

/// The error that publishing at `path` ends with.
private func refusal(_ path: String, inputs: [String] = []) -> TabularError? {
  do throws(TabularError) {
    try publish("x", path, inputs: inputs)
    return nil
  } catch { return error }
}

@Suite struct `An output is complete or absent` {
  let folder = Folder()

  @Test func `until commit the folder shows nothing of the output`() throws {
    let path = folder.path + "/out.csv"
    create(path, "old")
    let file = try AtomicFile(path: path)
    var output = ByteWriter()
    output.append("new")
    try file.write(&output)
    #expect(output.count == 0)
    #expect(text(path) == "old" && folder.names == ["out.csv"])
    try file.commit()
    #expect(text(path) == "new" && folder.names == ["out.csv"])
  }

  @Test func `an abandoned output leaves nothing`() throws {
    do {
      let file = try AtomicFile(path: folder.path + "/out.csv")
      try file.write([1, 2, 3].span)
      #expect(folder.names == [])
    }
    #expect(folder.names == [])
  }

  @Test func `a library that writes by name is given one that goes with the output`() throws {
    do {
      let file = try AtomicFile(path: folder.path + "/out.nc", inputs: [], isStaged: true)
      #expect(folder.names.count == 1 && folder.names[0].hasPrefix(".thecal-"))
      try file.write([1].span)
    }
    #expect(folder.names == [])
  }

  @Test func `a new file gets the usual permissions and an old one keeps its own`() throws {
    let path = folder.path + "/out.csv"
    var status = stat()
    try publish("a", path)
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o644 & ~processMask)
    chmod(path, 0o600)
    try publish("b", path)
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o600 && text(path) == "b")
  }

  private var processMask: mode_t {
    let mask = umask(0o022)
    umask(mask)
    return mask
  }

  @Test(arguments: [true, false])
  func `a link stays a link and its file is replaced`(exists: Bool) throws {
    let link = folder.path + "/link.csv"
    if exists { create(folder.path + "/target.csv", "old") }
    symlink("target.csv", link)
    try publish("new", link)
    #expect(text(folder.path + "/target.csv") == "new")
    #expect(folder.names == ["link.csv", "target.csv"])
    unlink(folder.path + "/target.csv")
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `links in a circle are refused`() {
    let link = folder.path + "/a"
    symlink("a", link)
    #expect(refusal(link) == .cannotCreate(path: link, code: ELOOP))
  }

  @Test func `a folder, a missing folder and an empty name are refused`() {
    #expect(refusal(folder.path) == .cannotCreate(path: folder.path, code: EISDIR))
    #expect(refusal(folder.path + "/new/") == .cannotCreate(path: folder.path + "/new/", code: EISDIR))
    #expect(refusal("/nowhere/x") == .cannotCreate(path: "/nowhere/x", code: ENOENT))
    #expect(refusal("") == .cannotCreate(path: "", code: ENOENT))
    #expect(refusal("/proc/x")?.exitCode == 73)
  }

  @Test func `the input is never the output, by whatever name`() {
    let (input, link) = (folder.path + "/in.csv", folder.path + "/link.csv")
    create(input, "precious")
    symlink("in.csv", link)
    #expect(refusal(link, inputs: [input]) == .outputIsInput(path: link))
    #expect(refusal(input, inputs: ["-", link]) == .outputIsInput(path: input))
    #expect(text(input) == "precious" && folder.names.count == 2)
  }

  @Test func `a device is written to and not replaced`() throws {
    try publish("gone", "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func `a full device is an error of input and output`() {
    #expect(refusal("/dev/full") == .inputOutput(path: "/dev/full", code: ENOSPC))
    #expect(refusal("/dev/full")?.exitCode == 74)
  }

  @Test func `a reader that has gone is no failure`() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    let file = try AtomicFile(path: pipe)
    close(reader)
    let error = #expect(throws: TabularError.self) { try file.write([1].span) }
    #expect(error == .closedReader && error?.exitCode == 0)
  }
}

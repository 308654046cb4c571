import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// What is said about writing `outputs` while `inputs` are read; nil where nothing is against it.
private func refusal(_ outputs: [String], reading inputs: [String]) -> TabularError? {
  do throws(TabularError) {
    try OutputCheck.refuseOverlap(outputs: outputs, inputs: inputs)
    return nil
  } catch { return error }
}

@Suite struct `Nothing that is read or written is written over` {
  let folder = Folder()

  /// A file, and every kind of second name that it can have.
  private func names() -> (file: String, others: [String]) {
    let file = folder.path + "/in.csv"
    create(file, "precious")
    symlink("in.csv", folder.path + "/soft.csv")
    symlink("soft.csv", folder.path + "/softer.csv")
    link(file, folder.path + "/hard.csv")
    let name = folder.path.split(separator: "/").last ?? ""
    return (
      file,
      [
        file, folder.path + "//in.csv", folder.path + "/./in.csv", folder.path + "/../\(name)/in.csv",
        folder.path + "/soft.csv", folder.path + "/softer.csv", folder.path + "/hard.csv",
      ]
    )
  }

  @Test func `an output that is an input under any name is refused with 73`() {
    let (file, others) = names()
    for other in others {
      #expect(refusal([other], reading: [file]) == .outputIsInput(path: other))
      #expect(refusal(["/dev/null", other], reading: ["/nowhere", file])?.exitCode == 73)
    }
    #expect(text(file) == "precious")
  }

  @Test func `two outputs that are one file are refused with 73, also before there is one`() {
    let (file, others) = names()
    for other in others.dropFirst() {
      #expect(refusal([file, other], reading: []) == .outputIsOutput(path: other, other: file))
    }
    let new = folder.path + "/new.csv"
    symlink("new.csv", folder.path + "/dangling.csv")
    for other in [new, folder.path + "/./new.csv", folder.path + "/dangling.csv"] {
      #expect(refusal([new, other], reading: [])?.exitCode == 73)
    }
    #expect(refusal([new, folder.path + "/newer.csv"], reading: [file]) == nil)
  }

  @Test func `an open descriptor of the input is the input`() {
    let (file, _) = names()
    let descriptor = open(file, O_RDONLY)
    defer { close(descriptor) }
    let path = "/proc/self/fd/\(descriptor)"
    #expect(refusal([path], reading: [file]) == .outputIsInput(path: path))
  }

  @Test func `one input may be read twice, and the null device takes every output`() {
    let (file, others) = names()
    #expect(refusal([folder.path + "/new.csv"], reading: [file] + others) == nil)
    #expect(refusal(["/dev/null", "/dev/null"], reading: ["/dev/null"]) == nil)
  }

  @Test func `a pipe cannot take two outputs`() {
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    #expect(refusal([pipe, pipe], reading: [])?.exitCode == 73)
  }
}

@Suite struct `A file that is named by another` {
  let folder = Folder()

  @Test func `lies in its folder or below, links followed`() {
    let base = folder.path
    mkdir(base + "/in", 0o700)
    mkdir(base + "/in/deep", 0o700)
    create(base + "/secret.csv", "secret")
    create(base + "/in/plan.yaml", "")
    create(base + "/in/deep/diary.csv", "")
    symlink("../secret.csv", base + "/in/link.csv")
    symlink("deep/diary.csv", base + "/in/inner.csv")
    let plan = base + "/in/plan.yaml"
    for name in [
      "../secret.csv", base + "/secret.csv", "deep/../../secret.csv", "link.csv", "", "/etc/passwd",
    ] {
      #expect(NamedFile.path(name, beside: plan) == nil, "\(name)")
    }
    for name in ["deep/diary.csv", "inner.csv", "./plan.yaml", "not-there.csv"] {
      #expect(NamedFile.path(name, beside: plan) == base + "/in/" + name)
    }
  }
}

@Suite struct `What streams by` {
  let folder = Folder()

  @Test func `is copied to a file that has no name and belongs to its user alone`() async {
    mkfifo(folder.path + "/pipe", 0o600)
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      setenv("TMPDIR", path, 1)
      system("printf 'a,b\\n1,2\\n' > '\(path)/pipe' &")
      let input = try SpooledInput(path + "/pipe")
      var status = stat()
      guard stat(input.path, &status) == 0, status.st_mode & 0o777 == 0o600, status.st_nlink == 0 else {
        exit(1)
      }
      for _ in 0..<2 {
        let table = try CSVReader(path: input.path, origin: input.origin)
        guard table.header == ["a", "b"] else { exit(2) }
      }
      exit(0)
    }
    #expect(folder.names == ["pipe"])
  }
}

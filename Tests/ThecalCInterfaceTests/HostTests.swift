import CThecal
import Dispatch
import Glibc
import Testing
import Thecal
import ThecalCInterface
import _ThecalTestSupport

private let base = """
  drug: morphine
  catheter: {tip: T10}
  program: [{at: 0 h, rate: 1 mg/day}]
  cells: 60
  output: {every: 6 h, until: 1 day, at: [tip, L4]}
  """

private func spec(seed: Int) -> String {
  """
  scenario: base.yaml
  design: {method: montecarlo, samples: 12, seed: \(seed)}
  parameters:
    loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
    dispersion_c1: {lognormal: {median: 0.67 cm2/s, gsd: 2}}
  outputs: [csf, steady]
  """
}

private func sweep(seed: Int, threads: Int32 = 1, to path: String) -> thecal_status {
  let text = spec(seed: seed)
  let (status, result) = withFiles(["base.yaml": base]) { files, count in
    called { thecal_sweep(text, text.utf8.count, files, count, path, 1, 1, threads, 0, $0) }
  }
  thecal_free(result)
  return status
}

@Suite struct `The process that calls` {
  @Test func `may sweep from several threads at once`() {
    let folder = Folder()
    #expect(sweep(seed: 1, to: folder.file("alone.nc")) == 0)
    let alone = contents(folder.file("alone.nc"))
    let paths = (0..<8).map { folder.file("many-\($0).nc") }
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 8) { k in
      if sweep(seed: k % 2 == 0 ? 1 : 2, to: paths[k]) != 0 { failures.add() }
    }
    #expect(failures.count == 0)
    for k in stride(from: 0, to: 8, by: 2) { #expect(contents(paths[k]) == alone) }
    for k in stride(from: 1, to: 8, by: 2) { #expect(contents(paths[k]) != alone) }
  }

  @Test func `joins and weighs what it has swept`() {
    let folder = Folder()
    let text = spec(seed: 3).replacing("montecarlo", with: "saltelli")
    #expect(sweepShards(text, folder) == [0, 0])
    let merged = withCells([folder.file("1.nc"), folder.file("2.nc")]) { parts in
      called { thecal_merge(parts, 2, folder.file("all.nc"), $0) }
    }
    #expect(merged.0 == 0, "\(String(cString: thecal_message(merged.1)))")
    let weighed = called { thecal_sensitivity(folder.file("all.nc"), $0) }
    #expect(weighed.0 == 0 && words(weighed.1).contains(#""design":"saltelli""#))
    let lacking = called { thecal_sensitivity(folder.file("none.nc"), $0) }
    #expect(lacking.0 == 66)
    for result in [merged.1, weighed.1, lacking.1] { thecal_free(result) }
  }

  private func sweepShards(_ text: String, _ folder: Folder) -> [thecal_status] {
    (1...2).map { part in
      let (status, result) = withFiles(["base.yaml": base]) { files, count in
        called {
          thecal_sweep(
            text, text.utf8.count, files, count, folder.file("\(part).nc"), Int32(part), 2, 1, 0, $0)
        }
      }
      thecal_free(result)
      return status
    }
  }

  @Test func `keeps its environment, its files and its threads of BLAS`() {
    let folder = Folder()
    let (variable, threads) = (getenv("HDF5_USE_FILE_LOCKING") != nil, Blas.threads())
    Blas.setThreads(2)
    #expect(sweep(seed: 4, to: folder.file("one.nc")) == 0)  // HDF5 opens what it keeps open
    let before = HeldFiles.names(in: folder.path)
    #expect(sweep(seed: 5, to: folder.file("two.nc")) == 0)
    #expect(Blas.threads() == 2)
    Blas.setThreads(threads)
    #expect((getenv("HDF5_USE_FILE_LOCKING") != nil) == variable)
    #expect(HeldFiles.names(in: folder.path) == before)
  }

  @Test func `gets the codes of the command line for files`() {
    let folder = Folder()
    #expect(sweep(seed: 6, to: folder.file("none/out.nc")) == 73)
    let text = spec(seed: 1)
    let (status, result) = called { thecal_sweep(text, text.utf8.count, nil, 0, "out.nc", 1, 1, 1, 0, $0) }
    #expect(status == 65 && String(cString: thecal_message(result)).contains("base.yaml"))
    thecal_free(result)
  }

  @Test func `gets the refusal of a dose from a sweep, and no file`() {
    let folder = Folder()
    let text = spec(seed: 1)
    // 24 mg/day, above the 20 of the label, with the slip of an hour for a day.
    let scenario = base.replacing("1 mg/day", with: "1 mg/h")
    let (status, result) = withFiles(["base.yaml": scenario]) { files, count in
      called { thecal_sweep(text, text.utf8.count, files, count, folder.file("out.nc"), 1, 1, 1, 0, $0) }
    }
    #expect(status == 1 && folder.names.isEmpty)
    let answer = words(result)
    #expect(answer.contains(#""status":"blocked""#) && answer.contains("TYPO_SUSPECTED"))
    thecal_free(result)
  }
}

/// The number of threads of the BLAS that is loaded.
enum Blas {
  static func threads() -> Int32 {
    dlsym(nil, "openblas_get_num_threads").map {
      unsafeBitCast($0, to: (@convention(c) () -> Int32).self)()
    } ?? 0
  }

  static func setThreads(_ count: Int32) {
    dlsym(nil, "openblas_set_num_threads").map {
      unsafeBitCast($0, to: (@convention(c) (Int32) -> Void).self)(count)
    }
  }
}

extension HeldFiles {
  /// Files of this process below `folder`.
  static func names(in folder: String) -> [String] {
    guard let listing = opendir("/proc/self/fd") else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var buffer = [CChar](repeating: 0, count: 4_096)
      let length = readlink("/proc/self/fd/\(name)", &buffer, buffer.count)
      guard length > 0 else { continue }
      let target = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
      if target.hasPrefix(folder) { names.append(target) }
    }
    return names.sorted()
  }
}

import Glibc
import Testing
import _ThecalTestSupport

/// So many patients, no two alike, that their conversion takes long enough to be disturbed.
private func longClinic(in folder: Folder, patients: Int = 60_000) -> String {
  var text = "patient_id,drug,dose,unit,frequency,opioid_days\n"
  for number in 0..<patients {
    text += "P\(number),oxycodone,\(number % 300 + 1).\(number % 7),mg,q6h,\(number)\n"
  }
  return folder.write("long.csv", text)
}

/// Starts a long conversion into `out.csv` and returns when it has begun to write.
private func startedRun(in folder: Folder) -> pid_t {
  let input = longClinic(in: folder)
  let process = ThecalProcess.start(["convert", input, "-o", folder.file("out.csv"), "--threads", "1"])
  for _ in 0..<3_000 where !isWriting(process, in: folder) { usleep(10_000) }
  return process
}

/// Whether a process has a file without a name open in `folder`: its output, until it is complete.
private func isWriting(_ process: pid_t, in folder: Folder) -> Bool {
  guard let descriptors = opendir("/proc/\(process)/fd") else { return false }
  defer { closedir(descriptors) }
  while let entry = readdir(descriptors) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    var target = [CChar](repeating: 0, count: 1_024)
    guard readlink("/proc/\(process)/fd/\(name)", &target, target.count - 1) > 0 else { continue }
    let path = String(decoding: target.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if path.hasPrefix(folder.path + "/#") { return true }
  }
  return false
}

@Test func `an interrupted run ends with 130 and leaves nothing behind`() {
  let folder = Folder()
  let process = startedRun(in: folder)
  #expect(kill(process, SIGINT) == 0)
  #expect(ThecalProcess.wait(process) == 130)
  #expect(folder.names == ["long.csv"])
}

@Test func `a killed run leaves no output that looks complete`() {
  let folder = Folder()
  folder.write("out.csv", "old\n")
  let input = longClinic(in: folder)
  let process = ThecalProcess.start(["convert", input, "-o", folder.file("out.csv"), "--threads", "1"])
  for _ in 0..<3_000 where !isWriting(process, in: folder) { usleep(10_000) }
  #expect(kill(process, SIGKILL) == 0)
  #expect(ThecalProcess.wait(process) == 137)
  #expect(text(folder.file("out.csv")) == "old\n")
}

@Test(arguments: ["csv", "jsonl", "xlsx"])
func `a limit on file size ends the run with 74 and no partial file`(format: String) {
  let folder = Folder()
  _ = longClinic(in: folder, patients: 4_000)
  let outcome = ThecalProcess.run(
    "ulimit -f 64; thecal convert long.csv -o out.\(format) --quiet", in: folder)
  #expect(
    outcome.code == 74 && outcome.errors.contains("out.\(format)"), "\(outcome.code): \(outcome.errors)")
  #expect(folder.names == ["long.csv"])
}

@Test(.enabled(if: Folder.canBecomeDisk), arguments: ["csv", "jsonl", "xlsx"])
func `a full disk ends the run with 74 and no partial file`(format: String) throws {
  let (folder, disk) = (Folder(), Folder())
  disk.becomeDisk(kibibytes: 64)
  _ = longClinic(in: folder, patients: 4_000)
  let outcome = ThecalProcess.run(
    "thecal convert long.csv -o '\(disk.file("out." + format))' --quiet", in: folder)
  #expect(outcome.code == 74 && outcome.errors.contains("No space"), "\(outcome.code): \(outcome.errors)")
  #expect(disk.names.isEmpty)
}

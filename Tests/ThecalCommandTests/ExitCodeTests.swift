import Glibc
import Testing
import _ThecalTestSupport

private let good = "patient_id,drug,dose,unit,frequency,opioid_days\nA,morphine,60,mg,bid,30\n"
private let bad = good + "B,morphine,\"1,500\",mg,bid,30\n"

/// A folder with a good clinic, one with an error in it, and files that are no clinics.
private func clinic() -> Folder {
  let folder = Folder()
  folder.write("good.csv", good)
  folder.write("bad.csv", bad)
  folder.write("header.csv", "patient_id,drug\nA,morphine\n")
  folder.write("empty.csv", "")
  folder.write("utf16.csv", [0xFF, 0xFE, 0x70, 0, 0x61, 0, 0x74, 0])
  folder.write("sheet.csv", [0x50, 0x4B, 0x03, 0x04, 0x14, 0])
  return folder
}

/// A command as a user types it, the exit code, and what standard error says about it.
let commands: [(String, Int32, String)] = [
  ("thecal convert good.csv -o out.csv", 0, "1 result: 1 ok"),
  ("thecal convert bad.csv -o out.csv", 1, "B (morphine): error"),
  ("thecal convert good.csv -o out.csv --quiet", 0, ""),
  ("thecal convert - < good.csv > out.csv", 0, "1 result"),
  ("cat good.csv | thecal convert - -o -", 0, "1 result"),
  ("thecal convert good.csv -o out.jsonl", 0, "1 result"),
  ("thecal convert good.csv -o out.xlsx", 0, "1 result"),
  ("thecal convert", 64, "name a file"), ("thecal convert good.csv extra.csv", 64, "extra.csv"),
  ("thecal convert good.csv --threads 0", 64, "1 to 256"),
  ("thecal convert good.csv --threads two", 64, "two"),
  ("thecal convert good.csv --format pdf", 64, "pdf"), ("thecal convert good.csv --nope", 64, "--nope"),
  ("thecal convert good.csv --mme-table cdc_1999", 64, "cdc_2022"),
  ("thecal convert good.csv --ratio-table thumb", 64, "leaflet_300"),
  ("thecal convert good.csv --ratio-table sylvester_2004", 64, "intrathecal to oral"),
  ("thecal convert good.csv --json --format csv", 64, "contradict"),
  ("thecal convert good.csv --to morphine", 64, "target_drug"),
  ("thecal convert good.csv --medication 'morphine 60 mg bid'", 64, "not both"),
  ("thecal convert --medication morphine", 64, "oxycodone oral 20 mg q6h"),
  ("thecal convert --medication 'morphine 60'", 64, "oxycodone oral 20 mg q6h"),
  ("thecal convert --explain good.csv", 64, "-o"), ("thecal nonsense", 64, "nonsense"),
  ("thecal --nope", 64, "--nope"),
  ("thecal cite", 64, "ids"), ("thecal cite nobody1900", 64, "nobody1900"),
  ("thecal tables show", 64, "id"), ("thecal tables show nope", 64, "leaflet_300"),
  ("thecal convert header.csv -o out.csv", 65, "dose, unit"),
  ("thecal convert empty.csv -o out.csv", 65, "empty"),
  ("thecal convert utf16.csv -o out.csv", 65, "CSV UTF-8"),
  ("thecal convert sheet.csv -o out.csv", 65, "workbook"),
  ("thecal convert - -o out.csv < /dev/null", 65, "standard input is empty"),
  ("thecal convert missing.csv -o out.csv", 66, "no such file"),
  ("thecal convert . -o out.csv", 66, "directory"),
  ("thecal convert good.csv/x -o out.csv", 66, "no such file"),
  ("thecal convert - <&- -o out.csv", 66, "standard input"),
  ("thecal convert good.csv -o .", 73, "cannot be created"),
  ("thecal convert good.csv -o no/out.csv", 73, "no/out.csv"),
  ("thecal convert good.csv -o good.csv", 73, "never modified"),
  ("ln -s good.csv link.csv; thecal convert good.csv -o link.csv", 73, "never modified"),
  ("thecal convert good.csv -o /dev/full", 74, "No space"),
  ("thecal convert good.csv > /dev/full", 74, "No space"),
]

@Test(arguments: commands) func `every way to end has its exit code and its sentence`(
  command: String, code: Int32, words: String
) throws {
  let folder = clinic()
  let outcome = ThecalProcess.run(command, in: folder)
  #expect(outcome.code == code, "\(command): \(outcome.errors)")
  #expect(outcome.errors.contains(words), "\(command): \(outcome.errors)")
  if words.isEmpty { #expect(outcome.errors.isEmpty) }
  let expected = ["bad.csv", "empty.csv", "good.csv", "header.csv", "sheet.csv", "utf16.csv"]
  let left = folder.names.filter { !expected.contains($0) && $0 != "link.csv" }
  #expect(left.allSatisfy { code <= 1 && $0.hasPrefix("out.") }, "left behind: \(left)")
  #expect(text(folder.file("good.csv")) == good)
}

@Test func `nothing is said on standard output beside the result`() throws {
  let folder = clinic()
  let plain = ThecalProcess.run("thecal convert good.csv 2>/dev/null", in: folder)
  let table = Table(plain.output)
  #expect(table.rows.count == 1 && table[0, "start"] == "0.4")
  #expect(ThecalProcess.run("thecal convert - < good.csv 2>/dev/null", in: folder).output == plain.output)
  #expect(
    ThecalProcess.run("cat good.csv | thecal convert --threads 2 /dev/stdin", in: folder).output
      == plain.output)
}

@Test func `an output that existed is replaced in one step or left as it was`() throws {
  let folder = clinic()
  folder.write("out.csv", "old\n")
  #expect(ThecalProcess.run("thecal convert header.csv -o out.csv", in: folder).code == 65)
  #expect(text(folder.file("out.csv")) == "old\n")
  #expect(ThecalProcess.run("thecal convert good.csv -o out.csv", in: folder).code == 0)
  #expect(Table(text(folder.file("out.csv")) ?? "").rows.count == 1)
}

@Test func `a reader that has seen enough is no error`() {
  let folder = Folder()
  folder.write(
    "many.csv", good + String(repeating: "X,morphine,60,mg,bid,30\nY,morphine,60,mg,bid,30\n", count: 3_000))
  let outcome = ThecalProcess.run("thecal convert many.csv --quiet | head -1", in: folder)
  #expect(outcome.errors.isEmpty && outcome.output.hasPrefix("patient_id,rows") && outcome.code == 0)
  let code = ThecalProcess.run(
    "(thecal convert many.csv --quiet; echo $? >code) | head -1 >/dev/null; cat code", in: folder)
  #expect(code.output == "0\n" || code.output == "1\n")  // 1: it had all been written before the reader left
}

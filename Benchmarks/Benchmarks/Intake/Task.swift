import BenchmarkSupport
import CIntakePeers
import ThecalIntake

/// The work that is measured: a hospital's table with names in the styles of RxNorm, labels and hospital systems, and
/// directions as they are written.
final class Task {
  static let rows = 4_000
  private let table: [UInt8]
  private let run = IntakeRun()

  private static let names = [
    "MORPHINE SULFATE ER 60 MG TABLET", "12 HR morphine sulfate 45 MG Extended Release Oral Capsule",
    "72 HR fentanyl 0.012 MG/HR Transdermal System", "HYDROcodone-acetaminophen (NORCO) 5-325 mg per tablet",
    "acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet [Percocet]", "OxyContin 40 mg",
    "oxyCODONE (oxyCODONE 5 mg oral tablet)", "GABAPENTIN 300 MG CAPSULE", "FENTANYL 25MCG/HR PATCH",
    "Morphine 10mg/5ml oral solution", "HYDROMORPHONE 4 MG TABLET", "Co-codamol 30mg/500mg tablets",
    "baclofen (baclofen 10 mg oral tablet)", "apixaban 5 mg tablet", "buprenorphine-naloxone 8-2 mg SL film",
    "MORPHINE SO4 15MG TAB,SA", "traMADol 50 mg tablet", "methadone hydrochloride 10 MG Oral Tablet",
  ]
  private static let directions = [
    "Take 1 tablet by mouth twice daily", "1 tab po q8h",
    "Take 2 tablets (20 mg total) by mouth every 12 hours",
    "Apply 1 patch every 72 hours", "take 2 tablets every morning and 1 tablet at bedtime",
    "take 7.5 mL (15 mg) q4h", "1-2 tabs q4-6h prn pain", "TAKE ONE CAPSULE BY MOUTH THREE TIMES A DAY",
    "Take 1 tablet (5 mg total) by mouth every 6 (six) hours as needed for severe pain. Max Daily Amount: 20 mg",
    "1 and 1/2 tabs tid with food", "Place 1 film under the tongue daily", "10 mg bid", "1 tab qid x 7 days",
  ]

  init() {
    var text = "MRN,Drug Name,Sig\n"
    for row in 0..<Self.rows {
      let name = Self.names[row % Self.names.count]
      // Both lists in step would meet the same pairs only.
      let sig = Self.directions[(row / 7 + row) % Self.directions.count]
      text += "\(row / 3),\"\(name)\",\"\(sig)\"\n"
    }
    table = Array(text.utf8)
  }

  /// Seconds per medicine of the scan in C.
  func peerTime() -> Double {
    var sum: UInt64 = 0
    let time = shortest(200) {
      table.withUnsafeBufferPointer { sum &+= peer_scan($0.baseAddress, $0.count) }
    }
    precondition(sum != 0)
    return time / Double(Self.rows)
  }

  /// Seconds per medicine from the bytes of the table to typed medicines.
  func ownTime() -> Double {
    shortest(40) {
      var counts = (read: 0, all: 0)
      let summary = try? run.read(bytes: table) { medicine in
        counts.all += 1
        if medicine.outcome == .read { counts.read += 1 }
      }
      precondition(summary?.total == Self.rows && counts.all == Self.rows && counts.read > Self.rows / 4)
    } / Double(Self.rows)
  }
}

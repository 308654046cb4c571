import Testing
import ThecalReports
import ThecalStudy
import _ThecalTestSupport

private let badLevels: [(text: String, words: String)] = [
  ("time,site\n1,tip\n", ":1: the header lacks value"),
  ("time,site,value\n1,L9,5\n", ":2: site: 'L9' is no site"),
  ("time,site,value\n-1,tip,5\n", ":2: time: '-1' is no time"),
  ("time,site,value\n1,tip,-5\n", ":2: value: '-5'"),
  ("time,site,value\n1,tip,nan\n", ":2: value: 'nan'"),
  ("time,site,value\n1,tip,5\n1 day,tip,5 mg\n", ":3: value: '5 mg'"),
]

@Suite struct `Measured levels` {
  @Test(arguments: badLevels.indices) func `that cannot be read are named with line and column`(index: Int)
    throws
  {
    let folder = Folder()
    let path = folder.write("p.csv", badLevels[index].text)
    let error = #expect(throws: SimulationProblem.self) {
      try ObservedLevels(path: path, sites: ["tip", "T10"])
    }
    #expect(
      error?.exitCode == 65 && error?.message.contains("p.csv" + badLevels[index].words) == true,
      "\(error?.message ?? "")")
  }

  @Test func `come with or without a unit, under any usual name of a column`() throws {
    let folder = Folder()
    let path = folder.write("p.csv", "Hours,Place,DV,BLQ\n2,tip,120,\n1 day,T10,0.12 mcg/mL,Yes\n")
    let points = try ObservedLevels(path: path, sites: ["tip", "T10"]).points
    #expect(points.map(\.time_h) == [2, 24] && points.map(\.site) == [0, 1])
    #expect(points.allSatisfy { abs($0.level - 120) < 1e-9 } && points.map(\.isBelowLimit) == [false, true])
  }
}

import Testing

@testable import ThecalTransport

/// A face joins the centers of its neighbors; the pool is met at the upper end of the first cell, half a cell away.
@Test(arguments: [20, 60, 400])
func `the first cell meets the pool over half the way that cells are apart`(cells: Int) throws {
  let grid = CanalGrid(SpinalAnatomy(), cells: cells)
  var parameters = try #require(CanalParameters(drug: "morphine"))
  parameters.dispersionSac = parameters.dispersionC1
  let model = CanalModel(grid, parameters)
  let step = grid.length(parameters.height) / Double(cells)
  for face in [0, 1, cells - 1] {
    let area =
      parameters.areaCervical * grid.cervicalAreas[face]
      + parameters.areaLumbosacral * grid.lumbosacralAreas[face]
    let way = area * parameters.dispersionC1 * parameters.pulsation / model.conductance[face]
    #expect(abs(way / (face == 0 ? step / 2 : step) - 1) < 1e-12, "face \(face): \(way) cm of \(step) cm")
  }
}

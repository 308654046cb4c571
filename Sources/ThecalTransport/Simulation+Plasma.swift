import ThecalSolvers

extension Simulation {
  /// The levels at the sites, ng/mL, that a level of 1 ng/mL in plasma keeps up for ever where exchange alone would
  /// bring the CSF to the level of plasma (φ = 1); the pump gives nothing. Nil where nothing is ever lost.
  package func levelsOfSteadyPlasma() -> [Double]? {
    guard let state = model.network.steadyState(source: model.uptake) else { return nil }
    return sites.map { site in
      site == .plasma ? 1 : probe(site, height: model.parameters.height).value(state) / Self.nanograms
    }
  }
}

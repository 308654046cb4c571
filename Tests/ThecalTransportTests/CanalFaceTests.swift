import Testing
import ThecalSolvers

@testable import ThecalTransport

/// The model of a person, with `change` made to the defaults of morphine.
private func model(_ change: (inout CanalParameters) -> Void) throws -> CanalModel {
  var parameters = try #require(CanalParameters(drug: "morphine"))
  change(&parameters)
  return CanalModel(CanalGrid(SpinalAnatomy(), cells: 80), parameters)
}

/// What each face gains per unit of its flow and of the logarithm of its conductance, against the difference of two people who
/// differ in nothing else. Flow and dispersion from hardly any to so much that the one drowns the other.
@Suite struct `The gains of a face` {
  private static let people: [(production: Double, dispersion: Double)] = [
    (1, 1), (1, 1e-3), (1e-3, 1), (30, 1e-2), (0.3, 40),
  ]

  @Test(arguments: people)
  func `per unit of flow are those of two people with other production`(
    person: (production: Double, dispersion: Double)
  ) throws {
    func with(_ factor: Double) throws -> CanalModel {
      try model {
        $0.production *= person.production * factor
        $0.dispersionC1 *= person.dispersion
        $0.dispersionSac *= person.dispersion
      }
    }
    let faces = CanalFaces(try with(1))
    let (less, more) = (try with(1 - 1e-4), try with(1 + 1e-4))
    var checked = 0
    for face in faces.onwardByFlow.indices where abs(more.flow[face] - less.flow[face]) > 1e-12 {
      let by = more.flow[face] - less.flow[face]
      let (onward, back) = (
        (more.network.onward[face] - less.network.onward[face]) / by,
        (more.network.back[face] - less.network.back[face]) / by
      )
      #expect(abs(faces.onwardByFlow[face] - onward) < 1e-6, "onward over face \(face)")
      #expect(abs(faces.backByFlow[face] - back) < 1e-6, "back over face \(face)")
      // What goes on less what comes back is what flows.
      #expect(abs(faces.onwardByFlow[face] - faces.backByFlow[face] - 1) < 1e-12)
      checked += 1
    }
    #expect(checked > 40)
  }

  @Test(arguments: people)
  func `per logarithm of conductance are those of two people with other dispersion`(
    person: (production: Double, dispersion: Double)
  ) throws {
    func with(_ factor: Double) throws -> CanalModel {
      try model {
        $0.production *= person.production
        $0.dispersionC1 *= person.dispersion * factor
        $0.dispersionSac *= person.dispersion * factor
      }
    }
    let step = 1e-4
    let faces = CanalFaces(try with(1))
    let (less, more) = (try with(1 - step), try with(1 + step))
    for face in faces.onwardByLog.indices {
      let onward = (more.network.onward[face] - less.network.onward[face]) / (2 * step)
      let back = (more.network.back[face] - less.network.back[face]) / (2 * step)
      let size = faces.onwardByLog.map(abs).max() ?? 0
      #expect(abs(faces.onwardByLog[face] - onward) < 1e-6 * size, "onward over face \(face)")
      #expect(abs(faces.backByLog[face] - back) < 1e-6 * size, "back over face \(face)")
    }
  }

  @Test func `of another person are those of that person alone`() throws {
    let (one, other) = (try model { $0.height = 150 }, try model { $0.production *= 2 })
    var faces = CanalFaces(one)
    faces.become(other)
    let fresh = CanalFaces(other)
    #expect(faces.onwardByFlow == fresh.onwardByFlow && faces.backByFlow == fresh.backByFlow)
    #expect(faces.onwardByLog == fresh.onwardByLog && faces.backByLog == fresh.backByLog)
    #expect(faces.onwardByLog != CanalFaces(one).onwardByLog)
  }
}

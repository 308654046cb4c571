import ThecalFormulary
public import ThecalKinetics
import ThecalQuantities

extension KineticStudy {
  /// What words make of people: a model by its name, and parameters as `NAME=VALUE`.
  public struct Words: Sendable {
    /// A structure such as `oral2`, or a published model by its id.
    public var model: String
    /// Parameters: `CL=10`, `CL=180 mL/min`.
    public var set: [String] = []
    /// How parameters vary between people: `CL=30 %`.
    public var omega: [String] = []
    /// How many people are drawn for each subject; nil for the typical one.
    public var samples: Int?
    /// The seed that they are drawn from.
    public var seed: UInt64 = 1
    /// What stands before the names of these in a message: `--` on a command line.
    public var mark = ""

    /// The typical person of `model`.
    public init(model: String) { self.model = model }
  }

  /// The study that `words` describe.
  ///
  /// - Throws: `SimulationProblem` with code 64 for words that are no study.
  public init(_ words: Words) throws(SimulationProblem) {
    let values = try Self.named("\(words.mark)set", words.set) { (name, text) throws(QuantityProblem) in
      try name.value(reading: text)
    }
    let cv = try Self.named("\(words.mark)omega", words.omega) { (_, text) throws(QuantityProblem) in
      try KineticPopulation.variation(reading: text)
    }
    let published = PublishedModel(named: words.model)
    guard let model = published?.model ?? KineticModel(named: words.model) else {
      let known = KineticModel.all.map(\.name) + Formulary.embedded.systemicModels.map(\.id)
      throw Self.usage("\(words.mark)model: \(suggestion(for: words.model, among: known))")
    }
    let (typical, people): (KineticParameters, KineticPopulation)
    do throws(KineticProblem) {
      if let published {
        typical = try published.typical(changing: values)
        people = try published.population(around: typical, cv: cv, seed: words.seed)
      } else {
        typical = try KineticParameters(model, values)
        people = try KineticPopulation(typical: typical, cv: cv, seed: words.seed)
      }
    } catch {
      throw SimulationProblem(.kinetics(error), exitCode: 64)
    }
    if let samples = words.samples {
      guard samples >= 1, !people.varied.isEmpty else {
        throw Self.usage(
          "\(words.mark)population needs \(words.mark)omega NAME=CV: in what do people differ?")
      }
      self.init(people, samples: samples)
    } else {
      self.init(typical: typical)
    }
    metabolites = published?.metabolites ?? []
  }

  private static func usage(_ message: String) -> SimulationProblem {
    SimulationProblem(message: message, exitCode: 64)
  }

  /// Reads the texts of an option, each `NAME=VALUE`.
  private static func named(
    _ option: String, _ texts: [String], _ read: (KineticParameter, String) throws(QuantityProblem) -> Double
  ) throws(SimulationProblem) -> [KineticParameter: Double] {
    var values: [KineticParameter: Double] = [:]
    for text in texts {
      guard let equals = text.firstIndex(of: "=") else {
        throw usage("\(option) '\(text)' is not NAME=VALUE")
      }
      let name = String(text[..<equals])
      guard let parameter = KineticParameter(named: name) else {
        let known = KineticParameter.allCases.map(\.rawValue)
        throw usage("\(option): \(suggestion(for: name, among: known))")
      }
      guard values[parameter] == nil else { throw usage("\(option) states \(parameter.rawValue) twice") }
      do throws(QuantityProblem) {
        values[parameter] = try read(parameter, String(text[text.index(after: equals)...]))
      } catch {
        throw usage("\(option) \(text): \(error.explanation)")
      }
    }
    return values
  }
}

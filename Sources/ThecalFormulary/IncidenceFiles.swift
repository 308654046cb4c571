/// The files in `incidence/`, each decoded at first use.
struct IncidenceFiles: Sendable {
  let counts: Lazy<[IncidenceCount]>
  let eventRates: Lazy<[Device.EventRate]>

  static let eventRatePath = "incidence/event-rates.json"

  init(_ files: DataFiles) {
    counts = Lazy {
      files.paths(in: "incidence").filter { $0 != Self.eventRatePath }.flatMap {
        files.require($0, as: RowList<IncidenceCount>.self).rows
      }
    }
    eventRates = Lazy { files.require(Self.eventRatePath, as: RowList<Device.EventRate>.self).rows }
  }
}

/// The rows of one file.
struct RowList<Row: Decodable & Sendable>: Decodable, Sendable { let rows: [Row] }

extension Formulary {
  /// Every count of an effect, by drug.
  public var incidence: [IncidenceCount] { incidenceFiles.counts.value }

  /// The counts of an effect of a drug.
  public func incidence(of effect: String, drug: String) -> [IncidenceCount] {
    incidence.filter { $0.drug == drug && $0.effect == effect }
  }

  /// How often things happen to pumps, catheters and their wearers.
  public var eventRates: [Device.EventRate] { incidenceFiles.eventRates.value }
}

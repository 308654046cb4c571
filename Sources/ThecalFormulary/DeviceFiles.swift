/// The files about things: pumps, catheters, mixtures. Each is decoded at first use.
struct DeviceFiles: Sendable {
  let devices: Lazy<[Device]>
  let catheters: Lazy<CatheterList>
  let stability: Lazy<[StabilityRecord]>

  static let catheterPath = "devices/catheters.json"
  static let stabilityPaths = ["stability/in-pump.json", "stability/in-glass-and-syringe.json"]

  init(_ files: DataFiles) {
    devices = Lazy {
      files.paths(in: "devices").filter { $0 != Self.catheterPath }.map { files.require($0, as: Device.self) }
    }
    catheters = Lazy { files.require(Self.catheterPath) }
    stability = Lazy {
      Self.stabilityPaths.flatMap {
        files.require($0, as: StabilityList.self).entries
      }
    }
  }
}

/// The catheters, and what is assumed where the length was not recorded.
struct CatheterList: Decodable, Sendable {
  let catheters: [Device.Catheter]
  let unknownLength: CitedRange
}

/// The records of one file.
struct StabilityList: Decodable, Sendable { let entries: [StabilityRecord] }

extension Formulary {
  /// Every pump, in the order of ids.
  public var devices: [Device] { deviceFiles.devices.value }

  /// The pump that an id, a name, a model number or an alias names, in any case.
  public func device(named text: String) -> Device? {
    let key = lookupKey(text)
    return devices.first { device in
      device.id == key || lookupKey(device.name) == key || device.aliases.contains(key)
        || device.models.contains { lookupKey($0) == key }
    }
  }

  /// Every catheter.
  public var catheters: [Device.Catheter] { deviceFiles.catheters.value.catheters }

  /// The catheter that an id or a model number names, in any case.
  public func catheter(named text: String) -> Device.Catheter? {
    let key = lookupKey(text)
    return catheters.first { $0.id == key || $0.models.contains { lookupKey($0) == key } }
  }

  /// The lengths to reckon with where the implanted length was not recorded.
  public var unknownCatheterLength: CitedRange { deviceFiles.catheters.value.unknownLength }

  /// Every record of stability.
  public var stability: [StabilityRecord] { deviceFiles.stability.value }

  /// The records of a solution of exactly these drugs.
  public func stability(of drugs: [String]) -> [StabilityRecord] {
    stability.filter { Set($0.components.map(\.drug)) == Set(drugs) }
  }
}

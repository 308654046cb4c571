public import ThecalQuantities

/// What lies between the reservoir and the tip: tubing inside the pump, and the catheter as implanted.
public struct FluidPath: Hashable, Sendable {
  /// The volume inside the pump.
  public let tubing: Volume
  /// The volume of the implanted catheter.
  public let catheter: Volume

  /// A path of two known volumes.
  public init(tubing: Volume, catheter: Volume) {
    precondition(tubing >= .zero && catheter >= .zero)
    self.tubing = tubing
    self.catheter = catheter
  }

  /// A path with a catheter of `length`, trimmed ends not counted, that holds `bore` per length.
  public init(tubing: Volume, length: Length, bore: VolumePerLength) {
    self.init(tubing: tubing, catheter: bore * length)
  }

  /// Everything that the old drug fills.
  public var volume: Volume { tubing + catheter }
}

import ThecalTabular

/// Cleans up when a program that converts is interrupted.
public enum OutputGuard {
  /// From now on an interrupt removes what is half written and ends the process with exit code 130.
  ///
  /// For programs; a library leaves signals to its host.
  public static func install() { InterruptGuard.install() }
}

import Simulation
import Testing

/// What a service loses in a simulation in which nothing is random, in seconds.
struct ServiceLoss {
  /// How long it is down.
  let down: Double
  /// What is not served, as time fully down.
  let unserved: Double

  /// The loss of `service` in the first hours of a model from new.
  init(_ text: String, hours: Double) throws {
    let service = try Simulated.once(text, years: hours / 8760)["service"]
    down = service.downtimeHours(years: hours / 8760) * 3600
    unserved = service.unservedHours(years: hours / 8760) * 3600
  }

  func expect(
    down: Double, unserved: Double, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(self.down - down) < tolerance, "down \(self.down) s", sourceLocation: sourceLocation)
    #expect(
      abs(self.unserved - unserved) < tolerance, "unserved \(self.unserved) s",
      sourceLocation: sourceLocation)
  }
}

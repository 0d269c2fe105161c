public import Quantities

/// CPU and memory, that a unit asks for or a node has for units.
public struct ComputeResources: Hashable, Sendable {
  /// CPUs in whole thousandths, as Kubernetes counts them.
  public let thousandthsOfCPU: Double
  /// Memory in whole bytes.
  public let bytes: Double

  /// So many CPUs and so much memory, rounded to thousandths and bytes: sums of them are exact.
  public init(cpu: Double, memory: DataSize) {
    self.init(thousandthsOfCPU: (cpu * 1000).rounded(), bytes: memory.bytes.rounded())
  }

  private init(thousandthsOfCPU: Double, bytes: Double) {
    (self.thousandthsOfCPU, self.bytes) = (thousandthsOfCPU, bytes)
  }

  /// Nothing.
  public static let none = ComputeResources(thousandthsOfCPU: 0, bytes: 0)

  /// The number of CPUs.
  public var cpu: Double { thousandthsOfCPU / 1000 }

  /// In words: `8 CPU and 32 GB`.
  public var text: String {
    let memory = DataSize(bytes: bytes)?.description ?? "0 B"
    return "\(significant(cpu, digits: 5).trimmingZeros) CPU and \(memory)"
  }

  /// Whether this is no more than that, of both.
  public func fits(in room: ComputeResources) -> Bool {
    thousandthsOfCPU <= room.thousandthsOfCPU && bytes <= room.bytes
  }

  /// So many times this.
  public func times(_ count: Int) -> ComputeResources {
    ComputeResources(
      thousandthsOfCPU: thousandthsOfCPU * Double(count), bytes: bytes * Double(count))
  }

  /// Both together.
  public static func + (left: ComputeResources, right: ComputeResources) -> ComputeResources {
    ComputeResources(
      thousandthsOfCPU: left.thousandthsOfCPU + right.thousandthsOfCPU, bytes: left.bytes + right.bytes)
  }

  /// What is left of one without the other.
  public static func - (left: ComputeResources, right: ComputeResources) -> ComputeResources {
    ComputeResources(
      thousandthsOfCPU: left.thousandthsOfCPU - right.thousandthsOfCPU, bytes: left.bytes - right.bytes)
  }
}

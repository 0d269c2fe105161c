/// Where the parts of a module's state stand in its bytes.
struct ModuleLayout: Sendable {
  /// The phase of each event that has several; -1 where there is one only.
  let phase: [Int]
  /// The input that each spare uses.
  let use: Int
  /// Whether each claimable is active.
  let active: Int
  /// How the coin of each dependency fell.
  let coin: Int
  /// The number of bytes.
  let count: Int

  init(_ module: DynamicModule) {
    var next = module.elementCount + 2
    var phase: [Int] = []
    for event in module.events {
      phase.append(event.phases > 1 ? next : -1)
      if event.phases > 1 { next += 1 }
    }
    self.phase = phase
    use = next
    active = use + module.spares.count
    coin = active + module.claimables.count
    count = coin + module.dependencies.count
  }
}

/// The bytes of a state mean these.
enum Mark {
  /// An element may still fail.
  static let operational: UInt8 = 0
  /// An element has failed.
  static let failed: UInt8 = 1
  /// An element can not fail any more.
  static let safe: UInt8 = 2
  /// An element has no influence any more.
  static let forgotten: UInt8 = 3
  /// A spare uses nothing.
  static let nothing: UInt8 = 255
  /// The coin of a dependency fell: its dependents stay.
  static let spared: UInt8 = 1
  /// The coin of a dependency fell: its dependents fail.
  static let struck: UInt8 = 2
}

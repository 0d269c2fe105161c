public import Recovery
public import Stochastics

/// What an outage depends on besides its own luck: whether its detector can see, and the hour of the week in which it
/// is noticed.
///
/// Only a simulation follows it. The exact engine takes detectors as never down and responses over the week.
public struct WatchedOutage: Sendable {
  /// The process whose outage it is.
  public let process: Int
  /// The gate that is up while the detector can see; `nil`: it always can.
  public let gate: Int?
  /// The detector, as an index into the model's delays, where it watches calls: it notices when it fires. `nil`: it does not.
  public let alert: Int?
  /// How long until somebody notices while it can not, in hours; `nil`: nobody does.
  public let otherwise: (any Distribution)?
  /// The response, where it has hours on call; its parts come right after those of the detection.
  public let tier: ResponseTier?
  /// How many parts of the outage are its response.
  public let responseParts: Int
}

/// A detector that needs something to be up.
public struct SeeingGate: Sendable {
  /// The detector, as an index into the model's delays.
  public let detector: Int
  /// The gate that is up while it can see.
  public let gate: Int
  /// The processes that alone blind it and take down something else too, by name, in order.
  public let sharedFate: [String]
}

extension CompiledGraph {
  /// The groups of processes that a simulation advances as it goes: those that depend on each other, those whose
  /// outages depend on who watches, and those that depend on where units are or whether they are up.
  public var liveGroups: [DependentGroup] {
    dependentGroups + [watchedGroup, followedGroup].compactMap { $0 }
  }

  /// Every process of those groups.
  public var liveProcesses: Set<Int> { Set(liveGroups.flatMap(\.processes)) }

  /// How the exact engine reads what depends on who watches, for processes of these causes; empty where nothing
  /// does.
  public func watchNotes(ofCauses causes: Set<Int>) -> [String] {
    let own = watched.filter { causes.contains(processes[$0.process].cause) }
    var notes: [String] = []
    if own.contains(where: { $0.gate != nil }) { notes.append(CompiledGraph.blindNote) }
    if own.contains(where: { $0.alert != nil }) { notes.append(CompiledGraph.alertNote) }
    if own.contains(where: { $0.tier != nil }) {
      notes.append("responses with hours on call are taken over the week, for failures at any hour alike")
    }
    return notes
  }

  /// What the exact engine says of detectors that may be down.
  public static let blindNote = "detectors are taken as never down themselves"

  /// What it says of detectors that watch calls.
  static let alertNote = "alerts on failing calls are taken as seeing every failure at once"
}

internal import ServiceGraph
public import ServiceModel

/// The model of a part as a file carries it: its texts, so that parts can be merged where the model is not.
public struct PartModel: Codable, Sendable, Hashable {
  /// A file of the model.
  public struct File: Codable, Sendable, Hashable {
    /// Its path from the model's folder.
    public let name: String
    /// Its text.
    public let text: String

    /// A file.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// What the incident history said of a failure mode.
  public struct Observation: Codable, Sendable, Hashable {
    let component: String
    let mode: String
    let count: Int
    let downtimeHours: Double
    let windowHours: Double
    let units: Int?
    let unitHours: Double?
    let endedCount: Int?
    let durationWorth: Double?

    /// Whether a history can say so.
    var isPossible: Bool {
      count >= 0 && count <= Int(UInt32.max) && downtimeHours >= 0 && downtimeHours.isFinite
        && windowHours > 0
        && windowHours.isFinite && units ?? 1 > 0 && units ?? 1 <= Int(UInt32.max)
        && unitHours ?? 1 > 0 && unitHours ?? 1 < .infinity && (0...count).contains(endedCount ?? count)
        && durationWorth ?? 0 >= 0 && durationWorth ?? 0 <= Double(count)
    }
  }

  /// The digest of all that decides a result; equal where two parts are of one model.
  public let digest: String
  /// The model's file, then those it extends.
  public let files: [File]
  /// The changes of `--set`, in order.
  public let assignments: [String]
  /// What the history said, by component and mode.
  public let history: [Observation]

  /// A model.
  ///
  /// - Parameters:
  ///   - digest: of the compiled model; see `ResultHeader.modelDigest`.
  ///   - observations: what the model was bound to.
  public init(
    digest: String, files: [File], assignments: [String], observations: [ModeReference: ModeObservation]
  ) {
    self.digest = digest
    self.files = files
    self.assignments = assignments
    history = observations.sorted { $0.key < $1.key }.map { reference, seen in
      Observation(
        component: reference.component, mode: reference.mode, count: seen.count,
        downtimeHours: seen.downtimeHours,
        windowHours: seen.windowHours, units: seen.units, unitHours: seen.unitHours,
        endedCount: seen.endedCount,
        durationWorth: seen.durationWorth)
    }
  }

  /// What the model is to be bound to.
  public var observations: [ModeReference: ModeObservation] {
    let pairs = history.map { seen in
      (
        ModeReference(component: seen.component, mode: seen.mode),
        ModeObservation(
          count: seen.count, downtimeHours: seen.downtimeHours, windowHours: seen.windowHours,
          units: seen.units, unitHours: seen.unitHours, endedCount: seen.endedCount,
          durationWorth: seen.durationWorth)
      )
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Where it first says something else than another model, for people.
  func difference(from other: PartModel) -> String {
    if assignments != other.assignments { return "\(settings), not \(other.settings)" }
    if history != other.history { return "the incident history says something else" }
    for (own, its) in zip(files, other.files) where own.text != its.text {
      return "\(own.name) differs from line \(PartModel.firstDifferingLine(own.text, its.text)) on"
    }
    return "its files differ"
  }

  private static func firstDifferingLine(_ own: String, _ its: String) -> Int {
    func lines(_ text: String) -> [Substring] {
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }
    return zip(lines(own), lines(its)).prefix { $0 == $1 }.count + 1
  }

  private var settings: String {
    assignments.isEmpty ? "no --set" : assignments.map { "--set \($0)" }.joined(separator: " ")
  }
}

extension ResultHeader {
  /// The digest of all that decides a result: of the model and of what it is bound to.
  public var modelDigest: String { graph.model.digest(boundTo: bindings) }
}

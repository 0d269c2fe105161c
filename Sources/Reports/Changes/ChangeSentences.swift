internal import Diagnostics

/// The sentences about one thing of a model: what stands together is said together.
struct ChangeSentences {
  private typealias Entry = DeclarationDifference.Entry

  private let entries: [DeclarationDifference.Entry]
  private let keys: Int

  /// - Parameters:
  ///   - entries: what is different of the thing.
  ///   - keys: how many keys of their paths name it.
  init(_ entries: [DeclarationDifference.Entry], keys: Int) {
    self.entries = entries
    self.keys = keys
  }

  /// What maps of named things are called, one by one.
  private static let nouns: [String: String] = [
    "fails": "failure", "failover": "failover of", "roles": "role", "costs": "cost", "backups": "backup",
    "planned": "planned", "objectives": "objective", "depends-on": "", "volumes": "volume", "steps": "step",
  ]

  /// Whether the map at a path holds things by name.
  static func isMapOfThings(_ path: [String]) -> Bool {
    guard let last = path.last else { return false }
    return path.count == 1 ? ChangeSubject.things[last] != nil : path.count == 3 && nouns[last] != nil
  }

  var sentences: [String] {
    var order: [[String]] = []
    var own: [[String]: [Entry]] = [:]
    for entry in entries {
      let place = place(of: entry)
      if own[place] == nil { order.append(place) }
      own[place, default: []].append(entry)
    }
    return order.map { sentence($0, own[$0] ?? []) }
  }

  /// The keys that tell of what a sentence is: none for the thing itself, `[fails, crash]`, `[replicas]`.
  private func place(of entry: Entry) -> [String] {
    let rest = entry.path.dropFirst(keys)
    guard let first = rest.first else { return [] }
    return Array(rest.prefix(Self.nouns[first] != nil ? 2 : 1))
  }

  private func sentence(_ place: [String], _ own: [Entry]) -> String {
    let length = keys + place.count
    if own.count == 1, own[0].path.count == length { return whole(place, own[0]) }
    let fields = own.map { field(Array($0.path.dropFirst(length)), $0) }.joined(separator: ", ")
    if place == ["replicas"] { return "replicas \(fields)" }
    return "\(label(place)): \(fields)"
  }

  // MARK: A whole thing

  private func whole(_ place: [String], _ entry: Entry) -> String {
    if place.first == "depends-on", place.count == 2 { return dependency(place[1], entry) }
    if let place = place.last, ["title", "description"].contains(place) { return "\(place) rewritten" }
    let name = label(place)
    switch (entry.before, entry.after) {
    case (nil, let after?): return named(name, "added", after, place)
    case (let before?, nil): return named(name, "removed, was", before, place)
    case (let before?, let after?):
      return [name, "\(DeclarationText.words(before)) → \(DeclarationText.words(after))"]
        .filter { !$0.isEmpty }.joined(separator: " ")
    case (nil, nil): return name
    }
  }

  /// `failure crash added: mtbf 730 h, lasts 60 s`.
  private func named(_ name: String, _ verb: String, _ value: Declaration, _ place: [String]) -> String {
    let words = DeclarationText.words(value)
    let what = [name, verb].filter { !$0.isEmpty }.joined(separator: " ")
    return words.isEmpty ? what : "\(what): \(words)"
  }

  private func dependency(_ name: String, _ entry: Entry) -> String {
    func strength(_ value: Declaration?) -> String { value.map(DeclarationText.words) ?? "" }
    guard entry.before != nil else { return "needs \(name) (\(strength(entry.after)))" }
    guard entry.after != nil else { return "no longer needs \(name) (was \(strength(entry.before)))" }
    return "needs \(name): \(strength(entry.before)) → \(strength(entry.after))"
  }

  private func label(_ place: [String]) -> String {
    guard let first = place.first else { return "" }
    guard place.count == 2, let noun = Self.nouns[first] else { return place.joined(separator: " ") }
    return noun.isEmpty ? "needs \(place[1])" : "\(noun) \(place[1])"
  }

  // MARK: A field of it

  private func field(_ path: [String], _ entry: Entry) -> String {
    let key = name(of: path)
    switch (entry.before, entry.after) {
    case (nil, let after?): return DeclarationText.field(key.isEmpty ? "count" : key, after)
    case (let before?, nil): return "no \(key.isEmpty ? "count" : key), was \(DeclarationText.words(before))"
    case (let before?, let after?):
      let change = "\(DeclarationText.words(before)) → \(DeclarationText.words(after))"
      return key.isEmpty ? change : "\(key) \(change)"
    case (nil, nil): return key
    }
  }

  /// The keys as words; a count is what replicas are anyway.
  private func name(of path: [String]) -> String {
    switch path {
    case ["count"]: ""
    case ["spread"]: "spread over"
    default: path.joined(separator: " ")
    }
  }
}

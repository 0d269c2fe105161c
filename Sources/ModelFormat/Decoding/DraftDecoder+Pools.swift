internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel

extension DraftDecoder {
  /// Connections and threads.
  mutating func pools(_ reading: Reading?) -> [PoolDraft] {
    entries(of: reading, ["connections", "threads"]).compactMap { slots($0.name, $0.value) }
  }

  /// Memory and storage.
  mutating func dataPools(_ reading: Reading?) -> [DataPoolDraft] {
    entries(of: reading, ["memory", "storage"]).compactMap { dataPool($0.name, $0.value) }
  }

  private func entries(
    of reading: Reading?, _ kinds: Set<String>
  ) -> [(name: Located<String>, value: Reading)] {
    (reading?.entries ?? []).filter { $0.value["kind"]?.text.map(kinds.contains) ?? false }
  }

  // MARK: Connections and threads

  private mutating func slots(_ name: Located<String>, _ reading: Reading) -> PoolDraft? {
    refuse(["holds"], of: name, reading, "connections and threads are no data that units keep")
    guard let owner = reading["of"]?.locatedText, let size = slots(reading["size"], of: name),
      let used = reading["used"].map({ slots($0, of: name) }) ?? 0,
      let overflow = overflow(reading, of: name)
    else { return nil }
    let pool = sound(reading, at: name.location, prefix: "") { () throws(InvalidPolicy) in
      try Pool(
        kind: reading["kind"]?.text == "threads" ? .threads : .connections, size: size,
        core: reading["core"]?.integer?.value, queue: reading["queue"]?.integer?.value ?? 0,
        used: used, overflow: overflow)
    }
    return pool.map {
      var draft = PoolDraft(
        name: name, owner: owner, destination: reading["to"]?.locatedText, pool: $0,
        servesRequests: reading["serves"] != nil, memory: reading["memory"]?.dataSize)
      draft.outlook = outlook(reading)
      return draft
    }
  }

  /// Slots are counted.
  private mutating func slots(_ reading: Reading?, of name: Located<String>) -> Int? {
    guard let reading, let text = reading.text else { return nil }
    if reading.dataSize == nil, let count = reading.integer { return count.value }
    findPolicy(
      "pool-kind", "\(name.value) holds slots, which are counted; found \(text)", at: reading.location,
      help: "50; memory and storage are kinds of their own")
    return nil
  }

  /// A stated wait is a wait, whatever becomes of a call afterwards.
  private mutating func overflow(_ reading: Reading, of name: Located<String>) -> Pool.Overflow? {
    let word = reading["overflow"]?.text
    if word == "evict" {
      findPolicy(
        "pool-overflow", "\(name.value): a slot in use can not be evicted", at: reading.location,
        help: "overflow: reject")
      return nil
    }
    guard let wait = reading["wait"] else {
      if word == "wait" {
        findPolicy(
          "pool-wait", "\(name.value) waits for a slot, and nobody said how long", at: name.location,
          help: "wait: 30 s")
        return nil
      }
      return word == "caller-runs" ? .callerRuns : .reject
    }
    if word == "caller-runs" {
      findPolicy(
        "pool-wait", "\(name.value): a call that the caller's own thread does never waits", at: wait.location,
        help: "leave wait: out")
    }
    return .wait(wait.duration ?? .zero)
  }

  // MARK: Memory and storage

  private mutating func dataPool(_ name: Located<String>, _ reading: Reading) -> DataPoolDraft? {
    refuse(
      ["core", "queue", "wait", "to", "memory", "serves"], of: name, reading,
      "memory and storage have no slots that calls hold")
    let kind: DataPool.Kind = reading["kind"]?.text == "storage" ? .storage : .memory
    guard let owner = reading["of"]?.locatedText, let size = amount(reading["size"], of: name) else {
      return nil
    }
    var draft = DataPoolDraft(name: name, owner: owner, kind: kind, size: size)
    draft.used = amount(reading["used"], of: name)
    draft.overflow = dataOverflow(reading["overflow"], of: name)
    draft.holding = reading["holds"]?.text.flatMap(DataPool.Holding.init) ?? .copies
    draft.outlook = outlook(reading)
    return draft
  }

  private mutating func amount(_ reading: Reading?, of name: Located<String>) -> Located<DataSize>? {
    guard let reading, let text = reading.text else { return nil }
    if let size = reading.dataSize { return Located(size, at: reading.location) }
    findPolicy(
      "pool-kind", "\(name.value) is memory or storage; expected an amount of data, found \(text)",
      at: reading.location, help: "\(text) GB")
    return nil
  }

  private mutating func dataOverflow(_ reading: Reading?, of name: Located<String>) -> DataPool.Overflow {
    guard let reading, let text = reading.text else { return .reject }
    if let overflow = DataPool.Overflow(rawValue: text) { return overflow }
    findPolicy(
      "pool-overflow",
      "\(name.value): data does not \(text) for room; it is refused, or takes that of older data",
      at: reading.location, help: "overflow: evict")
    return .reject
  }

  // MARK: Both

  private func outlook(_ reading: Reading) -> PoolOutlookDraft {
    var draft = alert(reading["alert"])
    draft.growth = reading["growth"]?.percentage
    return draft
  }

  func alert(_ reading: Reading?) -> PoolOutlookDraft {
    var draft = PoolOutlookDraft()
    draft.alertShare = reading?["at"]?.percentage
    draft.detector = reading?["by"]?.locatedText
    return draft
  }

  private mutating func refuse(
    _ keys: [String], of name: Located<String>, _ reading: Reading, _ reason: String
  ) {
    for key in keys {
      guard let found = reading[key] else { continue }
      findPolicy("pool-kind", "\(name.value): \(reason)", at: found.location, help: "leave \(key): out")
    }
  }
}

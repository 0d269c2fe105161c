internal import Diagnostics
internal import FoundationEssentials

/// The lifecycle that a bucket states, and what is wrong with it.
struct S3Lifecycle {
  /// `nil` when the bucket states none, or one that contradicts itself.
  let cohorts: LifecycleCohorts?
  let findings: [Diagnostic]

  /// One step as stated.
  private struct Step {
    let part: StatedResource
    let afterHours: Decimal
    let to: S3StorageClass?
    let isDeletion: Bool
  }

  /// Reads ages as they are written, also where amounts are drawn: a rule is chosen, not uncertain.
  init(_ stated: StatedResource, writtenTo first: S3StorageClass) {
    let ingest = stated.gigabytesPerMonth("ingest")
    guard ingest != nil || stated.has("lifecycle") else {
      (cohorts, findings) = (nil, Self.withoutLifecycle(stated))
      return
    }
    let policy = StatedResource(stated.declaration, path: stated.path, conventions: stated.conventions)
    let steps = policy.parts("lifecycle").map(Self.step)
    let existing = stated.gigabytes("size").map {
      LifecycleCohorts.Existing(gigabytes: $0, ageHours: stated.hours("age") ?? 0)
    }
    let cohorts = LifecycleCohorts(
      writtenTo: first, moves: steps.compactMap { step in step.to.map { (step.afterHours, $0) } },
      deleteHours: steps.last { $0.isDeletion }?.afterHours, ingestGigabytes: ingest ?? 0,
      arrival: stated.text("arrival").flatMap { LifecycleCohorts.Arrival(rawValue: $0.value) } ?? .monthStart,
      existing: existing, hoursPerMonth: stated.conventions.hoursPerMonth)
    var findings = Self.findings(of: steps, writtenTo: first)
    if ingest == nil, existing == nil { findings.append(.nothingAges(stated)) }
    if stated.has("age"), existing == nil {
      findings.append(.needs("age", "size: 2 TB", in: stated))
    }
    if stated.has("arrival"), ingest == nil {
      findings.append(.needs("arrival", "ingest: 100 GB/month", in: stated))
    }
    if findings.isEmpty, cohorts?.steadyState == nil, !stated.has("month") {
      findings.append(.growsForever(stated))
    }
    self.cohorts = findings.isEmpty ? cohorts : nil
    self.findings = findings
  }

  private static func withoutLifecycle(_ stated: StatedResource) -> [Diagnostic] {
    ["age", "arrival", "month"].filter { stated.has($0) }.map {
      .needs($0, "ingest: 100 GB/month", in: stated)
    }
  }

  private static func step(_ part: StatedResource) -> Step {
    Step(
      part: part, afterHours: part.hours("after") ?? 0,
      to: part.text("to").flatMap { S3StorageClass(rawValue: $0.value) }, isDeletion: part.flag("delete"))
  }

  private static func findings(of steps: [Step], writtenTo first: S3StorageClass) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    var (at, age, isDeleted) = (first, nil as Decimal?, false)
    for step in steps {
      if isDeleted { findings.append(.afterDeletion(step.part)) }
      if (step.to == nil) != step.isDeletion { findings.append(.oneThing(step.part)) }
      if let age, step.afterHours <= age { findings.append(.notAscending(step.part)) }
      if let to = step.to {
        if !at.successors.contains(to) { findings.append(.noTransition(from: at, to: to, step.part)) }
        if step.afterHours < to.youngestDays * 24 { findings.append(.tooYoung(for: to, step.part)) }
        at = to
      }
      age = step.afterHours
      isDeleted = isDeleted || step.isDeletion
    }
    return findings
  }
}

extension Diagnostic {
  fileprivate static func nothingAges(_ stated: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "nothing-ages", "lifecycle: nothing is written or kept that could grow old",
      at: stated.declaration["lifecycle"]?.location ?? stated.location, help: "ingest: 100 GB/month")
  }

  fileprivate static func needs(_ key: String, _ other: String, in stated: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "says-nothing", "\(key): says nothing without \(other.prefix { $0 != ":" }):",
      at: stated.declaration[key]?.location ?? stated.location, help: other)
  }

  fileprivate static func growsForever(_ stated: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "grows-for-ever", "what is written is never deleted, so there is no bill in the long run",
      at: stated.declaration["ingest"]?.location ?? stated.location,
      help: "state the month to bill (month: 12), or a step of the lifecycle: {after: 365 d, delete: yes}")
  }

  fileprivate static func afterDeletion(_ part: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "after-deletion", "nothing happens to data that is deleted", at: part.location,
      help: "leave the step out, or put it before the one that deletes")
  }

  fileprivate static func oneThing(_ part: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "one-thing", "a step either moves data or deletes it", at: part.location,
      help: "{after: 30 d, to: glacier} or {after: 30 d, delete: yes}")
  }

  fileprivate static func notAscending(_ part: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "not-ascending", "after: the age of a step is above that of the step before",
      at: part.text("after")?.location ?? part.location)
  }

  fileprivate static func noTransition(
    from: S3StorageClass, to: S3StorageClass, _ part: StatedResource
  ) -> Diagnostic {
    let possible = from.successors.map { $0.rawValue }.joined(separator: ", ")
    return Diagnostic(
      slug: "no-such-transition", "a lifecycle does not move objects from \(from.rawValue) to \(to.rawValue)",
      at: part.text("to")?.location ?? part.location, help: possible.isEmpty ? nil : "one of \(possible)")
  }

  fileprivate static func tooYoung(for storageClass: S3StorageClass, _ part: StatedResource) -> Diagnostic {
    Diagnostic(
      slug: "too-young",
      "AWS moves no object to \(storageClass.rawValue) before it is \(storageClass.youngestDays) days old",
      at: part.text("after")?.location ?? part.location, help: "after: \(storageClass.youngestDays) d")
  }
}

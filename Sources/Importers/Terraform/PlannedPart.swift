/// What a resource is in a model: whom its costs belong to, and which units it has.
struct PlannedPart {
  /// Whom the costs belong to.
  enum Owner: Hashable {
    /// A component of its own.
    case component
    /// A pool of nodes.
    case pool
    /// The part of another resource, by address.
    case other(ResourceAddress)
    /// The service as a whole.
    case service
  }

  /// The units of a component.
  enum Units: Hashable {
    /// One, in the zones stated; equal instances of one resource become replicas.
    case one
    /// So many of the same kind; `nil`: the plan does not say.
    case many(Int?)
    /// One that writes and those that can take over or only read.
    case roles(standbys: Int, readers: Int, takeover: Takeover?)
  }

  /// How a role moves to another unit, by what the provider documents.
  enum Takeover: Hashable {
    /// Of a database with a standby.
    case multiAZ
    /// Of a database with two standbys that can be read.
    case multiAZCluster
    /// Of a cluster of Aurora.
    case aurora
    /// Of a group of caches.
    case cache
    /// Of two brokers that share storage.
    case broker
  }

  var owner = Owner.component
  var units = Units.one
  /// The zones that its units can be in, sorted.
  var zones: [String] = []
  /// What it is, for a name when the resource's own says nothing: `database`.
  var noun: String
  var costs: [CostDraft] = []
  /// What a reader should know, as comments.
  var notes: [String] = []

  /// A part that is nothing but a cost of the service.
  static func cost(_ draft: CostDraft) -> PlannedPart {
    PlannedPart(owner: .service, noun: draft.part, costs: [draft])
  }
}

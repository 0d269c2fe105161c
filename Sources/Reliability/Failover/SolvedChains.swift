internal import Synchronization

/// Chains of roles that move that were solved before, for models that differ in little.
///
/// What a chain comes to depends on nothing but its own numbers, so answers are the same with and without it.
public final class SolvedChains: Sendable {
  // A class, since all models of one question share what the others have solved.
  typealias Solution = (
    space: StateSpace<FailoverChain.State>, probabilities: [Double], elimination: EliminationMemory
  )

  /// All that a chain comes to depends on.
  private struct Key: Hashable {
    struct Role: Hashable {
      let required: Int
      let moves: Bool
      let candidates: [Int]
      let works: Double
      let automatic: [ExponentialStages?]
      let byHand: [ExponentialStages?]
    }

    let limit: Int
    let units: [[Int]]
    let rates: [Double]
    let outages: [ExponentialStages]
    let starts: [[ExponentialStages]]
    let containStarts: [Bool]
    let jointStarts: [ExponentialStages?]
    let kinds: [Int]
    let roles: [Role]
    let startRoles: [Int]
    let mostOutages: Int
  }

  private let known = Mutex<[Key: Solution?]>([:])

  /// None yet.
  public init() {}

  /// The states of a chain with their long-run probabilities; `nil` when there are too many, or there is no long run.
  func solution(of chain: FailoverChain, limit: Int) -> Solution? {
    guard let key = Self.key(of: chain, limit: limit) else { return Self.solve(chain, limit: limit) }
    if let solution = known.withLock({ $0[key] }) { return solution }
    let solution = Self.solve(chain, limit: limit)
    known.withLock { $0[key] = .some(solution) }
    return solution
  }

  static func solve(_ chain: FailoverChain, limit: Int) -> Solution? {
    let elimination = EliminationMemory()
    guard let space = try? StateSpace(from: chain.start, limit: limit, moves: chain.moves),
      let probabilities = try? space.chain.steadyState(memory: elimination)
    else { return nil }
    return (space, probabilities, elimination)
  }

  /// `nil` when whether a move works depends on the rest of the model.
  private static func key(of chain: FailoverChain, limit: Int) -> Key? {
    var roles: [Key.Role] = []
    for role in chain.roles {
      guard let works = role.worksAlways else { return nil }
      roles.append(
        Key.Role(
          required: role.required, moves: role.moves, candidates: role.candidates, works: works,
          automatic: role.automatic, byHand: role.byHand))
    }
    return Key(
      limit: limit, units: chain.outages.map(\.units), rates: chain.outages.map(\.rate),
      outages: chain.outages.map(\.outage), starts: chain.outages.map(\.starts),
      containStarts: chain.outages.map(\.containsStart),
      jointStarts: chain.outages.map(\.jointStart), kinds: chain.kinds, roles: roles,
      startRoles: chain.startRoles,
      mostOutages: chain.mostOutages)
  }
}

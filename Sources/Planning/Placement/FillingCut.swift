/// What any nodes must be worth that hold some pods.
///
/// With each pod worth `pods`, no filling of a node of a type is worth more than `types`. So nodes that hold pods, wherever
/// these are, are worth what these are at least: a cut that every dual solution of the fillings' programme gives.
struct FillingCut {
  /// What a pod of each group is worth.
  let pods: [Double]
  /// The most that a node of each type holds.
  let types: [Double]

  /// What some nodes lack to hold so many pods of each group; 0 or less proves nothing.
  func lack(of nodes: [Int], for counts: [Int]) -> Double {
    zip(pods, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
      - zip(types, nodes).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  /// Whether nodes can not hold so many pods, rounding aside.
  func isBroken(by nodes: [Int], holding counts: [Int]) -> Bool {
    let worth = zip(pods, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    return lack(of: nodes, for: counts) > 1e-7 * worth
  }
}

internal import Diagnostics

extension ModelResolver {
  /// The procedures, each with those before it.
  mutating func resolveProcedures() -> [RecoveryPlan] {
    let names = draft.procedures.map(\.name.value)
    let index = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    var before: [[Int]] = []
    for procedure in draft.procedures {
      before.append(
        procedure.after.compactMap { name in
          // One that could not be read has its own finding.
          if index[name.value] == nil, !draft.statedProcedures.contains(name.value) {
            reportUnknown("procedure", name, among: names)
          }
          return index[name.value]
        })
    }
    reportCircle(of: before, names)
    return zip(draft.procedures, before).map { procedure, before in
      RecoveryPlan(
        procedure: procedure.procedure, title: procedure.title, after: before,
        restores: procedure.restores.map(\.value),
        drill: procedure.drill, isUsed: procedure.isUsed)
    }
  }

  /// A procedure that, by way of those before it, waits for itself.
  private mutating func reportCircle(of before: [[Int]], _ names: [String]) {
    var done = [Bool](repeating: false, count: names.count)
    for start in names.indices where !done[start] {
      var path: [Int] = []
      var stack = [(start, 0)]
      while let (place, next) = stack.last {
        if next == 0 { path.append(place) }
        guard next < before[place].count else {
          done[place] = true
          path.removeLast()
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].1 += 1
        let other = before[place][next]
        if let first = path.firstIndex(of: other) {
          let circle = (path[first...] + [other]).map { names[$0] }.joined(separator: " after ")
          return report(
            "procedure-cycle", "a procedure waits for itself: \(circle)",
            at: draft.procedures[other].name.location)
        }
        if !done[other] { stack.append((other, 0)) }
      }
    }
  }
}

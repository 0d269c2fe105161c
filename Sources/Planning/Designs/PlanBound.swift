/// What a plan has to stay within.
enum PlanBound: Hashable {
  /// The most that a month may cost.
  case monthly
  /// The most that may be paid once.
  case once
  /// The most of a limited resource.
  case use(Int)
}

extension DesignQuestion {
  /// What plans have to stay within.
  var bounds: [PlanBound] {
    (budget == nil ? [] : [.monthly]) + (onceBudget == nil ? [] : [.once])
      + limits.indices.filter { limits[$0].isFinite }.map { .use($0) }
  }

  /// The promises alone.
  var unbounded: DesignQuestion {
    var free = self
    (free.budget, free.onceBudget, free.limits) = (nil, nil, limits.map { _ in .infinity })
    return free
  }

  /// The same without a bound, whose least is asked for.
  ///
  /// - Parameter keepsOthers: whether all others hold.
  func without(_ bound: PlanBound, keepsOthers: Bool) -> DesignQuestion {
    var other = keepsOthers ? self : unbounded
    switch bound {
    case .monthly: (other.budget, other.months) = (nil, .infinity)
    case .once: (other.onceBudget, other.months) = (nil, 1e-9)
    case .use(let resource): other.limits[resource] = .infinity
    }
    return other
  }

  /// No promise but that a capability is to be as available as can be.
  func only(_ capability: Int) -> DesignQuestion {
    var single = unbounded
    single.targets = targets.map { _ in 1 }
    single.leastRecovery = 0
    single.monthOfDowntime = targets.indices.map { $0 == capability ? 1 : 0 }
    return single
  }
}

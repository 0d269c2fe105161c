public import FoundationEssentials

extension LifecycleCohorts {
  /// Month 1, 2, …: what is held, moved and deleted in it.
  ///
  /// - Parameter use: what is written in a month, as a multiple of ``ingestGigabytes``; that of month 1 is also what was
  ///   there already, as a multiple of ``existing``. For amounts that grew until the month that is asked for.
  /// - Complexity: linear in the months until then that still have data.
  public func month(_ number: Int, use: (Int) -> Decimal = { _ in 1 }) -> LifecycleMonth {
    let cohorts = cohorts(inMonth: max(1, number), use: use)
    func crossing(_ age: Decimal) -> Decimal {
      cohorts.map { $0.crossing(age, month: hoursPerMonth) }.reduce(0, +)
    }
    return LifecycleMonth(
      shares: stages.enumerated().map { index, stage in
        LifecycleMonth.Share(
          storageClass: stage.storageClass,
          storedGigabytes: cohorts.map { $0.stored(in: stage, month: hoursPerMonth) }.reduce(0, +),
          movedInGigabytes: index == 0 ? 0 : crossing(stage.fromHours),
          unservedGigabytes: stage.unservedHours == 0
            ? 0 : crossing(stage.untilHours ?? 0) * stage.unservedHours / hoursPerMonth)
      },
      writtenGigabytes: ingestGigabytes * use(max(1, number)),
      expiredGigabytes: stages.last?.untilHours.map(crossing) ?? 0)
  }

  /// What a month comes to when all has grown old; `nil` when it grows for ever, as nothing is deleted.
  public var steadyState: LifecycleMonth? {
    guard ingestGigabytes == 0 || stages.last?.untilHours != nil else { return nil }
    return LifecycleMonth(
      shares: stages.enumerated().map { index, stage in
        LifecycleMonth.Share(
          storageClass: stage.storageClass, storedGigabytes: settled(in: stage),
          movedInGigabytes: index == 0 ? 0 : ingestGigabytes,
          unservedGigabytes: ingestGigabytes * stage.unservedHours / hoursPerMonth)
      },
      writtenGigabytes: ingestGigabytes,
      expiredGigabytes: stages.last?.untilHours == nil ? 0 : ingestGigabytes)
  }

  private func settled(in stage: Stage) -> Decimal {
    guard let until = stage.untilHours else { return existing?.gigabytes ?? 0 }
    return ingestGigabytes * (until - stage.fromHours) / hoursPerMonth
  }

  private func cohorts(inMonth number: Int, use: (Int) -> Decimal) -> [Cohort] {
    let ages = (1...number).map { (born: $0, hours: Decimal(number - $0) * hoursPerMonth) }
    let oldest = stages.last?.untilHours.map { $0 + hoursPerMonth }
    let written = ages.filter { age in oldest.map { age.hours <= $0 } ?? true }.map { age in
      Cohort(
        gigabytes: ingestGigabytes * use(age.born), ageHours: age.hours, isSpread: arrival == .evenly)
    }
    guard let existing else { return written }
    let age = existing.ageHours + Decimal(number - 1) * hoursPerMonth
    return written + [Cohort(gigabytes: existing.gigabytes * use(1), ageHours: age, isSpread: false)]
  }
}

/// What was written in one month, or was there before, seen in a later month.
private struct Cohort {
  let gigabytes: Decimal
  /// The age of its oldest data when the month begins.
  let ageHours: Decimal
  /// Whether it was written evenly over a month; else at once.
  let isSpread: Bool

  /// Gigabyte-months in a stage.
  func stored(in stage: LifecycleCohorts.Stage, month: Decimal) -> Decimal {
    let hours =
      hoursAbove(stage.fromHours, month: month) - (stage.untilHours.map { hoursAbove($0, month: month) } ?? 0)
    return hours == 0 ? 0 : gigabytes * hours / month
  }

  /// The hours of the month in which its data is older than `age`, on average.
  private func hoursAbove(_ age: Decimal, month: Decimal) -> Decimal {
    let over = ageHours - age
    guard isSpread else { return min(month, max(0, over + month)) }
    if over >= month { return month }
    return (half(over + month) - 2 * half(over) + half(over - month)) / month
  }

  /// The square of what is positive, halved.
  private func half(_ hours: Decimal) -> Decimal { hours > 0 ? hours * hours / 2 : 0 }

  /// The gigabytes that reach an age in the month; its first hour counts, the first of the next does not.
  func crossing(_ age: Decimal, month: Decimal) -> Decimal {
    let over = ageHours - age
    guard isSpread else { return over <= 0 && over + month > 0 ? gigabytes : 0 }
    let hours = min(month, over + month) - max(0, over)
    return hours > 0 ? gigabytes * hours / month : 0
  }
}

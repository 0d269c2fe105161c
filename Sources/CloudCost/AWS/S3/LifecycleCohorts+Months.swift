internal import FoundationEssentials

extension LifecycleCohorts {
  /// Month 1, 2, …: what is held, moved and deleted in it.
  ///
  /// - Complexity: linear in the number of stages, for any month.
  public func month(_ number: Int) -> LifecycleMonth {
    let month = Decimal(max(1, number))
    return LifecycleMonth(
      shares: stages.enumerated().map { index, stage in
        LifecycleMonth.Share(
          storageClass: stage.storageClass, storedGigabytes: stored(in: stage, month: month),
          movedInGigabytes: index == 0 ? 0 : crossing(stage.fromHours, month: month),
          unservedGigabytes: stage.untilHours.map { until in
            crossing(until, month: month) * stage.unservedHours / hoursPerMonth
          } ?? 0)
      },
      writtenGigabytes: ingestGigabytes,
      expiredGigabytes: stages.last?.untilHours.map { crossing($0, month: month) } ?? 0)
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

  private func stored(in stage: Stage, month: Decimal) -> Decimal {
    let end = month * hoursPerMonth
    let held = (existing?.gigabytes ?? 0) * hours(of: existing, in: stage, until: end) / hoursPerMonth
    switch arrival {
    case .monthStart:
      return held + ingestGigabytes * overlap(of: stage, from: 0, until: end) / hoursPerMonth
    case .evenly:
      let hourGigabytes = integral(of: stage, until: end) - integral(of: stage, until: end - hoursPerMonth)
      return held + ingestGigabytes * hourGigabytes / (hoursPerMonth * hoursPerMonth)
    }
  }

  /// The hours of the month that ends at `end` that existing data spends in a stage.
  private func hours(of existing: Existing?, in stage: Stage, until end: Decimal) -> Decimal {
    guard let existing else { return 0 }
    return overlap(
      of: stage, from: existing.ageHours + end - hoursPerMonth, until: existing.ageHours + end)
  }

  private func overlap(of stage: Stage, from: Decimal, until: Decimal) -> Decimal {
    max(0, min(until, stage.untilHours ?? until) - max(from, stage.fromHours))
  }

  /// The integral of what is in a stage, from hour 0 to hour `end`, when a unit comes every hour.
  private func integral(of stage: Stage, until end: Decimal) -> Decimal {
    let inside = max(0, end - stage.fromHours)
    let gone = stage.untilHours.map { max(0, end - $0) } ?? 0
    return (inside * inside - gone * gone) / 2
  }

  /// The gigabytes that reach an age in a month; the first hour belongs to it, the last to the next.
  private func crossing(_ age: Decimal, month: Decimal) -> Decimal {
    let end = month * hoursPerMonth
    let old = existing.map { existing in
      let start = existing.ageHours + end - hoursPerMonth
      return start <= age && age < start + hoursPerMonth ? existing.gigabytes : 0
    }
    switch arrival {
    case .monthStart:
      return (old ?? 0) + (age < end ? ingestGigabytes : 0)
    case .evenly:
      let since = min(max(0, end - age), hoursPerMonth)
      return (old ?? 0) + ingestGigabytes * since / hoursPerMonth
    }
  }
}

public import Diagnostics
public import Quantities

/// How many units of a component run, by what is asked of them: a horizontal pod autoscaler.
///
/// So many are wanted that each has `target` of a healthy unit's work, ⌈demand / target⌉ within `fewest…most`. Units that
/// are down have no part in it: Kubernetes takes pods that are missing or not ready for idle when it would scale up, and
/// for fully busy when it would scale down, which damps both ("Horizontal Pod Autoscaling", section "Algorithm details").
/// A unit is ordered when more are wanted and works `delay` later; it leaves once fewer have been wanted for `downDelay`,
/// that page's stabilization window.
public struct Autoscaling: Sendable {
  /// The role whose units these are, as a place among the component's.
  public let role: Int
  /// How many run at first.
  public let first: Int
  /// The fewest units that run.
  public let fewest: Int
  /// The most.
  public let most: Int
  /// The share of a healthy unit's work that each is to have.
  public let target: Double
  /// From the demand to a new unit that works: metrics, scheduling, image; its own `start` comes after it.
  public let delay: TimeSpan
  /// How long fewer must be wanted before units leave.
  public let downDelay: TimeSpan
  /// The units beyond those that run at first, placed on as these are.
  public let elastic: [Component.Unit]
  /// The nodes that its units may come to, in the order declared, as indices into the model's domains followed by the nodes
  /// that autoscaling may add; empty where units stand in their places, since nothing keeps them from any.
  public let nodes: [Int]
  /// How many of its units there is room for on the nodes, when all of them are wanted and no other comes and goes.
  public let roomFor: Int

  /// The same with its elastic units in other places, room for so many of all, and nodes that they may come to.
  func placing(_ elastic: [Component.Unit], roomFor: Int, nodes: [Int]) -> Autoscaling {
    Autoscaling(
      role: role, first: first, fewest: fewest, most: most, target: target, delay: delay,
      downDelay: downDelay,
      elastic: elastic, nodes: nodes, roomFor: roomFor)
  }

  /// How many units are wanted for so many healthy units' worth of work.
  public func wanted(demand: Double) -> Int {
    // A quotient that is whole but for rounding asks for no unit more.
    let units = (demand / target * (1 - 1e-12)).rounded(.up)
    return min(most, max(fewest, units < Double(most) ? Int(units) : most))
  }
}

/// Autoscaling as written.
public struct AutoscalingDraft: Sendable {
  /// The fewest units that run.
  public var fewest: Located<Int>
  /// The most.
  public var most: Located<Int>
  /// The share of a healthy unit's work that each is to have.
  public var target: Located<Double>
  /// The role whose units come and go; `nil`: the component has no roles.
  public var role: Located<String>?
  /// From the demand to a new unit that works; `nil`: no time.
  public var delay: TimeSpan?
  /// How long fewer must be wanted before units leave; `nil`: 5 min.
  public var downDelay: TimeSpan?

  /// Limits and a target.
  public init(fewest: Located<Int>, most: Located<Int>, target: Located<Double>) {
    (self.fewest, self.most, self.target) = (fewest, most, target)
  }
}

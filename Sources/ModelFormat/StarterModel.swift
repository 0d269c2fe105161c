/// The model that `relmodel init` writes: small, complete, and explained where it stands.
public enum StarterModel {
  /// Whether a text can be the name of a model.
  public static func isValidName(_ text: String) -> Bool { Name.isValid(text) }

  /// The text of the model.
  public static func text(name: String) -> String {
    """
    relmodel: 1
    name: \(name)

    # Places that fail as a whole; what is in them goes with them.
    domains:
      zone-a: {kind: zone, fails: {outage: {mtbf: 6 y, lasts: 2 h, source: an assumption; replace it}}}
      zone-b: {kind: zone, like: zone-a}

    # How long until a failure is noticed, and until somebody works on it.
    detectors:
      ready: {probe: {every: 5 s, timeout: 3 s, failures: 3}}
    responses:
      page: {after: {lognormal: {median: 5 min, p90: 15 min}}}

    components:
      api:
        replicas: {count: 2, required: 1, spread: zones}
        depends-on: {database: hard, cache: {soft: 20 %}}
        fails:
          crash: {mtbf: 720 h, detect: ready, recover: 40 s}
          # Every replica at once: one bad deploy in a hundred, one deploy a day.
          bad-deploy: {scope: component, rate: 1 /d, probability: 1 %, detect: 5 min, respond: page, recover: 15 min}
      cache:
        in: zone-a
        fails: {crash: {mtbf: 90 d, recover: 2 min}}
      database:
        roles:
          writer: {count: 1, in: zone-a}
          standby: {count: 1, required: 0, in: zone-b}
        failover: {writer: {from: [standby], detect: 30 s, takes: 90 s, works: 95 %, manual: 20 min, loses: 5 s}}
        fails: {instance: {mtbf: 1 y, detect: 30 s, recover: 20 min}}

    # What users call the service.
    capabilities:
      service:
        depends-on: {api: hard}
        objectives: {monthly: {availability: 99.9 %, per: calendar month}}
        # A comma ends a value inside { }, so this one is quoted.
        downtime: {costs: "$1,000/h"}

    """
  }
}

/// How long an alert with a delay of 6 min, or 9 h where no call fails, needs to see a callee that is lost.
struct AlertDelay {
  var policies = ""
  var alert = "errors: 50 %"
  let minutes: Double
  let source: String

  static let all = [
    AlertDelay(minutes: 6, source: "the delay alone: 6"),
    AlertDelay(
      policies: "retry: {attempts: 3, wait: 1 min}, ", minutes: 8,
      source: "retries bridge their waits first: 2 + 6"),
    AlertDelay(
      alert: "errors: 50 %, over: 30 min", minutes: 21, source: "a mean over W crosses x after W x: 15 + 6"),
    AlertDelay(
      policies: "retry: {attempts: 2, wait: 10 h}, ", minutes: 9 * 60,
      source: "no call fails for 10 h: noticed otherwise, 9 h"),
  ]
}

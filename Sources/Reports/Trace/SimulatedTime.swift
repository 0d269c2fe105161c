/// An instant of simulated time as a date: hour 0 is Monday 1 January, 00:00 UTC, and every year has 365 days.
struct SimulatedTime {
  let hours: Double

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private var seconds: Int { Int((hours * 3600).rounded()) }

  /// `Fri 12 Jan 04:13:20`, with the year in front from the second on.
  var text: String {
    let day = seconds / 86_400
    let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let year = day >= 365 ? "year \(day / 365 + 1), " : ""
    let date = dayText.count < 6 ? " \(dayText)" : dayText
    return "\(year)\(SimulatedTime.dayNames[day % 7]) \(date) \(time.joined(separator: ":"))"
  }

  /// `12 Jan`.
  var dayText: String {
    var rest = seconds / 86_400 % 365
    var month = 0
    while rest >= SimulatedTime.monthDays[month] {
      rest -= SimulatedTime.monthDays[month]
      month += 1
    }
    return "\(rest + 1) \(SimulatedTime.monthNames[month])"
  }
}

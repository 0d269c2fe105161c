/// The share of calls that find all servers busy and are lost, Erlang's B formula: M/G/c/c with Poisson arrivals.
///
/// B(0) = 1 and B(c) = A B(c − 1) / (c + A B(c − 1)), which adds positive numbers only. Worked: A = 5 erlang and 10 servers
/// lose 0.018385.
///
/// Source: Erlang 1917; the recursion in Cooper, "Introduction to queueing theory", 2nd edition 1981, section 3.3.
///
/// - Parameters:
///   - offered: the offered load A, arrival rate times mean holding time; at least 0.
///   - servers: at least 0.
/// - Complexity: O(servers).
public func erlangB(offered: Double, servers: Int) -> Double {
  precondition(offered >= 0 && offered.isFinite && servers >= 0, "a load and servers are 0 or more")
  if offered == 0 { return servers == 0 ? 1 : 0 }
  return (0..<servers).reduce(1.0) { lost, index in
    let busy = offered * lost
    return busy / (Double(index + 1) + busy)
  }
}

/// The probability that a call has to wait for a server, Erlang's C formula: M/M/c. 1 from full load on, where the queue
/// grows without end.
///
/// C = B / (1 − ρ (1 − B)), ρ = A / c. Worked: A = 8 and 10 servers make 40.918 % wait.
///
/// Source: Erlang 1917; Cooper 1981, section 3.5.
///
/// - Parameters:
///   - offered: the offered load A; at least 0.
///   - servers: at least 1.
public func erlangC(offered: Double, servers: Int) -> Double {
  precondition(servers >= 1, "a queue has servers")
  let utilisation = offered / Double(servers)
  guard utilisation < 1 else { return 1 }
  let lost = erlangB(offered: offered, servers: servers)
  return lost / (1 - utilisation * (1 - lost))
}

/// The fewest servers that lose no more than a share of the calls.
///
/// Worked: 5 erlang at 2 % need 10 servers.
///
/// - Parameters:
///   - offered: the offered load; at least 0.
///   - lost: the share, greater than 0.
/// - Complexity: O(servers).
public func serversNeeded(offered: Double, lost: Double) -> Int {
  precondition(offered >= 0 && offered.isFinite && lost > 0, "a load is 0 or more and a share above 0")
  var (servers, share) = (0, 1.0)
  while share > lost {
    servers += 1
    share = offered * share / (Double(servers) + offered * share)
  }
  return servers
}

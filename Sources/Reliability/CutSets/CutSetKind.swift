/// Which products of literals a function is broken into.
package enum CutSetKind: Sendable {
  /// Minimal sets of events whose occurrence makes the function true while no other event occurs.
  ///
  /// For a coherent function these are its prime implicants. Where events stand negated, they are the positive
  /// parts of its solutions, minimal ones only: a·b + ¬a·c has {a b, c}. That is the convention of Rauzy (2001) and
  /// what SCRAM lists unless told otherwise. It is conservative, since it takes every complement to hold.
  ///
  /// Source: Rauzy, *Mathematical foundations of minimal cutsets*, IEEE Trans. Reliability 50 (2001).
  case cutSets
  /// Minimal sets of events whose absence makes the function false while all other events occur.
  ///
  /// Their literals are negated; each stands for a way in which the system works.
  case pathSets
  /// Minimal products of literals, negated ones among them, that imply the function: a·b + ¬a·c has {a b, ¬a c, b c}.
  ///
  /// Source: Coudert and Madre, *Implicit and incremental computation of primes and essential primes of Boolean
  /// functions*, DAC (1992).
  case primeImplicants
}

/*
 * Quantiles of the normal distribution and of Student's t, for intervals of confidence.
 *
 * Normal: M. Wichura, Algorithm AS 241, PPND16 (1988), the two of its three rational approximations that reach from
 * 1.4e-11 to 1 − 1.4e-11; to about 1 part in 10^16. Student: G. Hill, Algorithm 396 (1970), an expansion about the normal
 * quantile, or about the tail where that lies far out; to six digits or more, exact for one and two degrees of freedom.
 */

/** Coefficients of a polynomial, the highest power first. */
type Polynomial = readonly number[]

const middle: readonly [Polynomial, Polynomial] = [
  [
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
  ],
  [
    5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.871870074920579083e2, 4.2313330701600911252e1, 1,
  ],
]
const outer: readonly [Polynomial, Polynomial] = [
  [
    7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
  ],
  [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
    6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
  ],
]

/** The value below which a standard normal variable lies with probability `p`, from 1e-10 to 1 − 1e-10. */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(middle, 0.180625 - q * q)
  const tail = Math.sqrt(-Math.log(q < 0 ? p : 1 - p))
  return Math.sign(q) * ratio(outer, tail - 1.6)
}

/** The value below which Student's t with `freedom` degrees of freedom, at least 1, lies with probability `p` above one half. */
export function studentQuantile(p: number, freedom: number): number {
  const both = 2 * (1 - p)
  if (freedom === 1) return 1 / Math.tan((both * Math.PI) / 2)
  if (freedom === 2) return Math.sqrt(2 / (both * (2 - both)) - 2)
  const a = 1 / (freedom - 0.5)
  const b = 48 / (a * a)
  let c = (((20_700 * a) / b - 98) * a - 16) * a + 96.36
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom
  let y = (d * both) ** (2 / freedom)
  if (y > 0.05 + a) {
    const x = normalQuantile(both / 2)
    y = x * x
    if (freedom < 5) c += 0.3 * (freedom - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    y = Math.expm1(a * y * y)
  } else {
    const far = ((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3
    y = ((1 / far + 0.5 / (freedom + 4)) * y - 1) * ((freedom + 1) / (freedom + 2)) + 1 / y
  }
  return Math.sqrt(freedom * y)
}

function ratio([above, below]: readonly [Polynomial, Polynomial], x: number): number {
  return valueAt(above, x) / valueAt(below, x)
}

function valueAt(polynomial: Polynomial, x: number): number {
  return polynomial.reduce((sum, coefficient) => sum * x + coefficient, 0)
}

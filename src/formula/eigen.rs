//! Eigenvalues and linear equations of the small matrices of typed worlds.

/// A complex number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn plus(self, o: Complex) -> Complex {
        Complex { re: self.re + o.re, im: self.im + o.im }
    }

    fn minus(self, o: Complex) -> Complex {
        Complex { re: self.re - o.re, im: self.im - o.im }
    }

    fn times(self, o: Complex) -> Complex {
        Complex { re: self.re * o.re - self.im * o.im, im: self.re * o.im + self.im * o.re }
    }

    fn conjugate(self) -> Complex {
        Complex { re: self.re, im: -self.im }
    }

    fn scaled(self, by: f64) -> Complex {
        Complex { re: self.re * by, im: self.im * by }
    }

    fn size(self) -> f64 {
        libm::hypot(self.re, self.im)
    }

    fn root(self) -> Complex {
        let size = self.size();
        let re = libm::sqrt(0.5 * (size + self.re).max(0.0));
        let im = libm::sqrt(0.5 * (size - self.re).max(0.0));
        Complex { re, im: if self.im < 0.0 { -im } else { im } }
    }
}

/// The eigenvalues [Re, Im] of the matrix, `n × n`, rows first, by rising real part, then
/// imaginary part; in closed form up to 2 × 2, else by the shifted QR method. `None` if an entry is
/// not finite or the method does not end.
pub(super) fn eigenvalues(matrix: &[f64], n: usize) -> Option<Vec<[f64; 2]>> {
    if matrix.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let mut out = match *matrix {
        [a] => vec![[a, 0.0]],
        [a, b, c, d] => of_two(a, b, c, d).to_vec(),
        _ => Schur::new(matrix, n).values()?,
    };
    out.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    Some(out)
}

fn of_two(a: f64, b: f64, c: f64, d: f64) -> [[f64; 2]; 2] {
    let (mean, half) = (0.5 * (a + d), 0.5 * (a - d));
    let square = half * half + b * c;
    if square < 0.0 {
        let im = libm::sqrt(-square);
        return [[mean, -im], [mean, im]];
    }
    // The larger one first; the other from the determinant, which loses no digits.
    let far = if mean < 0.0 { mean - libm::sqrt(square) } else { mean + libm::sqrt(square) };
    // Added to 0 so that no zero is negative.
    let near = if far == 0.0 { 0.0 } else { (a * d - b * c) / far + 0.0 };
    [[near, 0.0], [far, 0.0]]
}

/// A matrix on its way to triangular form.
struct Schur {
    rows: Vec<Vec<Complex>>,
    size: f64,
}

/// A rotation of two rows or columns: `c`, and `s` with its phase.
type Rotation = (f64, Complex);

impl Schur {
    fn new(matrix: &[f64], n: usize) -> Self {
        let rows: Vec<Vec<Complex>> =
            matrix.chunks(n).map(|row| row.iter().map(|re| Complex { re: *re, im: 0.0 }).collect()).collect();
        let size = matrix.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        let mut out = Schur { rows, size };
        for column in 0..n.saturating_sub(2) {
            for row in column + 2..n {
                let turn = out.rotation(column + 1, row, column);
                out.turn_rows(column + 1, row, turn);
                out.turn_columns(column + 1, row, turn);
            }
        }
        out
    }

    /// The rotation of the rows `i`, `j` that makes the entry of row `j` in `column` zero.
    fn rotation(&self, i: usize, j: usize, column: usize) -> Rotation {
        let (a, b) = (self.rows[i][column], self.rows[j][column]);
        let length = libm::hypot(a.size(), b.size());
        if b.size() == 0.0 {
            return (1.0, Complex::default());
        }
        if a.size() == 0.0 {
            return (0.0, Complex { re: 1.0, im: 0.0 });
        }
        let phase = a.scaled(1.0 / a.size());
        (a.size() / length, phase.times(b.conjugate()).scaled(1.0 / length))
    }

    fn turn_rows(&mut self, i: usize, j: usize, (c, s): Rotation) {
        for k in 0..self.rows.len() {
            let (a, b) = (self.rows[i][k], self.rows[j][k]);
            self.rows[i][k] = a.scaled(c).plus(s.times(b));
            self.rows[j][k] = b.scaled(c).minus(s.conjugate().times(a));
        }
    }

    fn turn_columns(&mut self, i: usize, j: usize, (c, s): Rotation) {
        for row in &mut self.rows {
            let (a, b) = (row[i], row[j]);
            row[i] = a.scaled(c).plus(s.conjugate().times(b));
            row[j] = b.scaled(c).minus(s.times(a));
        }
    }

    /// The eigenvalue of the lower right 2 × 2 block ending at `last` that is nearer its corner;
    /// every tenth time something else, to leave a cycle.
    fn shift(&self, last: usize, time: usize) -> Complex {
        let (a, b) = (self.rows[last - 1][last - 1], self.rows[last - 1][last]);
        let (c, d) = (self.rows[last][last - 1], self.rows[last][last]);
        if time % 10 == 9 {
            return d.plus(Complex { re: c.size(), im: 0.0 });
        }
        let (mean, half) = (a.plus(d).scaled(0.5), a.minus(d).scaled(0.5));
        let root = half.times(half).plus(b.times(c)).root();
        let (one, other) = (mean.plus(root), mean.minus(root));
        if one.minus(d).size() <= other.minus(d).size() { one } else { other }
    }

    fn values(mut self) -> Option<Vec<[f64; 2]>> {
        let mut last = self.rows.len() - 1;
        for time in 0..400 {
            while last > 0 && self.split(last) {
                last -= 1;
            }
            if last == 0 {
                let snap = |x: f64| if x.abs() <= 4.0 * f64::EPSILON * self.size { 0.0 } else { x };
                return Some((0..self.rows.len()).map(|k| self.rows[k][k]).map(|v| [snap(v.re), snap(v.im)]).collect());
            }
            self.step(last, time);
        }
        None
    }

    /// Whether the entry beside the diagonal of row `k` is nothing but rounding.
    fn split(&self, k: usize) -> bool {
        let around = self.rows[k][k].size() + self.rows[k - 1][k - 1].size();
        let around = if around == 0.0 { self.size } else { around };
        self.rows[k][k - 1].size() <= f64::EPSILON * around
    }

    /// One shifted step on the rows up to `last`.
    fn step(&mut self, last: usize, time: usize) {
        let shift = self.shift(last, time);
        (0..=last).for_each(|k| self.rows[k][k] = self.rows[k][k].minus(shift));
        let mut turns = Vec::with_capacity(last);
        for k in 0..last {
            let turn = self.rotation(k, k + 1, k);
            self.turn_rows(k, k + 1, turn);
            turns.push(turn);
        }
        for (k, turn) in turns.into_iter().enumerate() {
            self.turn_columns(k, k + 1, turn);
        }
        (0..=last).for_each(|k| self.rows[k][k] = self.rows[k][k].plus(shift));
    }
}

/// Solves `matrix · x = right`, `n × n`, rows first, by elimination with row exchange; both are
/// overwritten and `right` becomes `x`. `false` if the matrix is singular.
pub(super) fn solve(matrix: &mut [f64], right: &mut [f64]) -> bool {
    let n = right.len();
    let size = matrix.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    for k in 0..n {
        let Some(pivot) = (k..n).max_by(|i, j| matrix[i * n + k].abs().total_cmp(&matrix[j * n + k].abs())) else {
            return false;
        };
        if !(matrix[pivot * n + k].abs() > 1e-30 * size) {
            return false;
        }
        (0..n).for_each(|c| matrix.swap(k * n + c, pivot * n + c));
        right.swap(k, pivot);
        for i in k + 1..n {
            let factor = matrix[i * n + k] / matrix[k * n + k];
            (k..n).for_each(|c| matrix[i * n + c] -= factor * matrix[k * n + c]);
            right[i] -= factor * right[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|c| matrix[k * n + c] * right[c]).sum();
        right[k] = (right[k] - known) / matrix[k * n + k];
    }
    true
}
